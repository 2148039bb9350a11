"""The inbox, the request on its booking's page, and the facts, by hand: whose they are, and what each answer says."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import Booking, BookingRequest, DeclineReason, Intake, Status
from mentorhub.domain.catalog.models import ExpertiseTag, MentorExpertise, OfferingKind
from mentorhub.domain.notes.models import ActionItem
from mentorhub.state.own_facts import OwnFactsState
from mentorhub.state.request import RequestState
from mentorhub.state.requests import RequestsState
from mentorhub.state.sessions import SessionsState
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_booking, add_mentor, add_offering
from tests.state.backstage import SIGN_IN, Answer, Backstage, sign_in

NOW = datetime.now(UTC)
INBOX = "/mentoring/requests"


def ask(
    people: People, *, answer_in: timedelta = timedelta(hours=20), starts_in: timedelta = timedelta(days=3)
) -> UUID:
    """An open request of the mentee for a free session, with a whole intake."""
    starts_at = (NOW + starts_in).replace(minute=0, second=0, microsecond=0)
    with database.transaction() as db:
        booking_id = add_booking(db, people, starts_at=starts_at, status=Status.REQUESTED)
        booking = db.get_one(Booking, booking_id)
        booking.price_minor = booking.fee_minor = booking.card_minor = 0
        booking.by_request = True
        db.add(
            Intake(
                booking_id=booking_id,
                goal="A product job",
                situation="Four years of building bridges, now at the end of a course in product work.",
                questions="Which project should lead my CV?",
                links="https://example.org/cv.pdf",
                updated_at=NOW,
            )
        )
        db.add(
            BookingRequest(
                booking_id=booking_id,
                mentor_id=people.mentor,
                mentee_id=people.mentee,
                requested_at=NOW,
                answer_by=NOW + answer_in,
                lapses_at=NOW + answer_in,
            )
        )
    return booking_id


@pytest.fixture
def peers(three: People) -> set[str]:
    """The names of four more mentors of Kabir's field, who have time."""
    names = {"Ana Lima", "Ben Ode", "Cem Kaya", "Dora Weiss"}
    with database.transaction() as db:
        db.add(ExpertiseTag(slug="product", name="Product"))
        others = [
            add_mentor(db, name=name, email=f"{name.split()[0].lower()}@example.org", zone="Europe/London")
            for name in names
        ]
        for mentor in others:
            add_offering(db, mentor, kind=OfferingKind.CV_REVIEW, title="CV read", minutes=30, price_minor=90000)
        for mentor in (three.mentor, *others):
            db.add(MentorExpertise(mentor_id=mentor, tag="product", years=4))
    return names


class Visitor:
    """One person with one tab at one page, remembering nothing."""

    def __init__(self, house: Backstage, person: UUID | None, path: str, **query: str) -> None:
        State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
        self._house, self._path, self._query = house, path, query
        self._cookie = sign_in(person) if person else ""
        self._tab = f"{person}{path}"

    async def do(self, state: Any, handler: str, **payload: Any) -> Answer:
        name = f"{state.get_full_name()}.{handler}"
        return await self._house.send(
            name, payload, cookie=self._cookie, path=self._path, query=self._query, tab=self._tab
        )


def told(answer: Answer, state: Any, name: str) -> Any:
    return answer.value(state.get_full_name(), name + "_rx_state_")


def status(booking_id: UUID) -> Status:
    with database.reading() as db:
        return db.get_one(Booking, booking_id).status


def at_booking(house: Backstage, person: UUID, booking_id: UUID) -> Visitor:
    return Visitor(house, person, f"/sessions/{booking_id}", booking_id=str(booking_id))


