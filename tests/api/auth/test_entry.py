"""Signing up, in and out over real HTTP."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.accounts import queries
from mentorhub.domain.accounts.models import User
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from tests.api.town import PASSWORD, RIYA, Town, flash_of, sign_up, token_in, who
from tests.mailbox import deliver, link_in, mails_to


def test_from_sign_up_by_way_of_the_mail_to_the_page_one_came_for(town: Town) -> None:
    browser = town.browser()

    assert sign_up(browser, next="/mentors/kabir?slot=9") == "/verify"
    assert who(browser) == ""
    deliver(town.out)
    (mail,) = mails_to(town.out, RIYA)
    assert urlsplit(link_in(mail)).path == "/verify"
    answer = browser.post("/auth/verify", data={"token": token_in(link_in(mail))})

    assert answer.headers["location"] == "/mentors/kabir?slot=9"
    assert who(browser) == RIYA
    with database.reading() as db:
        seen = queries.viewer(db, token=browser.cookies["mh_session"], now=utc_now())
    assert seen is not None
    assert (seen.verified, seen.time_zone) == (True, "Asia/Kolkata")


@pytest.mark.parametrize(("kept", "hours"), [("12", 12), ("24", 24), ("thirteen", 24), ("", 24)])
def test_the_clock_a_visitor_chose_comes_along_into_the_account(town: Town, kept: str, hours: int) -> None:
    browser = town.browser()
    browser.cookies.set("mentorhub-hours", kept)

    sign_up(browser)

    with database.reading() as db:
        assert db.exec(select(User.clock_hours)).one() == hours


def test_a_second_click_on_the_verifying_link_signs_nobody_in(town: Town) -> None:
    sign_up(town.browser())
    deliver(town.out)
    token = token_in(link_in(mails_to(town.out, RIYA)[0]))
    town.browser().post("/auth/verify", data={"token": token})
    late = town.browser()

    assert late.post("/auth/verify", data={"token": token}).headers["location"] == "/sign-in"
    assert who(late) == ""


def test_a_spent_or_invented_link_is_refused_on_its_page(town: Town) -> None:
    browser = town.browser()

    assert browser.post("/auth/verify", data={"token": "invented"}).headers["location"] == "/verify?token=invented"
    flash = flash_of(browser)
    assert flash is not None
    assert flash.form == "verify"
    assert flash.errors[""].startswith("This link was used before")


def test_signing_up_with_a_used_address_gets_the_same_answer_and_mails_its_owner(town: Town) -> None:
    fresh, used = town.browser(), town.browser()
    sign_up(fresh, email="new@example.org")
    town.add_riya()
    sign_up(used, password="another long one", name="Mallory")
    answers = [(browser.cookies.get("mh_session"), flash_of(browser)) for browser in (fresh, used)]
    deliver(town.out)

    assert [session for session, _ in answers] == [None, None]
    assert [flash.form if flash else "" for _, flash in answers] == ["verify", "verify"]
    assert [mail.subject for mail in mails_to(town.out, RIYA)] == ["You already have an account"]
    assert who(town.signed_in()) == RIYA


def test_every_wrong_field_is_named_and_what_was_typed_is_kept_but_never_the_password(town: Town) -> None:
    browser = town.browser()

    assert sign_up(browser, name="", email="riya@savitri", password="short", next="/a") == "/sign-up?next=%2Fa"

    flash = flash_of(browser)
    assert flash is not None
    assert set(flash.errors) == {"name", "email", "password"}
    assert flash.kept == {"name": "", "email": "riya@savitri"}


@pytest.mark.parametrize("email", [RIYA, "nobody@example.org", "no address"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(town: Town, email: str) -> None:
    town.add_riya()
    browser = town.browser()

    answer = browser.post("/auth/sign-in", data={"email": email, "password": "a wrong password", "next": "/sessions"})

    flash = flash_of(browser)
    assert flash is not None
    assert answer.headers["location"] == "/sign-in?next=%2Fsessions"
    assert flash.errors == {"": "That email and password do not match an account."}
    assert flash.kept == {"email": email}
    assert who(browser) == ""


def test_guessing_is_slowed_down_even_with_the_right_password_and_forgiven_by_time(town: Town) -> None:
    town.add_riya()
    browser = town.browser()
    for _ in range(5):
        browser.post("/auth/sign-in", data={"email": RIYA, "password": "a wrong password"})

    browser.post("/auth/sign-in", data={"email": RIYA.upper(), "password": PASSWORD})
    flash = flash_of(browser)
    assert flash is not None
    assert flash.errors == {"": "That was tried too often. Please try again in 1 minute."}
    assert who(browser) == ""

    clock.move(timedelta(seconds=30))
    browser.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})
    assert who(browser) == RIYA


def test_strangers_who_guess_from_everywhere_do_not_lock_out_a_place_the_owner_used(town: Town) -> None:
    town.add_riya()
    town.signed_in(address="203.0.113.7")
    for number in range(12):
        stranger = town.browser(address=f"198.51.100.{number}")
        stranger.post("/auth/sign-in", data={"email": RIYA, "password": "a wrong password"})

    elsewhere = town.browser(address="198.51.100.99")
    elsewhere.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})
    assert who(elsewhere) == ""
    assert who(town.signed_in(address="203.0.113.7")) == RIYA


def test_signing_in_gives_a_fresh_session_and_ends_the_one_before(town: Town) -> None:
    town.add_riya()
    browser = town.signed_in()
    before = browser.cookies["mh_session"]

    browser.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})

    assert browser.cookies["mh_session"] != before
    with database.reading() as db:
        assert queries.viewer(db, token=before, now=utc_now()) is None


def test_signing_out_ends_the_session_everywhere_it_was_copied_to(town: Town) -> None:
    town.add_riya()
    browser = town.signed_in()
    copied = browser.cookies["mh_session"]

    answer = browser.post("/auth/sign-out", content=b"", headers={"content-type": "application/x-www-form-urlencoded"})

    assert answer.headers["location"] == "/"
    assert "mh_session" not in browser.cookies
    with database.reading() as db:
        assert queries.viewer(db, token=copied, now=utc_now()) is None


def test_a_browser_whose_zone_nobody_knows_lives_in_utc_and_a_mentor_to_be_wears_that_hat(town: Town) -> None:
    sign_up(town.browser(), zone="Mars/Crater", **{"as": "mentor"})
    browser = town.browser()

    browser.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})

    with database.reading() as db:
        seen = queries.viewer(db, token=browser.cookies["mh_session"], now=utc_now())
    assert seen is not None
    assert (seen.time_zone, seen.hat, seen.verified) == ("UTC", "mentor", False)


def test_an_empty_form_is_refused_like_a_wrong_one_and_costs_no_try(town: Town) -> None:
    browser = town.browser()
    for _ in range(12):
        browser.post("/auth/sign-in", data={"email": "", "password": ""})

    flash = flash_of(browser)
    assert flash is not None
    assert flash.errors == {"": "That email and password do not match an account."}


def test_signing_out_without_a_session_leads_home_all_the_same(town: Town) -> None:
    assert town.browser().post("/auth/sign-out", data={"go": "1"}).headers["location"] == "/"
