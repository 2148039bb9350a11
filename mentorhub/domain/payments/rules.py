"""The arithmetic of money: who gets what of a price, what comes back, and the postings that say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from uuid import UUID

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.errors import CurrencyNotOffered, PriceTooSmall, RefundTooLarge

PLATFORM_FEE_BPS = 1_000
CHECKOUT_SHORTEST = timedelta(minutes=30)
"""The provider's checkout lives at least 30 minutes and at most 24 hours."""
CHECKOUT_LONGEST = timedelta(hours=24)


class Account(StrEnum):
    """The ledger's accounts: a positive sum is money we hold or spent, a negative one is owed or earned."""

    PROVIDER_CASH = "provider_cash"
    MENTOR_PENDING = "mentor_pending"
    MENTOR_PAYABLE = "mentor_payable"
    PLATFORM_FEE = "platform_fee"
    PROVIDER_FEES = "provider_fees"


class Side(StrEnum):
    """Who called a session off."""

    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True)
class CardRate:
    """What a card payment costs from a day on: `bps` of the amount plus a fixed part, in minor units."""

    since: date
    bps: int
    fixed: dict[str, int]


CARD_RATES = (
    CardRate(
        since=date(2020, 1, 1),
        bps=200,
        fixed={
            "AED": 100, "AUD": 30, "BRL": 60, "CAD": 30, "CHF": 30, "CZK": 700, "DKK": 180, "EUR": 25,
            "GBP": 20, "GHS": 200, "HKD": 235, "INR": 400, "JPY": 30, "KES": 2_000, "KRW": 200, "KWD": 100,
            "MXN": 300, "NGN": 10_000, "NOK": 200, "NZD": 30, "PLN": 100, "SEK": 180, "SGD": 50, "USD": 30,
            "VND": 5_000, "ZAR": 300,
        },
    ),
)  # fmt: skip
"""Rates by date, oldest first; 2 % + ₹4 makes 1,200 = 1,052 + 120 + 28."""


@dataclass(frozen=True)
class Split:
    """A price and its three parts; `net` is the mentor's, and they always add up to the price."""

    price: Money
    fee: Money
    card: Money

    @property
    def net(self) -> Money:
        """What the mentor gets: price less platform fee less card cost."""
        return self.price - self.fee - self.card


@dataclass(frozen=True)
class Posting:
    """One line of a ledger group, before it is written; `owner_id` is the mentor whose money it is."""

    account: Account
    amount: Money
    owner_id: UUID | None = None


@dataclass(frozen=True)
class RefundWindow:
    """Until when everything and until when half comes back; both instants still count."""

    full_until: datetime
    half_until: datetime


_FULL_BEFORE = {"relaxed": timedelta(hours=4), "standard": timedelta(hours=24), "strict": timedelta(hours=72)}
_HALF_BEFORE = timedelta(hours=2)


def card_cost(price: Money, *, on: date) -> Money:
    """What taking `price` by card costs on that day: bps rounded half up plus the currency's fixed part.

    Nothing for a free session. Raises CurrencyNotOffered where no rate is known.
    """
    if not price:
        return price
    rate = _rate(price.currency, on)
    return price.part(rate.bps) + Money(rate.fixed[price.currency], price.currency)


def smallest_price(currency: str, *, on: date) -> Money:
    """The least a paid session may cost: ten times the fixed part, so that a card takes at most 12 %.

    Raises CurrencyNotOffered where no rate is known.
    """
    return Money(_rate(currency, on).fixed[currency] * 10, currency)


def split(price: Money, *, on: date, fee_bps: int = PLATFORM_FEE_BPS) -> Split:
    """Share a price between mentor, platform and card: fee = round half up of price × bps / 10,000.

    A free session is split into nothing. Raises PriceTooSmall under `smallest_price`, CurrencyNotOffered.
    """
    if price and price < smallest_price(price.currency, on=on):
        raise PriceTooSmall
    return Split(price=price, fee=price.part(fee_bps), card=card_cost(price, on=on))


def refund_window(policy: str, starts_at: datetime) -> RefundWindow:
    """The two deadlines of a preset: 4, 24 or 72 hours for everything, 2 hours for half (PRODUCT.md D7)."""
    return RefundWindow(full_until=starts_at - _FULL_BEFORE[policy], half_until=starts_at - _HALF_BEFORE)


def refund_due(policy: str, price: Money, starts_at: datetime, *, now: datetime, by: Side) -> Money:
    """What comes back when a session is called off now: all, half (an odd unit to the mentee), or nothing.

    A mentor who calls off always gives everything back. The deadlines themselves still count.
    """
    window = refund_window(policy, starts_at)
    if by is Side.MENTOR or now <= window.full_until:
        return price
    return price.part(5_000) if now <= window.half_until else Money.zero(price.currency)


