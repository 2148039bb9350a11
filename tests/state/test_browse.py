"""Browse by hand: the address is the search, for anyone, and nonsense changes nothing."""

from typing import Any

import pytest

from mentorhub import database
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.rules import ProfileForm
from mentorhub.state.browse import BrowseState
from tests.people import People
from tests.state.backstage import NONSENSE, Answer, Backstage

PATH = "/mentors"
_VARS = ("cards", "title", "count_words", "chips", "note", "is_empty", "rescue_label", "drops", "loaded", "price_to")


class Visitor:
    """A visitor at the browse page, remembering what the page was last told."""

    def __init__(self, house: Backstage) -> None:
        self._house = house
        self.shown: dict[str, Any] = {}

    async def do(self, handler: str, query: dict[str, str] | None = None, **payload: Any) -> Answer:
        name = f"{BrowseState.get_full_name()}.{handler}"
        answer = await self._house.send(name, payload, path=PATH, query=query)
        for var in _VARS:
            told = answer.value(BrowseState.get_full_name(), f"{var}_rx_state_")
            self.shown[var] = self.shown.get(var) if told is None else told
        return answer

    @property
    def names(self) -> list[str]:
        return [card.name for card in self.shown["cards"]]


def address_told(answer: Answer) -> str:
    scripts = [str(event.payload["javascript_code"]) for event in answer.events if event.name == "_call_script"]
    return scripts[-1].split('"')[1] if scripts else ""


@pytest.fixture
def open_mentor(three: People) -> People:
    with database.transaction() as db:
        form = ProfileForm(role="Group product manager", employer="Lumen Health", languages=("en", "hi"))
        catalog.edit_profile(db, actor_id=three.mentor, form=form)
    return three


async def test_anyone_finds_who_is_open(house: Backstage, open_mentor: People) -> None:
    visitor = Visitor(house)
    await visitor.do("load")
    assert visitor.names == ["Kabir Deshmukh"]
    assert (visitor.shown["count_words"], visitor.shown["title"], visitor.shown["loaded"]) == (
        "1 mentor",
        "Find a mentor",
        True,
    )


async def test_an_address_opened_elsewhere_gives_the_same_list(house: Backstage, open_mentor: People) -> None:
    visitor = Visitor(house)
    await visitor.do("load", query={"q": "product manager", "lang": "hi", "to": "1500", "cur": "INR"})
    assert visitor.names == ["Kabir Deshmukh"]
    assert [chip.label for chip in visitor.shown["chips"]] == ["Up to ₹1,500", "Speaks Hindi"]
    assert visitor.shown["title"] == "Mentors for “product manager”"


async def test_a_box_changes_the_address_and_the_list(house: Backstage, open_mentor: People) -> None:
    visitor = Visitor(house)
    await visitor.do("load")
    answer = await visitor.do("toggle", key="lang:hi")
    assert address_told(answer) == "/mentors?lang=hi"
    answer = await visitor.do("find", form={"q": "lumen & co?"})
    assert address_told(answer) == "/mentors?q=lumen+%26+co%3F&lang=hi"
    answer = await visitor.do("clear")
    assert address_told(answer) == "/mentors?q=lumen+%26+co%3F"


async def test_nobody_found_offers_the_filter_to_drop(house: Backstage, open_mentor: People) -> None:
    visitor = Visitor(house)
    await visitor.do("load", query={"lang": "kok"})
    assert (visitor.shown["is_empty"], visitor.shown["rescue_label"]) == (True, "Drop “Speaks Konkani”, show 1")
    answer = await visitor.do("drop_best")
    assert (visitor.shown["is_empty"], visitor.names, address_told(answer)) == (False, ["Kabir Deshmukh"], "/mentors")


async def test_prices_are_in_the_currency_the_visitor_lives_with_and_swap(
    house: Backstage, open_mentor: People
) -> None:
    visitor = Visitor(house)
    await visitor.do("load", query={"to": "900", "cur": "INR"})
    assert visitor.shown["is_empty"] is True
    answer = await visitor.do("set_least", amount="2000")
    assert "swapped" in visitor.shown["note"]
    assert address_told(answer) == "/mentors?from=900&to=2000&cur=INR"


async def test_a_mentor_who_closes_is_gone_on_the_next_look(house: Backstage, open_mentor: People) -> None:
    visitor = Visitor(house)
    await visitor.do("load")
    with database.transaction() as db:
        catalog.set_open(db, mentor_id=open_mentor.mentor, is_open=False)
    await visitor.do("refresh")
    assert visitor.names == []


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        ("toggle", {"key": 7}),
        ("find", {"form": "x"}),
        ("sort_by", {"sort": None}),
        ("set_most", {}),
        ("drop", {"key": []}),
    ],
)
async def test_nonsense_changes_nothing(
    house: Backstage, open_mentor: People, handler: str, payload: dict[str, Any]
) -> None:
    visitor = Visitor(house)
    await visitor.do("load", query={"lang": "hi"})
    answer = await visitor.do(handler, **payload)
    assert answer.says(NONSENSE)
    assert visitor.names == ["Kabir Deshmukh"]


@pytest.mark.parametrize("key", ["lang:tlh", "kind:therapy", "nonsense", "", "area:", "region:Atlantis", "__class__"])
async def test_a_box_that_is_none_changes_nothing(house: Backstage, open_mentor: People, key: str) -> None:
    visitor = Visitor(house)
    await visitor.do("load")
    answer = await visitor.do("toggle", key=key)
    assert (address_told(answer), visitor.names, answer.failures) == ("/mentors", ["Kabir Deshmukh"], [])
