"""A process that dies at any statement of a booking's life leaves all of the step or nothing of it.

Each step runs in a forked process that ends without a word at its n-th statement, for every n up to the commit and
once right after it; then another process finishes the same step, as after a restart.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, Claim, MoveProposal
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.common.files import FileKind
from tests.domain.bookings import standing_true
from tests.domain.bookings.conftest import TUESDAY_NINE, hold, paid
from tests.people import INTAKE, SUNDAY, People, add_offering

STARTS_PROCESSES = True
DONE, DIED, REFUSED = 0, 9, 7
WEDNESDAY_TEN = TUESDAY_NINE + timedelta(days=1, hours=1)
LATE = SUNDAY + timedelta(minutes=40)

Step = Callable[[Session], object]


def die() -> None:
    os._exit(DIED)


def run_and_die(url: str, step: Step, *, at_statement: int, after_commit: bool = False) -> int:
    """Run the step in a process of its own that dies at a statement, at its commit, or right after it."""
    database.dispose()
    child = os.fork()
    if child == 0:
        code = REFUSED
        try:
            seen = 0

            def one_more(*_: object) -> None:
                nonlocal seen
                seen += 1
                if seen == at_statement:
                    die()

            engine = database.connect(url)
            event.listen(engine, "before_cursor_execute", one_more)
            event.listen(engine, "commit", one_more)
            with database.transaction() as db:
                step(db)
            if after_commit:
                die()
            code = DONE
        except DomainError:
            code = REFUSED
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    database.connect(url)
    return os.waitstatus_to_exitcode(status)


def wishes_of(people: People) -> list[service.Wish]:
    """Two times of Kabir's CV review."""
    return [service.Wish(people.cv_review, start) for start in (TUESDAY_NINE, WEDNESDAY_TEN)]


