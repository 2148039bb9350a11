"""The notepad in the browser: one component with its own connection, which never passes through Reflex state."""

from __future__ import annotations

from typing import Final

import reflex as rx

from mentorhub.components.script import script
from mentorhub.components.values import Node, Text

_SCRIPTS: Final = {name: script(name) for name in ("notepad.jsx", "sync.js", "editor.js", "words.js")}


class Notepad(rx.NoSSRComponent):
    """Two people write in it at once."""

    library = _SCRIPTS["notepad.jsx"]
    tag = "Notepad"
    lib_dependencies: list[str] = [
        "yjs@13.6.33",
        "lib0@0.2.120",
        "y-protocols@1.0.7",
        "y-codemirror.next@0.3.6",
        "@codemirror/state@6.7.6",
        "@codemirror/view@6.43.15",
        "@codemirror/commands@6.11.1",
    ]

    sync_path: rx.Var[str]
    title: rx.Var[str]
    level: rx.Var[int]


def notepad(*above: Node, sync_path: Text, title: Text = "Shared notes", level: int = 2) -> rx.Component:
    """The shared notes of a booking; `above` (the topics of the meeting) stands over the lines.

    `sync_path` is `/notes/<booking id>/sync`; nothing opens while it is empty. Who writes, whether one may,
    and the action items come over that socket, which refuses strangers.
    `level` is the heading's level on the page.
    """
    return Notepad.create(*above, sync_path=sync_path, title=title, level=level)
