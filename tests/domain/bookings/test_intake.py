"""The intake: what counts as own words, what is too vague, what is kept, and who may read it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from mentorhub import database
from mentorhub.domain.bookings import queries, rules, service
from mentorhub.domain.bookings.errors import HoldOver, IntakeNotWhole
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.service import IntakeForm
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.common.errors import NotFound
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People

GOAL = "A first product job by July"
SITUATION = "Final year of civil engineering. I built the sensor dashboard of a bridge inspection project."
QUESTION = "Which of my projects tells the story of a move into product best?"
WHOLE = IntakeForm(goal=GOAL, situation=SITUATION, questions=(QUESTION,), links=("https://example.org/cv.pdf",))


def test_goal_situation_a_question_and_eighty_characters_of_own_words_make_it_whole() -> None:
    check = rules.check_intake(GOAL, SITUATION, [QUESTION])

    assert (check.is_whole, check.parts, check.hint) == (True, (True, True, True, True), "")


@pytest.mark.parametrize(
    ("goal", "situation", "questions", "missing"),
    [
        (" ", SITUATION, [QUESTION], "Say what you are working towards."),
        (GOAL, "", [QUESTION], "Say where you are now."),
        (GOAL, SITUATION, ["", " "], "Write at least one question."),
        (GOAL, SITUATION, ["Can you be my mentor?"], "Ask something that cannot be answered with one word."),
        (GOAL, "New here.", ["What would you cut first, and why?"], "Write 37 more characters in your own words."),
    ],
)
def test_what_is_missing_is_said_in_words(goal: str, situation: str, questions: list[str], missing: str) -> None:
    assert rules.check_intake(goal, situation, questions).missing == missing


def test_eighty_characters_are_enough_and_seventy_nine_are_not() -> None:
    question = "How do I say so honestly?"
    filler = "".join(chr(97 + at % 26) for at in range(80 - len(question)))

    assert rules.check_intake(GOAL, filler, [question]).is_whole
    assert rules.check_intake(GOAL, filler[:-1], [question]).missing == "Write 1 more character in your own words."
    assert rules.check_intake(GOAL, filler[:-2], [question]).missing == "Write 2 more characters in your own words."


def test_one_character_says_something_where_a_script_needs_no_more() -> None:
    check = rules.check_intake("医", "学", [QUESTION])

    assert (check.has_goal, check.has_situation) == (True, True)


@pytest.mark.parametrize(
    ("texts", "counted"),
    [
        (("  padded   words ",), 12),
        (("aaaaaaaaaaaaaaaaaaaa",), 3),
        (("!!!!! why ?????",), 11),
        (("same line\nSame  line\nsame line", "same line"), 9),
        (("one", "two"), 6),
        (("",), 0),
    ],
)
def test_repeated_characters_and_lines_pasted_again_do_not_count_twice(texts: tuple[str, ...], counted: int) -> None:
    assert rules.own_words(*texts) == counted


@pytest.mark.parametrize(
    "question",
    [
        "Can you be my mentor?",
        "Please mentor me",
        "CAN YOU GUIDE ME???",
        "I'm looking for a mentor in tech",
        "Any advice?",
        "help me get a job",
        "Hello",
        "?",
    ],
)
def test_a_vague_ask_gets_a_hint(question: str) -> None:
    assert rules.check_intake(GOAL, SITUATION, [question]).hint == rules.VAGUE_HINT


@pytest.mark.parametrize(
    "question",
    [
        "Which two stories show product thinking?",
        "Can you help me decide whether the offer in Pune or the one in Galway teaches me more in two years?",
        "Wie erkläre ich die Lücke?",
    ],
)
def test_a_question_that_can_be_answered_gets_none(question: str) -> None:
    assert not rules.is_vague(question)


def test_one_good_question_beside_a_vague_one_is_enough() -> None:
    assert rules.check_intake(GOAL, SITUATION, ["Can you be my mentor?", QUESTION]).is_whole


@pytest.mark.parametrize(
    ("link", "is_good"),
    [
        ("https://example.org/cv.pdf", True),
        ("https://example.org:8443/a?b=c#d", True),
        ("http://example.org/cv.pdf", False),
        ("javascript:alert(1)", False),
        ("https://kabir@evil.example/", False),
        ("https://localhost/", False),
        ("https://example.org/a b", False),
        ('https://example.org/"onload=x', False),
        ("https://example.org/" + "a" * 500, False),
    ],
)
def test_only_safe_https_links_are_good(link: str, is_good: bool) -> None:
    assert rules.is_good_link(link) is is_good


def test_a_draft_is_kept_as_it_stands_and_bad_links_are_left_out(everyone: People) -> None:
    booking = hold(everyone, intake=None)
    links = ("http://example.org", "https://example.org/a", "https://example.org/b")

    with database.transaction() as db:
        half = IntakeForm(goal="  A first   job ", questions=("Why\nme?", " "), links=links)
        check = service.write_intake(db, booking_id=booking.id, mentee_id=everyone.mentee, intake=half, now=SUNDAY)
        assert check.missing == "Say where you are now."

    with database.reading() as db:
        kept = queries.intake_of(db, booking_id=booking.id)
        assert (kept.goal, kept.situation, kept.questions) == ("A first job", "", ("Why me?",))
        assert kept.links == links[1:]


def test_a_draft_can_be_written_again_until_the_hold_is_over_and_by_its_mentee_only(everyone: People) -> None:
    booking = hold(everyone, intake=None)
    _write(booking.id, everyone, IntakeForm(goal="First"))
    _write(booking.id, everyone, WHOLE)

    with pytest.raises(NotFound), database.transaction() as db:
        service.write_intake(db, booking_id=booking.id, mentee_id=everyone.stranger, intake=WHOLE, now=SUNDAY)
    with pytest.raises(HoldOver), database.transaction() as db:
        late = SUNDAY + timedelta(minutes=10)
        service.write_intake(db, booking_id=booking.id, mentee_id=everyone.mentee, intake=IntakeForm(), now=late)

    with database.reading() as db:
        assert queries.intake_of(db, booking_id=booking.id).goal == GOAL


@pytest.mark.parametrize(
    ("verb", "price_minor", "needs_approval"),
    [
        (service.plan_checkout, 120000, False),
        (service.plan_checkout, 120000, True),
        (service.confirm_free, 0, False),
        (service.request_free, 0, True),
    ],
)
def test_nobody_pays_confirms_or_asks_with_an_intake_that_is_not_whole(
    everyone: People, verb: Callable[..., object], price_minor: int, needs_approval: bool
) -> None:
    with database.transaction() as db:
        offering = db.get_one(Offering, everyone.cv_review)
        offering.price_minor, offering.needs_approval = price_minor, needs_approval
    booking = hold(everyone, intake=None)

    with pytest.raises(IntakeNotWhole) as refusal, database.transaction() as db:
        verb(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)
    assert str(refusal.value) == "Say what you are working towards."
    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.HELD

    _write(booking.id, everyone, WHOLE)
    with database.transaction() as db:
        verb(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)


def test_three_questions_and_three_links_are_kept_and_no_more(everyone: People) -> None:
    booking = hold(everyone, intake=None)
    questions = tuple(f"What would you cut from page {number}, and why?" for number in range(1, 5))
    links = tuple(f"https://example.org/{number}" for number in range(1, 5))

    _write(booking.id, everyone, IntakeForm(questions=questions, links=links))

    with database.reading() as db:
        kept = queries.intake_of(db, booking_id=booking.id)
    assert (kept.questions, kept.links) == (questions[:3], links[:3])


def test_what_was_written_for_a_lapsed_hold_is_the_draft_of_the_next_one_with_that_mentor(everyone: People) -> None:
    first = hold(everyone, intake=None)
    _write(first.id, everyone, WHOLE)

    again = hold(everyone, intake=None, at=TUESDAY_NINE + timedelta(hours=1), now=SUNDAY + timedelta(minutes=20))

    with database.reading() as db:
        assert queries.draft_of(db, booking_id=again.id, viewer_id=everyone.mentee).questions == (QUESTION,)
        assert queries.draft_of(db, booking_id=again.id, viewer_id=everyone.mentor).is_empty
        assert queries.draft_of(db, booking_id=first.id, viewer_id=everyone.mentor).is_empty


def test_the_two_people_read_the_intake_and_nobody_else(everyone: People) -> None:
    booking = hold(everyone, intake=None)
    _write(booking.id, everyone, WHOLE)
    _agree(booking.id)

    for person in (everyone.mentor, everyone.mentee):
        with database.reading() as db:
            page = queries.booking_page(db, booking_id=booking.id, viewer_id=person, now=SUNDAY)
            assert (page.intake.goal, page.intake.ask) == (GOAL, QUESTION)
    with pytest.raises(NotFound), database.reading() as db:
        queries.booking_page(db, booking_id=booking.id, viewer_id=everyone.stranger, now=SUNDAY)


def test_a_mentor_reads_nothing_that_was_not_sent(everyone: People) -> None:
    booking = hold(everyone)
    _write(booking.id, everyone, WHOLE)

    def seen_by(viewer: UUID, now: datetime = SUNDAY) -> bool:
        with database.reading() as db:
            view = queries.booking_page(db, booking_id=booking.id, viewer_id=viewer, now=now)
        return not view.intake.is_empty

    assert seen_by(everyone.mentee)
    assert not seen_by(everyone.mentor)
    with database.transaction() as db:
        service.expire_lapsed(db, [everyone.mentor], now=SUNDAY + timedelta(hours=1))
    assert not seen_by(everyone.mentor, SUNDAY + timedelta(hours=1))
    _agree(booking.id)
    assert seen_by(everyone.mentor)


def _agree(booking_id: UUID) -> None:
    with database.transaction() as db:
        booking = db.get_one(Booking, booking_id)
        booking.status, booking.hold_expires_at = Status.CONFIRMED, None


def _write(booking_id: object, everyone: People, intake: IntakeForm) -> None:
    with database.transaction() as db:
        service.write_intake(db, booking_id=booking_id, mentee_id=everyone.mentee, intake=intake, now=SUNDAY)  # type: ignore[arg-type]
