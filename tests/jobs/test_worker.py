"""The job worker on both databases: once, in spite of failures, deaths and company."""

import asyncio
import threading
from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlmodel import col, select

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.common import clock, outbox
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.outbox import GIVE_UP_AFTER, OutboxRow
from mentorhub.jobs import worker
from mentorhub.jobs.schedule import DUTY, Duty, Handler, Schedule, is_kept, sweep
from tests.jobs.harness import EFFECT, ask, eventually, is_done, row, working


async def test_what_is_asked_for_is_done_at_once_and_once(out: Outside) -> None:
    done: list[str] = []

    async with working(out, {EFFECT: lambda _, subject: done.append(subject)}, poll_seconds=60):
        for key in ("a", "a", "b"):
            await asyncio.to_thread(ask, key)
            await eventually(is_done(key))
        await asyncio.to_thread(ask, "later", after=timedelta(hours=1))

    assert done == ["a", "b"]
    assert row("later").done_at is None


async def test_a_failure_is_tried_again_later_and_stops_nothing_else(out: Outside) -> None:
    tried: list[str] = []

    def handle(_: Outside, subject: str) -> None:
        tried.append(subject)
        if subject == "broken" and tried.count("broken") < 2:
            raise OSError("the mail server sleeps")

    async with working(out, {EFFECT: handle}):
        await asyncio.to_thread(ask, "broken")
        await asyncio.to_thread(ask, "whole")
        await eventually(is_done("whole"))
        await eventually(lambda: row("broken").last_error != "")
        assert row("broken").done_at is None
        clock.move(timedelta(seconds=6))
        await eventually(is_done("broken"))

    assert tried.count("broken") == 2
    assert row("broken").last_error == "OSError"


def test_what_fails_every_time_is_given_up_and_kept_for_a_person(out: Outside) -> None:
    def handle(_: Outside, subject: str) -> None:
        raise OSError("never")

    ask("hopeless")
    for _ in range(GIVE_UP_AFTER):
        (job,) = worker.claim(Schedule(()), limit=10, now=utc_now())
        worker.do(out, job, {EFFECT: handle})
        clock.move(timedelta(hours=1, seconds=1))

    assert worker.claim(Schedule(()), limit=10, now=utc_now()) == []
    assert row("hopeless").dead_at is not None


def test_a_topic_nobody_knows_fails_like_any_other_job(out: Outside) -> None:
    ask("odd")
    (job,) = worker.claim(Schedule(()), limit=10, now=utc_now())

    worker.do(out, job, {})

    assert row("odd").last_error == "KeyError"


async def test_several_workers_share_the_work_and_nothing_is_done_twice(out: Outside) -> None:
    done: list[str] = []
    keys = [f"job {number}" for number in range(40)]
    for key in keys:
        ask(key)
    table: Mapping[str, Handler] = {EFFECT: lambda _, subject: done.append(subject)}

    async with working(out, table), working(out, table), working(out, table):
        await eventually(lambda: len(done) >= len(keys))

    assert sorted(done) == sorted(keys)


async def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand(out: Outside) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def handle(_: Outside, subject: str) -> None:
        begun.set()
        go_on.wait(20)

    ask("slow")
    async with working(out, {EFFECT: handle}) as stop:
        await eventually(begun.is_set)
        stop.set()
        go_on.set()

    assert row("slow").done_at is not None


def open_duties() -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(OutboxRow.key).where(OutboxRow.topic == DUTY, col(OutboxRow.done_at).is_(None))))


async def test_a_duty_comes_round_once_a_turn_however_many_workers_there_are(out: Outside) -> None:
    turns: list[str] = []
    duty = Duty("count", timedelta(days=1), lambda _: turns.append("turn"))

    async with working(out, {}, [duty]), working(out, {}, [duty]):
        await eventually(lambda: turns == ["turn"] and not open_duties())
        clock.move(timedelta(days=1))
        await eventually(lambda: turns == ["turn", "turn"])

    with database.reading() as db:
        keys = db.exec(select(OutboxRow.key).where(col(OutboxRow.done_at).is_not(None))).all()
    assert len(keys) == 2
    assert all(key.startswith("cron:count:") for key in keys)


