"""The bell, the list of notices and the switches, by hand: one's own only, live, and nonsense refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from mentorhub import database
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.notifications import queries
from mentorhub.domain.notifications.rules import NoticeKind, Quiet
from mentorhub.domain.notifications.service import tell
from mentorhub.state.notice_switches import NoticeSwitchesState
from mentorhub.state.notices import NoticesState
from mentorhub.state.viewer import ViewerState
from tests.people import People
from tests.state.backstage import SIGN_IN, Answer, Backstage, sign_in

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET_WORDS = "Riya Patil booked CV review with you"


def told(user_id: UUID, count: int = 1) -> None:
    with database.transaction() as db:
        for number in range(count):
            tell(
                db,
                user_id=user_id,
                kind=NoticeKind.BOOKED,
                key=f"{number}",
                text=f"{SECRET_WORDS}, number {number}.",
                address=f"/sessions/{number}",
                now=NOW + timedelta(minutes=number),
            )


def unread(user_id: UUID) -> int:
    with database.reading() as db:
        return queries.unread_count(db, user_id=user_id)


class Tab:
    """One person's tab on the pages of the notices."""

    def __init__(self, house: Backstage, user_id: UUID) -> None:
        self._house = house
        self._cookie = sign_in(user_id)
        self._tab = str(user_id)

    async def send(self, state: type[Any], handler: str, **payload: Any) -> Answer:
        name = f"{state.get_full_name()}.{handler}"
        return await self._house.send(name, payload, cookie=self._cookie, tab=self._tab, path="/notices")

    async def listed(self) -> Answer:
        await self.send(ViewerState, "enter")
        return await self.send(NoticesState, "load")


def of_list(answer: Answer, name: str) -> Any:
    return answer.value(NoticesState.get_full_name(), name + "_rx_state_")


async def test_the_bell_counts_what_one_has_not_read(house: Backstage, three: People) -> None:
    told(three.mentor, 3)
    mentor, stranger = Tab(house, three.mentor), Tab(house, three.stranger)

    assert (await mentor.send(ViewerState, "enter")).value("viewer_state", "unread") == "3"
    assert (await stranger.send(ViewerState, "enter")).value("viewer_state", "unread") in (None, "")
    told(three.mentor, 120)
    assert (await mentor.send(ViewerState, "count_unread")).value("viewer_state", "unread") == "99+"


async def test_notices_are_listed_newest_first_on_ones_own_clock_and_by_the_page(
    house: Backstage, three: People
) -> None:
    told(three.mentee, 25)
    tab = Tab(house, three.mentee)

    first = await tab.listed()
    assert len(of_list(first, "notices")) == 20
    assert of_list(first, "has_more") is True
    newest = of_list(first, "notices")[0]
    assert (newest.text, newest.is_read) == (f"{SECRET_WORDS}, number 24.", False)
    assert newest.told == "Tue 24 Nov, 14:54 in Kolkata"

    rest = await tab.send(NoticesState, "more")
    assert len(of_list(rest, "notices")) == 25
    assert of_list(rest, "has_more") is False


async def test_a_click_reads_the_notice_and_leads_to_its_page(house: Backstage, three: People) -> None:
    told(three.mentee, 2)
    tab = Tab(house, three.mentee)
    notice = of_list(await tab.listed(), "notices")[0]

    answer = await tab.send(NoticesState, "open", notice_id=notice.notice_id)

    assert answer.leads_to == "/sessions/1"
    assert unread(three.mentee) == 1


async def test_all_are_read_at_once(house: Backstage, three: People) -> None:
    told(three.mentee, 3)
    tab = Tab(house, three.mentee)
    await tab.listed()

    answer = await tab.send(NoticesState, "read_all")

    assert of_list(answer, "unread") == unread(three.mentee) == 0
    assert all(notice.is_read for notice in of_list(answer, "notices"))


async def test_nobody_sees_or_reads_what_others_were_told(house: Backstage, three: People) -> None:
    told(three.mentor)
    notice = of_list(await Tab(house, three.mentor).listed(), "notices")[0]
    stranger = Tab(house, three.stranger)

    assert SECRET_WORDS not in (await stranger.listed()).words
    for wrong in (notice.notice_id, str(new_id()), "nonsense"):
        answer = await stranger.send(NoticesState, "open", notice_id=wrong)
        assert answer.says("We could not find that.")
        assert answer.leads_to == ""
    assert unread(three.mentor) == 1


@pytest.mark.parametrize("state", [NoticesState, NoticeSwitchesState])
async def test_without_a_sign_in_there_is_nothing(house: Backstage, three: People, state: type[Any]) -> None:
    told(three.mentor)

    answer = await house.send(f"{state.get_full_name()}.load", path="/notices")

    assert answer.leads_to.startswith(SIGN_IN)
    assert SECRET_WORDS not in answer.words


async def test_switches_are_kept_and_what_is_required_stays_on(house: Backstage, three: People) -> None:
    tab = Tab(house, three.mentee)
    await tab.send(NoticeSwitchesState, "load")

    answer = await tab.send(NoticeSwitchesState, "save_switches", form={"mail:review": True, "product:move": "on"})

    shown = {one.kind: one for one in answer.value(NoticeSwitchesState.get_full_name(), "switches_rx_state_")}
    assert {kind for kind, one in shown.items() if one.by_mail and not one.why_required} == {"review"}
    assert {kind for kind, one in shown.items() if one.in_product and not one.why_required} == {"move"}
    assert shown["cancelled"].by_mail
    assert {kind for kind, one in shown.items() if not one.has_mail} == {"settled", "calendar"}
    assert "empty room" in shown["cancelled"].why_required


@pytest.mark.parametrize(
    ("begins", "ends", "kept"),
    [
        ("22:00", "07:00", Quiet(1320, 420)),
        ("00:00", "24:00", None),
        ("08:00", "08:00", None),
        ("", "", None),
    ],
)
async def test_quiet_hours_are_kept_as_typed(
    house: Backstage, three: People, begins: str, ends: str, kept: Quiet | None
) -> None:
    tab = Tab(house, three.mentee)

    await tab.send(NoticeSwitchesState, "save_quiet_hours", form={"quiet_from": begins, "quiet_to": ends})

    with database.reading() as db:
        assert queries.wishes_of(db, user_id=three.mentee).quiet == kept


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [("22:00", "", "quiet_to"), ("", "07:00", "quiet_from"), ("25:00", "07:00", "quiet_from"), ("1", "x", "quiet_to")],
)
async def test_nonsense_is_refused_beside_its_field_and_keeps_what_was_set(
    house: Backstage, three: People, begins: str, ends: str, field: str
) -> None:
    tab = Tab(house, three.mentee)
    await tab.send(NoticeSwitchesState, "save_quiet_hours", form={"quiet_from": "22:00", "quiet_to": "07:00"})

    answer = await tab.send(NoticeSwitchesState, "save_quiet_hours", form={"quiet_from": begins, "quiet_to": ends})

    errors = answer.value(NoticeSwitchesState.get_full_name(), "errors_rx_state_")
    assert [name for name, words in errors.items() if words] == [field]
    with database.reading() as db:
        assert queries.wishes_of(db, user_id=three.mentee).quiet == Quiet(1320, 420)
