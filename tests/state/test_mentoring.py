"""A mentor's own profile by hand: only their own, each refusal beside its field, and the switch."""

from typing import Any
from uuid import UUID

import pytest

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.catalog import queries
from mentorhub.domain.catalog.models import ExpertiseTag, MentorProfile
from mentorhub.domain.catalog.queries import OwnProfileView
from mentorhub.state.mentoring import MentoringState
from tests.people import People
from tests.state.backstage import NONSENSE, SIGN_IN, Answer, Backstage, sign_in

PATH = "/mentoring/profile"
HANDLERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("load", {}),
    ("begin", {}),
    ("save", {"form": {"role": "Taken over"}}),
    ("add_language", {"code": "hi"}),
    ("drop_language", {"code": "en"}),
    ("add_area", {"form": {"area": "PM", "years": "3"}}),
    ("take_suggestion", {"name": "PM"}),
    ("drop_area", {"name": "PM"}),
    ("set_open", {"is_open": True}),
)


class Editor:
    """One person at the profile page, remembering what the page was last told."""

    def __init__(self, house: Backstage, person: UUID | None) -> None:
        self._house, self._cookie = house, sign_in(person) if person else ""
        self.shown: dict[str, Any] = {}

    async def do(self, handler: str, **payload: Any) -> Answer:
        name = f"{MentoringState.get_full_name()}.{handler}"
        answer = await self._house.send(name, payload, cookie=self._cookie, path=PATH)
        for var in ("errors", "saved", "areas", "suggestions", "is_open", "refusal", "has_profile", "steps_words"):
            told = answer.value(MentoringState.get_full_name(), f"{var}_rx_state_")
            self.shown[var] = self.shown.get(var) if told is None else told
        return answer


@pytest.fixture
def words(three: People) -> People:
    with database.transaction() as db:
        db.add(ExpertiseTag(slug="product-management", name="Product management", synonyms="pm|product manager"))
        db.add(ExpertiseTag(slug="nursing", name="Nursing", synonyms="nurse"))
    return three


def profile_of(person: UUID) -> OwnProfileView | None:
    with database.reading() as db:
        return queries.own_profile(db, mentor_id=person)


@pytest.mark.parametrize(("handler", "payload"), HANDLERS)
async def test_nobody_touches_a_profile_without_signing_in(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    before = profile_of(three.mentor)
    answer = await Editor(house, None).do(handler, **payload)
    assert answer.leads_to.startswith(SIGN_IN)
    assert profile_of(three.mentor) == before


async def test_a_profile_is_kept_and_a_refusal_stands_beside_its_field(house: Backstage, three: People) -> None:
    editor = Editor(house, three.mentor)
    await editor.do("load")
    form = {"role": "Group product manager", "employer": "Lumen Health", "policy": "strict", "highlights": "One\nTwo"}
    form |= {"answer_hours": "24", "max_requests_per_week": "5"}
    await editor.do("add_language", code="hi")
    await editor.do("save", form=form)
    kept = profile_of(three.mentor)
    assert kept is not None
    assert (kept.role, kept.policy, kept.languages, editor.shown["saved"]) == (
        form["role"],
        "strict",
        ("hi",),
        "Saved.",
    )
    assert (kept.answer_hours, kept.max_requests_per_week, kept.max_intros_per_week) == ("24", "5", "")
    await editor.do("save", form={**form, "max_intros_per_week": "0"})
    assert editor.shown["errors"]["max_intros_per_week"].startswith("Please give a number from 1 to 50")
    await editor.do("save", form={**form, "answer_hours": "12"})
    assert editor.shown["errors"]["answer_hours"] == "Please choose 24, 48 or 72 hours."
    await editor.do("save", form={**form, "role": " ", "employer": "Elsewhere"})
    assert editor.shown["errors"]["role"] == "Please say what you do."
    assert profile_of(three.mentor) == kept


async def test_an_unknown_area_is_answered_with_the_nearest_and_taken_with_one_press(
    house: Backstage, words: People
) -> None:
    editor = Editor(house, words.mentor)
    await editor.do("load")
    await editor.do("add_area", form={"area": "produkt managment", "years": "10"})
    assert editor.shown["suggestions"][0] == "Product management"
    assert "Did you mean" in editor.shown["errors"]["expertise"]
    await editor.do("take_suggestion", name="Product management")
    assert [(area.name, area.years) for area in editor.shown["areas"]] == [("Product management", 10)]
    await editor.do("add_area", form={"area": "nurse", "years": "1.5"})
    assert "between 0 and 50" in editor.shown["errors"]["expertise"]
    await editor.do("drop_area", name="Product management")
    assert "one to 10 areas" in editor.shown["errors"]["expertise"]


async def test_the_switch_stays_off_until_all_is_there_and_then_acts_at_once(house: Backstage, words: People) -> None:
    with database.transaction() as db:
        db.get_one(MentorProfile, words.mentor).is_open = False
    editor = Editor(house, words.mentor)
    await editor.do("load")
    await editor.do("set_open", is_open=True)
    assert editor.shown["refusal"] == "Before you open for mentorship, name an area you can help with."
    assert profile_of(words.mentor).is_open is False  # type: ignore[union-attr]
    await editor.do("add_area", form={"area": "PM", "years": "10"})
    await editor.do("set_open", is_open=True)
    assert (editor.shown["refusal"], editor.shown["is_open"]) == ("", True)
    await editor.do("set_open", is_open=False)
    assert profile_of(words.mentor).is_open is False  # type: ignore[union-attr]


async def test_a_mentee_gets_a_profile_only_by_asking_for_it(house: Backstage, three: People) -> None:
    editor = Editor(house, three.mentee)
    await editor.do("load")
    assert profile_of(three.mentee) is None
    answer = await editor.do("begin")
    assert profile_of(three.mentee) is not None
    assert "window.location.assign" in answer.words


async def test_whoever_signed_up_to_mentor_begins_with_the_checklist(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        accounts.switch_hat(db, user_id=three.stranger, hat=Hat.MENTOR)
    editor = Editor(house, three.stranger)
    await editor.do("load")
    assert (editor.shown["has_profile"], editor.shown["steps_words"]) == (True, "0 of 5 done")


async def test_a_stranger_without_a_profile_changes_nothing(house: Backstage, three: People) -> None:
    before = profile_of(three.mentor)
    editor = Editor(house, three.stranger)
    for handler, payload in HANDLERS[2:]:
        await editor.do(handler, **payload)
    assert (profile_of(three.mentor), profile_of(three.stranger)) == (before, None)


@pytest.mark.parametrize(
    ("handler", "payload"),
    [("set_open", {"is_open": "yes"}), ("save", {}), ("drop_area", {"name": 1}), ("add_area", {"form": 3})],
)
async def test_nonsense_is_answered_in_a_sentence(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    editor = Editor(house, three.mentor)
    answer = await editor.do(handler, **payload)
    assert answer.says(NONSENSE)
