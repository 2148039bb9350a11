"""Files of an intake over HTTP: `POST /intake/{booking_id}/files` takes one in, `GET /intake/files/{file_id}` is one.

The body of a post is the file itself, its name stands percent-encoded in `X-File-Name`. It is taken into a temporary
file as it comes, so that a slow or a huge one costs no memory, and is told by its content. The object is stored before
its row is written: what was answered with 201 is there.
"""

import asyncio
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final
from urllib.parse import quote, unquote
from uuid import UUID

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from mentorhub import database
from mentorhub.adapters.hands import at_the_store
from mentorhub.api.own_pages import OwnPages
from mentorhub.domain.accounts import queries as accounts
from mentorhub.domain.accounts import service as throttle
from mentorhub.domain.accounts.errors import TooManyTries
from mentorhub.domain.accounts.queries import ViewerView
from mentorhub.domain.accounts.rules import Allowance, cookie_value, session_cookie_name
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.errors import FileEmpty, FileNotTaken, FileTooLarge
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, NotAllowed, NotFound, StoreAway
from mentorhub.domain.common.files import LARGEST_FILE, kind_of
from mentorhub.domain.common.ids import new_id, parse_id
from mentorhub.domain.common.ports import FileStore
from mentorhub.settings import Settings

BELOW: Final = "/intake/"
UPLOAD_PATH: Final = "/intake/{booking_id}/files"
FILE_PATH: Final = "/intake/files/{file_id}"
LARGEST_BODY: Final = LARGEST_FILE + 1
"""One byte more than a file may have: enough to see that one is too large, and to say so in its own words."""
_IN_MEMORY: Final = 256 * 1024
_AT_ONCE: Final = 3
_GIVEN_AT_ONCE: Final = 6
"""Each may lie in a temporary file for as long as its reader is slow."""
_AN_HOUR: Final = 60
_LONGEST_HEADER: Final = 2000
_SECONDS: Final = 300.0
_NEVER_KEPT: Final = {"Cache-Control": "private, no-store"}
_log = structlog.get_logger(__name__)
_STATUSES: Final[dict[type[DomainError], HTTPStatus]] = {
    NotAllowed: HTTPStatus.UNAUTHORIZED,
    NotFound: HTTPStatus.NOT_FOUND,
    FileEmpty: HTTPStatus.BAD_REQUEST,
    FileTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    FileNotTaken: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    StoreAway: HTTPStatus.SERVICE_UNAVAILABLE,
}


class TooManyAtOnce(TooManyTries):
    """As many files of one person are on their way, in or out, as may be."""

    message = "Other files of yours are still on their way. Please wait for them."


class TooSlow(DomainError):
    """The file took longer than the hold it is for may last."""

    message = "This file took too long to arrive. Please try again, or make it smaller."


def routes(here: Settings, files: FileStore) -> list[Route]:
    """The two routes; whoever may not read a file, or add one, finds nothing."""
    desk = _Desk(here, files)
    return [Route(UPLOAD_PATH, desk.take, methods=["POST"]), Route(FILE_PATH, desk.give)]


