"""A payment provider as the bookings meet it: its checkouts move on by themselves, and what it said is heard late."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.models import Owed
from mentorhub.domain.payments.ports import Checkout, CheckoutOutcome, CheckoutState

LET_IN_LATE = timedelta(minutes=1)
"""How much later than promised the provider closes a page at most."""


@dataclass
class Page:
    """One checkout at the provider."""

    price: Money
    manual: bool
    expires_at: datetime
    state: CheckoutState = CheckoutState.OPEN


@dataclass
class Provider:
    """What a provider knows of its checkouts; words it said earlier can be heard again."""

    pages: dict[UUID, Page] = field(default_factory=dict)
    said: list[CheckoutOutcome] = field(default_factory=list)
    card_refuses_capture: bool = False

    def open(self, payment_id: UUID, *, price: Money, manual: bool, expires_at: datetime) -> Checkout:
        self.pages[payment_id] = Page(price, manual, expires_at)
        return Checkout(f"cs_{payment_id}", "https://pay.example", expires_at)

    def pay(self, payment_id: UUID) -> bool:
        """The card is put on the page; False where the page is closed."""
        page = self.pages[payment_id]
        if page.state is not CheckoutState.OPEN:
            return False
        page.state = CheckoutState.AUTHORISED if page.manual else CheckoutState.PAID
        return True

    def close(self, payment_id: UUID) -> None:
        page = self.pages[payment_id]
        if page.state is CheckoutState.OPEN:
            page.state = CheckoutState.EXPIRED

    def close_what_is_over(self, now: datetime) -> None:
        for payment_id, page in self.pages.items():
            if page.expires_at + LET_IN_LATE <= now:
                self.close(payment_id)

    def hear(self, payment_id: UUID, owed: Owed) -> None:
        """Take authorised money or let it go; a card may say no in the last moment."""
        page = self.pages[payment_id]
        if page.state is CheckoutState.AUTHORISED:
            taken = owed is Owed.CAPTURE and not self.card_refuses_capture
            page.state = CheckoutState.PAID if taken else CheckoutState.VOIDED

    def drop_the_oldest(self) -> None:
        """A bank lets authorised money go by itself."""
        for page in self.pages.values():
            if page.state is CheckoutState.AUTHORISED:
                page.state = CheckoutState.VOIDED
                return

    def say(self, payment_id: UUID) -> CheckoutOutcome:
        page = self.pages[payment_id]
        outcome = CheckoutOutcome(
            checkout_id=f"cs_{payment_id}",
            payment_id=payment_id,
            state=page.state,
            amount=page.price,
            url="",
            expires_at=page.expires_at,
            provider_payment_id=f"pi_{payment_id}",
            provider_fee=page.price.part(233) if page.state is CheckoutState.PAID else None,
        )
        self.said.append(outcome)
        return outcome
