"""A flash: what a plain form has to tell the page it returns to, carried for a minute in a cookie.

It is only ever shown as text, so it needs no signature; its size and shape are checked when it is read.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from mentorhub.domain.accounts.rules.sessions import cookie_value

FLASH_LASTS: Final = timedelta(seconds=60)
_LONGEST_COOKIE: Final = 3_600
_LONGEST_TEXT: Final = 300
_MOST_FIELDS: Final = 12


@dataclass(frozen=True)
class Flash:
    """`errors` and `kept` go by field name; an error under "" concerns the whole form; never a password.

    `flash_id` lets a page show it once.
    """

    form: str
    flash_id: str
    notice: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)


def flash_cookie_name(secure: bool) -> str:
    """The name of the flash's cookie."""
    return "__Host-mh_flash" if secure else "mh_flash"


def write_flash(flash: Flash) -> str:
    """The cookie's value; when it would be too long for a browser, what was typed is left out."""
    for kept in (flash.kept, {}):
        shape = {
            "f": flash.form,
            "i": flash.flash_id,
            "n": flash.notice[:_LONGEST_TEXT],
            "e": {name: text[:_LONGEST_TEXT] for name, text in flash.errors.items()},
            "k": {name: text[:_LONGEST_TEXT] for name, text in kept.items()},
        }
        value = base64.urlsafe_b64encode(json.dumps(shape, separators=(",", ":")).encode()).decode()
        if len(value) <= _LONGEST_COOKIE:
            return value
    raise ValueError("a flash with that many errors does not fit a cookie")


def read_flash(cookie_header: str, *, secure: bool = False) -> Flash | None:
    """The flash in a request's Cookie header; `None` when there is none or it is not one of ours."""
    value = cookie_value(cookie_header, flash_cookie_name(secure))
    if not value or len(value) > _LONGEST_COOKIE:
        return None
    try:
        shape = json.loads(base64.urlsafe_b64decode(value.encode("ascii")))
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(shape, dict):
        return None
    texts = [shape.get(key) for key in "fin"]
    errors, kept = _texts(shape.get("e")), _texts(shape.get("k"))
    if errors is None or kept is None or not all(isinstance(text, str) for text in texts):
        return None
    form, flash_id, notice = (str(text)[:_LONGEST_TEXT] for text in texts)
    return Flash(form, flash_id, notice, errors, kept)


def _texts(value: Any) -> dict[str, str] | None:
    if not isinstance(value, dict) or len(value) > _MOST_FIELDS:
        return None
    if not all(isinstance(text, str) for text in value.values()):
        return None
    return {str(name)[:40]: text[:_LONGEST_TEXT] for name, text in value.items()}
