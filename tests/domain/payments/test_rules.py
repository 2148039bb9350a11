"""The arithmetic of money: splits, refunds, deadlines and postings, for any price in any currency."""

from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules
from mentorhub.domain.payments.errors import CurrencyNotOffered, PriceTooSmall, RefundTooLarge
from mentorhub.domain.payments.rules import (
    CARD_RATES,
    Account,
    Posting,
    Side,
    Split,
    capture_postings,
    card_cost,
    charge_postings,
    is_balanced,
    refund_due,
    refund_postings,
    refund_shares,
    refund_window,
    release_postings,
    shares,
    smallest_price,
    split,
    transfer_postings,
)
from tests.people import SUNDAY

TODAY = date(2026, 11, 24)
STARTS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KABIR = UUID(int=1)
CV_REVIEW = Money(120_000, "INR")


def rupees(minor: int) -> Money:
    return Money(minor, "INR")


@st.composite
def splits(draw: st.DrawFn) -> Split:
    """Any three parts of any price, also ones no rate would give."""
    price = draw(st.one_of(st.integers(1, 40), st.integers(1, 10_000_000)))
    fee = draw(st.integers(0, price))
    card = draw(st.integers(0, price - fee))
    return Split(price=rupees(price), fee=rupees(fee), card=rupees(card))


@st.composite
def refunds(draw: st.DrawFn) -> tuple[Split, list[int]]:
    """A split and a row of refunds that in the end gives everything back."""
    parts = draw(splits())
    cuts = draw(st.sets(st.integers(1, max(1, parts.price.minor - 1)), max_size=8))
    marks = [0, *sorted(cut for cut in cuts if cut < parts.price.minor), parts.price.minor]
    return parts, [b - a for a, b in pairwise(marks)]


def test_twelve_hundred_rupees_are_1052_for_the_mentor_120_for_the_platform_and_28_for_the_card() -> None:
    parts = split(CV_REVIEW, on=TODAY)
    assert [part.format(tag=True) for part in (parts.net, parts.fee, parts.card)] == ["₹1,052", "₹120", "₹28"]


@given(
    currency=st.sampled_from(sorted(CARD_RATES[-1].fixed)),
    above=st.integers(0, 10**9),
    bps=st.integers(0, 3_000),
)
def test_the_three_parts_are_never_negative_and_always_add_up(currency: str, above: int, bps: int) -> None:
    price = smallest_price(currency, on=TODAY) + Money(above, currency)
    parts = split(price, on=TODAY, fee_bps=bps)
    assert parts.net + parts.fee + parts.card == price
    assert min(parts.net.minor, parts.fee.minor, parts.card.minor) >= 0


@pytest.mark.parametrize(("minor", "fee"), [(4_004, 400), (4_005, 401), (4_994, 499), (4_995, 500)])
def test_half_a_unit_of_the_fee_is_rounded_up(minor: int, fee: int) -> None:
    assert split(rupees(minor), on=TODAY).fee == rupees(fee)


def test_a_free_session_has_no_parts_and_no_postings() -> None:
    parts = split(rupees(0), on=TODAY)
    assert (parts.net, parts.fee, parts.card) == (rupees(0), rupees(0), rupees(0))
    assert capture_postings(parts, KABIR) == ()
    assert refund_shares(parts, rupees(0)) == parts
    assert refund_due("standard", rupees(0), STARTS, now=STARTS, by=Side.MENTOR) == rupees(0)


def test_a_price_the_card_would_eat_is_refused_and_the_smallest_one_is_not() -> None:
    assert smallest_price("INR", on=TODAY) == rupees(4_000)
    assert split(rupees(4_000), on=TODAY).net == rupees(3_120)
    with pytest.raises(PriceTooSmall):
        split(rupees(3_999), on=TODAY)


def test_a_currency_without_a_card_rate_is_refused() -> None:
    with pytest.raises(CurrencyNotOffered):
        card_cost(Money(1_000, "XPF"), on=TODAY)
    with pytest.raises(CurrencyNotOffered):
        card_cost(CV_REVIEW, on=CARD_RATES[0].since - timedelta(days=1))
    assert card_cost(CV_REVIEW, on=CARD_RATES[0].since) == rupees(2_800)


def test_a_yen_price_pays_a_card_cost_in_whole_yen() -> None:
    assert card_cost(Money(3_000, "JPY"), on=TODAY) == Money(90, "JPY")


