"""Passwords, addresses and sessions over real HTTP, changed only by their owner."""

import pytest

from mentorhub import database
from mentorhub.domain.accounts import queries
from mentorhub.domain.common.clock import utc_now
from tests.api.town import PASSWORD, RIYA, Town, flash_of, sign_up, token_in, who
from tests.mailbox import deliver, link_in, mails_to


def test_a_forgotten_password_is_set_anew_by_mail_and_every_browser_is_signed_out(town: Town) -> None:
    town.add_riya()
    old, browser = town.signed_in(), town.browser()
    known, unknown = town.browser(), town.browser()
    known.post("/auth/forgot", data={"email": RIYA})
    unknown.post("/auth/forgot", data={"email": "nobody@example.org"})
    said = [flash.notice if (flash := flash_of(one)) else None for one in (known, unknown)]
    deliver(town.out)
    token = token_in(link_in(mails_to(town.out, RIYA)[0]))

    weak = browser.post("/auth/reset", data={"token": token, "password": "riyapatil1"})
    assert weak.headers["location"] == f"/reset?token={token}"
    good = browser.post("/auth/reset", data={"token": token, "password": "snow on the ghats"})
    again = browser.post("/auth/reset", data={"token": token, "password": "somebody else's"})

    assert said[0] == said[1] == "If that address has an account, a link for a new password is on its way."
    assert good.headers["location"] == "/sign-in"
    assert again.headers["location"] == f"/reset?token={token}"
    assert who(old) == ""
    browser.post("/auth/sign-in", data={"email": RIYA, "password": "snow on the ghats"})
    assert who(browser) == RIYA
    deliver(town.out)
    assert "Your password was changed" in {mail.subject for mail in mails_to(town.out, RIYA)}


def test_the_password_is_changed_only_by_who_knows_it_and_other_browsers_are_signed_out(town: Town) -> None:
    town.add_riya()
    here, there = town.signed_in(), town.signed_in()

    here.post("/auth/password", data={"present": "a wrong password", "password": "snow on the ghats"})
    refused = flash_of(here)
    assert refused is not None
    assert refused.errors == {"present": "That is not your present password."}
    assert who(there) == RIYA

    here.post("/auth/password", data={"present": PASSWORD, "password": "snow on the ghats"})
    assert who(here) == RIYA
    assert who(there) == ""


def test_the_address_changes_when_the_new_one_confirms(town: Town) -> None:
    town.add_riya()
    browser = town.signed_in()

    browser.post("/auth/email", data={"email": "new@example.org", "present": PASSWORD})
    deliver(town.out)
    assert who(browser) == RIYA
    token = token_in(link_in(mails_to(town.out, "new@example.org")[0]))
    assert browser.post("/auth/confirm-email", data={"token": token}).headers["location"] == "/account"
    deliver(town.out)

    assert who(browser) == "new@example.org"
    assert [mail.subject for mail in mails_to(town.out, RIYA)] == ["Your address was changed"]


def test_the_form_for_a_new_address_is_no_way_to_flood_strangers_with_mail(town: Town) -> None:
    town.add_riya()
    browser = town.signed_in()

    for number in range(7):
        browser.post("/auth/email", data={"email": f"stranger{number}@example.org", "present": PASSWORD})
    deliver(town.out)

    refused = flash_of(browser)
    assert refused is not None
    assert refused.errors[""].startswith("That was tried too often.")
    assert sum(len(mails_to(town.out, f"stranger{number}@example.org")) for number in range(7)) <= 5


def test_a_session_is_ended_from_another_browser(town: Town) -> None:
    town.add_riya()
    here, there, third = town.signed_in(), town.signed_in(), town.signed_in()
    with database.reading() as db:
        viewer = queries.viewer(db, token=there.cookies["mh_session"], now=utc_now())
    assert viewer is not None

    here.post("/auth/sessions/revoke", data={"reference": queries.reference_of(viewer.token_hash)})
    assert [who(browser) for browser in (here, there, third)] == [RIYA, "", RIYA]
    here.post("/auth/sessions/revoke", data={"reference": "others"})
    assert [who(browser) for browser in (here, there, third)] == [RIYA, "", ""]


@pytest.mark.parametrize("path", ["/auth/password", "/auth/email", "/auth/sessions/revoke", "/auth/verify/again"])
def test_forms_of_the_account_ask_a_stranger_to_sign_in(town: Town, path: str) -> None:
    answer = town.browser().post(
        path, data={"email": "evil@example.org", "password": "snow on the ghats", "present": PASSWORD}
    )

    assert answer.headers["location"] == "/sign-in?next=%2Faccount"


def test_the_verifying_mail_is_sent_again_to_who_asks_for_it_a_few_times(town: Town) -> None:
    browser = town.browser()
    sign_up(browser)
    browser.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})

    for _ in range(4):
        browser.post("/auth/verify/again", data={"go": "1"})
    flash = flash_of(browser)
    deliver(town.out)

    assert flash is not None
    assert "too often" in flash.errors[""]
    assert len(mails_to(town.out, RIYA)) == 4
