"""The pages of goals and reviews, by hand: their owner acts, nobody else changes or sees anything."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.bookings.models import Presence, Status
from mentorhub.domain.goals import queries, service
from mentorhub.domain.notes import queries as notes_queries
from mentorhub.domain.notes import service as notes
from mentorhub.state.goal import GoalState
from mentorhub.state.goals import GoalsState
from mentorhub.state.review import ReviewState
from mentorhub.state.viewer import ViewerState
from tests.domain.notes.typing import Writer
from tests.people import People, add_booking
from tests.state.backstage import Answer, Backstage, sign_in

NOW = datetime.now(UTC)
LINE = ["Tell my story", "CV ready"]
WORDS = "She asked the right questions, and I left with a plan."


class Desk:
    """One person at one page of a goal or a session."""

    def __init__(self, house: Backstage, person: UUID, **query: UUID) -> None:
        State.setup_dynamic_args(dict.fromkeys(("goal_id", "booking_id"), RouteArgType.SINGLE))
        self._house, self._cookie = house, sign_in(person)
        self._is_in = False
        self._query = {name: str(value) for name, value in query.items()}

    async def do(self, handler: Any, **payload: Any) -> Answer:
        if not self._is_in:
            self._is_in = True
            await self.do(ViewerState.enter)
        name = f"{handler.state_full_name}.{handler.fn.__name__}"
        return await self._house.send(name, payload, cookie=self._cookie, path="/goals/1", query=self._query)


@pytest.fixture
def goal(three: People) -> UUID:
    with database.transaction() as db:
        return service.create_goal(
            db, owner_id=three.mentee, title="Become a product manager", milestones=LINE, now=NOW
        )


@pytest.fixture
def item(three: People) -> UUID:
    """An action item of Riya's."""
    with database.transaction() as db:
        booking = add_booking(db, three, starts_at=NOW)
        words = Writer(client=9).type("[ ] cut the list @riya")
        notes.apply_update(db, booking_id=booking, author_id=three.mentee, update=words, now=NOW)
        return notes_queries.items_of_booking(db, booking_id=booking)[0].id


def see(goal_id: UUID, viewer: UUID) -> queries.GoalView:
    with database.reading() as db:
        return queries.goal(db, goal_id=goal_id, viewer_id=viewer)


async def test_a_goal_is_set_and_led_to(house: Backstage, three: People) -> None:
    riya = Desk(house, three.mentee)

    answer = await riya.do(GoalsState.save, form={"title": "Lead a team", "milestone": "Lead a project"})

    with database.reading() as db:
        (made,) = queries.goals_of(db, person_id=three.mentee)
    assert answer.leads_to == f"/goals/{made.goal_id}"
    assert [one.title for one in made.milestones] == ["Lead a project"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "title"),
        ({"title": "ab"}, "title"),
        ({"title": "A goal", "target_on": "yesterday"}, "target_on"),
        ({"title": "A goal", "target_on": "2001-01-01"}, "target_on"),
        ({"title": "A goal", "why": "a" * 500}, "why"),
        ({"title": {"a": 1}, "milestone": ["x"], "target_on": 5}, "target_on"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    house: Backstage, three: People, form: dict[str, Any], field: str
) -> None:
    answer = await Desk(house, three.mentee).do(GoalsState.save, form=form)

    errors = answer.value("goals_state", "errors")
    assert errors[field]
    assert answer.leads_to == ""
    with database.reading() as db:
        assert queries.goals_of(db, person_id=three.mentee) == ()


async def test_ticking_the_last_item_asks_and_the_answer_moves_the_line(
    house: Backstage, three: People, goal: UUID, item: UUID
) -> None:
    riya = Desk(house, three.mentee, goal_id=goal)
    milestone = str(see(goal, three.mentee).milestones[0].milestone_id)
    await riya.do(GoalState.load)
    await riya.do(GoalState.attach, item_id=str(item), milestone_id=milestone)

    asked = await riya.do(GoalState.tick, item_id=str(item), is_done=True)
    assert asked.value("goal_state", "asked_title") == "Tell my story"
    assert see(goal, three.mentee).progress.done == 0
    await riya.do(GoalState.answer, reached=True)

    assert see(goal, three.mentee).progress.done == 1


async def test_not_yet_moves_nothing(house: Backstage, three: People, goal: UUID, item: UUID) -> None:
    riya = Desk(house, three.mentee, goal_id=goal)
    milestone = str(see(goal, three.mentee).milestones[0].milestone_id)
    await riya.do(GoalState.load)
    await riya.do(GoalState.attach, item_id=str(item), milestone_id=milestone)
    await riya.do(GoalState.tick, item_id=str(item), is_done=True)

    answer = await riya.do(GoalState.answer, reached=False)

    assert answer.value("goal_state", "asked_id") == ""
    assert see(goal, three.mentee).progress.done == 0