@pytest.mark.parametrize(("policy", "hours"), [("relaxed", 4), ("standard", 24), ("strict", 72)])
def test_everything_comes_back_until_and_including_the_hour_the_policy_names(policy: str, hours: int) -> None:
    edge = STARTS - timedelta(hours=hours)
    late = edge + timedelta(microseconds=1)
    assert refund_due(policy, CV_REVIEW, STARTS, now=edge, by=Side.MENTEE) == CV_REVIEW
    assert refund_due(policy, CV_REVIEW, STARTS, now=late, by=Side.MENTEE) == rupees(60_000)
    assert refund_window(policy, STARTS).full_until == edge


@pytest.mark.parametrize("policy", ["relaxed", "standard", "strict"])
def test_half_comes_back_until_and_including_two_hours_before_and_then_nothing(policy: str) -> None:
    edge = refund_window(policy, STARTS).half_until
    late = edge + timedelta(microseconds=1)
    assert edge == STARTS - timedelta(hours=2)
    assert refund_due(policy, CV_REVIEW, STARTS, now=edge, by=Side.MENTEE) == rupees(60_000)
    assert refund_due(policy, CV_REVIEW, STARTS, now=late, by=Side.MENTEE) == rupees(0)


@pytest.mark.parametrize("hours", [-1, 0, 1, 30, 100])
def test_a_mentor_who_calls_off_gives_everything_back_at_any_time(hours: int) -> None:
    now = STARTS - timedelta(hours=hours)
    assert refund_due("strict", CV_REVIEW, STARTS, now=now, by=Side.MENTOR) == CV_REVIEW


def test_the_odd_unit_of_a_half_goes_to_the_mentee() -> None:
    now = STARTS - timedelta(hours=3)
    assert refund_due("standard", rupees(4_001), STARTS, now=now, by=Side.MENTEE) == rupees(2_001)


def test_deadlines_are_instants_and_hold_across_the_end_of_summer_time() -> None:
    starts = datetime.fromisoformat("2026-10-25T09:00:00+00:00")
    now = datetime.fromisoformat("2026-10-24T11:00:00+02:00")
    assert refund_due("standard", CV_REVIEW, starts, now=now, by=Side.MENTEE) == CV_REVIEW


def test_a_captured_payment_is_posted_as_decided() -> None:
    assert capture_postings(split(CV_REVIEW, on=TODAY), KABIR) == (
        Posting(Account.PROVIDER_CASH, rupees(120_000)),
        Posting(Account.MENTOR_PENDING, rupees(-105_200), KABIR),
        Posting(Account.PLATFORM_FEE, rupees(-12_000)),
        Posting(Account.PROVIDER_FEES, rupees(-2_800)),
    )


def test_half_a_refund_takes_back_half_of_each_share() -> None:
    parts = split(CV_REVIEW, on=TODAY)
    assert refund_postings(parts, KABIR, before=rupees(0), amount=rupees(60_000)) == (
        Posting(Account.PROVIDER_CASH, rupees(-60_000)),
        Posting(Account.MENTOR_PENDING, rupees(52_600), KABIR),
        Posting(Account.PLATFORM_FEE, rupees(6_000)),
        Posting(Account.PROVIDER_FEES, rupees(1_400)),
    )


def test_after_a_full_refund_only_what_the_provider_kept_is_left_as_our_cost() -> None:
    parts = split(CV_REVIEW, on=TODAY)
    postings = [
        *capture_postings(parts, KABIR),
        *charge_postings(parts.card),
        *refund_postings(parts, KABIR, before=rupees(0), amount=CV_REVIEW),
    ]
    assert totals(postings) == {
        Account.PROVIDER_CASH: -2_800,
        Account.MENTOR_PENDING: 0,
        Account.PLATFORM_FEE: 0,
        Account.PROVIDER_FEES: 2_800,
    }


def test_a_held_and_paid_out_session_leaves_the_platform_its_fee() -> None:
    parts = split(CV_REVIEW, on=TODAY)
    postings = [
        *capture_postings(parts, KABIR),
        *charge_postings(parts.card),
        *release_postings(parts.net, KABIR),
        *transfer_postings(parts.net, KABIR),
    ]
    assert totals(postings) == {
        Account.PROVIDER_CASH: 12_000,
        Account.MENTOR_PENDING: 0,
        Account.MENTOR_PAYABLE: 0,
        Account.PLATFORM_FEE: -12_000,
        Account.PROVIDER_FEES: 0,
    }


