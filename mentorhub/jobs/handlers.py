"""What is done for each topic of the outbox, and what comes round by the clock: two plain tables.

Handlers and duties run in a thread, outside any transaction. Each may happen twice for the same row, so what
it does must be the same as once.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from mentorhub.domain.accounts import rules as accounts
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.rules import moves as move_topics
from mentorhub.domain.payments import service as payments
from mentorhub.domain.scheduling import service as scheduling
from mentorhub.jobs import attendance, calendars, files, groups, mail, money, moves, reminders, requests, waiting
from mentorhub.jobs.schedule import Duty, Handler, sweep

HANDLERS: Final[Mapping[str, Handler]] = {
    accounts.VERIFY_MAIL: mail.verify,
    accounts.ALREADY_MAIL: mail.already_have_account,
    accounts.RESET_MAIL: mail.reset,
    accounts.PASSWORD_CHANGED_MAIL: mail.password_changed,
    accounts.CHANGE_EMAIL_MAIL: mail.change_email,
    accounts.EMAIL_CHANGED_MAIL: mail.email_changed,
    notices.BOOKING_CONFIRMED: mail.booking_confirmed,
    notices.BOOKING_CANCELLED: mail.booking_cancelled,
    move_topics.MOVE_PROPOSED: moves.proposed,
    move_topics.MOVE_KEPT: moves.kept,
    move_topics.BOOKING_MOVED: moves.moved,
    notices.REQUEST_RECEIVED: requests.received,
    notices.REQUEST_QUESTION: requests.question,
    notices.REQUEST_REPLIED: requests.replied,
    notices.REQUEST_DECLINED: requests.declined,
    notices.REQUEST_EXPIRED: requests.lapsed,
    notices.REQUEST_TOO_LATE: requests.too_late,
    notices.REQUEST_CARD_FAILED: requests.card_failed,
    notices.MENTOR_PAUSED: requests.paused,
    notices.PAID_TOO_LATE: mail.paid_too_late,
    notices.REVIEW_ASKED: mail.review_asked,
    notices.REMINDER: reminders.remind,
    notices.SOMEBODY_CAME: reminders.somebody_came,
    notices.SOMEBODY_WAITS: reminders.somebody_waits,
    notices.WAITLIST_OFFER: waiting.mail_offer,
    notices.GROUP_PUBLISHED: groups.published,
    notices.GROUP_AHEAD: groups.goes_ahead,
    notices.GROUP_CALLED_OFF: groups.called_off,
    notices.GROUP_REMINDER: groups.remind,
    bookings.DECIDE_TOPIC: groups.decide,
    bookings.TIME_FREED: waiting.offer_freed,
    scheduling.READ_CALENDAR: calendars.read_one,
    payments.NOTICE_TOPIC: money.handle_notice,
    payments.CAPTURE_TOPIC: money.tell_provider,
    payments.VOID_TOPIC: money.tell_provider,
    payments.REFUND_TOPIC: money.send_refund,
    bookings.RELEASE_TOPIC: money.release_earnings,
    bookings.CLOSE_ROOM_TOPIC: attendance.close_room,
}

DUTIES: Final = (
    Duty("read attendance", timedelta(seconds=5), attendance.read_journal),
    Duty("lapse holds", timedelta(seconds=10), attendance.lapse_holds),
    Duty("lapse proposals", timedelta(minutes=1), moves.lapse_proposals),
    Duty("lapse requests", timedelta(seconds=20), requests.lapse_requests),
    Duty("tidy lines", timedelta(minutes=1), waiting.tidy_lines),
    Duty("settle sessions", timedelta(seconds=30), attendance.settle_sessions),
    Duty("reconcile payments", money.RECONCILE_EVERY, money.reconcile),
    Duty("read calendars", calendars.EVERY, calendars.read_all),
    Duty("sweep files", files.EVERY, files.sweep_files),
    Duty("sweep", timedelta(minutes=10), sweep),
)
