"""The forms of identity on a small town: routes, outside, and browsers that post to them."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.testclient import TestClient

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.accounts import queries, service
from mentorhub.domain.accounts.rules import Flash, read_flash
from mentorhub.domain.common.clock import utc_now

SITE = "http://127.0.0.1:3000"
PASSWORD = "rainy days in pune"
RIYA = "riya@example.org"


@dataclass
class Town:
    """The routes, the outside they use, and how to get a browser."""

    app: Starlette
    out: Outside

    def browser(self, *, address: str = "203.0.113.7", origin: str = SITE) -> TestClient:
        """A fresh browser at a network address, which sends what browsers send."""
        return TestClient(
            self.app,
            base_url=SITE,
            client=(address, 5000),
            follow_redirects=False,
            headers={"origin": origin, "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/130.0"},
        )

    def add_riya(self) -> None:
        """Give Riya an account whose address is confirmed."""
        with database.transaction() as db:
            service.add_account(
                db, name="Riya Patil", email=RIYA, password_hash=self.out.hasher.hash(PASSWORD), now=utc_now()
            )

    def signed_in(self, *, address: str = "203.0.113.7") -> TestClient:
        """A browser Riya is signed in with."""
        browser = self.browser(address=address)
        assert browser.post("/auth/sign-in", data={"email": RIYA, "password": PASSWORD}).status_code == 303
        assert who(browser) == RIYA
        return browser


def who(browser: TestClient) -> str:
    """Whose session the browser holds; empty when none."""
    token = browser.cookies.get("mh_session")
    with database.reading() as db:
        found = queries.viewer(db, token=token, now=utc_now()) if token else None
    return found.email if found else ""


def flash_of(browser: TestClient) -> Flash | None:
    return read_flash(f"mh_flash={browser.cookies.get('mh_flash', '')}")


def token_in(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


def sign_up(browser: TestClient, **changed: str) -> str:
    given = {"name": "Riya Patil", "email": RIYA, "password": PASSWORD, "zone": "Asia/Kolkata", **changed}
    return browser.post("/auth/sign-up", data=given).headers["location"]
