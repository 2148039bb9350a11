"""Money: a whole number of minor units and a currency; no float ever touches an amount."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import NumberPattern, get_currency_symbol, parse_pattern

from mentorhub.domain.common.errors import DomainError

# ISO 4217 minor units where they are not two (https://www.six-group.com, list one).
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = dict.fromkeys(_NO_DECIMALS.split(), 0) | dict.fromkeys(_THREE_DECIMALS.split(), 3)
_CODE = re.compile(r"[A-Z]{3}")
# Groups of three with the lakh habit (1,20,000) allowed; "1,50" is neither and must not become 150.
_AMOUNT = re.compile(r"(?P<whole>\d{1,15}|\d{1,3}(?:,\d{2,3}){0,6},\d{3})(?:\.(?P<part>\d{1,6}))?", re.ASCII)
_LOCALE = "en"
_LARGEST = 2**63 - 1


class CurrencyMismatch(DomainError):
    """Two currencies met in one sum."""

    message = "Amounts in different currencies cannot be put together."


class NotAnAmount(DomainError):
    """What was typed is not an amount of that currency."""

    message = "Please enter an amount such as 1,200.50."


def decimals(currency: str) -> int:
    """How many digits the currency's minor unit has after the point: 0, 2 or 3 (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


@lru_cache(maxsize=256)
def _pattern(places: int, spaced: bool) -> NumberPattern:
    gap = "\u00a0" if spaced else ""
    return parse_pattern(f"¤{gap}#,##0" + ("." + "0" * places if places else ""))


@dataclass(frozen=True)
class Money:
    """An amount in minor units (paise, cents, yen) of one ISO 4217 currency; may be negative in a ledger."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {type(self.minor).__name__}")
        if abs(self.minor) > _LARGEST:
            raise ValueError("an amount must fit into 64 bits")
        if not isinstance(self.currency, str) or not _CODE.fullmatch(self.currency):
            raise ValueError("a currency is three capital letters")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in that currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read what a person typed ("1,200.50", "₹1,200", "INR 1200"); raises NotAnAmount otherwise.

        A sign, a comma used as the decimal point, or more decimals than the currency has are refused.
        """
        bare = text.strip()
        for mark in (currency, get_currency_symbol(currency, locale=_LOCALE)):
            bare = bare.removeprefix(mark).removesuffix(mark).strip()
        found = _AMOUNT.fullmatch(bare)
        if not found:
            raise NotAnAmount
        part, places = found["part"] or "", decimals(currency)
        if part[places:].strip("0"):
            raise NotAnAmount
        digits = found["whole"].replace(",", "") + part[:places].ljust(places, "0")
        if int(digits) > _LARGEST:
            raise NotAnAmount
        return cls(int(digits), currency)

    def format(self, *, tag: bool = False) -> str:
        """The amount for people: "₹1,200.00"; with `tag`, as on a price tag, a whole one is "₹1,200"."""
        places = decimals(self.currency)
        whole = tag and self.minor % 10**places == 0
        spaced = get_currency_symbol(self.currency, locale=_LOCALE)[-1].isalpha()
        pattern = _pattern(0 if whole else places, spaced)
        shown: str = pattern.apply(self.as_decimal(), locale=_LOCALE, currency=self.currency, currency_digits=False)
        return shown

    def as_decimal(self) -> Decimal:
        """The amount in major units, exact; only for showing and for writing to files."""
        return Decimal(self.minor).scaleb(-decimals(self.currency))

    def part(self, bps: int) -> "Money":
        """`bps` ten-thousandths of the amount, halves rounded up: (amount × bps + 5000) // 10000."""
        return Money((self.minor * bps + 5_000) // 10_000, self.currency)

    def times(self, count: int) -> "Money":
        """The amount `count` times."""
        return Money(self.minor * count, self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def __str__(self) -> str:
        return self.format()

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch
        return other.minor
