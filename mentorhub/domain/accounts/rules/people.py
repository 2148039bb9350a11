"""How names, addresses, zones and portraits must look."""

import re
from typing import Final

from email_validator import EmailNotValidError, validate_email

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.common.habits import CLOCKS
from mentorhub.domain.common.moments import spelled_now
from mentorhub.domain.common.zones import zone_names

_LONGEST_NAME: Final = 80
# A name goes into mails to addresses nobody has confirmed yet: it must not be able to carry a link.
_LINKLIKE: Final = re.compile(r"[@/<>\\]|[^\s.]{2,}\.[^\s.]{2,}")

_FACES: Final = """
adaeze baraka camila fatima hana harpreet ines jonas kabir marisol mei ngaire olena riya samir thabo tomas wei
"""
PORTRAITS: Final = tuple(f"/portraits/{name}.svg" for name in _FACES.split())
"""The drawn portraits everyone may choose from."""


def check_name(text: str) -> str:
    """A name as people call someone, spaces tidied; raises FieldError("name")."""
    name = " ".join(text.split())
    if not name:
        raise FieldError("name", "Please write your name.")
    if len(name) > _LONGEST_NAME:
        raise FieldError("name", f"Please keep it to {_LONGEST_NAME} characters.")
    if not name.isprintable() or _LINKLIKE.search(name) or not any(sign.isalpha() for sign in name):
        raise FieldError("name", "Please write your name without addresses or symbols.")
    return name


def normal_email(text: str, *, field: str = "email") -> str:
    """An address in the one form it is kept and compared in, all lower case; raises FieldError(`field`).

    Only the form is looked at (RFC 5321, 6531); whether it exists is for the confirming mail to find out.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise FieldError(field, _what_is_wrong(text.strip(), str(error))) from None
    return found.normalized.lower()


def _what_is_wrong(text: str, reason: str) -> str:
    if not text:
        return "Please write your email address."
    if "@" not in text:
        return "An email address has an @ in it, like name@example.org."
    if "." not in text.rpartition("@")[2]:
        return "This address misses its ending, like .edu or .com."
    return f"This does not look like an email address: {reason[0].lower()}{reason[1:].rstrip('.')}."


def check_clock(hours: int) -> int:
    """How many hours the clock of a person has, 24 or 12; raises FieldError("clock_hours")."""
    if hours not in CLOCKS:
        raise FieldError("clock_hours", "Please choose a clock of 24 or of 12 hours.")
    return hours


def check_zone(text: str) -> str:
    """The present name of a time zone of the IANA database; raises FieldError("time_zone")."""
    if text not in zone_names():
        raise FieldError("time_zone", "Please choose a time zone from the list.")
    return spelled_now(text)


def check_portrait(text: str) -> str | None:
    """One of the drawn portraits, or `None` for initials (empty text); raises FieldError("portrait")."""
    if text == "":
        return None
    if text not in PORTRAITS:
        raise FieldError("portrait", "Please choose one of the portraits shown.")
    return text
