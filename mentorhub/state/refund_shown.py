"""What calling off gives back, in the words of whoever reads it: a mentee gets money back, a mentor earns nothing."""

from dataclasses import dataclass

from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.rules import Side


@dataclass(frozen=True)
class RefundShown:
    """The sum under its `label`, the reason for it, and what the button says; what is free has no sum."""

    label: str = ""
    amount: str = ""
    words: str = ""
    button: str = ""
    gives_back: bool = False


def refund_shown(refund: Money, price: Money, *, by: Side, mentee: str, words: str) -> RefundShown:
    """What a cancellation by that side gives back of the price; `words` are the reason a mentee reads."""
    mark = " It shows as a cancellation on your profile." if by is Side.MENTOR else ""
    amount = refund.format()
    if not price:
        return RefundShown(words=f"It is free, so no money moves.{mark}", button="Cancel the session")
    if by is Side.MENTOR:
        words = f"All of it. You earn nothing.{mark}"
        return RefundShown(f"{mentee} gets back", amount, words, f"Cancel, {amount} back to {mentee}", gives_back=True)
    if not refund:
        return RefundShown("Nothing comes back", amount, words, "Cancel without money back")
    return RefundShown("You get back", amount, words, f"Cancel, {amount} back", gives_back=True)