class _Giving(StreamingResponse):
    """A file on its way out; `going` is closed once it arrived or was given up."""

    def __init__(self, pieces: Iterator[bytes], going: ExitStack, **answer: Any) -> None:
        super().__init__(pieces, **answer)
        self._going = going

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give it out."""
        with self._going:
            await super().__call__(scope, receive, send)


class _Desk:
    def __init__(self, here: Settings, files: FileStore) -> None:
        self._cookie = session_cookie_name(here.secure)
        self._own_pages = OwnPages(here)
        self._files = files
        self._coming, self._going = Counter[UUID](), Counter[UUID]()

    async def take(self, request: Request) -> Response:
        """Take in one file, or say in a sentence why not."""
        if not self._own_pages.sent(request):
            return _refused(HTTPStatus.FORBIDDEN, "This file did not come from one of our pages.")
        try:
            await self._take(request)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except DomainError as refusal:
            kinds = (status for kind, status in _STATUSES.items() if isinstance(refusal, kind))
            return _refused(next(kinds, HTTPStatus.CONFLICT), refusal.message)
        return JSONResponse({}, HTTPStatus.CREATED, headers=_NEVER_KEPT)

    async def _take(self, request: Request) -> None:
        try:
            booking_id, mentee_id = await asyncio.to_thread(self._welcome, request)
            if self._coming[mentee_id] >= _AT_ONCE:
                raise TooManyAtOnce
        except DomainError:
            # Heard out all the same: a browser shows no answer that comes before it has sent everything.
            await _hear_out(request)
            raise
        self._coming[mentee_id] += 1
        try:
            with SpooledTemporaryFile(_IN_MEMORY) as content:
                await _receive(request, content)
                name = unquote(request.headers.get("x-file-name", "")[:_LONGEST_HEADER])
                await at_the_store(self._keep, booking_id, mentee_id, name, content)
        finally:
            self._coming -= Counter([mentee_id])

    def _welcome(self, request: Request) -> tuple[UUID, UUID]:
        """For which hold and whose a file is coming, once there is room for it; raises what says why there is none."""
        booking_id, now = parse_id(request.path_params["booking_id"]), utc_now()
        viewer = self._viewer(request)
        if viewer is None:
            raise NotAllowed("Please sign in first.")
        if booking_id is None:
            raise NotFound
        with database.transaction() as db:
            throttle.take_try(db, allowances=(Allowance(f"file {viewer.user_id}", _AN_HOUR),), now=now)
        with database.transaction() as db:
            bookings.require_file_room(db, booking_id=booking_id, mentee_id=viewer.user_id, now=now)
        return booking_id, viewer.user_id

    def _keep(self, booking_id: UUID, mentee_id: UUID, name: str, sent: IO[bytes]) -> None:
        """Store the object, then write its row; when that is refused the object goes again, at once or by the sweep."""
        sent.seek(0)
        content = sent.read()
        kind = kind_of(content)
        if kind is None:
            raise FileNotTaken
        stored = f"{bookings.FILES_FOLDER}/{new_id().hex}"
        self._files.put(stored, content)
        file = bookings.StoredFile(name, kind, len(content), stored)
        try:
            with database.transaction() as db:
                bookings.add_file(db, booking_id=booking_id, mentee_id=mentee_id, file=file, now=utc_now())
        except DomainError:
            self._files.remove(stored)
            raise

    async def give(self, request: Request) -> Response:
        """One file, to be saved and never to be shown as a page of ours."""
        viewer = await asyncio.to_thread(self._viewer, request)
        file = await asyncio.to_thread(self._find, request, viewer.user_id) if viewer else None
        if viewer is None or file is None:
            return _nowhere()
        if self._going[viewer.user_id] >= _GIVEN_AT_ONCE:
            return PlainTextResponse(TooManyAtOnce.message, HTTPStatus.TOO_MANY_REQUESTS, headers=_NEVER_KEPT)
        with ExitStack() as going:
            self._going[viewer.user_id] += 1
            going.callback(self._has_gone, viewer.user_id)
            try:
                pieces = await at_the_store(self._files.read, file.stored)
            except NotFound:
                _log.warning("files.gone", file=str(file.file_id), stored=file.stored)
                return _nowhere()
            except StoreAway as refusal:
                return PlainTextResponse(refusal.message, HTTPStatus.SERVICE_UNAVAILABLE, headers=_NEVER_KEPT)
            headers = {
                **_NEVER_KEPT,
                "Content-Disposition": disposition(file.name),
                "Content-Length": str(file.size),
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "Cross-Origin-Resource-Policy": "same-origin",
                "X-Content-Type-Options": "nosniff",
            }
            return _Giving(pieces, going.pop_all(), headers=headers, media_type=file.kind.media_type)

    def _has_gone(self, person_id: UUID) -> None:
        self._going -= Counter([person_id])

    def _find(self, request: Request, viewer_id: UUID) -> queries.FileView | None:
        file_id = parse_id(request.path_params["file_id"])
        if file_id is None:
            return None
        with database.reading() as db:
            return queries.intake_file(db, file_id=file_id, viewer_id=viewer_id)

    def _viewer(self, request: Request) -> ViewerView | None:
        token = cookie_value(request.headers.get("cookie", ""), self._cookie)
        with database.reading() as db:
            return accounts.viewer(db, token=token, now=utc_now()) if token else None


def disposition(name: str) -> str:
    """The header that lets a browser save a file under `name`, in plain letters for those that know no others."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(letter for letter in plain if letter.isprintable() and letter not in '"\\%') or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


async def _receive(request: Request, content: IO[bytes]) -> None:
    """Write the body down as it comes; raises FileEmpty, FileTooLarge, TooSlow, or StoreAway when the disk is full."""
    taken = 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for piece in request.stream():
                taken += len(piece)
                if taken > LARGEST_FILE:
                    raise FileTooLarge
                content.write(piece)
    except TimeoutError:
        raise TooSlow from None
    except OSError as error:
        _log.warning("files.no_room", error=type(error).__name__, said=str(error))
        raise StoreAway from None
    if not taken:
        raise FileEmpty


async def _hear_out(request: Request) -> None:
    """Let the rest of a body pass, for a while; the wrapper around all routes stops one that is too large."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_SECONDS):
            async for _ in request.stream():
                pass


def _nowhere() -> Response:
    return PlainTextResponse("There is no such file.", HTTPStatus.NOT_FOUND, headers=_NEVER_KEPT)


def _refused(status: HTTPStatus, sentence: str) -> Response:
    return JSONResponse({"message": sentence}, status, headers=_NEVER_KEPT)
