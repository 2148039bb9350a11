"""The frames of a notepad's socket: the sync protocol of Yjs, and two kinds of our own.

Frames begin with their kind as a lib0 varint: 0 sync (0 what I have, 1 what you lack, 2 an update),
1 awareness (carets), both as every Yjs client speaks them; 20 how many updates of this connection are kept,
21 who writes here and which action items there are.
"""

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

LARGEST_FRAME = 128 * 1024
_LARGEST_CARET = 2_000
_MOST_CARETS = 8
_LARGEST_NUMBER = 2**53


class Kind(IntEnum):
    """The first number of a frame."""

    SYNC = 0
    AWARENESS = 1
    SAVED = 20
    ABOUT = 21


class Step(IntEnum):
    """The second number of a sync frame."""

    HAVE = 0
    LACK = 1
    UPDATE = 2


class BrokenFrame(Exception):
    """Bytes that are no frame of this protocol."""


@dataclass(frozen=True)
class Caret:
    """Where one browser's caret stands, as its JSON; `clock` orders what is said of the same browser."""

    client: int
    clock: int
    state: str

    @property
    def is_gone(self) -> bool:
        """Whether it says that the browser left."""
        return self.state == "null"


class Reader:
    """Reads varints and byte strings; raises BrokenFrame where there is less than announced."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self) -> int:
        """The next lib0 varint."""
        value = shift = 0
        while self._at < len(self._data) and shift < 63:
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 127) << shift
            if byte < 128 and value < _LARGEST_NUMBER:
                return value
            shift += 7
        raise BrokenFrame

    def chunk(self) -> bytes:
        """The next byte string."""
        end = self.number() + self._at
        if end > len(self._data):
            raise BrokenFrame
        found, self._at = self._data[self._at : end], end
        return found

    def end(self) -> None:
        """Raise BrokenFrame when something is left."""
        if self._at != len(self._data):
            raise BrokenFrame


def number(value: int) -> bytes:
    """A lib0 varint."""
    out = bytearray()
    while value > 127:
        out.append(128 | (value & 127))
        value >>= 7
    out.append(value)
    return bytes(out)


def chunk(data: bytes) -> bytes:
    """A byte string with its length before it."""
    return number(len(data)) + data


def sync(step: Step, data: bytes) -> bytes:
    """A sync frame."""
    return bytes((Kind.SYNC, step)) + chunk(data)


def saved(count: int) -> bytes:
    """Says that the first `count` updates of this connection are in the database."""
    return number(Kind.SAVED) + number(count)


def about(facts: dict[str, Any]) -> bytes:
    """Says who writes here, whether one may, and which action items there are."""
    return number(Kind.ABOUT) + chunk(json.dumps(facts, ensure_ascii=False).encode())


def awareness(carets: list[Caret]) -> bytes:
    """A frame that tells where carets stand."""
    told = b"".join(number(c.client) + number(c.clock) + chunk(c.state.encode()) for c in carets)
    return bytes((Kind.AWARENESS,)) + chunk(number(len(carets)) + told)


def read_carets(data: bytes) -> list[Caret]:
    """The carets of an awareness frame's payload; raises BrokenFrame."""
    reader = Reader(data)
    count = reader.number()
    if count > _MOST_CARETS:
        raise BrokenFrame
    carets = [_read_caret(reader) for _ in range(count)]
    reader.end()
    return carets


def _read_caret(reader: Reader) -> Caret:
    client, clock, raw = reader.number(), reader.number(), reader.chunk()
    if len(raw) > _LARGEST_CARET:
        raise BrokenFrame
    try:
        state = json.loads(raw.decode())
    except ValueError:
        raise BrokenFrame from None
    if state is not None and not isinstance(state, dict):
        raise BrokenFrame
    return Caret(client, clock, json.dumps(state))


def dressed(caret: Caret, *, name: str, side: str) -> Caret:
    """The caret under the name the server knows: a page's own word on who writes is left out."""
    if caret.is_gone:
        return caret
    state = json.loads(caret.state)
    kept = {"user": {"name": name, "side": side}} | (
        {"cursor": state["cursor"]} if isinstance(state.get("cursor"), dict) else {}
    )
    return Caret(caret.client, caret.clock, json.dumps(kept))
