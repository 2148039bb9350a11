"""Every event handler is a closed door: called by hand it changes nothing, leaks nothing and answers clearly."""

import importlib
import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, get_origin, get_type_hints

import pytest
import reflex as rx

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.state.access import FRAMEWORK_REFUSED, access_of, registered_handlers
from mentorhub.state.base import Access, event
from mentorhub.state.viewer import ViewerState
from tests.people import People
from tests.state.backstage import HYDRATE, NONSENSE, NOT_HERE, SIGN_IN, Answer, Backstage, sign_in

importlib.import_module("mentorhub.pages")

OURS = {
    name: handler
    for name, handler in sorted(registered_handlers().items())
    if handler.fn.__module__.startswith("mentorhub.")
}
GUARDED = [name for name, handler in OURS.items() if access_of(handler) is not Access.EVERYONE]
ADMINS = [name for name in GUARDED if access_of(OURS[name]) is Access.ADMIN]


class Careless(rx.State):
    """A state whose author forgot to mark what it offers."""

    touched: int = 0

    def helper(self) -> None:
        self.touched += 1

    @rx.event
    def unmarked(self) -> None:
        self.touched += 1

    def _private(self) -> None:
        self.touched += 1


class Office(rx.State):
    """A state only an admin may use."""

    @event(Access.ADMIN)
    def look_around(self) -> None:
        """Look."""


def full_name(state: type[rx.State], handler: str) -> str:
    """The name a browser would call a handler by."""
    return f"{state.get_full_name()}.{handler}"


ENTER = full_name(ViewerState, "enter")


def _plausible(hint: Any) -> Any:
    for kind, value in ((bool, True), (int, 1), (float, 1.0), (str, "x")):
        if hint is kind:
            return value
    return {} if get_origin(hint) is dict or hint is dict else "x"


def _payload(name: str, of: Callable[[Any], Any] = _plausible) -> dict[str, Any]:
    hints = get_type_hints(OURS[name].fn.__wrapped__)
    return {key: of(hints.get(key, str)) for key in list(OURS[name].fn.__wrapped__.__annotations__) if key != "return"}


def _wrong(hint: Any) -> Any:
    return "just words" if get_origin(hint) is dict or hint is dict else {"$ne": ["a", {"deep": None}]}


def test_every_handler_of_the_product_names_who_may_call_it() -> None:
    assert [name for name, handler in OURS.items() if access_of(handler) is None] == []
    assert len(GUARDED) > 10


def test_of_the_frameworks_handlers_only_those_a_page_needs_are_open() -> None:
    theirs = {name: one for name, one in registered_handlers().items() if one.fn.__module__.startswith("reflex")}
    opened = {name.rpartition(".")[2] for name, one in theirs.items() if access_of(one) is Access.EVERYONE}
    closed = {name.rpartition(".")[2] for name, one in theirs.items() if access_of(one) is None}

    assert opened == {
        "handle_frontend_exception",
        "hydrate",
        "hydrate_and_load",
        "on_load_internal",
        "set_is_hydrated",
        "update_vars_internal",
    }
    assert closed >= FRAMEWORK_REFUSED


async def test_without_a_sign_in_no_guarded_handler_does_anything(
    house: Backstage, three: People, facts: Callable[[], str]
) -> None:
    before = facts()

    for name in GUARDED:
        answer = await house.send(name, _payload(name), path="/home")

        assert answer.leads_to.startswith(SIGN_IN) or answer.says(NOT_HERE), name
        assert answer.failures == [], name
        assert "example.org" not in answer.words, name
    assert facts() == before


async def test_who_is_no_admin_finds_nothing_at_an_admins_door(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)

    for name in [*ADMINS, full_name(Office, "look_around")]:
        assert (await house.send(name, cookie=cookie)).says(NOT_HERE), name