@given(case=refunds())
def test_any_row_of_refunds_takes_no_negative_share_and_ends_exactly_at_the_whole(
    case: tuple[Split, list[int]],
) -> None:
    parts, amounts = case
    taken = dict.fromkeys(Account, 0)
    for before, amount in zip(accumulate([0, *amounts[:-1]]), amounts, strict=True):
        postings = refund_postings(parts, KABIR, before=rupees(before), amount=rupees(amount))
        assert is_balanced(postings)
        assert all(line.amount.minor > 0 for line in postings[1:])
        for line in postings:
            taken[line.account] += line.amount.minor
    assert taken == {
        Account.PROVIDER_CASH: -parts.price.minor,
        Account.MENTOR_PENDING: parts.net.minor,
        Account.MENTOR_PAYABLE: 0,
        Account.PLATFORM_FEE: parts.fee.minor,
        Account.PROVIDER_FEES: parts.card.minor,
    }


@given(parts=splits(), share=st.integers(0, 10_000))
def test_the_platform_gives_back_the_floor_of_its_share(parts: Split, share: int) -> None:
    refunded = parts.price.minor * share // 10_000
    shares = refund_shares(parts, rupees(refunded))
    assert shares.fee.minor == parts.fee.minor * refunded // parts.price.minor
    assert abs(shares.card.minor * parts.price.minor - parts.card.minor * refunded) < 2 * parts.price.minor


@given(parts=splits())
def test_every_group_of_postings_sums_to_zero(parts: Split) -> None:
    for group in (
        capture_postings(parts, KABIR),
        charge_postings(parts.card),
        release_postings(parts.net, KABIR),
        transfer_postings(parts.net, KABIR),
    ):
        assert is_balanced(group)
        assert all(line.amount for line in group)


@pytest.mark.parametrize(("before", "amount"), [(0, 120_001), (60_000, 60_001), (120_000, 1), (0, 0), (0, -1), (-1, 1)])
def test_more_than_was_paid_never_goes_back(before: int, amount: int) -> None:
    with pytest.raises(RefundTooLarge):
        refund_postings(split(CV_REVIEW, on=TODAY), KABIR, before=rupees(before), amount=rupees(amount))


def test_amounts_of_two_currencies_do_not_balance_each_other() -> None:
    mixed = [Posting(Account.PROVIDER_CASH, Money(5, "INR")), Posting(Account.PLATFORM_FEE, Money(-5, "EUR"))]
    assert not is_balanced(mixed)


def totals(postings: list[Posting]) -> dict[Account, int]:
    """The sum of each account that was touched."""
    sums: dict[Account, int] = {}
    for line in postings:
        sums[line.account] = sums.get(line.account, 0) + line.amount.minor
    return sums


@given(whole=st.integers(0, 10**9), weights=st.lists(st.integers(1, 10**7), min_size=1, max_size=12))
def test_shares_of_a_sum_add_up_and_none_is_negative(whole: int, weights: list[int]) -> None:
    parts = shares(Money(whole, "INR"), weights)

    assert sum(part.minor for part in parts) == whole
    assert all(part.minor >= 0 for part in parts)
    assert all(
        abs(part.minor - whole * weight / sum(weights)) <= 1 for part, weight in zip(parts, weights, strict=True)
    )


def test_each_of_several_equal_prices_gets_back_exactly_itself() -> None:
    prices = [120000, 120000, 90000]

    assert [part.minor for part in shares(Money(330000, "INR"), prices)] == prices


def test_a_payment_is_asked_about_more_rarely_the_older_it_is() -> None:
    every = timedelta(minutes=2)
    turns = range(24 * 30)
    asked = [turn for turn in turns if rules.is_turn_to_ask(SUNDAY, every, now=SUNDAY + turn * every)]

    assert asked[:8] == [1, 2, 4, 8, 16, 30, 32, 60]
    assert max(later - earlier for earlier, later in pairwise(asked)) == 30
    assert len(asked) < 35


@given(st.integers(0, 119), st.integers(0, 119), st.integers(1, 2000))
def test_the_same_stretch_has_the_same_turn_at_whichever_second_it_is_taken(first: int, second: int, turn: int) -> None:
    every = timedelta(minutes=2)
    at = SUNDAY + turn * every
    answers = {rules.is_turn_to_ask(SUNDAY, every, now=at + timedelta(seconds=one)) for one in (first, second)}

    assert len(answers) == 1
