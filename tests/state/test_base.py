"""The seam between pages and business: one transaction each, arguments checked, refusals as sentences."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
import reflex as rx
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.common.errors import DomainError, NotAllowed
from mentorhub.state.base import Access, current_viewer, event, read, require_viewer, run, set_viewer
from tests.people import People
from tests.state.backstage import NONSENSE, Backstage


class TooLate(DomainError):
    """Too late."""

    message = "That was too late."


class DeskState(rx.State):
    """A state with handlers of every kind."""

    seen: str = ""

    @event(Access.EVERYONE)
    def take(self, words: str, count: int = 1) -> None:
        """Take words."""
        self.seen = words * count

    @event(Access.EVERYONE)
    async def refuse(self) -> None:
        """Refuse."""
        raise TooLate

    @event(Access.EVERYONE)
    async def stream(self, words: list[str]) -> AsyncGenerator[None, None]:
        """Show each word, then refuse."""
        for word in words:
            self.seen = word
            yield
        raise TooLate


def _name(handler: str) -> str:
    return f"{DeskState.get_full_name()}.{handler}"


def rename(db: Session, *, user_id: Any, name: str, fails: bool) -> str:
    """A verb that may fail after it has changed something."""
    user = db.get_one(User, user_id)
    user.name = name
    db.flush()
    if fails:
        raise TooLate
    return user.name


async def test_a_verb_that_ends_well_is_kept(three: People) -> None:
    assert await run(rename, user_id=three.mentee, name="Riya", fails=False) == "Riya"

    with database.reading() as db:
        assert db.get_one(User, three.mentee).name == "Riya"


async def test_a_verb_that_refuses_keeps_nothing(three: People, facts: Callable[[], str]) -> None:
    before = facts()

    with pytest.raises(TooLate):
        await run(rename, user_id=three.mentee, name="Nobody", fails=True)

    assert facts() == before


async def test_a_query_can_change_nothing(three: People, facts: Callable[[], str]) -> None:
    before = facts()

    with pytest.raises(DBAPIError):
        await read(rename, user_id=three.mentee, name="Nobody", fails=False)

    assert facts() == before


async def test_a_refusal_is_shown_as_its_own_sentence(house: Backstage) -> None:
    answer = await house.send(_name("refuse"))

    assert answer.says("That was too late.")
    assert answer.failures == []


async def test_what_was_shown_before_a_refusal_stays_shown(house: Backstage) -> None:
    answer = await house.send(_name("stream"), {"words": ["one", "two"]})

    assert answer.value("desk_state", "seen") == "two"
    assert answer.says("That was too late.")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"words": 5},
        {"words": None},
        {"words": ["a"]},
        {"words": "a", "count": "many"},
        {"words": "a", "count": 1.5},
        {"words": "a", "more": 1},
        {"words": "a" * 20_001},
    ],
)
async def test_nonsense_never_reaches_a_handler(house: Backstage, payload: dict[str, Any]) -> None:
    answer = await house.send(_name("take"), payload)

    assert answer.says(NONSENSE)
    assert answer.value("desk_state", "seen") is None


@pytest.mark.parametrize("payload", [{"words": "go"}, {"words": "go", "count": 1}])
async def test_what_the_page_sends_reaches_the_handler(house: Backstage, payload: dict[str, Any]) -> None:
    answer = await house.send(_name("take"), payload)

    assert answer.value("desk_state", "seen") == "go"


def test_nobody_is_looking_until_somebody_is() -> None:
    set_viewer(None)

    assert current_viewer() is None
    with pytest.raises(NotAllowed, match=r"Please sign in first\."):
        require_viewer()