async def test_a_line_is_edited(house: Backstage, three: People, goal: UUID) -> None:
    riya = Desk(house, three.mentee, goal_id=goal)
    await riya.do(GoalState.load)
    await riya.do(GoalState.add, form={"milestone": "First offer"})
    last = str(see(goal, three.mentee).milestones[2].milestone_id)

    await riya.do(GoalState.move, milestone_id=last, by=-1)
    await riya.do(GoalState.start_renaming, milestone_id=last)
    wrong = await riya.do(GoalState.rename, form={"renamed": "x"})
    assert wrong.value("goal_state", "errors")["milestone"]
    await riya.do(GoalState.rename, form={"renamed": "First job"})
    await riya.do(GoalState.edit, form={"title": "Become one", "why": "", "target_on": ""})

    view = see(goal, three.mentee)
    assert [one.title for one in view.milestones] == ["Tell my story", "First job", "CV ready"]
    assert view.title == "Become one"


async def test_somebody_elses_goal_is_not_there(
    house: Backstage, three: People, goal: UUID, item: UUID, facts: Callable[[], str]
) -> None:
    sam = Desk(house, three.stranger, goal_id=goal)
    milestone = str(see(goal, three.mentee).milestones[0].milestone_id)
    loaded = await sam.do(GoalState.load)
    before = facts()

    answers = [
        await sam.do(GoalState.tick, item_id=str(item), is_done=True),
        await sam.do(GoalState.attach, item_id=str(item), milestone_id=milestone),
        await sam.do(GoalState.reach, milestone_id=milestone, reached=True),
        await sam.do(GoalState.move, milestone_id=milestone, by=1),
        await sam.do(GoalState.remove, milestone_id=milestone),
        await sam.do(GoalState.add, form={"milestone": "Mine now"}),
        await sam.do(GoalState.edit, form={"title": "Mine now"}),
        await sam.do(GoalState.end),
    ]

    assert loaded.value("goal_state", "missing") is True
    assert facts() == before
    assert all("product manager" not in answer.words and "cut the list" not in answer.words for answer in answers)
    assert not any(answer.failures for answer in answers)


@pytest.mark.parametrize("wrong", ["", "x", "00000000-0000-0000-0000-000000000000", "a" * 500])
async def test_ids_that_lead_nowhere_change_nothing(
    house: Backstage, three: People, goal: UUID, wrong: str, facts: Callable[[], str]
) -> None:
    riya = Desk(house, three.mentee, goal_id=goal)
    await riya.do(GoalState.load)
    before = facts()

    answers = [
        await riya.do(GoalState.tick, item_id=wrong, is_done=True),
        await riya.do(GoalState.reach, milestone_id=wrong, reached=True),
        await riya.do(GoalState.attach, item_id=wrong, milestone_id=wrong),
        await riya.do(GoalState.move, milestone_id=wrong, by=1),
        await riya.do(GoalState.remove, milestone_id=wrong),
    ]

    assert facts() == before
    assert all(answer.says("We could not find that.") for answer in answers)


async def test_an_address_that_names_no_goal_says_so(house: Backstage, three: People) -> None:
    answer = await Desk(house, three.mentee, goal_id=uuid4()).do(GoalState.load)

    assert answer.value("goal_state", "missing") is True


def meeting(people: People) -> UUID:
    with database.transaction() as db:
        starts_at = NOW - timedelta(hours=1)
        booking = add_booking(db, people, status=Status.MET, starts_at=starts_at)
        for person in (people.mentor, people.mentee):
            left_at = starts_at + timedelta(minutes=30)
            db.add(Presence(booking_id=booking, user_id=person, joined_at=starts_at, left_at=left_at))
        return booking


async def test_the_mentee_is_asked_for_a_review_and_then_reads_it(house: Backstage, three: People) -> None:
    riya = Desk(house, three.mentee, booking_id=meeting(three))
    asked = await riya.do(ReviewState.load)
    assert asked.value("review_state", "asked") is True

    wrong = await riya.do(ReviewState.publish, form={"stars": "9", "text": WORDS})
    assert wrong.value("review_state", "stars_error")
    short = await riya.do(ReviewState.publish, form={"stars": "5", "text": "Good."})
    assert short.value("review_state", "text_error")
    done = await riya.do(ReviewState.publish, form={"stars": "5", "text": WORDS})

    assert done.value("review_state", "has_mine") is True
    assert done.value("review_state", "text") == WORDS


@pytest.mark.parametrize("who", ["mentor", "stranger"])
async def test_nobody_else_is_asked_or_heard(
    house: Backstage, three: People, who: str, facts: Callable[[], str]
) -> None:
    someone = Desk(house, getattr(three, who), booking_id=meeting(three))
    loaded = await someone.do(ReviewState.load)
    before = facts()

    await someone.do(ReviewState.publish, form={"stars": "5", "text": WORDS})

    assert loaded.value("review_state", "asked") in (None, False)
    assert facts() == before
