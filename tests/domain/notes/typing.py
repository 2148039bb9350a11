"""A person at a notepad: a document of their own that sends what was typed."""

from typing import Any

from pycrdt import Doc, Text


class Writer:
    """One browser's copy of the shared document."""

    def __init__(self, *, client: int) -> None:
        self.doc: Doc[Any] = Doc(client_id=client)
        self.text = self.doc.get("notes", type=Text)

    def type(self, words: str, *, at: int | None = None) -> bytes:
        """Type `words` at the end, or at byte `at`; returns the update to send."""
        return self._doing(lambda: self.text.insert(len(self.text) if at is None else at, words))

    def erase(self, words: str) -> bytes:
        """Delete the first place where `words` stand; returns the update to send."""
        start = len(str(self.text).split(words)[0].encode())
        return self._doing(lambda: self.text.__delitem__(slice(start, start + len(words.encode()))))

    def replace(self, old: str, new: str) -> bytes:
        """Write `new` where `old` stands; returns the update to send."""
        start = len(str(self.text).split(old)[0].encode())

        def swap() -> None:
            with self.doc.transaction():
                del self.text[start : start + len(old.encode())]
                self.text.insert(start, new)

        return self._doing(swap)

    def see(self, update: bytes) -> None:
        """Take in what the server keeps."""
        self.doc.apply_update(update)

    def _doing(self, action: Any) -> bytes:
        sent: list[bytes] = []
        watching = self.doc.observe(lambda event: sent.append(event.update))
        action()
        self.doc.unobserve(watching)
        return sent[0]