@pytest.fixture
def steps(everyone: People, start_paying: Callable[..., UUID]) -> dict[str, Callable[[], Step]]:  # noqa: C901
    """By name: prepare what the step needs, and give the step."""
    mentee, mentor = everyone.mentee, everyone.mentor

    def do(verb: Callable[..., object], **arguments: object) -> Step:
        return lambda db: verb(db, **arguments)

    def paying(booking: Booking) -> Step:
        payment = start_paying(booking)
        return do(service.apply_outcome, payment_id=payment, outcome=paid(payment), now=SUNDAY)

    def booked() -> Booking:
        booking = hold(everyone)
        step = paying(booking)
        with database.transaction() as db:
            step(db)
        return booking

    def paid_when_taken() -> Step:
        payment = start_paying(hold(everyone))
        hold(everyone, mentee=everyone.stranger, now=LATE)
        return do(service.apply_outcome, payment_id=payment, outcome=paid(payment), now=LATE)

    def taken_over() -> Step:
        hold(everyone)
        wish = service.Wish(offering_id=everyone.cv_review, starts_at=TUESDAY_NINE)
        return do(service.place_hold, mentee_id=everyone.stranger, wish=wish, now=LATE)

    def chosen_anew() -> Step:
        hold(everyone)
        wish = service.Wish(offering_id=everyone.cv_review, starts_at=WEDNESDAY_TEN)
        return do(service.place_hold, mentee_id=mentee, wish=wish, now=SUNDAY)

    def free_hold() -> UUID:
        return hold(everyone, offering=everyone.intro).id

    def approval() -> None:
        with database.transaction() as db:
            offering = db.get_one(Offering, everyone.intro)
            offering.needs_approval, offering.kind = True, OfferingKind.CAREER_TALK

    def asked() -> Step:
        approval()
        return do(service.request_free, booking_id=free_hold(), mentee_id=mentee, now=SUNDAY)

    def waiting() -> UUID:
        step = asked()
        with database.transaction() as db:
            step(db)
            return db.exec(select(Booking.id)).one()

    def proposed() -> Step:
        return do(
            service.propose_move,
            booking_id=booked().id,
            actor_id=mentee,
            starts=(WEDNESDAY_TEN,),
            note="",
            now=SUNDAY,
        )

    def moved() -> Step:
        step = proposed()
        with database.transaction() as db:
            step(db)
            proposal = db.exec(select(MoveProposal.id)).one()
        return do(service.accept_move, proposal_id=proposal, actor_id=mentor, starts_at=WEDNESDAY_TEN, now=SUNDAY)

    def series() -> Booking:
        with database.transaction() as db:
            first = service.hold_series(db, mentee_id=mentee, wishes=wishes_of(everyone), now=SUNDAY)[0]
            service.write_intake(db, booking_id=first.id, mentee_id=mentee, intake=INTAKE, now=SUNDAY)
            return first

    def series_paid() -> Step:
        payment = start_paying(series())
        return do(service.apply_outcome, payment_id=payment, outcome=paid(payment, minor=240000), now=SUNDAY)

    def series_called_off() -> Step:
        step = series_paid()
        with database.transaction() as db:
            step(db)
            ids = db.exec(select(Booking.id)).all()
        return do(service.cancel_chosen, booking_ids=ids, actor_id=mentee, shown_minor=240000, now=SUNDAY)

    def plan() -> service.GroupPlan:
        with database.transaction() as db:
            clinic = add_offering(db, mentor, kind=OfferingKind.GROUP, title="Clinic", minutes=60, price_minor=120000)
        return service.GroupPlan(clinic, TUESDAY_NINE, 2, 2, TUESDAY_NINE - timedelta(days=1))

    def published() -> UUID:
        wanted = plan()
        with database.transaction() as db:
            return service.publish_group_session(db, mentor_id=mentor, plan=wanted, now=SUNDAY).id

    def seat(group: UUID) -> Booking:
        with database.transaction() as db:
            return service.take_seat(db, group_session_id=group, mentee_id=mentee, now=SUNDAY)

    def with_a_seat() -> UUID:
        group = published()
        step = paying(seat(group))
        with database.transaction() as db:
            step(db)
        return group

    def seat_cancelled() -> Step:
        with_a_seat()
        with database.transaction() as db:
            booking = db.exec(select(Booking.id)).one()
        return do(service.cancel, booking_id=booking, actor_id=mentee, shown_minor=120000, now=SUNDAY)

    def file_added() -> Step:
        file = service.StoredFile("CV.pdf", FileKind.PDF, 1000, "intake/one")
        return do(service.add_file, booking_id=hold(everyone).id, mentee_id=mentee, file=file, now=SUNDAY)

    def draft_taken_over() -> Step:
        step = file_added()
        with database.transaction() as db:
            step(db)
            service.expire_lapsed(db, [mentor, mentee], now=LATE)
        again = hold(everyone, now=LATE, intake=None)
        return do(service.take_over_draft, booking_id=again.id, mentee_id=mentee, now=LATE)

    return {
        "add a file": file_added,
        "take a draft over": draft_taken_over,
        "publish a group": lambda: do(service.publish_group_session, mentor_id=mentor, plan=plan(), now=SUNDAY),
        "take a seat": lambda: do(service.take_seat, group_session_id=published(), mentee_id=mentee, now=SUNDAY),
        "pay for a seat": lambda: paying(seat(published())),
        "give a seat back": lambda: do(
            service.give_back, booking_id=seat(published()).id, mentee_id=mentee, now=SUNDAY
        ),
        "cancel a seat": seat_cancelled,
        "call a group off": lambda: do(
            service.call_off_group, group_session_id=with_a_seat(), actor_id=mentor, now=SUNDAY
        ),
        "decide on a group": lambda: do(
            service.decide_group, group_session_id=with_a_seat(), now=TUESDAY_NINE - timedelta(days=1)
        ),
        "hold a series": lambda: do(service.hold_series, mentee_id=mentee, wishes=wishes_of(everyone), now=SUNDAY),
        "pay for a series": series_paid,
        "cancel a series": series_called_off,
        "hold": lambda: do(
            service.place_hold,
            mentee_id=mentee,
            wish=service.Wish(offering_id=everyone.cv_review, starts_at=TUESDAY_NINE),
            now=SUNDAY,
        ),
        "hold another time": chosen_anew,
        "hold what ran out": taken_over,
        "give back": lambda: do(service.give_back, booking_id=hold(everyone).id, mentee_id=mentee, now=SUNDAY),
        "confirm a free one": lambda: do(service.confirm_free, booking_id=free_hold(), mentee_id=mentee, now=SUNDAY),
        "paid": lambda: paying(hold(everyone)),
        "paid when taken": paid_when_taken,
        "cancel": lambda: do(service.cancel, booking_id=booked().id, actor_id=mentee, shown_minor=120000, now=SUNDAY),
        "propose a move": proposed,
        "accept a move": moved,
        "ask": asked,
        "accept a request": lambda: do(
            service.accept_request, booking_id=waiting(), mentor_id=mentor, now=SUNDAY + timedelta(hours=1)
        ),
        "a request lapses": lambda: (waiting(), do(service.expire_requests, now=TUESDAY_NINE))[1],
    }


