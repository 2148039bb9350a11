"""A letter from its template: the words live once, in a `.txt`; its HTML twin shows the same words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from mentorhub.domain.notifications.ports import CalendarPart, OutgoingMail

WAY_OUT_PLACE = "<!-- way out -->"
"""Where the HTML of a letter has room for the address that switches its kind off."""

_TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Letter:
    """What goes into a mail besides its template: facts by name, and one button at most."""

    template: str
    subject: str
    facts: Mapping[str, Any]
    button: tuple[str, str] | None = None
    rows: tuple[tuple[str, str], ...] = field(default=())


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html",), disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write(
    letter: Letter, *, key: str, to: str, site: str, now: datetime, calendar: CalendarPart | None = None
) -> OutgoingMail:
    """Render both twins of a letter for one person."""
    words = _environment().get_template(f"{letter.template}.txt").render(**letter.facts).strip()
    paragraphs = [" ".join(block.split()) for block in words.split("\n\n")]
    frame = {
        "paragraphs": paragraphs,
        "subject": letter.subject,
        "button": letter.button,
        "rows": letter.rows,
        "site": site,
    }
    return OutgoingMail(
        key=key,
        to=to,
        subject=" ".join(letter.subject.split()),
        text=_environment().get_template("frame.txt").render(**frame).strip() + "\n",
        html=_environment().get_template("frame.html").render(**frame),
        written_at=now,
        calendar=calendar,
    )
