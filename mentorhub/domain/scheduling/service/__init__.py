"""Verbs of a mentor's time: hours, days and limits; calendars elsewhere; the addresses of one's own feeds."""

from mentorhub.domain.scheduling.service.feeds import close_feed, renew_feed
from mentorhub.domain.scheduling.service.hours import (
    block_out,
    change_days,
    open_again,
    replace_hours,
    restore_days,
    save_schedule,
    set_limits,
    use_general_hours,
)
from mentorhub.domain.scheduling.service.imports import (
    READ_CALENDAR,
    add_import,
    ask_for_all,
    keep_copy,
    note_failure,
    refresh_import,
    remove_import,
)
from mentorhub.domain.scheduling.service.reading import busy_spans

__all__ = [
    "READ_CALENDAR",
    "add_import",
    "ask_for_all",
    "block_out",
    "busy_spans",
    "change_days",
    "close_feed",
    "keep_copy",
    "note_failure",
    "open_again",
    "refresh_import",
    "remove_import",
    "renew_feed",
    "replace_hours",
    "restore_days",
    "save_schedule",
    "set_limits",
    "use_general_hours",
]
