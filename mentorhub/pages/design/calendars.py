"""Samples of calendar feeds and connected calendars, in the states they can be in."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from mentorhub.components.sections.calendars import feed_card, import_row, no_imports
from mentorhub.state.calendars import FeedShown, ImportShown

_NOTHING = rx.console_log("sample")
_FEEDS = (
    (
        FeedShown("sample-open", "Your sessions", "Both roles.", "https://mentorhub.example/feeds/sessions/a1b2.ics"),
        False,
    ),
    (
        FeedShown("sample-asked", "Your sessions", "Both roles.", "https://mentorhub.example/feeds/sessions/c3d4.ics"),
        True,
    ),
    (FeedShown("sample-closed", "Your busy times", "Only when you are taken.", ""), False),
)
_IMPORTS = (
    ImportShown("1", "Work", "calendar.example", "Last read Sun 22 Nov, 12:00 in London", "", False),
    ImportShown(
        "2",
        "Home",
        "home.example",
        "Last read Sun 22 Nov, 09:10 in London",
        "The calendar's server takes too long to answer. The busy times of the last good reading stay closed.",
        True,
    ),
)


def _calendars() -> rx.Component:
    feeds = (
        feed_card(
            feed,
            is_asked=is_asked,
            on_copy=_NOTHING,
            on_ask=_NOTHING,
            on_keep=_NOTHING,
            on_renew=_NOTHING,
            on_close=_NOTHING,
        )
        for feed, is_asked in _FEEDS
    )
    rows = (import_row(one, on_read=_NOTHING, on_remove=_NOTHING) for one in _IMPORTS)
    return rx.el.div(
        rx.el.ul(*feeds, class_name="stack gap-6"),
        rx.el.ul(*rows, class_name="stack gap-6"),
        no_imports(),
        class_name="stack gap-6",
    )


CALENDARS: list[tuple[str, Callable[[], rx.Component]]] = [("Calendars", _calendars)]
