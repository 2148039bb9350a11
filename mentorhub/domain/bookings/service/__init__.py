"""Verbs of the bookings: hold, pay, confirm, call off, attend, settle. None of them commits."""

from mentorhub.domain.bookings.service.attendance import (
    RELEASE_TOPIC,
    JournalEntry,
    cursor_of,
    doors_close_at,
    due_for_settling,
    record_journal,
    release_due,
    settle,
)
from mentorhub.domain.bookings.service.cancelling import CLOSE_ROOM_TOPIC, CancelQuote, cancel, quote_cancel
from mentorhub.domain.bookings.service.checkout import (
    CheckoutPlan,
    apply_outcome,
    confirm_free,
    plan_checkout,
    take_in,
)
from mentorhub.domain.bookings.service.claims import expire_all_lapsed, expire_lapsed
from mentorhub.domain.bookings.service.holds import (
    Wish,
    give_back,
    live_hold_of,
    open_checkout_of,
    place_hold,
    write_ask,
)
from mentorhub.domain.bookings.service.moving import (
    accept_move,
    decline_move,
    lapse_moves,
    propose_move,
    withdraw_move,
)

__all__ = [
    "CLOSE_ROOM_TOPIC",
    "RELEASE_TOPIC",
    "CancelQuote",
    "CheckoutPlan",
    "JournalEntry",
    "Wish",
    "accept_move",
    "apply_outcome",
    "cancel",
    "confirm_free",
    "cursor_of",
    "decline_move",
    "doors_close_at",
    "due_for_settling",
    "expire_all_lapsed",
    "expire_lapsed",
    "give_back",
    "lapse_moves",
    "live_hold_of",
    "open_checkout_of",
    "place_hold",
    "plan_checkout",
    "propose_move",
    "quote_cancel",
    "record_journal",
    "release_due",
    "settle",
    "take_in",
    "withdraw_move",
    "write_ask",
]