async def test_a_duty_that_fails_waits_for_its_next_turn(out: Outside) -> None:
    turns: list[str] = []

    def fail(_: Outside) -> None:
        turns.append("turn")
        raise OSError

    async with working(out, {}, [Duty("fail", timedelta(days=1), fail)]):
        await eventually(lambda: turns == ["turn"] and not open_duties())
        clock.move(timedelta(days=1))
        await eventually(lambda: turns == ["turn", "turn"])


def test_turns_missed_while_nobody_was_there_are_not_made_up(out: Outside) -> None:
    schedule = Schedule([Duty("count", timedelta(minutes=1), lambda _: None)])
    for _ in range(3):
        schedule.enqueue_due(utc_now())
        clock.move(timedelta(hours=1))

    assert len(worker.claim(Schedule(()), limit=10, now=utc_now())) == 3


def test_two_processes_may_ask_for_the_same_thing_at_the_same_time(out: Outside) -> None:
    start = threading.Barrier(8)
    failed: list[BaseException] = []

    def ask_once() -> None:
        start.wait()
        try:
            ask("same")
        except BaseException as error:
            failed.append(error)

    asking = [threading.Thread(target=ask_once) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()

    assert failed == []
    assert row("same").attempts == 0


def test_old_rows_are_swept_and_open_ones_are_not(out: Outside) -> None:
    for key in ("cron:x:1", "mail", "open"):
        ask(key)
    with database.transaction() as db:
        for key in ("cron:x:1", "mail"):
            outbox.finish(db, row(key).id, now=utc_now())

    def left(after: timedelta) -> set[str]:
        with database.transaction() as db:
            outbox.sweep(db, key_prefix="cron:", now=utc_now() + after)
            return set(db.exec(select(OutboxRow.key)))

    assert left(timedelta(minutes=59)) == {"cron:x:1", "mail", "open"}
    assert left(timedelta(minutes=61)) == {"mail", "open"}
    assert left(timedelta(days=31)) == {"open"}


async def test_the_turns_are_kept_while_any_process_takes_them(out: Outside) -> None:
    assert not is_kept()

    async with working(out, {}, [Duty("count", timedelta(days=1), lambda _: None)]):
        await eventually(is_kept)

    clock.move(timedelta(seconds=61))
    assert not is_kept()


async def test_a_duty_that_no_longer_exists_is_passed_over(out: Outside) -> None:
    Schedule([Duty("gone", timedelta(days=1), lambda _: None)]).enqueue_due(utc_now())

    async with working(out, {}):
        await eventually(lambda: not worker.claim(Schedule(()), limit=1, now=utc_now()))

    with database.reading() as db:
        assert db.exec(select(OutboxRow)).one().last_error == ""


def test_the_sweep_is_a_duty_like_any_other(out: Outside) -> None:
    ask("cron:old")
    with database.transaction() as db:
        outbox.finish(db, row("cron:old").id, now=utc_now() - timedelta(hours=2))

    sweep(out)

    with database.reading() as db:
        assert db.exec(select(OutboxRow)).all() == []


async def test_a_database_that_is_away_for_a_while_ends_no_worker(out: Outside, database_url: str) -> None:
    with structlog.testing.capture_logs() as said:
        async with working(out, {EFFECT: lambda _, subject: None}, poll_seconds=0.01):
            await asyncio.to_thread(ask, "before")
            await eventually(is_done("before"))
            database.dispose()
            await eventually(lambda: any(line["event"] == "jobs.no_database" for line in said))
            database.connect(database_url)
            await asyncio.to_thread(ask, "after")
            await eventually(is_done("after"))
