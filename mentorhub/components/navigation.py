"""Where one can go from anywhere: the links of the header, the phone bar and the footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import reflex as rx

from mentorhub.components.icon import icon
from mentorhub.components.values import Text, when


@dataclass(frozen=True)
class Place:
    """A page that stands in a menu; `key` is what a page calls itself to be marked as the current one."""

    key: str
    label: str
    href: str
    icon_name: str


FIND: Final = Place("find", "Find a mentor", "/mentors", "search")
SESSIONS: Final = Place("sessions", "Sessions", "/sessions", "calendar")
REQUESTS: Final = Place("requests", "Requests", "/mentoring/requests", "inbox")
PUBLIC: Final = (
    FIND,
    Place("how", "How it works", "/#how", "route"),
    Place("price", "Price", "/#price", "receipt"),
)
HOME: Final = Place("home", "Home", "/home", "house")
MENTEE: Final = (HOME, FIND, SESSIONS, Place("goals", "Goals", "/goals", "flag"))
MENTOR: Final = (
    HOME,
    REQUESTS,
    SESSIONS,
    Place("hours", "Hours", "/mentoring/hours", "clock"),
    Place("profile", "Profile", "/mentoring/profile", "user"),
)
FOOTER: Final = (
    ("For mentees", (FIND, *PUBLIC[1:])),
    ("For mentors", (Place("become", "Become a mentor", "/sign-up?as=mentor", ""), *MENTOR[3:])),
)


def place_link(place: Place, here: str, *, with_icon: bool = False, count: Text = "") -> rx.Component:
    """One link, marked when it is the page one is on; `count` is how many things wait there, in words."""
    current = {"aria_current": "page"} if place.key == here else {}
    waiting = rx.el.span(count, rx.el.span(" waiting", class_name="hidden-text"), class_name="count")
    counted = when(count != "", waiting) if isinstance(count, rx.Var) else ""
    return rx.el.a(icon(place.icon_name) if with_icon else "", place.label, counted, href=place.href, **current)


def place_list(places: Sequence[Place], here: str) -> rx.Component:
    """Links as a list, for menus."""
    return rx.el.ul(*(rx.el.li(place_link(place, here)) for place in places))
