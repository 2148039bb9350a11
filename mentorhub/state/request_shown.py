"""A request and the facts about who asks, as the inbox and the booking's page draw them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.models import Awaited, DeclineReason
from mentorhub.domain.bookings.queries import RequestView, Stage
from mentorhub.domain.bookings.rules import OPEN_REQUESTS
from mentorhub.domain.common import moments
from mentorhub.domain.notes import queries as notes
from mentorhub.state import shown
from mentorhub.state.base import read
from mentorhub.state.shown import IntakeShown, MeetingShown

REASONS = (
    (DeclineReason.NOT_MY_FIELD.value, "Not my field"),
    (DeclineReason.NO_TIME.value, "No time"),
    (DeclineReason.UNCLEAR_ASK.value, "Unclear ask"),
    (DeclineReason.OTHER.value, "Other"),
)
_SOON = timedelta(hours=8)
_KIND_WORDS = {
    DeclineReason.NOT_MY_FIELD: "{who} thinks somebody else knows this field better.",
    DeclineReason.NO_TIME: "{who} has no time for another session now.",
    DeclineReason.UNCLEAR_ASK: "{who} could not tell yet what would help you most. A narrower question often does it.",
    DeclineReason.OTHER: "{who} cannot take this one.",
}
_LAPSED_TO_MENTEE = {
    Awaited.ANSWER: "{who} did not get to it in time. That says nothing about your question.",
    Awaited.REPLY: "The request ended before you replied to {who}.",
    Awaited.PAYMENT: "{who} accepted, but the session was not paid in time.",
}
_LAPSED_TO_MENTOR = {
    Awaited.ANSWER: "This request ended without an answer.",
    Awaited.REPLY: "This request ended before {who} replied.",
    Awaited.PAYMENT: "You accepted, but {who} did not pay in time.",
}


@dataclass(frozen=True)
class FactShown:
    """One fact and its value in words."""

    label: str
    words: str


@dataclass(frozen=True)
class RequestShown:
    """One request; `ends_at` and `server_now` feed a countdown, which stands still while `is_paused`."""

    booking_id: str = ""
    href: str = ""
    stage: str = ""
    name: str = ""
    first: str = ""
    portrait: str = ""
    initials: str = ""
    title: str = ""
    terms: str = ""
    meeting: MeetingShown = field(default_factory=MeetingShown)
    intake: IntakeShown = field(default_factory=IntakeShown)
    facts: list[FactShown] = field(default_factory=list)
    deadline: str = ""
    ends_at: str = ""
    server_now: str = ""
    is_paused: bool = False
    is_soon: bool = False
    question: str = ""
    reply: str = ""
    kind_words: str = ""
    note: str = ""
    may_answer: bool = False
    may_ask: bool = False
    may_reply: bool = False
    may_withdraw: bool = False
    may_pay: bool = False


@dataclass(frozen=True)
class LapsedShown:
    """A request that ended by the clock, as its mentor looks back at it."""

    href: str
    name: str
    title: str
    ended: str
    words: str


def lapsed_shown(view: RequestView, zone: ZoneInfo) -> LapsedShown:
    """One line about a request that ended by the clock: when, and what it was waiting for."""
    return LapsedShown(
        href=f"/sessions/{view.booking_id}",
        name=view.mentee_name,
        title=view.title,
        ended=moments.when(view.lapses_at, zone),
        words=kind_words(view),
    )


async def facts_of(mentee_id: UUID, zone: ZoneInfo, now: datetime) -> list[FactShown]:
    """What a mentor sees of a mentee, word for word what the mentee sees; somebody new is told so and no worse."""
    facts = await read(bookings.seriousness_of, mentee_id=mentee_id, now=now)
    done, there = await read(notes.items_kept, owner_id=mentee_id)
    return [
        FactShown("Came to", f"{facts.attended} of {facts.due}" if facts.due else "No sessions yet"),
        FactShown("Late cancels", str(facts.late_cancels or "None")),
        FactShown("Action items done", f"{done} of {there}" if there else "None agreed yet"),
        FactShown("Here since", f"{facts.since.astimezone(zone):%B %Y}"),
        FactShown("Open requests", f"{facts.open_requests} of {OPEN_REQUESTS}"),
    ]


async def request_shown(view: RequestView, zone: ZoneInfo, now: datetime) -> RequestShown:
    """A request as its viewer sees it; the mentor sees the facts too."""
    i_mentor = view.i_mentor
    name = view.mentee_name if i_mentor else view.mentor_name
    whole = FactShown("Intake", "Complete" if view.intake.check.is_whole else "Not complete")
    return RequestShown(
        booking_id=str(view.booking_id),
        href=f"/sessions/{view.booking_id}",
        stage=view.stage.value,
        name=name,
        first=shown.first_name(name),
        portrait=view.mentee_portrait if i_mentor else view.mentor_portrait,
        initials=shown.initials(name),
        title=view.title,
        terms=_terms(view),
        meeting=shown.meeting(
            view.starts_at,
            view.ends_at,
            zone=zone,
            their_zone=ZoneInfo(view.mentee_zone if i_mentor else view.mentor_zone),
            their_name=name,
        ),
        intake=shown.intake(view.intake),
        facts=[whole, *await facts_of(view.mentee_id, zone, now)] if i_mentor else [],
        deadline=_deadline(view, zone),
        ends_at=shown.iso(view.lapses_at),
        server_now=shown.iso(now),
        is_paused=view.stage is Stage.PAUSED,
        is_soon=view.stage is Stage.WAITING and view.lapses_at - now < _SOON,
        question=view.question,
        reply=view.reply,
        kind_words=kind_words(view),
        note=view.note,
        may_answer=view.may_answer,
        may_ask=view.may_ask,
        may_reply=view.may_reply,
        may_withdraw=view.may_withdraw,
        may_pay=view.may_pay,
    )


def _terms(view: RequestView) -> str:
    length = moments.how_long(view.ends_at - view.starts_at)
    if not view.price:
        return f"{length}, free"
    taken = "not taken yet" if view.stage in (Stage.WAITING, Stage.PAUSED) else "of the card"
    return f"{length}, {view.price.format(tag=True)} {taken}"


def _deadline(view: RequestView, zone: ZoneInfo) -> str:
    """By when who does what, such as "Answer by Tue 24 Nov, 14:30"."""
    mentor, mentee = shown.first_name(view.mentor_name), shown.first_name(view.mentee_name)
    by = moments.when(view.lapses_at, zone)
    if view.stage is Stage.PAUSED and view.reply_by is not None:
        waits = "waiting for your reply" if not view.i_mentor else f"waiting for {mentee}"
        return f"Paused, {waits} until {moments.when(view.reply_by, zone)}"
    if view.stage is Stage.WAITING:
        return f"Answer by {by}" if view.i_mentor else f"{mentor} answers by {by}"
    if view.stage is Stage.TAKING:
        return "Accepted. The money is being taken, which takes a moment."
    if view.stage is Stage.UNPAID:
        return f"Accepted, but the card failed. The time is kept until {by}"
    return ""


def kind_words(view: RequestView) -> str:
    """How it ended, kindly, for the mentee; a fact for the mentor."""
    mentor = shown.first_name(view.mentor_name)
    free = "Nothing was charged."
    if view.i_mentor:
        lapsed = _LAPSED_TO_MENTOR[view.awaited].format(who=shown.first_name(view.mentee_name))
        return {
            Stage.DECLINED: "You declined this request.",
            Stage.LAPSED: f"{lapsed} The time is free again.",
            Stage.WITHDRAWN: "This request was withdrawn.",
        }.get(view.stage, "")
    if view.stage is Stage.DECLINED:
        return f"{_KIND_WORDS[view.reason or DeclineReason.OTHER].format(who=mentor)} {free}"
    return {
        Stage.LAPSED: f"{_LAPSED_TO_MENTEE[view.awaited].format(who=mentor)} {free}",
        Stage.WITHDRAWN: f"You withdrew this request. {free}",
    }.get(view.stage, "")
