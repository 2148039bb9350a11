"""The account page shows and changes one's own account, and nobody else's."""

from datetime import timedelta
from typing import Any

from mentorhub import database
from mentorhub.domain.accounts import queries
from mentorhub.domain.accounts.rules import Flash, write_flash
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.common.clock import utc_now
from mentorhub.state.account import AccountState
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_booking
from tests.state.backstage import Answer, Backstage, sign_in

LOAD, SAVE = (f"{AccountState.get_full_name()}.{handler}" for handler in ("load", "save"))
ENTER = f"{ViewerState.get_full_name()}.enter"


async def open_page(house: Backstage, cookie: str) -> Answer:
    await house.send(ENTER, cookie=cookie, path="/account")
    return await house.send(LOAD, cookie=cookie, path="/account")


def account_of(user_id: Any) -> queries.AccountView:
    with database.reading() as db:
        return queries.account(db, user_id=user_id, now=utc_now())


async def test_the_page_shows_the_own_account_and_where_it_is_signed_in(house: Backstage, three: People) -> None:
    sign_in(three.stranger)
    sign_in(three.mentee)
    answer = await open_page(house, sign_in(three.mentee))

    assert answer.value("account_state", "email") == "riya@example.org"
    assert [shown.is_current for shown in answer.value("account_state", "sessions")] == [True, False]
    assert "sam@" not in answer.words


async def test_name_zone_and_portrait_are_saved_and_shown_in_the_header_at_once(
    house: Backstage, three: People
) -> None:
    cookie = sign_in(three.mentee)
    await house.send(ENTER, cookie=cookie, path="/account")
    form = {"name": "Riya P", "time_zone": "Europe/Oslo", "portrait": "/portraits/riya.svg"}

    answer = await house.send(SAVE, {"form": form}, cookie=cookie, path="/account")

    assert answer.value("account_state", "saved") == "Saved."
    assert answer.value("viewer_state", "me").name == "Riya P"
    assert answer.value("viewer_state", "me").initials == "RP"
    assert answer.value("viewer_state", "zone") == "Europe/Oslo"
    kept = account_of(three.mentee)
    assert (kept.name, kept.time_zone, kept.portrait) == ("Riya P", "Europe/Oslo", "/portraits/riya.svg")


async def test_another_zone_shows_coming_sessions_anew_until_they_are_confirmed_or_taken_back(
    house: Backstage, three: People
) -> None:
    starts = (utc_now() + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0)
    with database.transaction() as db:
        add_booking(db, three, starts_at=starts)
    cookie = sign_in(three.mentee)
    await open_page(house, cookie)
    form = {"name": "Riya Patil", "time_zone": "Asia/Tokyo", "portrait": ""}

    asked = await house.send(SAVE, {"form": form}, cookie=cookie, path="/account")
    back = await house.send(f"{AccountState.get_full_name()}.go_back_to_zone", cookie=cookie, path="/account")
    (session,) = asked.value("account_state", "reshown")

    assert session.title == "CV review with Kabir Deshmukh"
    assert session.was.endswith(", 14:30 (UTC+5:30)")
    assert session.now.endswith(", 18:00 (UTC+9)")
    assert asked.value("account_state", "zone_was") == "Asia/Kolkata"
    assert back.value("account_state", "reshown") == []
    assert account_of(three.mentee).time_zone == "Asia/Kolkata"


async def test_a_zone_that_was_confirmed_is_the_one_mails_and_the_other_side_name(
    house: Backstage, three: People
) -> None:
    with database.transaction() as db:
        coming, over = (
            add_booking(db, three, starts_at=utc_now() + timedelta(days=days), status=status)
            for days, status in ((3, Status.CONFIRMED), (-3, Status.MET))
        )
    cookie = sign_in(three.mentee)
    await open_page(house, cookie)

    def told() -> list[str]:
        with database.reading() as db:
            notices = [bookings.booking_notice(db, booking_id=one, public_url="") for one in (coming, over)]
        return [notice.mentee.zone for notice in notices]

    form = {"name": "Riya Patil", "time_zone": "Asia/Tokyo", "portrait": ""}
    await house.send(SAVE, {"form": form}, cookie=cookie, path="/account")
    assert told() == ["Asia/Kolkata", "Asia/Kolkata"]
    await house.send(f"{AccountState.get_full_name()}.confirm_zone", cookie=cookie, path="/account")
    assert told() == ["Asia/Tokyo", "Asia/Kolkata"]


