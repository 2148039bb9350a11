"""The clock of a time that has to be asked for, and how many may be asked for."""

from datetime import datetime, timedelta

REQUEST_NOTICE = timedelta(hours=6)
"""The least notice of a time that has to be asked for."""
ANSWERED_BEFORE_START = timedelta(hours=2)
QUESTION_PAUSES_FOR = timedelta(hours=48)
PAY_ANEW_WITHIN = timedelta(hours=12)
OPEN_REQUESTS, REQUESTS_A_WEEK = 3, 10
WEEK = timedelta(days=7)
LAPSES_PAUSE_WITHIN = timedelta(days=30)


def last_answer(starts_at: datetime) -> datetime:
    """The latest a request for that start may be answered, whatever else was agreed (PRODUCT.md C12)."""
    return starts_at - ANSWERED_BEFORE_START


def answer_by(requested_at: datetime, starts_at: datetime, *, hours: int) -> datetime:
    """Until when a mentor who takes `hours` to answer has time, never later than two hours before the start."""
    return min(requested_at + timedelta(hours=hours), last_answer(starts_at))


def reply_by(asked_at: datetime, starts_at: datetime) -> datetime:
    """Until when a question pauses the clock: 48 hours, or as long as there is time at all."""
    return min(asked_at + QUESTION_PAUSES_FOR, last_answer(starts_at))


def resumed(deadline: datetime, asked_at: datetime, replied_at: datetime, starts_at: datetime) -> datetime:
    """The deadline once the clock runs again: moved on by the pause, which counts 48 hours at most."""
    pause = min(replied_at, reply_by(asked_at, starts_at)) - asked_at
    return min(deadline + pause, last_answer(starts_at))


def pay_by(failed_at: datetime, starts_at: datetime) -> datetime:
    """Until when a mentee may pay anew after the card failed at the accept; past already when there is no time."""
    return min(failed_at + PAY_ANEW_WITHIN, last_answer(starts_at))
