"""What every form of identity refuses, and how its cookies are kept from others."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from mentorhub import database
from mentorhub.api import auth
from mentorhub.domain.accounts import queries
from mentorhub.domain.common.clock import utc_now
from tests.api.town import PASSWORD, RIYA, SITE, Town, who
from tests.mailbox import house


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(town: Town) -> None:
    town.add_riya()
    answer = town.browser().post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})

    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("mh_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_over_https_the_cookie_insists_on_https_and_on_this_host(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.add_riya()
    with house(monkeypatch, tmp_path, PUBLIC_URL="https://mentorhub.example") as (here, out):
        safe = Town(Starlette(routes=auth.routes(here, out)), out).browser(origin="https://mentorhub.example")
        answer = safe.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})

    cookie = next(value for value in answer.headers.get_list("set-cookie") if "mh_session=" in value)
    assert cookie.startswith("__Host-mh_session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("following", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(town: Town, following: str) -> None:
    town.add_riya()

    answer = town.browser().post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD, "next": following})

    assert answer.headers["location"] == "/home"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:3001", "http://127.0.0.1.evil:3000"]
)
def test_a_form_of_another_site_is_refused(town: Town, origin: str) -> None:
    town.add_riya()
    browser = town.browser(origin=origin)

    answer = browser.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD})

    assert answer.status_code == 403
    assert who(browser) == ""


def test_without_an_origin_the_referer_decides_and_without_both_nothing_is_taken(town: Town) -> None:
    town.add_riya()
    browser = town.browser()
    del browser.headers["origin"]
    given = {"email": RIYA, "password": PASSWORD}

    assert browser.post("/auth/sign-in", data=given).status_code == 403
    assert browser.post("/auth/sign-in", data=given, headers={"referer": "https://evil.example/x"}).status_code == 403
    assert browser.post("/auth/sign-in", data=given, headers={"referer": f"{SITE}/sign-in"}).status_code == 303
    assert who(browser) == RIYA


def test_what_is_no_form_of_ours_is_turned_away_in_a_sentence(town: Town) -> None:
    browser = town.browser()
    form = {"content-type": "application/x-www-form-urlencoded"}

    assert browser.post("/auth/sign-in", json={"email": RIYA}).status_code == 415
    assert browser.post("/auth/sign-in", content=b"email=" + b"x" * 17_000, headers=form).status_code == 413
    assert browser.post("/auth/sign-in", content=b"\xff\xfe", headers=form).status_code == 400
    assert browser.post("/auth/sign-in", content=b"a=1&" * 50, headers=form).status_code == 400
    assert browser.get("/auth/sign-in").status_code == 405


def test_the_address_behind_a_trusted_proxy_is_the_one_it_wrote_down(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.add_riya()
    with house(monkeypatch, tmp_path, MENTORHUB_TRUSTED_PROXIES="1") as (here, out):
        browser = Town(Starlette(routes=auth.routes(here, out)), out).browser(address="10.0.0.1")
        lied = {"x-forwarded-for": "1.2.3.4, 198.51.100.5"}
        browser.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD}, headers=lied)

    with database.reading() as db:
        viewer = queries.viewer(db, token=browser.cookies["mh_session"], now=utc_now())
        assert viewer is not None
        listed = queries.sessions_of(db, user_id=viewer.user_id, token_hash=viewer.token_hash, now=utc_now())
    assert [(view.address, view.device) for view in listed] == [("198.51.100.5", "Firefox on Linux")]
