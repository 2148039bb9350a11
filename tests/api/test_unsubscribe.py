"""No more mails of one kind, from the link in the mail: without a sign-in, by POST only, for that kind only."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mentorhub import database, settings
from mentorhub.api import unsubscribe
from mentorhub.domain.notifications import queries
from mentorhub.domain.notifications.rules import NoticeKind, way_out_token
from tests.mailbox import house
from tests.people import People


@pytest.fixture
def web(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with house(monkeypatch, tmp_path) as (here, _):
        yield TestClient(Starlette(routes=[*unsubscribe.routes(here)]))


def address(user_id: UUID, kind: NoticeKind) -> str:
    return f"/unsubscribe/{way_out_token(user_id, kind, secret=settings.current().secret)}"


def off(user_id: UUID) -> set[NoticeKind]:
    with database.reading() as db:
        switches = queries.wishes_of(db, user_id=user_id).switches
    return {switch.kind for switch in switches if switch.kind.has_mail and not switch.by_mail}


def test_looking_changes_nothing_and_asks(web: TestClient, everyone: People) -> None:
    answer = web.get(address(everyone.mentee, NoticeKind.REVIEW))

    assert answer.status_code == 200
    assert '<form method="post"' in answer.text
    assert "A review is asked for" in answer.text
    assert "riya" not in answer.text.lower()
    assert off(everyone.mentee) == set()


def test_one_click_of_a_mail_program_switches_that_kind_off_however_often(
    web: TestClient, everyone: People, tmp_path: Path
) -> None:
    for _ in range(2):
        answer = web.post(
            address(everyone.mentee, NoticeKind.REVIEW),
            data={"List-Unsubscribe": "One-Click"},
            follow_redirects=False,
        )
        assert answer.status_code == 200

    assert off(everyone.mentee) == {NoticeKind.REVIEW}
    assert off(everyone.mentor) == set()


def test_a_link_that_is_not_ours_or_of_a_required_kind_does_nothing(
    web: TestClient, everyone: People, tmp_path: Path
) -> None:
    required = address(everyone.mentee, NoticeKind.CANCELLED)
    cut_off = address(everyone.mentee, NoticeKind.REVIEW)[:-1]

    for link in (required, cut_off, "/unsubscribe/nonsense", "/unsubscribe/%00%ff"):
        assert web.get(link).status_code == 404
        assert web.post(link).status_code == 404

    assert off(everyone.mentee) == set()