def capture_postings(parts: Split, mentor_id: UUID) -> tuple[Posting, ...]:
    """A payment came in: our cash at the provider against what the three owe and earn."""
    return _group(
        Posting(Account.PROVIDER_CASH, parts.price),
        Posting(Account.MENTOR_PENDING, -parts.net, mentor_id),
        Posting(Account.PLATFORM_FEE, -parts.fee),
        Posting(Account.PROVIDER_FEES, -parts.card),
    )


def charge_postings(charged: Money) -> tuple[Posting, ...]:
    """The provider took its real charge out of our cash."""
    return _group(Posting(Account.PROVIDER_CASH, -charged), Posting(Account.PROVIDER_FEES, charged))


def refund_postings(parts: Split, mentor_id: UUID, *, before: Money, amount: Money) -> tuple[Posting, ...]:
    """`amount` went back to the card after `before` had: the three take back their shares.

    Shares follow the cumulative rule (what belongs to before + amount, less what belongs to before), so any
    row of refunds ends exactly at the whole. The provider keeps its charge: that stays our cost in
    provider_fees. Raises RefundTooLarge when more would go back than came in.
    """
    if before + amount > parts.price or amount.minor <= 0 or before.minor < 0:
        raise RefundTooLarge
    then, now = refund_shares(parts, before), refund_shares(parts, before + amount)
    return _group(
        Posting(Account.PROVIDER_CASH, -amount),
        Posting(Account.MENTOR_PENDING, now.net - then.net, mentor_id),
        Posting(Account.PLATFORM_FEE, now.fee - then.fee),
        Posting(Account.PROVIDER_FEES, now.card - then.card),
    )


def refund_shares(parts: Split, refunded: Money) -> Split:
    """How much of each part is inside the first `refunded` of a price.

    The fee gives floor(fee × refunded / price), the card floor(card × rest / (price − fee)) of the rest, the
    mentor what remains. Taking the card's floor of the rest and not of the whole keeps every share from
    ever going down again when two floors step at the same unit.
    """
    if not parts.price:
        return parts
    fee = parts.fee.minor * refunded.minor // parts.price.minor
    rest, whole_rest = refunded.minor - fee, (parts.price - parts.fee).minor
    card = parts.card.minor * rest // whole_rest if whole_rest else 0
    return Split(price=refunded, fee=Money(fee, refunded.currency), card=Money(card, refunded.currency))


def shares(whole: Money, weights: Sequence[int]) -> list[Money]:
    """Cut a sum into parts by weight, each floor(whole × weights so far / all) less what went before.

    The parts always add up to the whole. Weights are positive.
    """
    cuts = [whole.minor * so_far // sum(weights) for so_far in accumulate(weights)]
    return [Money(end - begin, whole.currency) for begin, end in pairwise([0, *cuts])]


def release_postings(net: Money, mentor_id: UUID) -> tuple[Posting, ...]:
    """The session was held: what was pending may now be paid out."""
    return _group(Posting(Account.MENTOR_PENDING, net, mentor_id), Posting(Account.MENTOR_PAYABLE, -net, mentor_id))


def transfer_postings(amount: Money, mentor_id: UUID) -> tuple[Posting, ...]:
    """The mentor was paid."""
    return _group(Posting(Account.MENTOR_PAYABLE, amount, mentor_id), Posting(Account.PROVIDER_CASH, -amount))


def is_turn_to_ask(opened: datetime, every: timedelta, *, now: datetime) -> bool:
    """Whether the provider is asked in this stretch of `every`: in the 1st, 2nd, 4th, 8th… since, and each 30th."""
    step = every.total_seconds()
    turn = int(now.timestamp() // step) - int(opened.timestamp() // step)
    return turn > 0 and (turn & (turn - 1) == 0 or turn % 30 == 0)


def is_balanced(postings: Iterable[Posting]) -> bool:
    """Whether the amounts sum to zero in every currency."""
    sums: dict[str, int] = {}
    for posting in postings:
        sums[posting.amount.currency] = sums.get(posting.amount.currency, 0) + posting.amount.minor
    return not any(sums.values())


def _group(*postings: Posting) -> tuple[Posting, ...]:
    kept = tuple(posting for posting in postings if posting.amount)
    if not is_balanced(kept):
        raise AssertionError("a ledger group must sum to zero")
    return kept


def _rate(currency: str, on: date) -> CardRate:
    for rate in reversed(CARD_RATES):
        if rate.since <= on and currency in rate.fixed:
            return rate
    raise CurrencyNotOffered
