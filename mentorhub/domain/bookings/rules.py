"""Pure rules of a booking: its ticks, its clocks, its doors, and how attendance settles it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TICK = timedelta(minutes=5)
HOLD_LASTS = timedelta(minutes=10)
CHECKOUT_LASTS = timedelta(minutes=30)
HOLD_OUTLIVES_CHECKOUT = timedelta(minutes=5)
HOLD_AT_MOST = timedelta(minutes=90)
"""However many checkouts are opened for it, no hold is kept longer."""
HOLDS_A_DAY = 5
"""How often one person may hold the same time within 24 hours without booking it."""
DOORS_OPEN_BEFORE = timedelta(minutes=15)
DOORS_CLOSE_AFTER = timedelta(minutes=15)
ON_TIME_WITHIN = timedelta(minutes=10)
OFFER_STANDS_FOR = timedelta(minutes=15)
EARNINGS_WAIT = timedelta(hours=24)
COMING_IS_ASKED_BEFORE = timedelta(hours=24)
REQUEST_NOTICE = timedelta(hours=6)
"""The least notice of a time that has to be asked for."""
ANSWERED_BEFORE_START = timedelta(hours=2)
QUESTION_PAUSES_FOR = timedelta(hours=48)
PAY_ANEW_WITHIN = timedelta(hours=12)
FREE_CALLED_OFF_A_DAY = 2
"""How many free sessions with one mentor a mentee may call off within 24 hours and still book another."""
OPEN_REQUESTS, REQUESTS_A_WEEK = 3, 10
FURTHEST_AHEAD = timedelta(days=365)
WEEK = timedelta(days=7)
LAPSES_PAUSE_WITHIN = timedelta(days=30)
MOVES_A_SIDE = 2
"""How many accepted moves of one session each side may have proposed (PRODUCT.md D7)."""
STARTS_A_PROPOSAL = 3
PROPOSAL_STANDS = timedelta(hours=48)
MOVES_END_BEFORE = timedelta(hours=2)
LINES_AT_ONCE = 5
"""How many lines for freed times one person may stand in."""
OFFER_LASTS = timedelta(hours=2)
SEATS_SOLD_UNTIL = timedelta(hours=1)
"""How long before the start seats are no longer sold: longer than a checkout keeps one, so nobody pays too late."""

INTAKE_ENOUGH = 80
"""Characters of own words an intake needs, situation and questions together (PRODUCT.md D1)."""
MOST_QUESTIONS, MOST_LINKS, LONGEST_LINK = 3, 3, 500
VAGUE_HINT = "Say what you tried and what you will do with the answer."
_RUN = re.compile(r"(.)\1{3,}")
_WORD = re.compile(r"\w+")
_LINK = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d{1,5})?(/[^\s<>\"\\]*)?")
_LEAST_QUESTION, _VAGUE_UP_TO = 12, 60
_VAGUE = (
    "be my mentor",
    "mentor me",
    "need a mentor",
    "want a mentor",
    "looking for a mentor",
    "need guidance",
    "want guidance",
    "guide me",
    "help me",
    "need help",
    "need your help",
    "any advice",
    "need advice",
    "some advice",
    "pick your brain",
    "get a job",
    "want to talk",
    "want to connect",
)

Stay = tuple[datetime, datetime]


class Outcome(StrEnum):
    """How a session ended, as attendance tells it (PRODUCT.md section 5)."""

    MET = "met"
    SHORT = "short"
    MENTOR_ABSENT = "mentor_absent"
    MENTEE_ABSENT = "mentee_absent"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Door:
    """When the room lets its two people in."""

    opens_at: datetime
    closes_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether one may go in at `now`; the closing instant is already too late."""
        return self.opens_at <= now < self.closes_at


@dataclass(frozen=True)
class Attendance:
    """What two people's stays add up to: the outcome, and how long they were together."""

    outcome: Outcome
    together: timedelta


