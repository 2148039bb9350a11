"""The demo's request as its mentor finds it after the first start: with words, and a CV that can be opened."""

import re
from pathlib import Path

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.cli import seed
from mentorhub.domain.bookings import queries
from mentorhub.domain.catalog.models import MentorProfile
from mentorhub.domain.common.clock import utc_now
from tests.mailbox import house


@pytest.mark.usefixtures("sqlite_url")
@pytest.mark.parametrize("is_away", [False, True])
def test_a_request_with_a_cv_waits_for_kabir_and_without_one_while_the_store_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_away: bool
) -> None:
    if is_away:
        (tmp_path / "files").write_text("in the way")
    with house(monkeypatch, tmp_path) as (_, out):
        seed.prepare_demo(utc_now(), files=out.files)
        with database.reading() as db:
            kabir = db.exec(select(MentorProfile.user_id).where(MentorProfile.slug == "kabir-deshmukh")).one()
            (request,) = queries.requests_of(db, mentor_id=kabir, now=utc_now())
        found = [(file.name, b"".join(out.files.read(file.stored))) for file in request.intake.files]

    assert request.intake.check.is_whole
    assert [name for name, _ in found] == ([] if is_away else ["Ngaire-Walker-CV.pdf"])
    for _, content in found:
        places = [int(place) for place in re.findall(rb"\n(\d{10}) 00000 n ", content)]
        numbers = enumerate(places, 1)
        assert [content[place:].startswith(b"%d 0 obj" % number) for number, place in numbers] == [True] * 5
