"""Telling people: notices in the product, and mails, each ready to be handed to a Mailer; none of them sends."""

from mentorhub.domain.notifications.service.account_mails import (
    write_already_have_account,
    write_change_email,
    write_email_changed,
    write_password_changed,
    write_reset,
    write_verify,
)
from mentorhub.domain.notifications.service.calendar import calendar_invite
from mentorhub.domain.notifications.service.notices import mark_all_read, mark_read, sweep, tell
from mentorhub.domain.notifications.service.reminder_mails import (
    with_way_out,
    write_other_is_here,
    write_reminder,
)
from mentorhub.domain.notifications.service.session_mails import (
    write_cancelled,
    write_confirmed,
    write_paid_too_late,
    write_review_asked,
)
from mentorhub.domain.notifications.service.wishes import set_quiet_hours, set_switches, switch_off_mail

__all__ = [
    "calendar_invite",
    "mark_all_read",
    "mark_read",
    "set_quiet_hours",
    "set_switches",
    "sweep",
    "switch_off_mail",
    "tell",
    "with_way_out",
    "write_already_have_account",
    "write_cancelled",
    "write_change_email",
    "write_confirmed",
    "write_email_changed",
    "write_other_is_here",
    "write_paid_too_late",
    "write_password_changed",
    "write_reminder",
    "write_reset",
    "write_review_asked",
    "write_verify",
]
