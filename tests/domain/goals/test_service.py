"""A goal moves when its owner says that a milestone is reached, and by nothing else."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from mentorhub import database
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.goals import queries, service
from mentorhub.domain.goals.errors import (
    GoalEnded,
    LastMilestone,
    NotYourOwnItem,
    TooManyGoals,
    TooManyMilestones,
)
from mentorhub.domain.notes import queries as notes_queries
from mentorhub.domain.notes import service as notes
from mentorhub.domain.notes.errors import NotYourItem
from tests.domain.notes.typing import Writer
from tests.people import TUESDAY, People, add_booking

NOW = TUESDAY + timedelta(hours=1)
LINE = ("Tell my story", "CV ready", "First offer")


def do(verb: Callable[..., Any], **arguments: Any) -> Any:
    with database.transaction() as db:
        return verb(db, **arguments)


def see(goal_id: UUID, viewer: UUID) -> queries.GoalView:
    with database.reading() as db:
        return queries.goal(db, goal_id=goal_id, viewer_id=viewer)


def titles(goal_id: UUID, viewer: UUID) -> list[str]:
    return [one.title for one in see(goal_id, viewer).milestones]


def write_items(people: People, words: str) -> list[UUID]:
    """Write lines in the notes of a session; returns the items they became."""
    with database.transaction() as db:
        booking = add_booking(db, people)
        notes.apply_update(
            db, booking_id=booking, author_id=people.mentee, update=Writer(client=9).type(words), now=NOW
        )
        return [item.id for item in notes_queries.items_of_booking(db, booking_id=booking)]


@pytest.fixture
def goal(everyone: People) -> UUID:
    made: UUID = do(
        service.create_goal,
        owner_id=everyone.mentee,
        title="Become a product manager",
        why="It suits me.",
        target_on=date(2027, 3, 31),
        milestones=LINE,
        now=NOW,
    )
    return made


@pytest.fixture
def milestones(goal: UUID, everyone: People) -> list[UUID]:
    return [one.milestone_id for one in see(goal, everyone.mentee).milestones]


def test_a_goal_shows_its_line_and_how_far_one_is(goal: UUID, everyone: People) -> None:
    view = see(goal, everyone.mentee)

    assert (view.title, view.why, view.target_on) == (
        "Become a product manager",
        "It suits me.",
        date(2027, 3, 31),
    )
    assert [(one.title, one.station.value) for one in view.milestones] == list(
        zip(LINE, ("now", "ahead", "end"), strict=True)
    )
    assert (view.progress.done, view.progress.total, view.reached_at) == (0, 3, None)
    assert view.next_milestone is not None
    assert view.next_milestone.title == "Tell my story"


def test_only_its_owner_finds_a_goal(goal: UUID, everyone: People) -> None:
    for viewer in (everyone.mentor, everyone.stranger):
        with pytest.raises(NotFound):
            see(goal, viewer)
        with database.reading() as db:
            assert queries.goals_of(db, person_id=viewer) == ()
    with database.reading() as db:
        assert [one.goal_id for one in queries.goals_of(db, person_id=everyone.mentee)] == [goal]


@pytest.mark.parametrize("who", ["mentor", "stranger"])
def test_nobody_else_changes_a_goal(goal: UUID, milestones: list[UUID], everyone: People, who: str) -> None:
    other = getattr(everyone, who)
    before = see(goal, everyone.mentee)
    attempts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (
            service.edit_goal,
            {"goal_id": goal, "owner_id": other, "title": "Mine now", "why": "", "target_on": None, "now": NOW},
        ),
        (service.end_goal, {"goal_id": goal, "owner_id": other, "now": NOW}),
        (service.add_milestone, {"goal_id": goal, "owner_id": other, "title": "Added"}),
        (service.rename_milestone, {"milestone_id": milestones[0], "owner_id": other, "title": "Renamed"}),
        (service.move_milestone, {"milestone_id": milestones[0], "owner_id": other, "to": 2}),
        (service.remove_milestone, {"milestone_id": milestones[0], "owner_id": other, "now": NOW}),
        (
            service.answer_milestone,
            {"milestone_id": milestones[0], "owner_id": other, "reached": True, "now": NOW},
        ),
    ]

    for verb, arguments in attempts:
        with pytest.raises(NotFound):
            do(verb, **arguments)

    assert see(goal, everyone.mentee) == before


def test_what_does_not_exist_is_not_found(everyone: People) -> None:
    mine = everyone.mentee

    with pytest.raises(NotFound):
        do(service.answer_milestone, milestone_id=uuid4(), owner_id=mine, reached=True, now=NOW)
    with pytest.raises(NotFound):
        do(service.add_milestone, goal_id=uuid4(), owner_id=mine, title="Added")
    with pytest.raises(NotFound):
        do(service.attach_item, item_id=uuid4(), owner_id=mine, milestone_id=None)
    with pytest.raises(NotFound):
        do(service.complete_action, item_id=uuid4(), actor_id=mine, is_done=True, now=NOW)


def test_a_person_follows_five_goals_and_ending_one_makes_room(goal: UUID, everyone: People) -> None:
    def add() -> UUID:
        made: UUID = do(service.create_goal, owner_id=everyone.mentee, title="Another goal", now=NOW)
        return made

    for _ in range(4):
        add()
    with pytest.raises(TooManyGoals):
        add()
    do(service.create_goal, owner_id=everyone.stranger, title="Somebody else's", now=NOW)

    do(service.end_goal, goal_id=goal, owner_id=everyone.mentee, now=NOW)
    add()

    with database.reading() as db:
        assert len(queries.goals_of(db, person_id=everyone.mentee)) == 5


def test_two_goals_set_at_once_do_not_pass_the_limit(everyone: People) -> None:
    for _ in range(4):
        do(service.create_goal, owner_id=everyone.mentee, title="A goal", now=NOW)
    refused: list[DomainError] = []

    def press() -> None:
        try:
            do(service.create_goal, owner_id=everyone.mentee, title="One more", now=NOW)
        except DomainError as refusal:
            refused.append(refusal)

    presses = [threading.Thread(target=press) for _ in range(3)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()

    assert [type(refusal) for refusal in refused] == [TooManyGoals, TooManyGoals]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": "ab"}),
        ("title", {"title": "a" * 121}),
        ("why", {"why": "a" * 401}),
        ("target_on", {"target_on": date(2026, 11, 23)}),
        ("milestone", {"milestones": ["Fine", "x"]}),
    ],
)
def test_a_wrong_field_is_named_and_no_goal_is_kept(everyone: People, field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(FieldError) as refusal:
        do(service.create_goal, **{"owner_id": everyone.mentee, "title": "A goal", "now": NOW, **wrong})

    assert refusal.value.field == field
    with database.reading() as db:
        assert queries.goals_of(db, person_id=everyone.mentee) == ()


def test_today_is_the_owners_today(everyone: People) -> None:
    late = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)

    with pytest.raises(FieldError):
        do(
            service.create_goal,
            owner_id=everyone.mentee,
            title="A goal",
            target_on=date(2026, 11, 24),
            now=late,
        )
    do(service.create_goal, owner_id=everyone.mentor, title="A goal", target_on=date(2026, 11, 24), now=late)


def test_a_goal_is_edited_and_an_old_date_may_stay(goal: UUID, everyone: People) -> None:
    later = NOW + timedelta(days=400)
    change = {"goal_id": goal, "owner_id": everyone.mentee, "title": "Lead a product", "why": "", "now": later}

    do(service.edit_goal, **change, target_on=date(2027, 3, 31))
    with pytest.raises(FieldError):
        do(service.edit_goal, **change, target_on=date(2027, 4, 1))

    view = see(goal, everyone.mentee)
    assert (view.title, view.why, view.target_on) == ("Lead a product", "", date(2027, 3, 31))


def test_milestones_are_added_up_to_twelve(goal: UUID, everyone: People) -> None:
    for number in range(9):
        do(service.add_milestone, goal_id=goal, owner_id=everyone.mentee, title=f"Step {number}")

    with pytest.raises(TooManyMilestones):
        do(service.add_milestone, goal_id=goal, owner_id=everyone.mentee, title="One too many")

    assert titles(goal, everyone.mentee) == [*LINE, *(f"Step {number}" for number in range(9))]


def test_milestones_are_renamed_moved_and_removed(goal: UUID, milestones: list[UUID], everyone: People) -> None:
    mine = everyone.mentee
    do(service.rename_milestone, milestone_id=milestones[1], owner_id=mine, title="CV sent")
    do(service.move_milestone, milestone_id=milestones[2], owner_id=mine, to=0)
    assert titles(goal, mine) == ["First offer", "Tell my story", "CV sent"]

    do(service.remove_milestone, milestone_id=milestones[0], owner_id=mine, now=NOW)
    do(service.add_milestone, goal_id=goal, owner_id=mine, title="And on")
    assert titles(goal, mine) == ["First offer", "CV sent", "And on"]

    with pytest.raises(FieldError):
        do(service.rename_milestone, milestone_id=milestones[1], owner_id=mine, title="")


def test_the_last_milestone_stays(everyone: People) -> None:
    goal = do(service.create_goal, owner_id=everyone.mentee, title="A goal", milestones=["Only"], now=NOW)
    (only,) = see(goal, everyone.mentee).milestones

    with pytest.raises(LastMilestone):
        do(service.remove_milestone, milestone_id=only.milestone_id, owner_id=everyone.mentee, now=NOW)


def test_ticking_the_last_item_asks_and_only_the_answer_moves_the_goal(
    goal: UUID, milestones: list[UUID], everyone: People
) -> None:
    mine = everyone.mentee
    first, second = write_items(everyone, "[ ] cut the list\n[ ] rewrite it\n")
    for item in (first, second):
        do(service.attach_item, item_id=item, owner_id=mine, milestone_id=milestones[1])

    assert do(service.complete_action, item_id=first, actor_id=mine, is_done=True, now=NOW) == service.Ticked()
    asked = do(service.complete_action, item_id=second, actor_id=mine, is_done=True, now=NOW)
    assert asked == service.Ticked(milestones[1], "CV ready")
    view = see(goal, mine)
    assert (view.progress.done, view.milestones[1].asks, view.milestones[1].open_items) == (0, True, 0)

    do(service.answer_milestone, milestone_id=milestones[1], owner_id=mine, reached=False, now=NOW)
    assert see(goal, mine).progress.done == 0
    do(service.answer_milestone, milestone_id=milestones[1], owner_id=mine, reached=True, now=NOW)

    moved = see(goal, mine)
    assert (moved.progress.done, moved.milestones[1].station.value) == (1, "done")
    assert (moved.milestones[1].done_at, moved.milestones[1].asks) == (NOW, False)


def test_unticking_an_item_leaves_a_reached_milestone_reached(
    goal: UUID, milestones: list[UUID], everyone: People
) -> None:
    mine = everyone.mentee
    (item,) = write_items(everyone, "[ ] cut the list")
    do(service.attach_item, item_id=item, owner_id=mine, milestone_id=milestones[0])
    do(service.complete_action, item_id=item, actor_id=mine, is_done=True, now=NOW)
    do(service.answer_milestone, milestone_id=milestones[0], owner_id=mine, reached=True, now=NOW)

    do(service.complete_action, item_id=item, actor_id=mine, is_done=False, now=NOW)
    again = do(service.complete_action, item_id=item, actor_id=mine, is_done=True, now=NOW)

    assert again == service.Ticked()
    assert see(goal, mine).progress.done == 1


def test_a_goal_is_reached_with_its_last_milestone_and_open_again_with_a_new_one(
    goal: UUID, milestones: list[UUID], everyone: People
) -> None:
    mine = everyone.mentee
    for milestone in milestones:
        do(service.answer_milestone, milestone_id=milestone, owner_id=mine, reached=True, now=NOW)
    assert see(goal, mine).reached_at == NOW

    do(service.answer_milestone, milestone_id=milestones[0], owner_id=mine, reached=False, now=NOW)
    assert see(goal, mine).reached_at is None
    do(service.remove_milestone, milestone_id=milestones[0], owner_id=mine, now=NOW)
    assert see(goal, mine).reached_at == NOW
    do(service.add_milestone, goal_id=goal, owner_id=mine, title="And on")

    assert see(goal, mine).reached_at is None


def test_only_ones_own_items_serve_ones_own_goals(goal: UUID, milestones: list[UUID], everyone: People) -> None:
    his, hers = write_items(everyone, "[ ] send it @kabir\n[ ] cut it @riya")
    theirs = do(service.create_goal, owner_id=everyone.stranger, title="A goal", milestones=["Step"], now=NOW)
    (their_step,) = [one.milestone_id for one in see(theirs, everyone.stranger).milestones]

    with pytest.raises(NotYourOwnItem):
        do(service.attach_item, item_id=his, owner_id=everyone.mentee, milestone_id=milestones[0])
    with pytest.raises(NotFound):
        do(service.attach_item, item_id=hers, owner_id=everyone.mentee, milestone_id=their_step)
    with pytest.raises(NotYourOwnItem):
        do(service.attach_item, item_id=hers, owner_id=everyone.stranger, milestone_id=their_step)
    with pytest.raises(NotYourItem):
        do(service.complete_action, item_id=his, actor_id=everyone.mentee, is_done=True, now=NOW)
    with pytest.raises(NotFound):
        do(service.complete_action, item_id=hers, actor_id=everyone.stranger, is_done=True, now=NOW)

    with database.reading() as db:
        (session,), tied = queries.items_with_milestones(db, person_id=everyone.mentee)
    assert ([item.text for item in session.items], tied) == (["Cut it"], {})


def test_an_item_moves_between_milestones_and_off_all_of_them(
    goal: UUID, milestones: list[UUID], everyone: People
) -> None:
    mine = everyone.mentee
    (item,) = write_items(everyone, "[ ] cut it")

    def tied() -> dict[UUID, UUID]:
        with database.reading() as db:
            return queries.items_with_milestones(db, person_id=mine)[1]

    do(service.attach_item, item_id=item, owner_id=mine, milestone_id=milestones[0])
    do(service.attach_item, item_id=item, owner_id=mine, milestone_id=milestones[2])
    assert tied() == {item: milestones[2]}
    do(service.remove_milestone, milestone_id=milestones[2], owner_id=mine, now=NOW)
    assert tied() == {}
    do(service.attach_item, item_id=item, owner_id=mine, milestone_id=milestones[0])
    do(service.attach_item, item_id=item, owner_id=mine, milestone_id=None)
    do(service.attach_item, item_id=item, owner_id=mine, milestone_id=None)

    assert tied() == {}


def test_an_ended_goal_is_kept_as_it_is(goal: UUID, milestones: list[UUID], everyone: People) -> None:
    mine = everyone.mentee
    do(service.end_goal, goal_id=goal, owner_id=mine, now=NOW)
    do(service.end_goal, goal_id=goal, owner_id=mine, now=NOW + timedelta(days=1))

    with pytest.raises(GoalEnded):
        do(service.answer_milestone, milestone_id=milestones[0], owner_id=mine, reached=True, now=NOW)

    view = see(goal, mine)
    assert (view.archived_at, view.progress.done) == (NOW, 0)
    with database.reading() as db:
        assert queries.goals_of(db, person_id=mine) == ()


def test_the_owners_pages_are_told(goal: UUID, milestones: list[UUID], everyone: People) -> None:
    told: list[str] = []
    database.publish_after_commit(told.append)
    try:
        do(
            service.answer_milestone,
            milestone_id=milestones[0],
            owner_id=everyone.mentee,
            reached=True,
            now=NOW,
        )
    finally:
        database.publish_after_commit(None)

    assert told == [f"person:{everyone.mentee}"]
