"""Test cards, and reading a card from a form; of a number only brand and last four digits leave this file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["pays", "asks_the_bank", "declined"]


@dataclass(frozen=True)
class Refusal:
    """Why a bank said no: the provider's two codes, and the sentence for the buyer."""

    code: str
    decline_code: str
    message: str


@dataclass(frozen=True)
class Card:
    """What may be remembered of a card, and what will happen to it."""

    brand: str
    last4: str
    exp_month: int
    exp_year: int
    refusal: Refusal | None = None
    asks_the_bank: bool = False
    refuses_capture: bool = False


@dataclass(frozen=True)
class TestCard:
    """A number of the provider's documentation and what it is there for."""

    number: str
    brand: str
    does: str
    refusal: Refusal | None = None
    asks_the_bank: bool = False
    refuses_capture: bool = False

    __test__ = False

    @property
    def spaced(self) -> str:
        """The number in groups of four, as it is printed on a card."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


_DECLINED = Refusal("card_declined", "generic_decline", "Your bank declined this card.")
CAPTURE_REFUSED = Refusal(
    "card_declined", "generic_decline", "Your bank declined this card when the money was to be taken."
)
_NOT_A_TEST_CARD = Refusal(
    "card_declined", "test_mode_live_card", "Only test cards work here, because this is test money."
)
BANK_REFUSED = Refusal(
    "payment_intent_authentication_failure",
    "authentication_required",
    "Your bank did not confirm this payment.",
)

TEST_CARDS = (
    TestCard("4242424242424242", "visa", "pays"),
    TestCard("5555555555554444", "mastercard", "pays"),
    TestCard("4000002760003184", "visa", "asks your bank first", asks_the_bank=True),
    TestCard("4000000000000002", "visa", "is declined", _DECLINED),
    TestCard(
        "4000000000009995",
        "visa",
        "has not enough funds",
        Refusal("card_declined", "insufficient_funds", "Your bank declined this card: not enough funds."),
    ),
    TestCard(
        "4000000000000069",
        "visa",
        "has expired",
        Refusal("expired_card", "expired_card", "Your bank declined this card: it has expired."),
    ),
    TestCard(
        "4000000000000127",
        "visa",
        "has another security code",
        Refusal("incorrect_cvc", "incorrect_cvc", "Your bank declined this card: the security code is wrong."),
    ),
    TestCard("4000000000000341", "visa", "is declined once a request is accepted", refuses_capture=True),
)
_BY_NUMBER = {card.number: card for card in TEST_CARDS}


def read_card(number: str, expiry: str, code: str, *, now: datetime) -> tuple[Card | None, dict[str, str]]:
    """Read the three fields of the card box; returns the card, or what is wrong by the field's name."""
    digits = "".join(number.split()).replace("-", "")
    wrong: dict[str, str] = {}
    if not (digits.isascii() and digits.isdecimal() and 12 <= len(digits) <= 19 and _adds_up(digits)):
        wrong["number"] = "This card number is not complete or has a typing mistake."
    month_year = _read_expiry(expiry)
    if month_year is None:
        wrong["expiry"] = "Please write month and year, for example 04 / 29."
    elif month_year < (now.year, now.month):
        wrong["expiry"] = "This card has expired."
    if not (code.isascii() and code.isdecimal() and len(code) in (3, 4)):
        wrong["code"] = "The security code has 3 or 4 digits."
    if wrong or month_year is None:
        return None, wrong
    known = _BY_NUMBER.get(digits)
    card = Card(
        brand=known.brand if known else "unknown",
        last4=digits[-4:],
        exp_year=month_year[0],
        exp_month=month_year[1],
        refusal=known.refusal if known else _NOT_A_TEST_CARD,
        asks_the_bank=bool(known and known.asks_the_bank),
        refuses_capture=bool(known and known.refuses_capture),
    )
    return card, {}


def _read_expiry(expiry: str) -> tuple[int, int] | None:
    digits = "".join(sign for sign in expiry if sign not in " /-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) in (3, 4, 6)):
        return None
    width = 4 if len(digits) == 6 else 2
    month, year = int(digits[:-width]), int(digits[-width:])
    if not 1 <= month <= 12:
        return None
    return (year if width == 4 else 2000 + year), month


def _adds_up(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1 (Luhn)."""
    doubled = (int(one) * 2 for one in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(two // 10 + two % 10 for two in doubled)) % 10 == 0
