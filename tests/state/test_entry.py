"""Entry forms: what the last try had to tell is shown once, on its own page, and nothing leads elsewhere."""

from urllib.parse import urlencode

from mentorhub.domain.accounts.rules import Flash, write_flash
from mentorhub.state.entry import EntryState
from mentorhub.state.viewer import ViewerState
from tests.people import People
from tests.state.backstage import Answer, Backstage, sign_in

ENTER = f"{ViewerState.get_full_name()}.enter"
LOAD = f"{EntryState.get_full_name()}.load"
REFUSED = Flash("sign-in", "1", "", {"": "They do not match."}, {"email": "riya@example.org"})


def with_flash(flash: Flash, session: str = "") -> str:
    return f"{session}; mh_flash={write_flash(flash)}"


async def load(
    house: Backstage, form: str, *, cookie: str = "", query: dict[str, str] | None = None, tab: str = ""
) -> Answer:
    path = f"/{form}?{urlencode(query or {})}"
    await house.send(ENTER, tab=tab or path, cookie=cookie, path=path)
    return await house.send(LOAD, {"form": form}, tab=tab or path, cookie=cookie, path=path)


async def test_a_refused_form_shows_what_is_wrong_and_keeps_what_was_typed(house: Backstage) -> None:
    answer = await load(house, "sign-in", cookie=with_flash(REFUSED))

    assert answer.value("entry_state", "errors")[""] == "They do not match."
    assert answer.value("entry_state", "kept")["email"] == "riya@example.org"


async def test_a_flash_is_not_shown_on_another_form_nor_later_on_its_own(house: Backstage) -> None:
    elsewhere = await load(house, "forgot", cookie=with_flash(REFUSED), tab="one")
    back = await load(house, "sign-in", cookie=with_flash(REFUSED), tab="one")

    assert "do not match" not in elsewhere.words
    assert "do not match" not in back.words


async def test_a_form_leads_on_to_our_own_pages_only(house: Backstage) -> None:
    good = await load(house, "sign-in", query={"next": "/mentors/kabir?start=9"})
    bad = await load(house, "sign-in", query={"next": "//evil.example"})

    assert good.value("entry_state", "next") == "/mentors/kabir?start=9"
    assert bad.value("entry_state", "next") in (None, "")


async def test_who_is_signed_in_goes_on_at_once(house: Backstage, three: People) -> None:
    onward = await load(house, "sign-in", cookie=sign_in(three.mentee), query={"next": "/sessions"})
    home = await load(house, "sign-up", cookie=sign_in(three.mentee))

    assert (onward.leads_to, home.leads_to) == ("/sessions", "/home")


async def test_whoever_follows_a_link_of_a_mail_stays_signed_in_or_out(house: Backstage, three: People) -> None:
    answer = await load(house, "reset", cookie=sign_in(three.mentee), query={"token": "s3cret"})

    assert answer.leads_to == ""
    assert answer.value("entry_state", "token") == "s3cret"


async def test_a_mentor_to_be_comes_in_by_the_mentors_door(house: Backstage) -> None:
    answer = await load(house, "sign-up", query={"as": "mentor"})

    assert answer.value("entry_state", "hat") == "mentor"
