"""Hands for what waits for a store of files, apart from those that ask the database."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, Final, TypeVar

T = TypeVar("T")

_HANDS: Final = ThreadPoolExecutor(8, "files")


async def at_the_store(call: Callable[..., T], *arguments: Any) -> T:
    """Run what may wait for the store, off the event loop: while that is silent, nothing else stands still."""
    return await asyncio.get_running_loop().run_in_executor(_HANDS, partial(copy_context().run, call, *arguments))
