"""/design: every component with sample data, so that eyes, screenshots and axe see the whole kit without a login."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from mentorhub.components.shell import shell
from mentorhub.pages.design_samples import SPECIMENS

ROUTE = "/design"
TITLE = "Design system · MentorHub"
DESCRIPTION = "Every component of MentorHub with sample data, in light and dark."


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
                "Every part with made-up people. Each control shows its hover, focus and disabled state in place.",
                class_name="lead",
            ),
            *(_specimen(name, draw) for name, draw in SPECIMENS),
            class_name="page stack gap-12 pt-8",
        )
    )
