"""Files that nobody needs any more leave the file store: of holds that lapsed, and those no row ever named."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Final

import structlog

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import fingerprint
from mentorhub.domain.common.ports import FileStore

EVERY: Final = timedelta(hours=1)
_ON_ITS_WAY: Final = timedelta(hours=1)
"""An object this young may belong to a row that is being written."""
_AT_ONCE: Final = 200
_OWNER: Final = "owner"
"""The object that marks whose the place of the files is."""
_log = structlog.get_logger(__name__)


def sweep_files(out: Outside) -> None:
    """Let go of the files of holds that lapsed a week ago, then of every object that belongs to no file.

    Rows go first and are committed, so a sweep that dies leaves objects without a row, which the next one finds. Where
    another installation keeps its files too, whose rows are in another database, nothing leaves the store.
    """
    with database.transaction() as db:
        needless = bookings.forget_unsent_files(db, now=utc_now())
    if not _is_ours_alone(out.files):
        _log.error("files.of_another_installation", remedy=f'give each a FILES_URL of its own, or remove "{_OWNER}"')
        return
    for name in needless:
        out.files.remove(name)
    for names in _lots(out.files.older_than(_ON_ITS_WAY, folder=bookings.FILES_FOLDER)):
        with database.reading() as db:
            needed = queries.stored_among(db, names)
        for name in set(names) - needed:
            out.files.remove(name)


def _is_ours_alone(files: FileStore) -> bool:
    """Whether the installation that marked the place of the files first, told by its secret, is this one."""
    mark = fingerprint(f"files {settings.current().secret}").encode()
    try:
        return b"".join(files.read(_OWNER)) == mark
    except NotFound:
        files.put(_OWNER, mark)
        return True


def _lots(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    while lot := list(islice(left, _AT_ONCE)):
        yield lot
