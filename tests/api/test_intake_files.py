"""Files of an intake over HTTP: who may add and save one, what is refused in which words, and how it is given out."""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.api import intake_files
from mentorhub.api.intake_files import disposition
from mentorhub.api.wrapper import HouseRules
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, IntakeFile, Status
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.files import LARGEST_FILE, FileKind
from tests import files
from tests.mailbox import house
from tests.people import People, add_booking
from tests.s3_server import BUCKET, point_to, s3_server

SITE = "http://127.0.0.1:3000"
NOWHERE = "We could not find that."


class Door:
    """The two routes, and people who knock."""

    def __init__(self, web: TestClient, out: Outside, booking_id: UUID) -> None:
        self.web, self.out, self.booking_id = web, out, booking_id

    def send(
        self,
        who: UUID | None,
        content: bytes | Iterator[bytes] = files.PDF,
        *,
        name: str = "CV.pdf",
        to: object = None,
        origin: str | None = SITE,
    ) -> httpx.Response:
        headers = {"x-file-name": quote(name), **cookie(who), **({"origin": origin} if origin else {})}
        return self.web.post(f"/intake/{to or self.booking_id}/files", content=content, headers=headers)

    def save(self, who: UUID | None, file_id: object) -> httpx.Response:
        return self.web.get(f"/intake/files/{file_id}", headers=cookie(who))

    def objects(self) -> list[str]:
        """The names of everything in the file store."""
        return sorted(self.out.files.older_than(-timedelta(hours=1), folder="intake"))


def cookie(who: UUID | None) -> dict[str, str]:
    if who is None:
        return {}
    with database.transaction() as db:
        token = accounts.open_session(db, user_id=who, device="Firefox", address="127.0.0.1", now=utc_now())
    return {"cookie": f"mh_session={token}"}


def rows() -> list[IntakeFile]:
    with database.reading() as db:
        return list(db.exec(select(IntakeFile).order_by(IntakeFile.name)))


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("message", "")


@contextmanager
def opened(people: People, folder: Path, patch: pytest.MonkeyPatch, **environment: str) -> Iterator[Door]:
    """A door at a time that is held for the mentee right now."""
    with house(patch, folder, **environment) as (here, out):
        with database.transaction() as db:
            booking = db.get_one(Booking, add_booking(db, people, status=Status.HELD))
            booking.hold_expires_at = utc_now() + timedelta(minutes=10)
        larger = {intake_files.BELOW: intake_files.LARGEST_BODY}
        app = HouseRules(Starlette(routes=intake_files.routes(here, out.files)), public_url=SITE, larger=larger)
        yield Door(TestClient(app), out, booking.id)


@pytest.fixture
def door(database_url: str, everyone: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    with opened(everyone, tmp_path, monkeypatch) as door:
        yield door


@pytest.fixture
def agree(door: Door) -> Callable[[], None]:
    """The held time is booked."""

    def agreed() -> None:
        with database.transaction() as db:
            booking = db.get_one(Booking, door.booking_id)
            booking.status, booking.hold_expires_at = Status.CONFIRMED, None

    return agreed


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.PDF, "application/pdf"),
        (files.WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (files.PNG, "image/png"),
        (files.JPEG, "image/jpeg"),
        (files.WEBP, "image/webp"),
        (files.TEXT, "text/plain; charset=utf-8"),
        (files.PDF + bytes(LARGEST_FILE - len(files.PDF)), "application/pdf"),
    ],
    ids=["pdf", "word", "png", "jpeg", "webp", "text", "as large as one may be"],
)
def test_what_was_taken_in_is_given_out_byte_for_byte(
    door: Door, everyone: People, content: bytes, media_type: str
) -> None:
    assert door.send(everyone.mentee, content).status_code == 201
    (row,) = rows()

    given = door.save(everyone.mentee, row.id)

    assert (given.status_code, given.content, row.size) == (200, content, len(content))
    assert given.headers["content-type"] == media_type