@pytest.mark.parametrize("handler", ["helper", "unmarked"])
async def test_what_is_not_marked_as_a_door_is_a_wall(handler: str, house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    await house.send(ENTER, cookie=cookie)

    answer = await house.send(full_name(Careless, handler), cookie=cookie)

    assert answer.value("careless", "touched") is None
    assert answer.says(NOT_HERE)
    assert full_name(Careless, "_private") not in registered_handlers()


async def test_the_frameworks_own_setter_is_closed(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    await house.send(ENTER, cookie=cookie)

    for handler in FRAMEWORK_REFUSED:
        answer = await house.send(
            full_name(ViewerState, handler), {"var_name": "zone", "value": "Mars/Crater"}, cookie=cookie
        )
        assert answer.says(NOT_HERE) or answer.failures != []
        assert "Mars" not in answer.words


async def _tell_apart(house: Backstage, three: People, payloads: dict[str, dict[str, Any]]) -> dict[str, Answer]:
    """Those of many handlers that did not refuse; three people ask in turn, since one alone would have to wait."""
    tabs = [(str(person), sign_in(person)) for person in (three.mentee, three.mentor, three.stranger)]
    for tab, cookie in tabs:
        await house.send(ENTER, tab=tab, cookie=cookie)
    let_through = {}
    for (name, payload), (tab, cookie) in zip(payloads.items(), itertools.cycle(tabs), strict=False):
        answer = await house.send(name, payload, tab=tab, cookie=cookie)
        if answer.deltas or answer.failures or not (answer.says(NONSENSE) or answer.says(NOT_HERE)):
            let_through[name] = answer
    return let_through


async def test_arguments_of_another_type_are_answered_in_a_sentence(house: Backstage, three: People) -> None:
    payloads = {name: _payload(name, _wrong) for name in OURS if _payload(name)}

    assert await _tell_apart(house, three, payloads) == {}


async def test_arguments_nobody_asked_for_are_answered_in_a_sentence(house: Backstage, three: People) -> None:
    payloads = {name: {**_payload(name), "is_admin": True} for name in OURS}

    assert await _tell_apart(house, three, payloads) == {}


async def test_a_missing_argument_breaks_nothing(house: Backstage, three: People) -> None:
    answers = await _tell_apart(house, three, {name: {} for name in OURS if _payload(name)})

    assert {name: answer.failures for name, answer in answers.items() if answer.failures} == {}


async def test_a_text_longer_than_any_form_of_ours_is_refused(house: Backstage, three: People) -> None:
    answer = await house.send(full_name(ViewerState, "see_zone"), {"zone": "x" * 20_001}, cookie=sign_in(three.mentee))

    assert answer.says(NONSENSE)


async def test_who_presents_anothers_tab_finds_it_empty(house: Backstage, three: People) -> None:
    hers = await house.send(ENTER, tab="riyas tab", cookie=sign_in(three.mentee))
    assert "riya@example.org" in hers.words

    stolen = await house.send(HYDRATE, tab="riyas tab", cookie=sign_in(three.stranger))
    his = await house.send(ENTER, tab="riyas tab", cookie=sign_in(three.stranger))

    assert "riya@example.org" not in stolen.words
    assert "riya@example.org" not in his.words


@pytest.mark.parametrize("signed_in", [True, False])
async def test_an_event_in_anothers_tab_only_loads_the_page_anew(
    signed_in: bool, house: Backstage, three: People
) -> None:
    await house.send(ENTER, tab="riyas tab", cookie=sign_in(three.mentee))

    answer = await house.send(ENTER, tab="riyas tab", cookie=sign_in(three.stranger) if signed_in else "")

    assert answer.says("window.location.reload()")
    assert "riya@example.org" not in answer.words
    assert "sam@example.org" not in answer.words


@pytest.mark.parametrize("signed_in", [True, False])
async def test_an_event_of_a_page_whose_state_ran_out_only_loads_the_page_anew(
    signed_in: bool, house: Backstage, three: People
) -> None:
    cookie = sign_in(three.mentee) if signed_in else ""
    await house.send(ENTER, cookie=cookie)
    house.forget_states()

    for _ in range(2):
        answer = await house.send(ENTER, cookie=cookie)
        assert answer.says("window.location.reload()")
        assert "riya@example.org" not in answer.words

    await house.send(HYDRATE, cookie=cookie)
    again = await house.send(ENTER, cookie=cookie)
    assert ("riya@example.org" in again.words) is signed_in


async def test_a_session_that_was_ended_opens_nothing(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    with database.transaction() as db:
        accounts.sign_out(db, token=cookie, now=datetime.now(UTC))

    answer = await house.send(full_name(ViewerState, "wear"), {"hat": "mentor"}, cookie=cookie, path="/home")

    assert answer.leads_to == f"{SIGN_IN}?next=/home"


async def test_a_made_up_cookie_is_nobody(house: Backstage, three: People) -> None:
    answer = await house.send(ENTER, cookie="made-up; mh_session=twice")

    assert answer.value("viewer_state", "me").signed_in is False
