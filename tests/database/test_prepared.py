"""Statements that go to the driver as they are: the same answers, errors and listeners as any other statement."""

from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, event, insert, literal_column, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col

from mentorhub import database
from mentorhub.database.prepared import Prepared
from mentorhub.domain.accounts.models import User
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.scheduling.models import AvailabilityRule
from tests.people import People

RULE = AvailabilityRule.__table__  # type: ignore[attr-defined]
HOURS_ON = Prepared(lambda _: select(RULE.c.start_minute, RULE.c.end_minute).where(RULE.c.weekday == bindparam("day")))
OPEN_ON = Prepared(lambda _: insert(RULE))


def hours(people: People, *days: int) -> list[dict[str, Any]]:
    span = {"mentor_id": people.mentor, "offering_id": None, "start_minute": 60, "end_minute": 120}
    return [{"id": new_id(), "weekday": day, **span} for day in days]


@pytest.mark.parametrize("days", [(6,), (5, 6, 6)])
def test_what_one_or_several_parameters_wrote_is_counted_and_found_again(
    everyone: People, days: tuple[int, ...]
) -> None:
    with database.transaction() as db:
        assert OPEN_ON.count(db.connection(), *hours(everyone, *days)) == len(days)

    with database.reading() as db:
        assert HOURS_ON.rows(db.connection(), {"day": 6}) == [(60, 120)] * days.count(6)


def test_the_name_of_the_dialect_chooses_the_statement(database_url: str) -> None:
    named = Prepared(lambda dialect: select(literal_column(f"'{dialect}'")))

    with database.reading() as db:
        assert named.rows(db.connection(), {}) == [(db.get_bind().dialect.name,)]


def test_it_fails_with_the_errors_of_any_statement_and_names_no_parameter(everyone: People) -> None:
    (once,) = hours(everyone, 6)
    with pytest.raises(IntegrityError) as refused, database.transaction() as db:
        OPEN_ON.count(db.connection(), once, once)

    assert str(everyone.mentor) not in str(refused.value)
    with database.reading() as db:
        assert HOURS_ON.rows(db.connection(), {"day": 6}) == []


def test_a_parameter_that_is_missing_is_no_null(everyone: People) -> None:
    with pytest.raises(KeyError), database.reading() as db:
        HOURS_ON.rows(db.connection(), {})


def test_who_listens_to_statements_hears_of_it_too(everyone: People) -> None:
    heard: list[tuple[str, bool]] = []

    def hear(_: Connection, __: object, statement: str, ___: object, ____: object, many: bool) -> None:
        heard.append((statement.split()[0], many))

    event.listen(database.engine(), "before_cursor_execute", hear)
    with database.transaction() as db:
        OPEN_ON.count(db.connection(), *hours(everyone, 5, 6))
        HOURS_ON.rows(db.connection(), {"day": 6})

    assert [one for one in heard if one[0] in ("INSERT", "SELECT")] == [("INSERT", True), ("SELECT", False)]


def test_whoever_only_reads_can_change_nothing_through_it_either(everyone: People) -> None:
    named = Prepared(lambda _: update(User).where(col(User.id) == bindparam("who")).values(name=bindparam("called")))

    with pytest.raises(DBAPIError), database.reading() as db:
        named.count(db.connection(), {"who": everyone.mentor, "called": "Other"})
