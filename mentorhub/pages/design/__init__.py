"""`/design`: every component with sample data, for eyes, screenshots and axe, without a login."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from mentorhub.components.shell import shell
from mentorhub.pages.design.asking import ASKING
from mentorhub.pages.design.basics import BASICS
from mentorhub.pages.design.calendars import CALENDARS
from mentorhub.pages.design.groups import GROUPS
from mentorhub.pages.design.hours import HOURS
from mentorhub.pages.design.journey import JOURNEY
from mentorhub.pages.design.series import SERIES
from mentorhub.pages.route import Route


def _specimen(name: str, draw: Callable[[], rx.Component]) -> rx.Component:
    anchor = name.lower().replace(" ", "-").replace(",", "")
    return rx.el.section(
        rx.el.h2(name, id=f"part-{anchor}"),
        draw(),
        class_name="stack gap-4",
        aria_labelledby=f"part-{anchor}",
    )


def page() -> rx.Component:
    """The kit, family by family."""
    return shell(
        rx.el.div(
            rx.el.h1("Design system"),
            rx.el.p(
                "Every part with made-up people, in the states it can be in.",
                class_name="lead",
            ),
            *(
                _specimen(name, draw)
                for name, draw in (*BASICS, *JOURNEY, *HOURS, *CALENDARS, *SERIES, *GROUPS, *ASKING)
            ),
            class_name="page stack gap-12 pt-8",
        )
    )


ROUTE = Route(
    page=page,
    path="/design",
    title="Design system | MentorHub",
    description="Every component of MentorHub with sample data, in light and dark.",
)