def test_files_may_be_kept_in_a_bucket(everyone: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with s3_server() as address:
        point_to(address, monkeypatch)
        with opened(everyone, tmp_path, monkeypatch, FILES_URL=f"{BUCKET}/house") as door:
            assert door.send(everyone.mentee).status_code == 201
            assert door.save(everyone.mentee, rows()[0].id).content == files.PDF
            assert door.objects() == [rows()[0].stored]
    assert not (tmp_path / "files").exists()


def test_a_file_is_saved_and_never_shown_as_a_page_of_ours(door: Door, everyone: People) -> None:
    door.send(everyone.mentee, name="Łukasz “CV”.pdf")

    headers = door.save(everyone.mentee, rows()[0].id).headers

    assert headers["content-disposition"] == (
        "attachment; filename=\"ukasz CV.pdf\"; filename*=UTF-8''%C5%81ukasz%20%E2%80%9CCV%E2%80%9D.pdf"
    )
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_the_object_has_a_name_nobody_can_guess_and_no_part_of_the_sent_one(door: Door, everyone: People) -> None:
    door.send(everyone.mentee, name="../../../etc/passwd")

    (stored,) = door.objects()
    assert re.fullmatch(r"intake/[0-9a-f]{32}", stored)
    assert rows()[0].name == "passwd.pdf"


@pytest.mark.parametrize("name", ["x" * 300 + ".pdf", "a\r\nb.pdf", "\x00", "\u202efdp.pdf", "", "%", "/" * 900])
def test_whatever_a_file_is_called_it_gets_a_tidy_name(door: Door, everyone: People, name: str) -> None:
    assert door.send(everyone.mentee, name=name).status_code == 201
    (row,) = rows()

    assert re.fullmatch(r"[\w%. ]{1,96}\.pdf", row.name)
    assert door.save(everyone.mentee, row.id).content == files.PDF


def test_a_name_is_written_for_every_browser() -> None:
    assert disposition("संगीत.md") == (
        "attachment; filename=\".md\"; filename*=UTF-8''%E0%A4%B8%E0%A4%82%E0%A4%97%E0%A5%80%E0%A4%A4.md"
    )
    assert disposition('a"b\\c%d\r\n.pdf').startswith('attachment; filename="abcd.pdf";')


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 400, "There is nothing in this file."),
        (files.HTML, 415, "This kind of file is not taken."),
        (b"<svg onload=x>", 415, "PDF, Word (DOCX), PNG, JPEG, WebP or plain text"),
        (b"MZ\x90\x00", 415, "This kind of file is not taken."),
        (files.archive("cv.pdf"), 415, "This kind of file is not taken."),
        (bytes(LARGEST_FILE + 1), 413, "This file is larger than 10 MB."),
    ],
    ids=["empty", "html", "svg", "program", "archive", "too large"],
)
def test_what_is_not_taken_is_said_in_a_sentence_and_leaves_nothing(
    door: Door, everyone: People, content: bytes, status: int, words: str
) -> None:
    answer = said(door.send(everyone.mentee, content, name="CV.pdf"))

    assert answer[0] == status
    assert words in answer[1]
    assert (rows(), door.objects()) == ([], [])


def test_a_body_without_a_length_is_stopped_when_it_grows_too_large(door: Door, everyone: People) -> None:
    read = 0

    def without_end() -> Iterator[bytes]:
        nonlocal read
        while read < 4 * LARGEST_FILE:
            read += 1024 * 1024
            yield bytes(1024 * 1024)

    assert door.send(everyone.mentee, without_end()).status_code == 413
    assert door.objects() == []


def test_only_the_mentee_of_the_hold_adds_a_file_and_everybody_else_finds_nothing(door: Door, everyone: People) -> None:
    for person in (everyone.mentor, everyone.stranger):
        assert said(door.send(person)) == (404, NOWHERE)
    for nothing in (uuid4(), "nonsense"):
        assert said(door.send(everyone.mentee, to=nothing)) == (404, NOWHERE)
    assert said(door.send(None)) == (401, "Please sign in first.")
    assert (rows(), door.objects()) == ([], [])


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_file_another_site_sends_is_refused(door: Door, everyone: People, origin: str | None) -> None:
    assert said(door.send(everyone.mentee, origin=origin)) == (403, "This file did not come from one of our pages.")
    assert door.objects() == []


