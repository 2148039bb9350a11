"""Rough values of currencies, for comparing prices and for the grey "about"; nobody is charged by them."""

from decimal import ROUND_HALF_UP, Decimal

from mentorhub.domain.common.money import Money, decimals

# Units of each currency for one euro, rounded by hand for a demonstration market of late 2026.
_PER_EURO = {
    "AED": "4.22", "AUD": "1.75", "BRL": "6.3", "CAD": "1.6", "CHF": "0.94", "CZK": "24.5", "DKK": "7.46",
    "EUR": "1", "GBP": "0.86", "GHS": "13.5", "HKD": "8.9", "INR": "98.5", "JPY": "174", "KES": "148",
    "KRW": "1620", "KWD": "0.35", "MXN": "21.5", "NGN": "1700", "NOK": "11.7", "NZD": "2", "PLN": "4.26",
    "SEK": "11", "SGD": "1.5", "USD": "1.15", "VND": "30000", "ZAR": "20",
}  # fmt: skip
_RATES = {code: Decimal(rate) for code, rate in _PER_EURO.items()}


def is_comparable(currency: str) -> bool:
    """Whether prices in that currency can be compared with others."""
    return currency in _RATES


def in_euro(amount: Decimal, currency: str) -> Decimal | None:
    """Roughly what an amount of major units is worth in euro; `None` for a currency without a rate."""
    rate = _RATES.get(currency)
    return amount / rate if rate else None


def about(price: Money, currency: str) -> Money | None:
    """A price in another currency, to two leading digits; `None` without a rate or a difference."""
    worth = in_euro(price.as_decimal(), price.currency)
    if worth is None or currency not in _RATES or not price or price.currency == currency:
        return None
    there = worth * _RATES[currency]
    unit = Decimal(10) ** max(there.adjusted() - 1, 0)
    rounded = (there / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    return Money(int(rounded.scaleb(decimals(currency))), currency)
