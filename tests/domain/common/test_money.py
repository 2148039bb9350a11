"""Amounts are whole minor units of one currency: read, shown, added and compared without a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorhub.domain.common.money import CurrencyMismatch, Money, NotAnAmount, decimals

CURRENCIES = st.sampled_from(["INR", "EUR", "USD", "KES", "JPY", "UGX", "KWD", "TND"])
MINOR = st.integers(min_value=0, max_value=10**14)


@pytest.mark.parametrize(
    ("amount", "moving", "tag"),
    [
        (Money(120_000, "INR"), "₹1,200.00", "₹1,200"),
        (Money(120_050, "INR"), "₹1,200.50", "₹1,200.50"),
        (Money(1_200, "JPY"), "¥1,200", "¥1,200"),
        (Money(1_234_567, "KWD"), "KWD\u00a01,234.567", "KWD\u00a01,234.567"),
        (Money(120_000, "KES"), "KES\u00a01,200.00", "KES\u00a01,200"),
        (Money(-4_500, "EUR"), "-€45.00", "-€45"),
        (Money(100, "CAD"), "CA$1.00", "CA$1"),
        (Money(0, "USD"), "$0.00", "$0"),
        (Money(2**62, "USD"), "$46,116,860,184,273,879.04", "$46,116,860,184,273,879.04"),
    ],
)
def test_money_that_moves_shows_its_decimals_and_a_price_tag_drops_round_ones(
    amount: Money, moving: str, tag: str
) -> None:
    assert (amount.format(), amount.format(tag=True), str(amount)) == (moving, tag, moving)


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1,200.50", 120_050),
        ("1200", 120_000),
        (" 1200.5 ", 120_050),
        ("₹1,200", 120_000),
        ("INR 1,20,000", 12_000_000),
        ("1,200.500", 120_050),
        ("0", 0),
        ("1,234,567.89 INR", 123_456_789),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, minor: int) -> None:
    assert Money.parse(typed, "INR") == Money(minor, "INR")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-5",
        "+5",
        "1,50",
        "1.200,50",
        "1.999",
        "1e3",
        "１２",
        "nan",
        "12 34",
        "1,2345",
        "$5",
        "9" * 16,
        ".5",
        "5.",
    ],
)
def test_what_could_be_misread_is_refused_and_never_guessed(typed: str) -> None:
    with pytest.raises(NotAnAmount) as refusal:
        Money.parse(typed, "INR")
    assert str(refusal.value) == "Please enter an amount such as 1,200.50."


def test_a_yen_has_no_decimals_and_a_dinar_has_three() -> None:
    assert [decimals(code) for code in ("JPY", "INR", "KWD")] == [0, 2, 3]
    assert Money.parse("1,200", "JPY").minor == 1_200
    assert Money.parse("1.234", "KWD").minor == 1_234
    with pytest.raises(NotAnAmount):
        Money.parse("1.5", "JPY")


def test_too_large_an_amount_in_a_small_unit_is_refused_like_any_other() -> None:
    assert Money.parse("92233720368547.75", "USD").minor == 9_223_372_036_854_775
    with pytest.raises(NotAnAmount):
        Money.parse("999,999,999,999,999,999", "KWD")


@given(minor=MINOR, currency=CURRENCIES)
def test_what_is_shown_reads_back_as_the_same_amount(minor: int, currency: str) -> None:
    amount = Money(minor, currency)
    assert Money.parse(amount.format(), currency) == amount
    assert Money.parse(amount.format(tag=True), currency) == amount


@given(a=st.integers(-(10**12), 10**12), b=st.integers(-(10**12), 10**12))
def test_sums_and_differences_are_exact_and_ordered(a: int, b: int) -> None:
    left, right = Money(a, "INR"), Money(b, "INR")
    assert (left + right) - right == left
    assert left + -left == Money.zero("INR")
    assert (left < right, left <= right, left > right, left >= right) == (a < b, a <= b, a > b, a >= b)
    assert bool(left) == (a != 0)
    assert left.times(3) == left + left + left


@given(minor=MINOR, bps=st.integers(0, 10_000))
def test_a_part_is_rounded_to_the_nearest_unit_with_halves_up(minor: int, bps: int) -> None:
    part = Money(minor, "INR").part(bps).minor
    assert -5_000 < part * 10_000 - minor * bps <= 5_000


@pytest.mark.parametrize(("minor", "part"), [(49, 0), (50, 1), (149, 1), (150, 2)])
def test_one_per_cent_of_half_a_unit_rounds_up(minor: int, part: int) -> None:
    assert Money(minor, "INR").part(100) == Money(part, "INR")


@pytest.mark.parametrize("put_together", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"])
def test_two_currencies_never_meet_in_one_sum(put_together: str) -> None:
    with pytest.raises(CurrencyMismatch):
        getattr(Money(1, "INR"), put_together)(Money(1, "EUR"))
    assert Money(1, "INR") != Money(1, "EUR")


@pytest.mark.parametrize("minor", [1.0, True, "1", None])
def test_an_amount_is_a_whole_number_and_nothing_else(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor, "INR")  # type: ignore[arg-type]


@pytest.mark.parametrize("currency", ["inr", "RUPEE", "", "I R", "ÄÖÜ", "INR\n"])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(ValueError, match="three capital letters"):
        Money(1, currency)


def test_an_amount_that_no_database_could_keep_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bits"):
        Money(2**63, "INR")
    assert Money.zero("INR") == Money(0, "INR")
