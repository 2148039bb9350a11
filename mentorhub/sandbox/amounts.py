"""Amounts of the provider: minor units, how a buyer reads them, and what the provider keeps."""

from decimal import Decimal

from babel.numbers import format_currency, get_currency_symbol

_NO_DECIMALS = frozenset({"jpy", "krw", "vnd"})
_THREE_DECIMALS = frozenset({"kwd"})
_CHARGE_BPS = 200
_CHARGE_FIXED = {
    "aed": 100, "aud": 30, "brl": 60, "cad": 30, "chf": 30, "czk": 700, "dkk": 180, "eur": 25,
    "gbp": 20, "ghs": 200, "hkd": 235, "inr": 400, "jpy": 30, "kes": 2_000, "krw": 200, "kwd": 100,
    "mxn": 300, "ngn": 10_000, "nok": 200, "nzd": 30, "pln": 100, "sek": 180, "sgd": 50, "usd": 30,
    "vnd": 5_000, "zar": 300,
}  # fmt: skip


def known(currency: str) -> bool:
    """Whether the provider takes money in this currency."""
    return currency in _CHARGE_FIXED


def charge_for(amount: int, currency: str) -> int:
    """What the provider keeps of a payment: 2 %, halves rounded up, and a fixed part."""
    return (amount * _CHARGE_BPS + 5_000) // 10_000 + _CHARGE_FIXED[currency]


def shown(amount: int, currency: str) -> str:
    """An amount for people, such as "₹1,200.00"."""
    places = 0 if currency in _NO_DECIMALS else 3 if currency in _THREE_DECIMALS else 2
    code = currency.upper()
    gap = "\u00a0" if get_currency_symbol(code, locale="en")[-1].isalpha() else ""
    pattern = f"¤{gap}#,##0" + ("." + "0" * places if places else "")
    return format_currency(Decimal(amount).scaleb(-places), code, format=pattern, locale="en", currency_digits=False)
