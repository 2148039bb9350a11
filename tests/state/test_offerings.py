"""A mentor's offerings by hand: only their own, prices with all their parts, refusals beside their fields."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from mentorhub import database
from mentorhub.domain.catalog import queries
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.queries import OwnOfferingView
from mentorhub.state.offerings import OfferingsState
from tests import people
from tests.people import SUNDAY, People
from tests.state.backstage import NONSENSE, SIGN_IN, Answer, Backstage, sign_in

PATH = "/mentoring/offerings"
TALK = {"kind": "career_talk", "title": "Career talk", "minutes": "45", "price": "1,800", "send_before": "A question"}
HANDLERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("load", {}),
    ("add", {}),
    ("edit", {"offering_id": str(uuid4())}),
    ("close", {}),
    ("show_split", {"price": "1200"}),
    ("save", {"form": TALK}),
    ("switch", {"offering_id": str(uuid4()), "is_active": False}),
    ("set_currency", {"currency": "EUR"}),
)

APPROVAL = ("needs_approval", "met_book_instantly")


class Editor:
    """One person at the offerings page, remembering what the page was last told."""

    def __init__(self, house: Backstage, person: UUID | None) -> None:
        self._house, self._cookie = house, sign_in(person) if person else ""
        self.shown: dict[str, Any] = {}

    async def do(self, handler: str, **payload: Any) -> Answer:
        name = f"{OfferingsState.get_full_name()}.{handler}"
        answer = await self._house.send(name, payload, cookie=self._cookie, path=PATH)
        for var in ("errors", "saved", "offerings", "split", "is_editing", "title", "price", "currency", *APPROVAL):
            told = answer.value(OfferingsState.get_full_name(), f"{var}_rx_state_")
            self.shown[var] = self.shown.get(var) if told is None else told
        return answer


def offered_by(person: UUID) -> tuple[OwnOfferingView, ...]:
    with database.reading() as db:
        return queries.own_offerings(db, mentor_id=person)


@pytest.mark.parametrize(("handler", "payload"), HANDLERS)
async def test_nobody_touches_offerings_without_signing_in(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    before = offered_by(three.mentor)
    answer = await Editor(house, None).do(handler, **payload)
    assert answer.leads_to.startswith(SIGN_IN)
    assert offered_by(three.mentor) == before


async def test_every_price_is_shown_with_where_it_goes(house: Backstage, three: People) -> None:
    editor = Editor(house, three.mentor)
    await editor.do("load")
    review, intro = editor.shown["offerings"]
    assert review.split == "₹1,200 = you ₹1,052 + fee ₹120 + card cost ₹28"
    assert [(part.label, part.amount) for part in review.parts] == [
        ("You get", "₹1,052"), ("MentorHub fee", "₹120"), ("Card cost", "₹28"),
    ]  # fmt: skip
    assert (intro.parts, intro.split) == ([], "Free: nothing is charged and nothing is taken.")


async def test_a_typed_price_is_split_before_anything_is_kept(house: Backstage, three: People) -> None:
    editor = Editor(house, three.mentor)
    await editor.do("load")
    await editor.do("show_split", price="1,800")
    assert editor.shown["split"] == "₹1,800 = you ₹1,580 + fee ₹180 + card cost ₹40"
    await editor.do("show_split", price="1,50")
    assert editor.shown["errors"]["price"].startswith("Please enter an amount")


async def test_a_session_is_added_and_a_refusal_stands_beside_its_field(house: Backstage, three: People) -> None:
    editor = Editor(house, three.mentor)
    await editor.do("load")
    await editor.do("add")
    await editor.do("save", form={**TALK, "price": "12"})
    assert "at least ₹40" in editor.shown["errors"]["price"]
    await editor.do("save", form={**TALK, "minutes": "47"})
    assert "in steps of 5" in editor.shown["errors"]["minutes"]
    assert len(offered_by(three.mentor)) == 2
    await editor.do("save", form={**TALK, "needs_approval": "on"})
    assert (offered_by(three.mentor)[-1].title, editor.shown["is_editing"]) == ("Career talk", False)
    assert editor.shown["offerings"][-1].terms.endswith(", you answer first")
    asked_first = offered_by(three.mentor)[-1]
    assert (asked_first.needs_approval, asked_first.met_book_instantly) == (True, False)
    await editor.do("edit", offering_id=str(asked_first.offering_id))
    assert (editor.shown["needs_approval"], editor.shown["met_book_instantly"]) == (True, False)
    await editor.do("save", form={**TALK, "met_book_instantly": "on"})
    assert not offered_by(three.mentor)[-1].needs_approval


async def test_a_session_is_changed_and_switched_off_and_on(house: Backstage, three: People) -> None:
    editor = Editor(house, three.mentor)
    await editor.do("load")
    await editor.do("edit", offering_id=str(three.cv_review))
    assert (editor.shown["title"], editor.shown["price"]) == ("CV review", "1200")
    await editor.do("save", form={**TALK, "title": "CV review, twice"})
    assert offered_by(three.mentor)[0].title == "CV review, twice"
    await editor.do("switch", offering_id=str(three.cv_review), is_active=False)
    assert [one.is_active for one in offered_by(three.mentor)] == [True, False]
    await editor.do("switch", offering_id=str(three.cv_review), is_active=True)
    assert all(one.is_active for one in offered_by(three.mentor))


async def test_another_mentor_reads_and_changes_nothing_of_mine(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        catalog.become_mentor(db, user_id=three.stranger, now=SUNDAY)
    before = offered_by(three.mentor)
    editor = Editor(house, three.stranger)
    await editor.do("load")
    answer = await editor.do("edit", offering_id=str(three.cv_review))
    assert "CV review" not in answer.words
    await editor.do("switch", offering_id=str(three.cv_review), is_active=False)
    assert offered_by(three.mentor) == before


async def test_the_currency_is_settled_by_the_first_booking(house: Backstage, three: People) -> None:
    editor = Editor(house, three.mentor)
    await editor.do("load")
    await editor.do("set_currency", currency="EUR")
    assert editor.shown["currency"] == "EUR"
    await editor.do("set_currency", currency="XXX")
    assert editor.shown["errors"]["currency"].endswith(".")
    with database.transaction() as db:
        people.add_booking(db, three)
    await editor.do("set_currency", currency="INR")
    assert (editor.shown["errors"]["currency"][:21], editor.shown["currency"]) == ("Your currency is sett", "EUR")


@pytest.mark.parametrize(
    ("handler", "payload"),
    [("edit", {"offering_id": 3}), ("save", {"form": []}), ("switch", {"offering_id": "x"}), ("set_currency", {})],
)
async def test_nonsense_is_answered_in_a_sentence(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    answer = await Editor(house, three.mentor).do(handler, **payload)
    assert answer.says(NONSENSE)


@pytest.mark.parametrize("minutes", ["", "4" * 5000, "-30", "30.0", "٣٠"])
async def test_a_length_that_is_no_number_is_refused_beside_its_field(
    house: Backstage, three: People, minutes: str
) -> None:
    editor = Editor(house, three.mentor)
    await editor.do("load")
    await editor.do("save", form={**TALK, "minutes": minutes})
    assert editor.shown["errors"]["minutes"].startswith("A session lasts")
