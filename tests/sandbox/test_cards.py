"""Reading the card box."""

from datetime import UTC, datetime

import pytest

from mentorhub.sandbox.cards import TEST_CARDS, read_card

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("expiry", ["11/26", "11 / 26", "1126", "11 / 2026", "11-26"])
def test_a_card_is_good_through_the_last_day_of_its_month_however_it_is_written(expiry: str) -> None:
    card, wrong = read_card("4242-4242 4242 4242", expiry, "123", now=NOW)
    assert wrong == {}
    assert card is not None
    assert (card.exp_month, card.exp_year, card.last4, card.brand) == (11, 2026, "4242", "visa")


@pytest.mark.parametrize("expiry", ["10/26", "10/2026", "12/25"])
def test_a_card_of_last_month_has_expired(expiry: str) -> None:
    assert read_card("4242424242424242", expiry, "123", now=NOW) == (
        None,
        {"expiry": "This card has expired."},
    )


@pytest.mark.parametrize("expiry", ["", "00/30", "13/30", "4", "ab/cd", "04/029", "٠٤/٣٩"])
def test_what_is_not_a_month_and_a_year_is_refused(expiry: str) -> None:
    card, wrong = read_card("4242424242424242", expiry, "123", now=NOW)
    assert (card, list(wrong)) == (None, ["expiry"])


@pytest.mark.parametrize("number", ["", "4242", "4242424242424243", "4" * 20, "x" * 16, "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"])
def test_a_number_with_a_mistake_is_seen_before_a_bank_is_asked(number: str) -> None:
    card, wrong = read_card(number, "04/39", "123", now=NOW)
    assert (card, list(wrong)) == (None, ["number"])


def test_an_american_express_code_of_four_digits_is_read() -> None:
    card, wrong = read_card("378282246310005", "04/39", "1234", now=NOW)
    assert wrong == {}
    assert card is not None
    assert card.refusal is not None
    assert card.refusal.decline_code == "test_mode_live_card"


def test_every_test_card_passes_its_own_check_digit() -> None:
    for known in TEST_CARDS:
        card, wrong = read_card(known.spaced, "04/39", "123", now=NOW)
        assert wrong == {}
        assert card is not None
        assert (card.refusal, card.asks_the_bank) == (known.refusal, known.asks_the_bank)
