"""Deny by default: every event is checked against the cookie's session and the handler's own access.

Reflex lets a browser call any public method of any state. Here only handlers marked with `state.base.event`
are reachable, by those they name, and a tab's state belongs to the login session that opened it: another
session that presents the same tab token finds it empty.
"""

import time
from collections import OrderedDict
from typing import Any
from urllib.parse import quote

import reflex as rx
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from mentorhub import settings
from mentorhub.domain.accounts.queries import ViewerView
from mentorhub.domain.accounts.rules import cookie_value, session_cookie_name
from mentorhub.domain.common import habits
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.habits import Habits
from mentorhub.domain.common.ids import fingerprint
from mentorhub.state.base import Access, set_viewer
from mentorhub.state.viewer import ViewerState
from mentorhub.state.viewers import known_viewers

_REMEMBER = 5_000
_FRAMEWORK_MODULE = "reflex"
_HYDRATES = (".hydrate", ".hydrate_and_load")
FRAMEWORK_REFUSED = frozenset({"setvar"})
_FRAMEWORK_OPEN = frozenset(
    {
        "handle_frontend_exception",
        "hydrate",
        "hydrate_and_load",
        "on_load_internal",
        "set_is_hydrated",
        "update_vars_internal",
    }
)
"""What a page cannot do without; another version of the framework must not open more by itself."""


def cookie_of(router_data: dict[str, Any], name: str) -> str:
    """The value of one cookie of the websocket's handshake; empty when it is not there."""
    headers = router_data.get("headers") or {}
    return cookie_value(str(headers.get("cookie", "")), name)


def habits_of(router_data: dict[str, Any], viewer: ViewerView | None) -> Habits:
    """How the reader of a tab reads time: weeks as the browser's languages count them, the clock of the account.

    Who is not signed in has the clock this browser remembers.
    """
    headers = router_data.get("headers") or {}
    kept = viewer.clock_hours if viewer else habits.hours_named(cookie_of(router_data, habits.KEPT_IN))
    return Habits(
        clock_hours=kept or habits.USUAL_HOURS,
        week_begins=habits.week_begins(str(headers.get("accept-language", ""))),
    )


def access_of(handler: Any) -> Access | None:
    """Who may call a registered handler; `None` means nobody."""
    function = handler.fn
    declared = getattr(function, "access", None)
    if declared is not None:
        return Access(declared)
    module = getattr(function, "__module__", "").split(".")[0]
    if module == _FRAMEWORK_MODULE and function.__name__ in _FRAMEWORK_OPEN:
        return Access.EVERYONE
    return None


def registered_handlers() -> dict[str, Any]:
    """Every handler a browser could name, by its full name."""
    return {name: known.handler for name, known in RegistrationContext.get().event_handlers.items()}


class Pace:
    """How many events one person, or one address of people who are not signed in, may send: a token bucket.

    Counted by each web worker for itself, so that N workers let at most N times as much through. That is on purpose:
    it keeps a runaway page from taking a worker's time from others, and a tab has one socket to one worker. Counting
    in Redis would make each event of everybody wait for Redis, and stop or free all of them while it is away.
    """

    def __init__(self, *, per_second: float, at_once: int) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str, now: float) -> bool:
        """Whether `key` may send one more event at `now` (monotonic seconds)."""
        left, at = self._left.pop(key, (float(self._at_once), now))
        left = min(self._at_once, left + (now - at) * self._per_second)
        self._left[key] = (max(left - 1, 0.0), now)
        while len(self._left) > _REMEMBER:
            self._left.popitem(last=False)
        return left >= 1


class AccessMiddleware(rx.Middleware):
    """Stands before every event, the framework's own included."""

    def __init__(self) -> None:
        self._persons = Pace(per_second=20, at_once=100)
        self._addresses = Pace(per_second=60, at_once=300)

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let the event through (`None`), or answer it instead."""
        token = cookie_of(state.router_data, session_cookie_name(settings.current().secure))
        loads = event.name.endswith(_HYDRATES)
        viewer = await known_viewers.of(token, utc_now(), anew=loads) if token else None
        set_viewer(viewer)
        habits.adopt(habits_of(state.router_data, viewer))
        if self._is_too_fast(state, event, viewer):
            return _answer(rx.toast.error("That was a lot at once. Please wait a moment and try again."))
        known = RegistrationContext.get().event_handlers.get(event.name)
        allowed = access_of(known.handler) if known is not None else None
        if not await _belongs(state, event, fingerprint(token) if viewer else ""):
            return _answer(rx.call_script("window.location.reload()"))
        if allowed is Access.EVERYONE:
            return None
        if allowed is None or (allowed is Access.ADMIN and not (viewer and viewer.is_admin)):
            return _answer(rx.toast.error("There is nothing here to do that with."))
        if viewer is None:
            return _sign_in_first(state)
        return None

    def _is_too_fast(self, state: BaseState, event: Event, viewer: ViewerView | None) -> bool:
        """Count what a browser sends; what the server itself sets off carries no route and is free."""
        if not event.router_data:
            return False
        now = time.monotonic()
        if viewer is not None:
            return not self._persons.allows(str(viewer.user_id), now)
        return not self._addresses.allows(str(state.router_data.get("ip", "")), now)


async def _belongs(state: BaseState, event: Event, session: str) -> bool:
    """Tie the tab's state to the login session; a hydrate of another session empties it first.

    A page's first event is a hydrate. Any other one that finds no session comes from a page whose state ran out in
    the store: what it shows is not there any more, so it is loaded anew instead of acting on nothing.
    """
    root = state._get_root_state()
    viewing = await root.get_state(ViewerState)
    if viewing._session == session:
        return True
    if not event.name.endswith(_HYDRATES):
        return False
    if viewing._session is not None:
        root.reset()
    viewing._session = session
    return True


def _sign_in_first(state: BaseState) -> StateUpdate:
    return _answer(rx.redirect(f"/sign-in?next={quote(state.router.url.path or '/')}"))


def _answer(spec: Any) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(spec))
