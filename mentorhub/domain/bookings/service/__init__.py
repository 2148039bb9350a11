"""Verbs of the bookings: hold, pay, confirm, call off, attend, settle. None of them commits."""

from mentorhub.domain.bookings.service.attendance import (
    RELEASE_TOPIC,
    JournalEntry,
    closing_of,
    cursor_of,
    due_for_settling,
    record_journal,
    release_due,
    settle,
)
from mentorhub.domain.bookings.service.cancelling import (
    CLOSE_ROOM_TOPIC,
    CancelQuote,
    cancel,
    quote_cancel,
)
from mentorhub.domain.bookings.service.checkout import (
    CheckoutPlan,
    apply_outcome,
    confirm_free,
    plan_checkout,
    take_in,
)
from mentorhub.domain.bookings.service.claims import expire_all_lapsed
from mentorhub.domain.bookings.service.files import (
    FILES_FOLDER,
    StoredFile,
    add_file,
    forget_unsent_files,
    remove_file,
    require_file_room,
)
from mentorhub.domain.bookings.service.groups import call_off_group, close_groups, decide_group, take_seat
from mentorhub.domain.bookings.service.holds import (
    give_back,
    live_hold_of,
    open_checkout_of,
    place_hold,
)
from mentorhub.domain.bookings.service.intake import IntakeForm, write_intake
from mentorhub.domain.bookings.service.lapsing import expire_lapsed, expire_requests
from mentorhub.domain.bookings.service.line import TIME_FREED
from mentorhub.domain.bookings.service.moving import (
    accept_move,
    decline_move,
    lapse_moves,
    propose_move,
    withdraw_move,
)
from mentorhub.domain.bookings.service.offered import Wish
from mentorhub.domain.bookings.service.publishing import (
    DECIDE_TOPIC,
    FEWEST_SEATS,
    MOST_SEATS,
    GroupPlan,
    publish_group_session,
)
from mentorhub.domain.bookings.service.reminding import (
    call_for,
    is_due_still,
    is_waited_for,
    remind,
    say_coming,
)
from mentorhub.domain.bookings.service.requests import (
    accept_request,
    ask_back,
    decline_request,
    reply_to_question,
    request_free,
    withdraw_request,
)
from mentorhub.domain.bookings.service.series import ChosenQuote, cancel_chosen, hold_series, quote_chosen
from mentorhub.domain.bookings.service.taking_over import take_over_draft
from mentorhub.domain.bookings.service.telling import when_for
from mentorhub.domain.bookings.service.waiting import (
    Turn,
    join_line,
    leave_line,
    offer_freed,
    offered_until,
    tidy_lines,
)
from mentorhub.domain.bookings.service.zones import follow_zone, save_hours

__all__ = [
    "CLOSE_ROOM_TOPIC",
    "DECIDE_TOPIC",
    "FEWEST_SEATS",
    "FILES_FOLDER",
    "MOST_SEATS",
    "RELEASE_TOPIC",
    "TIME_FREED",
    "CancelQuote",
    "CheckoutPlan",
    "ChosenQuote",
    "GroupPlan",
    "IntakeForm",
    "JournalEntry",
    "StoredFile",
    "Turn",
    "Wish",
    "accept_move",
    "accept_request",
    "add_file",
    "apply_outcome",
    "ask_back",
    "call_for",
    "call_off_group",
    "cancel",
    "cancel_chosen",
    "close_groups",
    "closing_of",
    "confirm_free",
    "cursor_of",
    "decide_group",
    "decline_move",
    "decline_request",
    "due_for_settling",
    "expire_all_lapsed",
    "expire_lapsed",
    "expire_requests",
    "follow_zone",
    "forget_unsent_files",
    "give_back",
    "hold_series",
    "is_due_still",
    "is_waited_for",
    "join_line",
    "lapse_moves",
    "leave_line",
    "live_hold_of",
    "offer_freed",
    "offered_until",
    "open_checkout_of",
    "place_hold",
    "plan_checkout",
    "propose_move",
    "publish_group_session",
    "quote_cancel",
    "quote_chosen",
    "record_journal",
    "release_due",
    "remind",
    "remove_file",
    "reply_to_question",
    "request_free",
    "require_file_room",
    "save_hours",
    "say_coming",
    "settle",
    "take_in",
    "take_over_draft",
    "take_seat",
    "tidy_lines",
    "when_for",
    "withdraw_move",
    "withdraw_request",
    "write_intake",
]
