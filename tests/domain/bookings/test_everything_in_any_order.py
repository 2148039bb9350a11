"""Whatever people, the provider, the jobs and the clock do, and in whatever order, what has to hold between
bookings, claims, money and waiting lines holds after every step; at the end nothing is stuck anywhere."""

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import SQLModel

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, DeclineReason, Status
from tests.domain.bookings import duties, groups_true, money_true, several, standing_true
from tests.domain.bookings.market import open_market
from tests.people import INTAKE

TRIES_MANY_WAYS = True

Step = tuple[str, dict[str, Any]]
CONFIRMED, HELD, REQUESTED = Status.CONFIRMED, Status.HELD, Status.REQUESTED
WAITS = [{"minutes": 4}, {"hours": 3}, {"minutes": 36}, {"hours": 13}, {"minutes": 11}, {"hours": 6}, {"hours": 49}]
STAYS = st.sampled_from([(-5, 45), (0, 12), (25, 31), None])
ANSWERS = [service.accept_move, service.accept_move, service.decline_move, service.withdraw_move]

who = st.integers(0, 2)
which = st.sampled_from([0, 0, 0, 1, 2])
day, quarter, hour_and_quarter = st.integers(0, 2), st.integers(0, 5), st.integers(0, 11)
wish = st.sampled_from([0, 1, 2, 1, 3, 4, 5])
repeated = st.sampled_from([0, 4, 5, 0, 1])
rarely = st.sampled_from([False, False, True])
choice = st.tuples(who, wish, day, quarter)


def step(name: str, /, **choices: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(name), st.fixed_dictionaries(choices))


SERIES: dict[str, st.SearchStrategy[Any]] = {
    "whose": who,
    "of": repeated,
    "days": st.sampled_from([{0, 1, 2}, {0, 1}, {1, 2}, {0, 1, 2}]),
    "quarter": hour_and_quarter,
    "then": st.sampled_from(["pay", "pay", "wait", "open page", "give back"]),
}
GROUP: dict[str, st.SearchStrategy[Any]] = {
    "of": st.integers(0, 1),
    "day": day,
    "quarter": hour_and_quarter,
    "seats": st.integers(2, 3),
    "needed": st.sampled_from([1, 2, 2, 3]),
    "hours": st.sampled_from([1, 18, 5]),
}
SOMEBODY = st.one_of(
    step("choose_a_time", chosen=choice, then=st.sampled_from(["pay", "wait", "pay", "open page"])),
    step(
        "at_the_checkout", one=which, verb=st.sampled_from(["pay", "pay later", "open page", "close page", "give back"])
    ),
    step(
        "about_a_request", one=which, word=st.sampled_from(["accept", "ask", "accept", "reply", "decline", "withdraw"])
    ),
    step("choose_a_series", **SERIES),
    step("call_off_a_series", one=which, sessions=st.sets(which, min_size=1), by_mentor=st.booleans()),
    step("publish_a_group", **GROUP),
    step("take_a_seat", whose=who, one=which, then=st.sampled_from(["pay", "pay", "wait", "open page"])),
    step("call_a_group_off", one=st.sampled_from([3, 2, 1, 0, 4])),
    step("call_off", one=which, by_mentor=st.booleans(), then_works=st.booleans()),
    step(
        "propose_a_move",
        one=which,
        by_mentor=st.booleans(),
        day=day,
        quarters=st.sets(hour_and_quarter, min_size=1, max_size=2),
        then_accepted=st.booleans(),
    ),
    step("answer_a_proposal", one=which, by_proposer=rarely, verb=st.sampled_from(ANSWERS)),
    step("stand_in_line", whose=who, of=wish, leaves=rarely),
)
THE_WORLD = st.one_of(
    step(
        "the_provider",
        turn=st.sampled_from(["listen", "old notice", "no more", "listen", "yes again", "let go"]),
        back=st.integers(1, 6),
    ),
    step("time_goes_on", span=st.sampled_from(WAITS)),
    step("a_job_runs", one=st.sampled_from(["work", 0, 1, "work", 2, 3, 4, "work", 5, 6, "work again"])),
    step("all_duties_go_round", order=st.permutations(range(7))),
    step("meet", one=which, mentor=STAYS, mentee=STAYS),
)

done: Counter[str] = Counter()
WORTH_TRYING = {
    "accept_move",
    "accept_request",
    "cancel",
    "cancel_chosen",
    "call_off_group",
    "decided False",
    "decided True",
    "heard paid",
    "hold_series",
    "offer_freed",
    "settle",
    "take_seat",
}
"""What has to have come to pass somewhere, or the whole is worth nothing."""

