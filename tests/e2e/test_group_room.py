"""A group meets in one room: a mentor and two of the three who have a seat see each other, and one goes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.cli.seed import PASSWORD
from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.models import Offering
from tests.e2e import axe, journey
from tests.e2e.browsers import PHONE, sign_in
from tests.e2e.product import Product, eventually
from tests.people import People, add_group

pytestmark = pytest.mark.e2e
MENTOR, FIRST, SECOND, ABSENT = (f"{name}@demo.example" for name in ("robin", "riya", "kabir", "admin"))
_PLAYS = """video => new Promise((done) => {
  video.requestVideoFrameCallback(() => done(video.videoWidth > 0));
  setTimeout(() => done(false), 15000);
})"""


def _group(product: Product) -> tuple[UUID, list[UUID]]:
    """A group session of Robin that begins in five minutes, with three seats that are paid for."""
    database.connect(f"sqlite:///{product.folder / 'data' / 'mentorhub.db'}")
    try:
        with database.transaction() as db:
            mentor = _id(db, MENTOR)
            offering = db.exec(select(Offering.id).where(Offering.mentor_id == mentor)).first()
            assert offering is not None
            mentees = [_id(db, email) for email in (FIRST, SECOND, ABSENT)]
            people = People(mentor, *mentees[:2], cv_review=offering, intro=offering)
            start = (product.now() + timedelta(minutes=5)).replace(second=0, microsecond=0)
            return add_group(db, people, *mentees, starts_at=start)
    finally:
        database.dispose()


def _id(db: Session, email: str) -> UUID:
    return db.exec(select(User.id).where(User.email == email)).one()


def _sees(page: Page, user: str) -> None:
    video = page.locator(f'[data-testid="group-tile"][data-user="{user}"] video')
    expect(video).to_be_visible()
    assert video.evaluate(_PLAYS) is True


def test_three_browsers_of_a_group_see_each_other_in_one_room(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    group, seats = _group(product)
    ways = {MENTOR: group, FIRST: seats[0], SECOND: seats[1]}
    pages: dict[str, Page] = {}
    for email, room in ways.items():
        look = {"viewport": PHONE, "color_scheme": "dark"} if email == SECOND else {}
        page = person("Asia/Kolkata", **look).new_page()
        sign_in(page, email=email, password=PASSWORD)
        journey.enter_the_room(page, f"/room/{room}")
        pages[email] = page
    robin, riya, kabir = pages.values()

    users = {email: eventually(lambda email=email: _user(product, email), "the person") for email in pages}
    for email, page in pages.items():
        expect(page.get_by_test_id("group-presence")).to_have_text("3 of 4 are here")
        expect(page.locator(".notepad")).to_have_count(0)
        for other in set(users) - {email}:
            _sees(page, users[other])
    assert kabir.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    assert axe.violations(riya) == []

    kabir.get_by_test_id("leave").click()
    for page in (robin, riya):
        expect(page.get_by_test_id("group-presence")).to_have_text("2 of 4 are here")
    _sees(riya, users[MENTOR])
    _sees(robin, users[FIRST])


def _user(product: Product, email: str) -> str:
    database.connect(f"sqlite:///{product.folder / 'data' / 'mentorhub.db'}")
    try:
        with database.reading() as db:
            return str(_id(db, email))
    finally:
        database.dispose()
