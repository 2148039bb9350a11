"""Why a mentor stands on the list, in the words of their card."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.common import habits
from mentorhub.domain.common.habits import Habits
from mentorhub.domain.marketplace.queries.cards import reasons_for
from mentorhub.domain.marketplace.rules.wish import Wish
from tests.domain.marketplace.test_rules import listed

FREE = [datetime(2026, 11, day, 12, 0, tzinfo=UTC) for day in (24, 28, 29)]
"""Noon of a Tuesday, a Saturday and a Sunday."""


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        (0, "Free Tuesday, Saturday and Sunday"),
        (5, "Free Saturday, Sunday and Tuesday"),
        (6, "Free Sunday, Tuesday and Saturday"),
    ],
)
def test_free_days_are_named_in_the_order_of_the_readers_week(begins: int, words: str) -> None:
    with habits.of(Habits(week_begins=begins)):
        reasons = reasons_for(listed("Kabir"), Wish(this_week=True), FREE, ZoneInfo("UTC"))

    assert ("free time", words) in reasons