def ticks(begins: datetime, ends: datetime) -> range:
    """The five-minute ticks, counted from the epoch, that the half-open span touches (DECISIONS.md 2)."""
    length = int(TICK.total_seconds())
    return range(int(begins.timestamp()) // length, -(-int(ends.timestamp()) // length))


def is_on_a_tick(moment: datetime) -> bool:
    """Whether a start lies on a five-minute step, the only ones forms allow."""
    return moment.timestamp() % TICK.total_seconds() == 0


def door(starts_at: datetime, ends_at: datetime) -> Door:
    """The room opens 15 minutes before the start and closes 15 after the end (PRODUCT.md E1)."""
    return Door(starts_at - DOORS_OPEN_BEFORE, ends_at + DOORS_CLOSE_AFTER)


def may_say_coming(starts_at: datetime, now: datetime) -> bool:
    """Whether "I'm coming" can be said: from 24 hours before the start until the start (PRODUCT.md D20)."""
    return starts_at - COMING_IS_ASKED_BEFORE <= now < starts_at


def proposal_lapses_at(starts_at: datetime, *, now: datetime) -> datetime:
    """Until when a proposal to move a session can be accepted: 48 hours, at most until 2 hours before its start."""
    return min(now + PROPOSAL_STANDS, starts_at - MOVES_END_BEFORE)


def refund_from_after_move(
    *, refund_from: datetime, full_until: datetime, starts_at: datetime, now: datetime
) -> datetime:
    """The start the refund policy counts from once a session moved to `starts_at` (DECISIONS.md 6).

    While everything still comes back (`full_until` itself included) the deadlines move along; later the earlier
    ones stay, so that nobody moves a session away just to call it off for more.
    """
    return starts_at if now <= full_until else min(refund_from, starts_at)


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


@dataclass(frozen=True)
class IntakeCheck:
    """How whole an intake is: its four parts in order, its own words in characters, what is missing, a hint.

    `missing` says in words why it cannot be sent yet and is empty once it can; `hint` is there for a vague question.
    """

    has_goal: bool
    has_situation: bool
    has_question: bool
    words: int
    missing: str
    hint: str

    @property
    def is_whole(self) -> bool:
        """Whether the intake can be sent."""
        return not self.missing

    @property
    def parts(self) -> tuple[bool, bool, bool, bool]:
        """Goal, situation, question, enough words: which of them are there."""
        return (self.has_goal, self.has_situation, self.has_question, self.words >= INTAKE_ENOUGH)


def check_intake(goal: str, situation: str, questions: Sequence[str]) -> IntakeCheck:
    """Look at an intake as it stands, whole or not (PRODUCT.md D1)."""
    asked = [question for question in questions if question.strip()]
    words, vague = own_words(situation, *asked), bool(asked) and all(map(is_vague, asked))
    has_goal, has_situation, has_question = own_words(goal) > 0, own_words(situation) > 0, bool(asked) and not vague
    missing = ""
    if not has_goal:
        missing = "Say what you are working towards."
    elif not has_situation:
        missing = "Say where you are now."
    elif not asked:
        missing = "Write at least one question."
    elif vague:
        missing = "Ask something that cannot be answered with one word."
    elif words < INTAKE_ENOUGH:
        missing = f"Write {INTAKE_ENOUGH - words} more character{'s'[: INTAKE_ENOUGH - words - 1]} in your own words."
    return IntakeCheck(has_goal, has_situation, has_question, words, missing, VAGUE_HINT if vague else "")


def own_words(*texts: str) -> int:
    """Characters one can see: a line counts once, a character three times in a row at most, spaces as one."""
    lines = dict.fromkeys(" ".join(line.split()).casefold() for text in texts for line in text.splitlines())
    return sum(map(str.isprintable, "".join(_RUN.sub(r"\1\1\1", line) for line in lines)))


def is_vague(question: str) -> bool:
    """Whether a question asks for nothing in particular, such as "Can you be my mentor?"."""
    said = " ".join(_WORD.findall(question.casefold()))
    return len(said) < _LEAST_QUESTION or (len(said) < _VAGUE_UP_TO and any(words in said for words in _VAGUE))


def is_good_link(link: str) -> bool:
    """Whether a link is safe to show: https, a host with a dot, nobody's name in front of it."""
    return len(link) <= LONGEST_LINK and _LINK.fullmatch(link) is not None


def offered_until(starts_at: datetime, *, now: datetime) -> datetime:
    """Until when a freed time is kept for who waits: two hours, or a quarter of what is left (PRODUCT.md C14)."""
    return now + min(OFFER_LASTS, (starts_at - now) / 4)


def sleeps_through(wakes_at: datetime, until: datetime, *, now: datetime) -> bool:
    """Whether quiet hours leave less than half of an offer to be awake in."""
    return until - wakes_at < (until - now) / 2


def too_few(needed: int) -> str:
    """Why a group session was called off at its decision, as the end of a sentence."""
    return f"fewer than {'1 person' if needed == 1 else f'{needed} people'} had a seat by the time of the decision"
