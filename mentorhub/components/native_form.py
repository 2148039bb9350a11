"""A form the browser sends itself, as a page load: for the routes that set cookies.

`rx.el.form` calls preventDefault when it has no handler, so such a form would never leave the page.
"""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class _NativeForm(BaseHTML):
    """A plain `<form>`; nothing listens to it."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def native_form(
    *content: rx.Component | str, action: str, method: Literal["get", "post"] = "post", **attributes: Any
) -> rx.Component:
    """A form that the browser posts to `action`; the answer is a page."""
    return _NativeForm.create(*content, action=action, method=method, **attributes)
