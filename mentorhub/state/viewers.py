"""Who the cookies of the open pages belong to, remembered for a moment: a page sends many events."""

import time
from collections import OrderedDict
from datetime import datetime

from mentorhub.domain.accounts import queries, service
from mentorhub.domain.accounts.queries import ViewerView
from mentorhub.domain.accounts.rules import is_touch_due
from mentorhub.domain.common.ids import fingerprint
from mentorhub.state.base import read, run

_FRESH_FOR = 3.0
_REMEMBER = 5_000


class Viewers:
    """Looks up who a cookie belongs to, remembering the answer for three seconds."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, ViewerView | None]] = OrderedDict()

    def forget(self, token_hash: str) -> None:
        """Look again at the next event: the account of this session has just changed."""
        self._known.pop(token_hash, None)

    async def of(self, token: str, now: datetime, *, anew: bool = False) -> ViewerView | None:
        """The person a session token belongs to; `None` when it is unknown, expired or revoked.

        `anew` looks again whatever is remembered: a page that is loaded must show the hat just put on.
        """
        key, at = fingerprint(token), time.monotonic()
        known = self._known.get(key)
        if known is not None and at - known[0] < _FRESH_FOR and not anew:
            return known[1]
        viewer = await read(queries.viewer, token=token, now=now)
        if viewer is not None and is_touch_due(viewer.seen_at, now):
            await run(service.touch_session, token_hash=viewer.token_hash, now=now)
        self._known[key] = (at, viewer)
        self._known.move_to_end(key)
        while len(self._known) > _REMEMBER:
            self._known.popitem(last=False)
        return viewer


known_viewers = Viewers()
"""Those of this web worker; a tab has one socket to one worker."""