def test_the_fourth_file_and_one_for_a_time_no_longer_held_are_refused(
    door: Door, everyone: People, agree: Callable[[], None]
) -> None:
    for number in range(3):
        assert door.send(everyone.mentee, name=f"{number}.pdf").status_code == 201
    assert said(door.send(everyone.mentee)) == (
        409,
        "An intake has at most three links and files. Remove one to add another.",
    )
    agree()
    assert said(door.send(everyone.mentee))[0] == 409
    assert len(door.objects()) == 3


async def test_a_file_that_arrives_after_the_time_was_booked_leaves_neither_a_row_nor_an_object(
    door: Door, everyone: People, agree: Callable[[], None]
) -> None:
    async def booked_meanwhile() -> AsyncIterator[bytes]:
        yield files.PDF[:20]
        agree()
        yield files.PDF[20:]

    headers = {"origin": SITE, **cookie(everyone.mentee)}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door.web.app), base_url=SITE, headers=headers) as web:
        answer = await web.post(f"/intake/{door.booking_id}/files", content=booked_meanwhile())

    assert said(answer)[0] == 409
    assert (rows(), door.objects()) == ([], [])


def test_the_mentor_saves_it_once_it_was_sent_and_a_stranger_never(
    door: Door, everyone: People, agree: Callable[[], None]
) -> None:
    door.send(everyone.mentee)
    (row,) = rows()
    nothing = (404, "There is no such file.")

    def found_by(who: UUID | None, file_id: object = row.id) -> tuple[int, str]:
        answer = door.save(who, file_id)
        return answer.status_code, answer.text

    assert found_by(everyone.mentor) == nothing
    agree()
    assert door.save(everyone.mentor, row.id).content == files.PDF
    assert {found_by(everyone.stranger), found_by(None), found_by(everyone.mentee, uuid4())} == {nothing}
    assert found_by(everyone.mentee, "nonsense") == nothing


async def test_while_three_files_of_a_person_are_on_their_way_a_fourth_has_to_wait(
    door: Door, everyone: People
) -> None:
    goes_on, arrived, headers = asyncio.Event(), asyncio.Semaphore(0), {"origin": SITE, **cookie(everyone.mentee)}

    async def slowly() -> AsyncIterator[bytes]:
        yield files.PDF
        arrived.release()
        await goes_on.wait()

    async with httpx.AsyncClient(transport=httpx.ASGITransport(door.web.app), base_url=SITE, headers=headers) as web:
        address = f"/intake/{door.booking_id}/files"
        slow = [asyncio.create_task(web.post(address, content=slowly())) for _ in range(3)]
        for _ in slow:
            await arrived.acquire()
        answer = await web.post(address, content=files.PDF)
        goes_on.set()

        assert said(answer) == (429, "Other files of yours are still on their way. Please wait for them.")
        assert {(await one).status_code for one in slow} == {201}
    assert len(rows()) == 3


def test_uploads_of_one_person_are_counted_by_the_hour(door: Door, everyone: People) -> None:
    def once() -> int:
        status = door.send(everyone.mentee).status_code
        for row in rows():
            with database.transaction() as db:
                service.remove_file(db, file_id=row.id, mentee_id=everyone.mentee, now=utc_now())
        return status

    assert [once() for _ in range(61)].count(429) == 1


def test_what_is_refused_counts_too_so_that_nobody_keeps_the_people_of_a_booking_locked(
    door: Door, everyone: People
) -> None:
    assert [door.send(everyone.stranger).status_code for _ in range(61)] == [404] * 60 + [429]


