"""What the accounts ask of the outside: a slow hash for passwords."""

from typing import Protocol


class PasswordHasher(Protocol):
    """Turns passwords into hashes; slow on purpose, so call it in a thread and outside any transaction."""

    def hash(self, password: str) -> str:
        """What to keep instead of the password."""
        ...

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether the password is the one behind `kept`; takes as long when there is none (`None`)."""
        ...

    def is_outdated(self, kept: str) -> bool:
        """Whether `kept` was made with weaker costs than today's and should be made anew."""
        ...