NAMES = (
    "add a file",
    "take a draft over",
    "publish a group",
    "take a seat",
    "pay for a seat",
    "give a seat back",
    "cancel a seat",
    "call a group off",
    "decide on a group",
    "hold",
    "hold a series",
    "pay for a series",
    "cancel a series",
    "hold another time",
    "hold what ran out",
    "give back",
    "confirm a free one",
    "paid",
    "paid when taken",
    "cancel",
    "propose a move",
    "accept a move",
    "ask",
    "accept a request",
    "a request lapses",
)


CHOSEN_ANEW = {"hold", "hold a series", "hold another time", "hold what ran out", "propose a move"}
"""Done again, these put a new row in the place of the one before."""


@pytest.mark.parametrize("name", [name for name in NAMES if name != "cancel a series"])
def test_a_step_that_dies_leaves_nothing_of_it_and_is_done_after_the_restart(
    database_url: str, steps: dict[str, Callable[[], Step]], name: str
) -> None:
    step = steps[name]()
    with database.reading() as db:
        before = standing_true.everything(db)
    killed = partial(run_and_die, database_url, step)

    number = 1
    while killed(at_statement=number) == DIED:
        with database.reading() as db:
            assert standing_true.everything(db) == before
        number += 1
    with database.reading() as db:
        done = standing_true.everything(db)
        standing_true.check(db, now=SUNDAY)

    assert number > 4
    assert done != before


@pytest.mark.parametrize("name", NAMES)
def test_a_step_that_dies_before_its_answer_is_kept_whole_and_its_repetition_doubles_nothing(
    database_url: str, steps: dict[str, Callable[[], Step]], name: str
) -> None:
    step = steps[name]()

    assert run_and_die(database_url, step, at_statement=0, after_commit=True) == DIED
    with database.reading() as db:
        kept = standing_true.everything(db)
        standing_true.check(db, now=SUNDAY)
    again = run_and_die(database_url, step, at_statement=0)

    with database.reading() as db:
        standing_true.check(db, now=SUNDAY)
        if name not in CHOSEN_ANEW:
            assert standing_true.everything(db) == kept
    assert again in (DONE, REFUSED)


def test_a_hold_whose_server_died_ends_at_its_time_without_anybody_s_help(database_url: str, everyone: People) -> None:
    wish = service.Wish(offering_id=everyone.cv_review, starts_at=TUESDAY_NINE)
    step: Step = lambda db: service.place_hold(db, mentee_id=everyone.mentee, wish=wish, now=SUNDAY)  # noqa: E731
    assert run_and_die(database_url, step, at_statement=0, after_commit=True) == DIED

    taken = hold(everyone, mentee=everyone.stranger, now=SUNDAY + timedelta(minutes=10))

    with database.reading() as db:
        assert set(db.exec(select(Claim.booking_id)).all()) == {taken.id}