def test_a_store_that_is_away_is_said_and_leaves_no_row(
    door: Door, everyone: People, tmp_path: Path, agree: Callable[[], None]
) -> None:
    door.send(everyone.mentee)
    (tmp_path / "files" / "intake").rename(tmp_path / "elsewhere")
    (tmp_path / "files" / "intake").write_text("in the way")

    assert said(door.send(everyone.mentee)) == (503, "Files cannot be reached right now. Please try again in a minute.")
    assert len(rows()) == 1
    assert door.save(everyone.mentee, rows()[0].id).status_code == 503


def test_a_file_whose_object_is_gone_is_not_found(
    door: Door, everyone: People, tmp_path: Path, agree: Callable[[], None]
) -> None:
    door.send(everyone.mentee)
    agree()
    (stored,) = door.objects()
    (tmp_path / "files" / stored).unlink()

    given = door.save(everyone.mentor, rows()[0].id)

    assert (given.status_code, given.text) == (404, "There is no such file.")


@asynccontextmanager
async def silent_store(patch: pytest.MonkeyPatch) -> AsyncIterator[asyncio.Semaphore]:
    """A bucket that never answers; gives a semaphore that is released with each question."""
    asked = asyncio.Semaphore(0)

    async def say_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read(1)
        asked.release()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    point_to(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", patch)
    patch.setenv("AWS_TIMEOUT", "1s")
    yield asked
    server.close()


def add_row(door: Door, everyone: People) -> str:
    """A file whose object may be anywhere; gives its address."""
    file = service.StoredFile("CV.pdf", FileKind.PDF, 9, "intake/one")
    with database.transaction() as db:
        service.add_file(db, booking_id=door.booking_id, mentee_id=everyone.mentee, file=file, now=utc_now())
    return f"/intake/files/{rows()[0].id}"


async def test_while_the_store_is_silent_whoever_needs_only_the_database_is_answered(
    everyone: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
    async with silent_store(monkeypatch) as asked:
        with opened(everyone, tmp_path, monkeypatch, FILES_URL=BUCKET) as door:
            address, own, headers = add_row(door, everyone), cookie(everyone.mentee), {"origin": SITE}
            transport = httpx.ASGITransport(door.web.app)
            async with httpx.AsyncClient(transport=transport, base_url=SITE, headers=headers) as web:
                sent = web.post(f"/intake/{door.booking_id}/files", content=files.PDF, headers=own)
                stuck = [asyncio.create_task(one) for one in (web.get(address, headers=own), sent)]
                stuck.append(asyncio.create_task(web.get(address, headers=own)))
                for _ in stuck:
                    await asked.acquire()

                answer = await asyncio.wait_for(web.get(address, headers=cookie(everyone.stranger)), 2)

                assert answer.status_code == 404
                assert [(await one).status_code for one in stuck] == [503, 503, 503]


async def test_of_seven_files_a_person_saves_at_once_six_are_on_their_way_and_then_others_may_be(
    everyone: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with silent_store(monkeypatch) as asked:
        with opened(everyone, tmp_path, monkeypatch, FILES_URL=BUCKET) as door:
            address, own = add_row(door, everyone), cookie(everyone.mentee)
            transport = httpx.ASGITransport(door.web.app)
            async with httpx.AsyncClient(transport=transport, base_url=SITE, headers=own) as web:
                stuck = [asyncio.create_task(web.get(address)) for _ in range(6)]
                for _ in stuck:
                    await asked.acquire()

                one_more = await asyncio.wait_for(web.get(address), 2)

                assert (one_more.status_code, one_more.text) == (
                    429,
                    "Other files of yours are still on their way. Please wait for them.",
                )
                assert {(await one).status_code for one in stuck} == {503}
                assert (await web.get(address)).status_code == 503


def test_files_that_were_saved_are_not_on_their_way_any_more(door: Door, everyone: People) -> None:
    door.send(everyone.mentee)

    assert {door.save(everyone.mentee, rows()[0].id).status_code for _ in range(8)} == {200}


def test_a_machine_without_room_for_what_comes_says_so_in_a_sentence(
    door: Door, everyone: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))

    answer = door.send(everyone.mentee, files.PDF + bytes(300_000))

    assert said(answer) == (503, "Files cannot be reached right now. Please try again in a minute.")
    assert door.objects() == []