async def test_without_coming_sessions_another_zone_asks_nothing(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    await open_page(house, cookie)
    form = {"name": "Riya Patil", "time_zone": "Asia/Tokyo", "portrait": ""}

    answer = await house.send(SAVE, {"form": form}, cookie=cookie, path="/account")

    assert not answer.value("account_state", "zone_was")


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    await house.send(ENTER, cookie=cookie, path="/account")
    before = account_of(three.mentee)

    for field, form in (
        ("name", {"name": "", "time_zone": "UTC", "portrait": ""}),
        ("time_zone", {"name": "Riya", "time_zone": "Mars", "portrait": ""}),
        ("portrait", {"name": "Riya", "time_zone": "UTC", "portrait": "http://evil.example/x.svg"}),
        ("name", {"unknown": {"deep": 1}}),
    ):
        answer = await house.send(SAVE, {"form": form}, cookie=cookie, path="/account")
        assert answer.value("account_state", "profile_errors")[field] != ""
        assert answer.value("account_state", "saved") != "Saved."

    assert account_of(three.mentee) == before


async def test_what_the_last_form_had_to_tell_stands_beside_that_form(house: Backstage, three: People) -> None:
    flash = write_flash(Flash("password", "1", "", {"present": "Not that one."}))

    answer = await open_page(house, f"{sign_in(three.mentee)}; mh_flash={flash}")

    assert answer.value("account_state", "spoke") == "password"
    assert answer.value("account_state", "errors")["present"] == "Not that one."


async def test_a_flash_of_another_page_is_not_shown_here(house: Backstage, three: People) -> None:
    flash = write_flash(Flash("sign-up", "1", "", {"email": "Elsewhere."}))

    answer = await open_page(house, f"{sign_in(three.mentee)}; mh_flash={flash}")

    assert "Elsewhere." not in answer.words


async def test_the_clock_is_saved_with_the_rest_and_the_page_is_written_on_it_at_once(
    house: Backstage, three: People
) -> None:
    cookie = sign_in(three.mentee)
    opened = await open_page(house, cookie)
    assert opened.value("account_state", "clock") == "24"
    form = {"name": "Riya Patil", "time_zone": "Asia/Kolkata", "portrait": "", "clock_hours": "12"}

    answer = await house.send(SAVE, {"form": form}, cookie=cookie, path="/account")

    assert answer.value("account_state", "saved") == "Saved."
    assert answer.value("account_state", "sessions")[0].seen.endswith((" am", " pm"))
    assert answer.value("viewer_state", "clock_hours") == 12
    assert account_of(three.mentee).clock_hours == 12
    assert account_of(three.stranger).clock_hours == 24
    again = await house.send(LOAD, cookie=cookie, path="/account")
    assert again.value("account_state", "sessions")[0].seen.endswith((" am", " pm"))


async def test_a_clock_nobody_offers_is_told_beside_its_field_and_nothing_is_saved(
    house: Backstage, three: People
) -> None:
    cookie = sign_in(three.mentee)
    await open_page(house, cookie)
    form = {"name": "Somebody", "time_zone": "Europe/Oslo", "portrait": "", "clock_hours": "13"}

    answer = await house.send(SAVE, {"form": form}, cookie=cookie, path="/account")

    assert answer.value("account_state", "profile_errors")["clock_hours"].startswith("Please choose a clock")
    kept = account_of(three.mentee)
    assert (kept.name, kept.time_zone, kept.clock_hours) == ("Riya Patil", "Asia/Kolkata", 24)
