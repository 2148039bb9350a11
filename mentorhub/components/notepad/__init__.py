"""The shared notepad: an editor on a Yjs document, kept in step with the server over its own socket."""

from mentorhub.components.notepad.notepad import notepad

__all__ = ["notepad"]
