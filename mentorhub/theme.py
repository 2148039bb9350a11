"""Tailwind names for the tokens of assets/tokens.css, and the order in which the stylesheets load."""

from __future__ import annotations

from typing import Any, Final

_COLORS: Final = (
    "canvas",
    "surface",
    "sunken",
    "line",
    "edge",
    "ink",
    "muted",
    "brand",
    "brand-hover",
    "brand-soft",
    "brand-ink",
    "onbrand",
    "focus",
    "star",
    "star-fill",
    "success",
    "success-soft",
    "warning",
    "warning-soft",
    "danger",
    "danger-soft",
    "info",
    "info-soft",
)
_TEXT_SIZES: Final = ("note", "small", "body", "lead", "h4", "h3", "h2", "h1", "hero")

TAILWIND: Final[dict[str, Any]] = {
    "darkMode": "class",
    "plugins": [],
    "theme": {
        "extend": {
            "colors": {name: f"var(--mh-{name})" for name in _COLORS},
            "fontSize": {name: f"var(--mh-text-{name})" for name in _TEXT_SIZES},
            "fontFamily": {"display": "var(--mh-font-display)", "body": "var(--mh-font-body)"},
            "borderRadius": {name: f"var(--mh-radius-{name})" for name in ("control", "card", "pill")},
            "boxShadow": {name: f"var(--mh-shadow-{name})" for name in ("card", "pop")},
        }
    },
}
"""What `rx.plugins.TailwindV4Plugin` gets; utilities made from it stand above our component classes."""

STYLESHEETS: Final[list[str]] = [
    "/tokens.css",
    *(
        f"/styles/{family}.css"
        for family in (
            "base",
            "shell",
            "form",
            "label",
            "card",
            "time",
            "money",
            "browse",
            "profile",
            "booking",
            "goal",
            "mentor",
            "session",
            "room",
            "notepad",
            "message",
            "account",
            "notice",
        )
    ),
]
"""What `rx.App(stylesheets=...)` gets, in this order: a later family may lean on an earlier one."""

PRELOADED_FONTS: Final = ("/fonts/inter.woff2", "/fonts/bricolage-grotesque.woff2")
"""Files the first paint needs; without the preload the headings shift when they arrive."""
