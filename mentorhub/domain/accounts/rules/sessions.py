"""How long sessions and links live, what the cookie is called, and where a form may send people."""

from datetime import datetime, timedelta
from typing import Final

SESSION_LASTS: Final = timedelta(days=90)
IDLE_FOR: Final = timedelta(days=14)
SEEN_EVERY: Final = timedelta(minutes=5)
LINK_LASTS: Final = {
    "verify": timedelta(hours=24),
    "reset": timedelta(hours=1),
    "change_email": timedelta(hours=24),
    "restore_email": timedelta(hours=24),
}
"""Lifetimes of one-time links by the value of their `TokenPurpose`."""


def session_cookie_name(secure: bool) -> str:
    """The name of the session's cookie; over https its prefix binds it to this host (RFC 6265bis)."""
    return "__Host-mh_session" if secure else "mh_session"


def cookie_value(header: str, name: str) -> str:
    """The value of a cookie in a Cookie header; empty when it is not there.

    Unlike the standard library's reader, one odd cookie of another program on the same host spoils no other.
    """
    for pair in header.split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value.strip('"')
    return ""


def is_touch_due(seen_at: datetime, now: datetime) -> bool:
    """Whether it is time to note again that a session is in use; every five minutes is enough."""
    return now - seen_at >= SEEN_EVERY


def safe_path(text: str, *, otherwise: str = "/home") -> str:
    """A path of our own site to go on to, or `otherwise` when `text` could lead elsewhere.

    Browsers read a second slash or a backslash after the first as another host, and drop control characters.
    """
    if not text.startswith("/") or len(text) > 500:
        return otherwise
    leaves = text.startswith("//") or "\\" in text or not text.isprintable()
    return otherwise if leaves else text


_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """What a browser is called in the list of sessions: "Firefox on Linux", or "A browser"."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((f" on {name}" for mark, name in _SYSTEMS if mark in user_agent), "")
    return browser + system