ASKED: dict[str, tuple[Callable[..., object], str, dict[str, object]]] = {
    "accept": (service.accept_request, "mentor_id", {}),
    "ask": (service.ask_back, "mentor_id", {"question": "Which role?"}),
    "decline": (service.decline_request, "mentor_id", {"reason": DeclineReason.NO_TIME, "note": ""}),
    "reply": (service.reply_to_question, "mentee_id", {"reply": "Product manager."}),
    "withdraw": (service.withdraw_request, "mentee_id", {}),
}


class EverythingInAnyOrder(RuleBasedStateMachine):
    """Rules choose a booking by place: those for which the verb is meant come first, the others are there too."""

    def __init__(self, empty: Callable[[], None]) -> None:
        super().__init__()
        self.seen = -1
        empty()
        with database.transaction() as db:
            self.market = open_market(db)

    @initialize(
        choices=st.lists(choice, min_size=2, max_size=4),
        series=st.fixed_dictionaries(SERIES),
        group=st.fixed_dictionaries(GROUP),
        seats=st.lists(who, max_size=3, unique=True),
    )
    def the_week_is_not_empty(
        self, choices: list[tuple[int, int, int, int]], series: dict[str, Any], group: dict[str, Any], seats: list[int]
    ) -> None:
        self.publish_a_group(**group)
        for whose in seats:
            self.take_a_seat(whose, 0, "pay")
        self.choose_a_series(**series)
        for chosen in choices:
            self.choose_a_time(chosen, "pay")
        for whose, of, _, _ in choices[::-1]:
            self.stand_in_line((whose + 1) % 3, of, leaves=False)

    @rule(step=st.one_of(SOMEBODY, THE_WORLD))
    def something_happens(self, step: Step) -> None:
        getattr(self, step[0])(**step[1])

    def choose_a_time(self, chosen: tuple[int, int, int, int], then: str) -> None:
        whose, of, day, quarter = chosen
        mentee, start = self.market.mentee(whose, of), self.market.weekday(day, quarter)
        if self.market.hold(mentee, of, start) and then != "wait":
            self.at_the_checkout(0, then)

    def choose_a_series(self, whose: int, of: int, days: set[int], quarter: int, then: str) -> None:
        starts = [self.market.weekday(day, quarter) for day in days]
        if several.hold_series(self.market, self.market.mentee(whose, of), of, starts) and then != "wait":
            self.at_the_checkout(0, then)

    def call_off_a_series(self, one: int, sessions: set[int], by_mentor: bool) -> None:
        for series in several.series_of(self.market)[one : one + 1]:
            chosen = [booking for place, booking in enumerate(series) if place in sessions]
            if chosen:
                several.call_off_chosen(self.market, chosen, by_mentor=by_mentor)

    def publish_a_group(self, of: int, day: int, quarter: int, seats: int, needed: int, hours: int) -> None:
        start, before = self.market.weekday(day, quarter), timedelta(hours=hours)
        several.publish(self.market, of, start, seats=seats, needed=needed, decided_before=before)

    def take_a_seat(self, whose: int, one: int, then: str) -> None:
        for group in several.groups_of(self.market)[one : one + 1]:
            if several.take_seat(self.market, group, whose) and then != "wait":
                self.at_the_checkout(0, then)

    def call_a_group_off(self, one: int) -> None:
        for group in several.groups_of(self.market)[one : one + 1]:
            several.call_group_off(self.market, group)

    def at_the_checkout(self, one: int, verb: str) -> None:
        for booking in self._some(one, HELD, REQUESTED):
            self.market.do(service.write_intake, booking_id=booking.id, mentee_id=booking.mentee_id, intake=INTAKE)
            if verb == "give back":
                self.market.do(service.give_back, booking_id=booking.id, mentee_id=booking.mentee_id)
            elif verb == "close page":
                self.market.close_page(booking)
            elif verb == "pay later":
                self.market.pay(booking)
            elif booking.price_minor:
                self.market.open_page(booking)
                if verb == "pay":
                    self.market.pay(booking)
                    self.market.listen()
            else:
                free = service.request_free if booking.by_request else service.confirm_free
                self.market.do(free, booking_id=booking.id, mentee_id=booking.mentee_id)

    def the_provider(self, turn: str, back: int) -> None:
        if turn == "listen":
            self.market.listen()
        elif turn == "old notice":
            for outcome in self.market.provider.said[-back:][:1]:
                self.market.hear(outcome)
        elif turn == "let go":
            self.market.provider.drop_the_oldest()
        else:
            self.market.provider.card_refuses_capture = turn == "no more"

    def about_a_request(self, one: int, word: str) -> None:
        for booking in self._some(one, REQUESTED):
            verb, side, words = ASKED[word]
            who = {side: booking.mentor_id if side == "mentor_id" else booking.mentee_id}
            self.market.do(verb, booking_id=booking.id, **who, **words)

    def call_off(self, one: int, by_mentor: bool, then_works: bool) -> None:
        for booking in self._some(one, CONFIRMED):
            self.market.call_off(booking, by_mentor=by_mentor)
        if then_works:
            duties.work(self.market)

    def propose_a_move(self, one: int, by_mentor: bool, day: int, quarters: set[int], then_accepted: bool) -> None:
        for booking in self._some(one, CONFIRMED):
            self.market.do(
                service.propose_move,
                booking_id=booking.id,
                actor_id=booking.mentor_id if by_mentor else booking.mentee_id,
                starts=[self.market.weekday(day, quarter) for quarter in sorted(quarters)],
                note="",
            )
        if then_accepted:
            self.answer_a_proposal(0, by_proposer=False, verb=service.accept_move)

    def answer_a_proposal(self, one: int, by_proposer: bool, verb: Callable[..., object]) -> None:
        for proposal in self.market.proposals()[one : one + 1]:
            self.market.answer_move(proposal, verb, by_proposer=by_proposer)

    def stand_in_line(self, whose: int, of: int, leaves: bool) -> None:
        offering, mentee = self.market.offerings[of], self.market.mentee(whose, of)
        if leaves:
            self.market.leave_line(offering, mentee)
        else:
            self.market.do(service.join_line, offering_id=offering, mentee_id=mentee)

    def meet(self, one: int, mentor: tuple[int, int] | None, mentee: tuple[int, int] | None) -> None:
        for booking in self._some(one, CONFIRMED):
            came = ((booking.mentor_id, mentor), (booking.mentee_id, mentee))
            self.market.meet(booking, stays=[(person, *stay) for person, stay in came if stay is not None])

    def time_goes_on(self, span: dict[str, int]) -> None:
        self.market.wait(timedelta(**span))

    def a_job_runs(self, one: str | int) -> None:
        if isinstance(one, int):
            duties.of_the_clock(self.market)[one]()
        else:
            duties.work(self.market, again=one == "work again")

    def all_duties_go_round(self, order: list[int]) -> None:
        by_the_clock, since = duties.of_the_clock(self.market), self.market.now
        for place in (*order, duties.CLOSING):
            by_the_clock[place]()
        duties.come_back(self.market)
        with database.reading() as db:
            standing_true.nothing_is_stuck(db, now=since)

    @invariant()
    def all_of_it_holds(self) -> None:
        if self.market.done.total() != self.seen:
            self.seen = self.market.done.total()
            with database.reading() as db:
                standing_true.check(db, now=self.market.now)

    def teardown(self) -> None:
        duties.come_to_rest(self.market)
        done.update(self.market.done)
        with database.reading() as db:
            standing_true.check(db, now=self.market.now)
            standing_true.nothing_is_stuck(db, now=self.market.now)
            money_true.all_of_it_arrived(db, self.market.provider)
            groups_true.every_one_is_decided(db, now=self.market.now)

    def _some(self, one: int, *preferred: Status) -> Sequence[Booking]:
        return self.market.bookings(*preferred)[one : one + 1]


@pytest.fixture
def empty(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Empties the database, the append-only ledger too."""

    def copy_anew() -> None:
        database.dispose()
        for file in tmp_path.glob("test.db*"):
            file.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        database.connect(database_url)

    def truncate() -> None:
        tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
        with database.engine().begin() as link:
            link.exec_driver_sql(f"TRUNCATE {tables} CASCADE")

    return copy_anew if database_url.startswith("sqlite") else truncate


def test_everything_holds_after_every_step_in_any_order(database_url: str, empty: Callable[[], None]) -> None:
    """Few on SQLite, since that is part of the quick tests; the most on PostgreSQL."""
    done.clear()
    sqlite = database_url.startswith("sqlite")
    run_state_machine_as_test(
        lambda: EverythingInAnyOrder(empty),
        settings=settings(
            max_examples=10 if sqlite else 20,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert sqlite or {verb for verb in WORTH_TRYING if done[verb]} == WORTH_TRYING