@pytest.mark.parametrize(
    ("handler", "payload"),
    [("load", {}), ("refresh", {}), ("accept", {"booking_id": ""}), ("ask", {"form": {}}), ("decline", {"form": {}})],
)
async def test_nobody_reads_an_inbox_without_signing_in(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    ask(three)
    answer = await Visitor(house, None, INBOX).do(RequestsState, handler, **payload)
    assert answer.leads_to.startswith(SIGN_IN)
    assert "product job" not in answer.words


async def test_the_inbox_has_the_soonest_deadline_first_with_intake_and_facts(house: Backstage, three: People) -> None:
    later = ask(three, answer_in=timedelta(hours=40))
    sooner = ask(three, answer_in=timedelta(hours=3), starts_in=timedelta(days=5))
    kabir = Visitor(house, three.mentor, INBOX)
    await kabir.do(ViewerState, "enter")

    found = told(await kabir.do(RequestsState, "load"), RequestsState, "requests")

    assert [one.booking_id for one in found] == [str(sooner), str(later)]
    assert (found[0].is_soon, found[1].is_soon) == (True, False)
    assert found[0].intake.questions == ["Which project should lead my CV?"]
    assert [(fact.label, fact.words) for fact in found[0].facts][:3] == [
        ("Intake", "Complete"), ("Came to", "No sessions yet"), ("Late cancels", "None"),
    ]  # fmt: skip


async def test_another_persons_inbox_is_empty_and_they_cannot_answer(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    stranger = Visitor(house, three.stranger, INBOX)

    answer = await stranger.do(RequestsState, "load")
    assert "product job" not in answer.words
    refused = await stranger.do(RequestsState, "accept", booking_id=str(booking_id))

    assert refused.says("We could not find that.")
    assert status(booking_id) is Status.REQUESTED


async def test_accepting_a_free_session_confirms_it_and_empties_the_inbox(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    kabir = Visitor(house, three.mentor, INBOX)
    await kabir.do(RequestsState, "load")

    answer = await kabir.do(RequestsState, "accept", booking_id=str(booking_id))

    assert status(booking_id) is Status.CONFIRMED
    assert told(answer, RequestsState, "requests") == []
    assert told(answer, RequestsState, "said") == "Accepted. Riya is told."


async def test_an_answer_given_elsewhere_is_said_to_be_given(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    kabir = Visitor(house, three.mentor, INBOX)
    await kabir.do(RequestsState, "load")
    with database.transaction() as db:
        bookings.decline_request(
            db, booking_id=booking_id, mentor_id=three.mentor, reason=DeclineReason.NO_TIME, note="", now=NOW
        )

    answer = await kabir.do(RequestsState, "accept", booking_id=str(booking_id))

    assert told(answer, RequestsState, "refused") == "This request is already answered."
    assert status(booking_id) is Status.DECLINED


async def test_a_decline_needs_a_reason_and_reads_kindly_to_the_mentee(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    kabir = Visitor(house, three.mentor, INBOX)
    await kabir.do(RequestsState, "load")

    wrong = await kabir.do(RequestsState, "decline", form={"booking": str(booking_id), "note": "No"})
    assert told(wrong, RequestsState, "wrong") == "Please choose a reason."
    form = {"booking": str(booking_id), "reason": "unclear_ask", "note": "Tell me which job you mean."}
    await kabir.do(RequestsState, "decline", form=form)

    shown = told(await at_booking(house, three.mentee, booking_id).do(RequestState, "load"), RequestState, "one")
    assert shown.kind_words == (
        "Kabir could not tell yet what would help you most. A narrower question often does it. Nothing was charged."
    )
    assert shown.note == "Tell me which job you mean."


@pytest.mark.parametrize("ended", [Status.DECLINED, Status.EXPIRED])
async def test_a_request_that_came_to_nothing_names_three_others_who_have_time(
    house: Backstage, three: People, peers: set[str], ended: Status
) -> None:
    booking_id = ask(three)
    with database.transaction() as db:
        if ended is Status.DECLINED:
            no_time = DeclineReason.NO_TIME
            bookings.decline_request(
                db, booking_id=booking_id, mentor_id=three.mentor, reason=no_time, note="", now=NOW
            )
        else:
            bookings.expire_requests(db, now=NOW + timedelta(hours=20))
    assert status(booking_id) is ended

    answer = await at_booking(house, three.mentee, booking_id).do(RequestState, "load")

    fits = told(answer, RequestState, "fits")
    assert len({fit.name for fit in fits}) == 3
    assert {fit.name for fit in fits} < peers
    assert all(fit.href == f"/mentors/{fit.name.lower().replace(' ', '-')}" and fit.free for fit in fits)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (DeclineReason.NOT_MY_FIELD, "Kabir thinks somebody else knows this field better."),
        (DeclineReason.NO_TIME, "Kabir has no time for another session now."),
        (
            DeclineReason.UNCLEAR_ASK,
            "Kabir could not tell yet what would help you most. A narrower question often does it.",
        ),
        (DeclineReason.OTHER, "Kabir cannot take this one."),
    ],
)
async def test_each_reason_reads_in_its_own_kind_words(
    house: Backstage, three: People, reason: DeclineReason, words: str
) -> None:
    booking_id = ask(three)
    with database.transaction() as db:
        bookings.decline_request(db, booking_id=booking_id, mentor_id=three.mentor, reason=reason, note="", now=NOW)

    shown = told(await at_booking(house, three.mentee, booking_id).do(RequestState, "load"), RequestState, "one")

    assert shown.kind_words == f"{words} Nothing was charged."


@pytest.mark.parametrize(
    ("waited", "to_mentee", "to_mentor"),
    [
        (
            {},
            "Kabir did not get to it in time. That says nothing about your question. Nothing was charged.",
            "This request ended without an answer. The time is free again.",
        ),
        (
            {"question": "Which job?", "asked_at": NOW, "reply_by": NOW + timedelta(hours=10)},
            "The request ended before you replied to Kabir. Nothing was charged.",
            "This request ended before Riya replied. The time is free again.",
        ),
        (
            {"question": "Which job?", "asked_at": NOW, "reply": "This one.", "replied_at": NOW},
            "Kabir did not get to it in time. That says nothing about your question. Nothing was charged.",
            "This request ended without an answer. The time is free again.",
        ),
        (
            {"decided_at": NOW, "pay_by": NOW + timedelta(hours=12)},
            "Kabir accepted, but the session was not paid in time. Nothing was charged.",
            "You accepted, but Riya did not pay in time. The time is free again.",
        ),
    ],
    ids=["silence", "no reply", "silence after the reply", "no payment"],
)
async def test_a_request_that_lapsed_says_what_it_was_waiting_for(
    house: Backstage, three: People, waited: dict[str, Any], to_mentee: str, to_mentor: str
) -> None:
    booking_id = ask(three)
    with database.transaction() as db:
        db.get_one(BookingRequest, booking_id).sqlmodel_update(waited)
        bookings.expire_requests(db, now=NOW + timedelta(hours=20))

    read = {
        who: told(await at_booking(house, who, booking_id).do(RequestState, "load"), RequestState, "one").kind_words
        for who in (three.mentee, three.mentor)
    }

    assert read == {three.mentee: to_mentee, three.mentor: to_mentor}


async def test_a_lapsed_request_stays_in_the_inbox_with_why_it_ended_for_thirty_days(
    house: Backstage, three: People
) -> None:
    booking_id = ask(three, answer_in=timedelta(minutes=-1))
    long_ago = ask(three, answer_in=-timedelta(days=31), starts_in=timedelta(days=4))
    declined = ask(three, starts_in=timedelta(days=5))
    with database.transaction() as db:
        bookings.decline_request(
            db, booking_id=declined, mentor_id=three.mentor, reason=DeclineReason.NO_TIME, note="", now=NOW
        )

    async def ended(tab: str) -> list[tuple[str, str, str]]:
        answer = await Visitor(house, three.mentor, f"{INBOX}?{tab}").do(RequestsState, "load")
        return [(one.href, one.name, one.words) for one in told(answer, RequestsState, "lapsed")]

    before_any_job_ran = await ended("before")
    with database.transaction() as db:
        assert bookings.expire_requests(db, now=NOW) == 2

    words = "This request ended without an answer. The time is free again."
    assert before_any_job_ran == await ended("after") == [(f"/sessions/{booking_id}", "Riya Patil", words)]
    assert status(long_ago) is Status.EXPIRED


async def test_a_lapsed_request_is_among_what_is_past_for_both_and_called_ended(
    house: Backstage, three: People
) -> None:
    booking_id = ask(three, answer_in=timedelta(minutes=-1))
    with database.transaction() as db:
        bookings.expire_requests(db, now=NOW)
        db.get_one(User, three.mentor).hat = Hat.MENTOR

    for who in (three.mentee, three.mentor):
        listed = told(await Visitor(house, who, "/sessions").do(SessionsState, "load"), SessionsState, "past")
        assert [(row.href, row.status) for row in listed] == [(f"/sessions/{booking_id}", "lapsed")]
    assert told(await Visitor(house, three.stranger, "/sessions").do(SessionsState, "load"), SessionsState, "past") in (
        None,
        [],
    )


async def test_a_question_pauses_the_clock_and_a_reply_lets_it_run_again(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    kabir, riya = Visitor(house, three.mentor, INBOX), at_booking(house, three.mentee, booking_id)
    await kabir.do(RequestsState, "load")
    answer = await kabir.do(RequestsState, "ask", form={"booking": str(booking_id), "question": "Which job?"})
    (one,) = told(answer, RequestsState, "requests")
    assert (one.is_paused, one.may_ask) == (True, False)
    assert one.deadline.startswith("Paused, waiting for Riya until ")

    asked = told(await riya.do(RequestState, "load"), RequestState, "one")
    assert (asked.question, asked.may_reply) == ("Which job?", True)
    empty = await riya.do(RequestState, "reply", form={"reply": " "})
    assert told(empty, RequestState, "error") == "Please write a reply."
    replied = told(await riya.do(RequestState, "reply", form={"reply": "The one in Pune."}), RequestState, "one")
    assert (replied.may_reply, replied.is_paused, replied.reply) == (False, False, "The one in Pune.")
    assert replied.deadline.startswith("Kabir answers by ")


async def test_a_mentee_withdraws_and_the_page_says_that_nothing_was_charged(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    riya = at_booking(house, three.mentee, booking_id)
    await riya.do(RequestState, "load")

    answer = await riya.do(RequestState, "withdraw")

    assert status(booking_id) is Status.CANCELLED
    assert told(answer, RequestState, "one").kind_words == "You withdrew this request. Nothing was charged."


async def test_a_stranger_sees_no_request_on_the_page_of_a_booking(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    answer = await at_booking(house, three.stranger, booking_id).do(RequestState, "load")
    assert "product job" not in answer.words
    assert "Kabir" not in answer.words


async def test_the_mentee_sees_word_for_word_what_the_mentor_sees(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        add_booking(db, three, starts_at=NOW - timedelta(days=3), status=Status.MET)
        add_booking(db, three, starts_at=NOW - timedelta(days=2), status=Status.MENTEE_ABSENT)
    ask(three)
    kabir = Visitor(house, three.mentor, INBOX)
    (one,) = told(await kabir.do(RequestsState, "load"), RequestsState, "requests")

    own = told(
        await Visitor(house, three.mentee, "/what-mentors-see").do(OwnFactsState, "load"), OwnFactsState, "facts"
    )

    assert own == one.facts[1:]
    assert (own[0].words, own[4].words) == ("1 of 2", "1 of 3")


async def test_the_facts_say_how_many_action_items_are_done_of_those_agreed(house: Backstage, three: People) -> None:
    async def words(tab: str) -> str:
        at = Visitor(house, three.mentee, f"/what-mentors-see?{tab}")
        return told(await at.do(OwnFactsState, "load"), OwnFactsState, "facts")[2].words

    def agree(number: int, done_at: datetime | None) -> None:
        item = {"line_key": str(number), "text": "Cut the CV", "done_at": done_at, "created_at": NOW}
        with database.transaction() as db:
            db.add(ActionItem(booking_id=booking_id, owner_id=three.mentee, **item))

    with database.transaction() as db:
        booking_id = add_booking(db, three, starts_at=NOW - timedelta(days=3), status=Status.MET)
    assert await words("nothing agreed") == "None agreed yet"
    agree(1, None)
    assert await words("one agreed") == "0 of 1"
    agree(2, NOW)
    assert await words("one done") == "1 of 2"


async def test_the_menu_counts_what_waits_for_the_mentors_word(house: Backstage, three: People) -> None:
    booking_id = ask(three)
    kabir = Visitor(house, three.mentor, INBOX)
    assert told(await kabir.do(ViewerState, "enter"), ViewerState, "requests") == "1"
    with database.transaction() as db:
        bookings.ask_back(db, booking_id=booking_id, mentor_id=three.mentor, question="Which?", now=NOW)
    assert told(await kabir.do(ViewerState, "count_unread"), ViewerState, "requests") == ""
