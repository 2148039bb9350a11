"""What the app needs to know of a page: its address, its words for search engines, what loads it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from mentorhub.state.base import Access


@dataclass(frozen=True)
class Route:
    """A page at `path`; `on_load` runs after `ViewerState.enter` on every visit and reconnect.

    `access` says who finds something there; the handlers of `on_load` are what enforces it.
    """

    page: Callable[[], rx.Component]
    path: str
    title: Any
    description: str
    on_load: tuple[Any, ...] = ()
    access: Access = Access.EVERYONE
