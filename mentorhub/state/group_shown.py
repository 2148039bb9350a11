"""How group sessions are shown: the time on the reader's clock, the seats, and what is decided when."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from mentorhub.domain.bookings.models import GroupStatus
from mentorhub.domain.bookings.queries import GroupView
from mentorhub.domain.common import moments

_CALL_OFF_PAID = "Everybody who paid for a seat gets everything back, and the invitations are withdrawn."
_CALL_OFF_FREE = "Everybody with a seat is told, and the invitations are withdrawn."


@dataclass(frozen=True)
class AttendeeShown:
    """Somebody who comes; `href` leads the mentor to the page of their seat, and is empty for everybody else."""

    name: str
    href: str


@dataclass(frozen=True)
class GroupShown:
    """One group session; `seat_href` leads to the viewer's own seat. Empty words are left out."""

    group_id: str = ""
    title: str = ""
    when: str = ""
    their_time: str = ""
    seats: str = ""
    taken: str = ""
    decision: str = ""
    price: str = ""
    state: str = ""
    href: str = ""
    room_href: str = ""
    seat_href: str = ""
    can_take: bool = False
    is_full: bool = False
    may_call_off: bool = False
    call_off_words: str = ""
    call_off_label: str = ""
    attendees: list[AttendeeShown] = field(default_factory=list)


def group_shown(group: GroupView, zone: ZoneInfo) -> GroupShown:
    """A group session as the viewer may see it, on their clock."""
    theirs = moments.zone_of(group.mentor_zone)
    place = moments.place_then(theirs, group.starts_at)
    left = f"{group.seats_left} of {group.seats} seats left" if group.seats_left else "no seat left"
    return GroupShown(
        group_id=str(group.group_session_id),
        title=group.title,
        when=f"{moments.span(group.starts_at, group.ends_at, zone)} in {moments.place_of(zone)}",
        their_time="" if theirs == zone else f"{moments.when(group.starts_at, theirs)} in {place}",
        seats=left if group.is_on_sale else "",
        taken=f"{group.people} of {group.seats} seats"
        + (f", {_missing(group)} more needed" if _missing(group) else ""),
        decision=_decision(group, zone),
        price=f"{group.price.format(tag=True)} a seat" if group.price else "Free",
        state="short" if _missing(group) else group.status.value,
        href=f"/mentoring/groups/{group.group_session_id}",
        room_href=f"/room/{group.group_session_id}" if group.is_door_open else "",
        seat_href=f"/sessions/{group.my_seat}" if group.my_seat is not None else "",
        can_take=group.is_on_sale and group.seats_left > 0 and not group.i_mentor and group.my_seat is None,
        is_full=group.is_on_sale and not group.seats_left and not group.i_mentor and group.my_seat is None,
        may_call_off=group.may_call_off,
        call_off_words=_CALL_OFF_PAID if group.price else _CALL_OFF_FREE,
        call_off_label="Call off, all money back" if group.price else "Call off the session",
        attendees=[
            AttendeeShown(one.name, f"/sessions/{one.seat_id}" if one.seat_id is not None else "")
            for one in group.attendees
        ],
    )


def _decision(group: GroupView, zone: ZoneInfo) -> str:
    if group.status is GroupStatus.CANCELLED:
        return "Called off. Everybody who had paid gets everything back." if group.price else "Called off."
    if group.status is GroupStatus.SETTLED:
        return "Over."
    if group.is_decided:
        return "Goes ahead."
    people = "1 person" if group.seats_needed == 1 else f"{group.seats_needed} people"
    by = f"{moments.when(group.decide_by, zone)} in {moments.place_of(zone)}"
    more = f" {_missing(group)} more needed." if _missing(group) else ""
    return f"Goes ahead with {people}, decided by {by}.{more}"


def _missing(group: GroupView) -> int:
    """How many people more it takes, while that is still open."""
    undecided = group.status is GroupStatus.OPEN and not group.is_decided
    return max(0, group.seats_needed - group.people) if undecided else 0
