"""The policy to the minute: three presets, both sides, bounds inclusive, and the ledger's parts add up."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorhub.domain.catalog.models import Policy
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money
from tests.people import TUESDAY

FULL_BEFORE = {Policy.RELAXED: 4 * 60, Policy.STANDARD: 24 * 60, Policy.STRICT: 72 * 60}
HALF_BEFORE = 2 * 60

policies = st.sampled_from(list(Policy))
prices = st.integers(min_value=4000, max_value=10_000_000).map(lambda minor: Money(minor, "INR"))
seconds_ahead = st.integers(min_value=1, max_value=100 * 3600)


def due(policy: Policy, price: Money, ahead: timedelta, by: money.Side = money.Side.MENTEE) -> int:
    return money.refund_due(policy, price, TUESDAY, now=TUESDAY - ahead, by=by).minor


@pytest.mark.parametrize("policy", list(Policy))
def test_every_minute_of_four_days_gives_a_mentee_what_the_preset_says(policy: Policy) -> None:
    price = Money(120001, "INR")

    for minute in range(1, 4 * 24 * 60):
        expected = 120001 if minute >= FULL_BEFORE[policy] else 60001 if minute >= HALF_BEFORE else 0
        assert due(policy, price, timedelta(minutes=minute)) == expected, minute


@pytest.mark.parametrize("policy", list(Policy))
def test_the_deadlines_themselves_still_count_and_a_second_later_they_do_not(policy: Policy) -> None:
    price, second = Money(120000, "INR"), timedelta(seconds=1)
    full, half = timedelta(minutes=FULL_BEFORE[policy]), timedelta(minutes=HALF_BEFORE)

    assert [due(policy, price, full), due(policy, price, full - second)] == [120000, 60000]
    assert [due(policy, price, half), due(policy, price, half - second)] == [60000, 0]


@given(policies, prices, seconds_ahead)
def test_a_mentor_gives_everything_back_at_any_time(policy: Policy, price: Money, seconds: int) -> None:
    assert due(policy, price, timedelta(seconds=seconds), money.Side.MENTOR) == price.minor


@given(policies, prices, seconds_ahead, seconds_ahead)
def test_waiting_never_gives_a_mentee_more(policy: Policy, price: Money, one: int, other: int) -> None:
    later, earlier = sorted((one, other))

    assert due(policy, price, timedelta(seconds=later)) <= due(policy, price, timedelta(seconds=earlier))


@given(policies, prices, seconds_ahead)
def test_whatever_comes_back_the_three_shares_give_it_exactly(policy: Policy, price: Money, seconds: int) -> None:
    parts = money.split(price, on=TUESDAY.date())
    back = due(policy, price, timedelta(seconds=seconds))
    shares = money.refund_shares(parts, Money(back, "INR"))

    assert shares.net.minor + shares.fee.minor + shares.card.minor == back
    assert 0 <= shares.fee.minor <= parts.fee.minor
    assert 0 <= shares.card.minor <= parts.card.minor
    assert 0 <= shares.net.minor <= parts.net.minor
