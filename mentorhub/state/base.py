"""The whole seam between Reflex and the business, and who is looking.

`read` and `run` are the only ways from a state to the domain. `event` marks a handler as a door: it names
who may come in, checks every argument's type before the handler sees it, and turns a refusal into a sentence.
"""

import asyncio
import functools
import inspect
import json
import re
from collections.abc import AsyncGenerator, Callable
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

import reflex as rx
from pydantic import ConfigDict, TypeAdapter, ValidationError

from mentorhub import database
from mentorhub.domain.accounts.queries import ViewerView
from mentorhub.domain.common.errors import DomainError, NotAllowed

T = TypeVar("T")

Answer = Any
"""What a handler gives back: an event, several, or nothing."""

_LONGEST_TEXT = 20_000
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")
_STRICT = ConfigDict(strict=True, str_max_length=_LONGEST_TEXT)
_looking: ContextVar[ViewerView | None] = ContextVar("viewer", default=None)


class Access(StrEnum):
    """Who may call an event handler."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    ADMIN = "admin"


class NonsenseRequest(DomainError):
    """An event came with arguments no page of ours would send."""

    message = "That request made no sense here, so nothing was changed."


async def run(use_case: Callable[..., T], **arguments: Any) -> T:
    """Run one domain verb in its own transaction, off the event loop; raises what the verb raises."""

    def call() -> T:
        with database.transaction() as db:
            return use_case(db, **arguments)

    return await asyncio.to_thread(call)


async def read(query: Callable[..., T], **arguments: Any) -> T:
    """Run one domain query off the event loop; what it does is never kept."""

    def call() -> T:
        with database.reading() as db:
            return query(db, **arguments)

    return await asyncio.to_thread(call)


def set_viewer(viewer: ViewerView | None) -> None:
    """Say who the current event comes from; only the access middleware (and a test) calls this."""
    _looking.set(viewer)


def current_viewer() -> ViewerView | None:
    """Who the current event comes from, as the cookie of its websocket says; `None` when signed out."""
    return _looking.get()


def require_viewer() -> ViewerView:
    """Who the current event comes from; raises NotAllowed when nobody is signed in."""
    viewer = _looking.get()
    if viewer is None:
        raise NotAllowed("Please sign in first.")
    return viewer


def event(access: Access, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Mark a state's method as an event handler that `access` may call; options go to `rx.event`."""

    def mark(handler: Callable[..., Any]) -> Any:
        guarded = _guarded(handler)
        guarded.access = access
        return rx.event(guarded, **options) if not options else rx.event(**options)(guarded)

    return mark


def leave_for(address: str) -> Answer:
    """Load an address anew instead of going there within the app: for pages and cookies outside of it."""
    return rx.call_script(f"window.location.assign({json.dumps(address)})")


class _Arguments:
    """Checks what an event brings against the handler's own annotations, strictly and with a size limit."""

    def __init__(self, handler: Callable[..., Any]) -> None:
        self._handler = handler
        self._signature = inspect.signature(handler)

    @functools.cached_property
    def _adapters(self) -> dict[str, TypeAdapter[Any]]:
        """Made at the first event: by then every name an annotation uses is known."""
        hints = get_type_hints(self._handler)
        names = list(self._signature.parameters)[1:]
        return {name: TypeAdapter(hints.get(name, str), config=_config_for(hints.get(name, str))) for name in names}

    def checked(self, *args: Any, **kwargs: Any) -> inspect.BoundArguments:
        """The arguments, each of its type; raises NonsenseRequest otherwise."""
        try:
            bound = self._signature.bind(*args, **kwargs)
            for name, adapter in self._adapters.items():
                if name in bound.arguments:
                    bound.arguments[name] = adapter.validate_python(bound.arguments[name])
        except (TypeError, ValidationError):
            raise NonsenseRequest from None
        if not _can_be_written_down(list(bound.arguments.values())[1:]):
            raise NonsenseRequest
        return bound


def _can_be_written_down(values: list[Any]) -> bool:
    """Whether no text in there holds half a character, which no encoding has, or the zero PostgreSQL refuses."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and _UNWRITABLE.search(value):
            return False
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list | tuple):
            waiting += value
    return True


def _guarded(handler: Callable[..., Any]) -> Callable[..., Any]:
    arguments = _Arguments(handler)

    @functools.wraps(handler)
    async def streaming(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
        try:
            bound = arguments.checked(*args, **kwargs)
            async for step in handler(*bound.args, **bound.kwargs):
                yield step
        except DomainError as refusal:
            yield rx.toast.error(str(refusal))

    @functools.wraps(handler)
    async def answering(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = arguments.checked(*args, **kwargs)
            answer = handler(*bound.args, **bound.kwargs)
            return await answer if inspect.isawaitable(answer) else answer
        except DomainError as refusal:
            return rx.toast.error(str(refusal))

    return streaming if inspect.isasyncgenfunction(handler) else answering


def _config_for(hint: Any) -> ConfigDict | None:
    """Dataclasses and the like bring a config of their own; plain types get ours."""
    return None if hasattr(hint, "__dataclass_fields__") or hasattr(hint, "model_fields") else _STRICT
