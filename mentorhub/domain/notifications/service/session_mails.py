"""Mails about a session; `side` is "mentor" or "mentee", whoever gets the mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.rules import SessionNotice, SessionPerson, moment, short_moment, span
from mentorhub.domain.notifications.rules.requests import FitNotice
from mentorhub.domain.notifications.service.calendar import calendar_invite
from mentorhub.domain.notifications.service.letter import Letter, write


def write_confirmed(
    notice: SessionNotice, *, side: str, key: str, site: str, sender: str, now: datetime
) -> OutgoingMail:
    """A session is booked; the invitation is attached."""
    person = notice.person(side)
    letter = Letter(
        f"confirmed_{side}",
        f"Booked: {notice.title} with {notice.other(side).name}, {short_moment(notice.starts_at, person)}",
        {**names(notice, side), "full_until": moment(notice.full_until, person), "ask": quoted(notice.ask)},
        ("See the session", notice.page),
        when_rows(notice, side) + _price(notice, side) + (("Room", notice.room),),
    )
    invite = calendar_invite(notice, side=side, method="REQUEST", sender=sender, now=now)
    return write(letter, key=key, to=person.email, site=site, now=now, calendar=invite)


def write_cancelled(
    notice: SessionNotice,
    *,
    side: str,
    key: str,
    site: str,
    sender: str,
    now: datetime,
    fits: Sequence[FitNotice] = (),
) -> OutgoingMail:
    """A session is called off; what goes back is said, the calendar entry is taken back, `fits` are named."""
    person = notice.person(side)
    facts = {
        **names(notice, side),
        "opening": _who_cancelled(notice, side),
        "to_mentee": side == "mentee",
        "is_partial": notice.refunded < notice.price,
        "has_fits": bool(fits),
    }
    letter = Letter(
        "cancelled",
        f"Cancelled: {notice.title} with {notice.other(side).name}, {short_moment(notice.starts_at, person)}",
        facts,
        ("See the session", notice.page),
        when_rows(notice, side) + fit_rows(fits, person),
    )
    taken_back = calendar_invite(notice, side=side, method="CANCEL", sender=sender, now=now)
    return write(letter, key=key, to=person.email, site=site, now=now, calendar=taken_back)


def write_paid_too_late(notice: SessionNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The payment came after the time was gone, or after another had paid for it; all of it goes back to the card."""
    letter = Letter(
        "paid_too_late",
        f"Your payment for {notice.title} goes back to your card",
        {**names(notice, "mentee"), "refunded": notice.price.format(), "is_second": notice.was_agreed},
        ("See the session", notice.page),
        when_rows(notice, "mentee"),
    )
    return write(letter, key=key, to=notice.mentee.email, site=site, now=now)


def write_review_asked(notice: SessionNotice, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """The two met; the mentee is asked for a review."""
    letter = Letter(
        "review_asked",
        f"How was {notice.title} with {notice.mentor.name}?",
        names(notice, "mentee"),
        ("Write a review", notice.page),
    )
    return write(letter, key=key, to=notice.mentee.email, site=site, now=now)


def names(notice: SessionNotice, side: str) -> Mapping[str, Any]:
    """The facts most of these mails name."""
    return {
        "first_name": notice.person(side).first_name,
        "other_name": notice.other(side).name,
        "other_first_name": notice.other(side).first_name,
        "title": notice.title,
        "paid": bool(notice.price),
        "price": notice.price.format(),
        "refunded": notice.refunded.format() if notice.refunded else "",
    }


def quoted(words: str) -> str:
    """A person's words as one run without a closing quote: they must not pass for a paragraph of ours."""
    return " ".join(words.replace("”", " ").split())


def _who_cancelled(notice: SessionNotice, side: str) -> str:
    what = f"{notice.title} with {notice.other(side).name}"
    if notice.cancelled_by == side:
        return f"you cancelled {what}."
    if notice.cancelled_by:
        return f"{notice.other(side).first_name} cannot come, so {what} is cancelled."
    return f"{what} does not take place: {notice.why}." if notice.why else f"{what} is cancelled."


def fit_rows(fits: Sequence[FitNotice], reader: SessionPerson) -> tuple[tuple[str, str], ...]:
    """Other mentors who may fit: who, when they are free on the reader's clock, and their page."""
    return tuple(
        (f"{fit.name}, {fit.role}" if fit.role else fit.name, f"{moment(fit.starts_at, reader)}, {fit.page}")
        for fit in fits
    )


def when_rows(notice: SessionNotice, side: str) -> tuple[tuple[str, str], ...]:
    """The time on the reader's clock, and on the other's where that is another one."""
    mine, theirs = notice.person(side), notice.other(side)
    rows = (("Your time", span(notice.starts_at, notice.ends_at, mine)),)
    if mine.zone == theirs.zone:
        return rows
    return (*rows, (f"{theirs.first_name}'s time", span(notice.starts_at, notice.ends_at, mine, zone=theirs.zone)))


def _price(notice: SessionNotice, side: str) -> tuple[tuple[str, str], ...]:
    if not notice.price:
        return (("Price", "free"),)
    return (("Paid" if side == "mentee" else "Price", notice.price.format()),)
