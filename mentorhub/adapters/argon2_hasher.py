"""Argon2id for passwords, at OWASP's costs, two at a time."""

import threading

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
_MEMORY_KIB = 19 * 1024
_PASSES = 2
_LANES = 1
_AT_ONCE = 2


class Argon2Hasher:
    """Hashes at most two passwords at once, so that a rush of sign-ins costs 38 MiB and not the machine."""

    def __init__(self) -> None:
        self._argon2 = Argon2(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES)
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._argon2.hash("the password of nobody")

    def hash(self, password: str) -> str:
        """What to keep instead of the password."""
        with self._turn:
            return self._argon2.hash(password)

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether the password is the one behind `kept`; takes as long when there is none (`None`)."""
        with self._turn:
            try:
                return self._argon2.verify(kept or self._nobody, password) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, kept: str) -> bool:
        """Whether `kept` was made with weaker costs than today's and should be made anew."""
        return self._argon2.check_needs_rehash(kept)
