"""What an intake must say before it can be sent (PRODUCT.md D1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

INTAKE_ENOUGH = 80
"""Characters of own words an intake needs, situation and questions together (PRODUCT.md D1)."""
MOST_QUESTIONS, MOST_ATTACHED, LONGEST_LINK = 3, 3, 500
"""Links and files are counted together."""
MOST_UNSENT = 50 * 1024 * 1024
"""How many bytes of files one person may keep for times that are not asked for or paid yet."""
UNSENT_FILES_KEPT = timedelta(days=7)
"""How long the files of a lapsed hold wait to be taken over by the next one with that mentor."""
VAGUE_HINT = "Say what you tried and what you will do with the answer."
_RUN = re.compile(r"(.)\1{3,}")
_WORD = re.compile(r"\w+")
_LINK = re.compile(r"https://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d{1,5})?(/[^\s<>\"\\]*)?")
_LEAST_QUESTION, _VAGUE_UP_TO = 12, 60
_VAGUE = (
    "be my mentor",
    "mentor me",
    "need a mentor",
    "want a mentor",
    "looking for a mentor",
    "need guidance",
    "want guidance",
    "guide me",
    "help me",
    "need help",
    "need your help",
    "any advice",
    "need advice",
    "some advice",
    "pick your brain",
    "get a job",
    "want to talk",
    "want to connect",
)


@dataclass(frozen=True)
class IntakeCheck:
    """How whole an intake is: its four parts in order, its own words in characters, what is missing, a hint.

    `missing` says in words why it cannot be sent yet and is empty once it can; `hint` is there for a vague question.
    """

    has_goal: bool
    has_situation: bool
    has_question: bool
    words: int
    missing: str
    hint: str

    @property
    def is_whole(self) -> bool:
        """Whether the intake can be sent."""
        return not self.missing

    @property
    def parts(self) -> tuple[bool, bool, bool, bool]:
        """Goal, situation, question, enough words: which of them are there."""
        return (self.has_goal, self.has_situation, self.has_question, self.words >= INTAKE_ENOUGH)


def check_intake(goal: str, situation: str, questions: Sequence[str]) -> IntakeCheck:
    """Look at an intake as it stands, whole or not (PRODUCT.md D1)."""
    asked = [question for question in questions if question.strip()]
    words, vague = own_words(situation, *asked), bool(asked) and all(map(is_vague, asked))
    has_goal, has_situation, has_question = own_words(goal) > 0, own_words(situation) > 0, bool(asked) and not vague
    missing = ""
    if not has_goal:
        missing = "Say what you are working towards."
    elif not has_situation:
        missing = "Say where you are now."
    elif not asked:
        missing = "Write at least one question."
    elif vague:
        missing = "Ask something that cannot be answered with one word."
    elif words < INTAKE_ENOUGH:
        lacking = INTAKE_ENOUGH - words
        missing = f"Write {lacking} more {'character' if lacking == 1 else 'characters'} in your own words."
    return IntakeCheck(has_goal, has_situation, has_question, words, missing, VAGUE_HINT if vague else "")


def own_words(*texts: str) -> int:
    """Characters one can see: a line counts once, a character three times in a row at most, spaces as one."""
    lines = dict.fromkeys(" ".join(line.split()).casefold() for text in texts for line in text.splitlines())
    return sum(map(str.isprintable, "".join(_RUN.sub(r"\1\1\1", line) for line in lines)))


def is_vague(question: str) -> bool:
    """Whether a question asks for nothing in particular, such as "Can you be my mentor?"."""
    said = " ".join(_WORD.findall(question.casefold()))
    return len(said) < _LEAST_QUESTION or (len(said) < _VAGUE_UP_TO and any(words in said for words in _VAGUE))


def is_good_link(link: str) -> bool:
    """Whether a link is safe to show: https, a host with a dot, nobody's name in front of it."""
    return len(link) <= LONGEST_LINK and _LINK.fullmatch(link) is not None
