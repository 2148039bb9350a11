"""Files as objects, in a folder of this machine or in a bucket that speaks S3, by the same library."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from mentorhub.domain.common.errors import NotFound, StoreAway

_PIECE: Final = 256 * 1024
_log = structlog.get_logger(__name__)


class ObjectFiles:
    """A FileStore at `url`: `file:///folder`, or `s3://bucket/folder` with the AWS variables of the environment.

    What fails at a bucket is tried again for so long as `patience` lasts.
    """

    def __init__(self, url: str, *, patience: timedelta = timedelta(seconds=20)) -> None:
        self._url, self._patience = url, patience
        self._folder = Path(unquote(urlsplit(url).path)) if url.startswith("file:") else None

    @cached_property
    def _store(self) -> ObjectStore:
        if self._folder is not None:
            return LocalStore(self._folder, mkdir=True)
        return S3Store.from_url(self._url, retry_config={"max_retries": 2, "retry_timeout": self._patience})

    def put(self, name: str, content: bytes) -> None:
        """Keep `content` under `name` as one object, which is there whole or not at all."""
        with _answering():
            obstore.put(self._store, name, content, use_multipart=False)
            if self._folder is not None:
                _settle(self._folder / name)

    def read(self, name: str) -> Iterator[bytes]:
        """The content under `name` in pieces; raises NotFound.

        What is in a bucket is here before its first piece is given: the store, which has seconds for an answer, never
        waits for whoever reads slowly.
        """
        with _answering(), ExitStack() as open_files:
            if self._folder is not None:
                content: IO[bytes] = open_files.enter_context((self._folder / name).open("rb"))
            else:
                content = open_files.enter_context(SpooledTemporaryFile(_PIECE))
                for piece in obstore.get(self._store, name).stream(min_chunk_size=_PIECE):
                    content.write(piece)
                content.seek(0)
            open_files.pop_all()
        return _pieces(content)

    def remove(self, name: str) -> None:
        """Let go of what is kept under `name`, if anything is."""
        try:
            with _answering():
                obstore.delete(self._store, name)
        except NotFound:
            return

    def older_than(self, age: timedelta, *, folder: str) -> Iterator[str]:
        """The names in `folder` put at least `age` ago, page by page."""
        until = datetime.now(UTC) - age
        with _answering():
            for page in obstore.list(self._store, prefix=folder):
                yield from (one["path"] for one in page if one["last_modified"] <= until)


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while piece := content.read(_PIECE):
            yield piece


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotFound from None
    except (BaseError, OSError) as error:
        _log.warning("files.away", error=type(error).__name__, said=str(error)[:300])
        raise StoreAway from None


def _settle(path: Path) -> None:
    """Wait until a file and its name are on the disk, as a commit of the database does."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
