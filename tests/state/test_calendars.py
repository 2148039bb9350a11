"""The calendars page by hand: one's own feeds and calendars only, errors beside the fields, a confirmed new address."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from mentorhub import database
from mentorhub.domain.scheduling import service
from mentorhub.domain.scheduling.models import CalendarImport
from mentorhub.state.calendars import CalendarsState
from tests.people import People
from tests.state.backstage import Answer, Backstage, sign_in

ADDRESS = "https://calendar.example/secret/work.ics"


class Tab:
    """One person's tab on the page."""

    def __init__(self, house: Backstage, user_id: UUID) -> None:
        self._house, self._cookie, self._tab = house, sign_in(user_id), str(user_id)

    async def send(self, handler: str, **payload: Any) -> Answer:
        name = f"{CalendarsState.get_full_name()}.{handler}"
        return await self._house.send(name, payload, cookie=self._cookie, tab=self._tab, path="/account/calendars")


def of(answer: Answer, name: str) -> Any:
    return answer.value(CalendarsState.get_full_name(), name + "_rx_state_")


async def test_a_feed_has_no_address_until_one_is_made_and_a_new_one_is_another(
    house: Backstage, three: People
) -> None:
    tab = Tab(house, three.mentee)
    assert [feed.address for feed in of(await tab.send("load"), "feeds")] == ["", ""]

    first = of(await tab.send("renew", kind="sessions"), "feeds")[0].address
    assert first.startswith("http://127.0.0.1:3000/feeds/sessions/")
    assert of(await tab.send("ask_sure", kind="sessions"), "sure") == "sessions"
    assert of(await tab.send("keep_address"), "sure") == ""
    second = of(await tab.send("renew", kind="sessions"), "feeds")[0].address
    assert second not in ("", first)
    assert of(await tab.send("close", kind="sessions"), "feeds")[0].address == ""


async def test_a_mentor_connects_refreshes_and_removes_a_calendar(house: Backstage, three: People) -> None:
    tab = Tab(house, three.mentor)
    assert of(await tab.send("load"), "is_mentor") is True

    added = await tab.send("add", form={"address": "webcal://calendar.example/secret/work.ics", "label": "Work"})
    (shown,) = of(added, "imports")
    assert (shown.label, shown.host, shown.age) == ("Work", "calendar.example", "Being read for the first time")
    assert "secret/work" not in repr(shown)
    assert (of(added, "form_number"), of(added, "down")) == (1, "")

    told = [of(await tab.send("read_now", import_id=shown.import_id), "imports")[0].age for _ in range(3)]
    assert told[0] == "Being read now"
    assert "Read within this minute, please wait a little" in told  # even where a minute turns between two presses
    assert of(await tab.send("remove", import_id=shown.import_id), "imports") == []


async def test_a_calendar_that_fails_for_over_an_hour_is_named_above_the_page(house: Backstage, three: People) -> None:
    now = datetime.now(UTC)
    with database.transaction() as db:
        work = service.add_import(db, actor_id=three.mentor, address=ADDRESS, label="Work", now=now)
        for minutes in (62, 1):
            why = "The calendar is larger than 2 MB."
            service.note_failure(db, import_id=work, why=why, now=now - timedelta(minutes=minutes))

    answer = await Tab(house, three.mentor).send("load")

    assert of(answer, "down") == "Work"
    assert of(answer, "imports")[0].words == "The calendar is larger than 2 MB."
    assert of(await Tab(house, three.stranger).send("load"), "down") in (None, "")


async def test_a_wrong_address_is_said_beside_its_field_and_what_was_typed_stays(
    house: Backstage, three: People
) -> None:
    tab = Tab(house, three.mentor)
    await tab.send("load")

    answer = await tab.send("add", form={"address": "ftp://calendar.example/a.ics", "label": "Work"})

    assert of(answer, "errors")["address"] == "Give an address that begins with https:// or webcal://."
    assert of(answer, "typed_address") == "ftp://calendar.example/a.ics"


async def test_a_calendar_of_somebody_else_can_neither_be_read_nor_removed(house: Backstage, three: People) -> None:
    mentor, stranger = Tab(house, three.mentor), Tab(house, three.stranger)
    await mentor.send("load")
    (shown,) = of(await mentor.send("add", form={"address": ADDRESS, "label": "Work"}), "imports")
    assert of(await stranger.send("load"), "is_mentor") in (None, False)

    for handler in ("read_now", "remove"):
        for wrong in (shown.import_id, "nonsense"):
            assert (await stranger.send(handler, import_id=wrong)).says("We could not find that.")
    assert (await stranger.send("add", form={"address": ADDRESS, "label": ""})).says("mentor")
    assert (await stranger.send("renew", kind="everything")).says("We could not find that.")

    with database.reading() as db:
        assert [str(one) for one in db.exec(select(CalendarImport.id))] == [shown.import_id]
