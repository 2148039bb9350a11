"""How the stays of both settle a session, and what a short one gives back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ON_TIME_WITHIN = timedelta(minutes=10)
EARNINGS_WAIT = timedelta(hours=24)

Stay = tuple[datetime, datetime]


class Outcome(StrEnum):
    """How a session ended, as attendance tells it (PRODUCT.md section 5)."""

    MET = "met"
    SHORT = "short"
    MENTOR_ABSENT = "mentor_absent"
    MENTEE_ABSENT = "mentee_absent"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Attendance:
    """What two people's stays add up to: the outcome, and how long they were together."""

    outcome: Outcome
    together: timedelta


def together(first: Iterable[Stay], second: Iterable[Stay], *, begins: datetime, ends: datetime) -> timedelta:
    """How long both were in the room at once between `begins` and `ends`; stays of one person may overlap."""
    ours, theirs = _united(first, begins, ends), _united(second, begins, ends)
    overlaps = (min(a[1], b[1]) - max(a[0], b[0]) for a in ours for b in theirs)
    return sum((max(span, timedelta(0)) for span in overlaps), timedelta(0))


def attendance(mentor: Sequence[Stay], mentee: Sequence[Stay], *, starts_at: datetime, ends_at: datetime) -> Attendance:
    """Settle a session from the stays of both.

    Together for at least half of the booked time is a meeting. Otherwise each counts as present when they were
    in the room between the doors' opening and ten minutes after the start, or met the other at all.
    """
    shared = together(mentor, mentee, begins=starts_at, ends=ends_at)
    if shared * 2 >= ends_at - starts_at:
        return Attendance(Outcome.MET, shared)
    mentor_came = bool(shared) or _came(mentor, starts_at, ends_at)
    mentee_came = bool(shared) or _came(mentee, starts_at, ends_at)
    if mentor_came and mentee_came:
        return Attendance(Outcome.SHORT, shared)
    if mentor_came:
        return Attendance(Outcome.MENTEE_ABSENT, shared)
    return Attendance(Outcome.MENTOR_ABSENT if mentee_came else Outcome.NOBODY, shared)


def short_refund_share(
    mentor: Sequence[Stay], mentee: Sequence[Stay], *, starts_at: datetime, ends_at: datetime
) -> int:
    """What part of the price a short session gives back, in thousandths.

    Nothing when the mentee left first; else what was missing of the booked time (PRODUCT.md section 5).
    """
    last_mentor = max((end for _, end in _united(mentor, starts_at, ends_at)), default=starts_at)
    last_mentee = max((end for _, end in _united(mentee, starts_at, ends_at)), default=starts_at)
    if last_mentee < last_mentor:
        return 0
    shared = together(mentor, mentee, begins=starts_at, ends=ends_at)
    return 1000 - int(shared * 1000 / (ends_at - starts_at))


def _came(stays: Iterable[Stay], starts_at: datetime, ends_at: datetime) -> bool:
    latest = min(starts_at + ON_TIME_WITHIN, ends_at)
    return any(begin <= latest and end > starts_at for begin, end in stays)


def _united(stays: Iterable[Stay], begins: datetime, ends: datetime) -> list[Stay]:
    joined: list[Stay] = []
    for begin, end in sorted((max(a, begins), min(b, ends)) for a, b in stays):
        if begin >= end:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined
