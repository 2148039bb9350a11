"""Words as people type them: folded for comparing, made into addresses, and checked for length."""

import re
import unicodedata

from mentorhub.domain.common.errors import FieldError

_BETWEEN = re.compile(r"[^\w+#]+")
_SPACE = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_JOINERS = "\u200c\u200d"
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "_": " "})


def fold(text: str) -> str:
    """Lower case, no accents, single spaces; all but letters, digits, + and # are gaps ("C++", "C#")."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_STROKED))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _BETWEEN.sub(" ", bare).strip()


def slug_of(text: str, *, longest: int = 60) -> str:
    """The text as a part of an address: a to z, digits and hyphens; empty when nothing is left."""
    ascii_only = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return ascii_only[:longest].rstrip("-")


def one_line(field: str, text: str, *, longest: int, needed: str = "") -> str:
    """One typed line, trimmed; raises FieldError when too long, or when empty and `needed` says why."""
    line = tidy(text)
    if not line.strip(_JOINERS) and needed:
        raise FieldError(field, needed)
    if len(line) > longest:
        raise FieldError(field, f"Please keep this to {longest} characters; it has {len(line)}.")
    return line


def paragraphs(field: str, text: str, *, longest: int) -> str:
    """What was typed into several lines, trimmed, with at most one empty line in a row; raises FieldError."""
    block = tidy_lines(text)
    if len(block) > longest:
        raise FieldError(field, f"Please keep this to {longest} characters; it has {len(block)}.")
    return block


def tidy(text: str) -> str:
    """Typed words as one line, without control characters and marks that turn the words around them."""
    return _tidy(text.replace("\n", " "))


def tidy_lines(text: str) -> str:
    """Typed words in their lines, each tidied, with at most one empty line in a row."""
    lines = [_tidy(line) for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def first_name(name: str) -> str:
    """The part of a name one is called by."""
    return name.split(" ")[0]


def initials(name: str) -> str:
    """The first letters of the first and last part of a name, such as "RP"."""
    parts = name.split()
    return "".join(part[0].upper() for part in (parts[:1] + parts[1:][-1:]))


def _tidy(line: str) -> str:
    """Without control characters and marks nobody sees; joiners stay, since Indic and Persian words need them."""
    return _SPACE.sub(" ", _UNSEEN.sub("", _CONTROL.sub(" ", line))).strip()
