"""Line icons, imported one by one so that a page carries only its own."""

from __future__ import annotations

import reflex as rx


def icon(name: str, size: str = "") -> rx.Component:
    """A Lucide icon by its literal name, hidden from screen readers; size "s" is 16 px, "l" 24 px."""
    return rx.icon(name, class_name={"": "icon", "s": "icon icon-s", "l": "icon icon-l"}[size])
