"""Sessions that repeat keep their local time, whatever the clocks do, and say which weekday of the month they mean."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import FR, MONTHLY, TH, TU, rrule
from hypothesis import given
from hypothesis import strategies as st

from mentorhub.domain.scheduling.rules.series import Rhythm, rhythm_in_words, series_starts

LONDON = ZoneInfo("Europe/London")
JANUARY = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
ZONES = ["Europe/London", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia"]


def local(*parts: int, zone: ZoneInfo = LONDON) -> datetime:
    return datetime(*parts, tzinfo=zone)  # type: ignore[arg-type, misc]


def test_nine_in_london_stays_nine_when_the_clocks_change() -> None:
    starts = series_starts(local(2027, 3, 16, 9), zone="Europe/London", rhythm=Rhythm.WEEKLY, count=4)

    assert [start.astimezone(UTC).hour for start in starts] == [9, 9, 8, 8]
    assert [start.astimezone(LONDON).hour for start in starts] == [9, 9, 9, 9]


def test_a_local_time_the_clock_skips_comes_an_hour_later_that_day_only() -> None:
    starts = series_starts(local(2027, 3, 21, 1, 30), zone="Europe/London", rhythm=Rhythm.WEEKLY, count=3)

    assert [start.astimezone(LONDON).strftime("%d %H:%M") for start in starts] == ["21 01:30", "28 02:30", "04 01:30"]


def test_a_local_time_that_comes_twice_is_the_first_of_the_two() -> None:
    starts = series_starts(local(2027, 10, 24, 1, 30), zone="Europe/London", rhythm=Rhythm.WEEKLY, count=2)

    assert starts[1] == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_series_whose_first_is_the_second_of_a_doubled_hour_begins_where_it_was_chosen() -> None:
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)

    starts = series_starts(second, zone="Europe/London", rhythm=Rhythm.WEEKLY, count=2)

    assert starts == [second, datetime(2027, 11, 7, 1, 30, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("first", "weekday"),
    [
        (local(2026, 11, 24, 9), TU(+4)),
        (local(2027, 1, 1, 9), FR(+1)),
        (local(2027, 1, 7, 9), TH(+1)),
        (local(2026, 12, 8, 9), TU(+2)),
    ],
)
def test_every_month_is_the_same_place_of_the_weekday_as_a_calendar_library_has_it(
    first: datetime, weekday: object
) -> None:
    ours = series_starts(first, zone="Europe/London", rhythm=Rhythm.MONTHLY, count=12)

    theirs = rrule(MONTHLY, count=12, byweekday=weekday, dtstart=first.replace(tzinfo=None))
    assert [start.astimezone(LONDON).replace(tzinfo=None) for start in ours] == list(theirs)


def test_the_fifth_friday_is_the_last_one_where_there_are_four() -> None:
    first = local(2027, 1, 29, 9)

    ours = series_starts(first, zone="Europe/London", rhythm=Rhythm.MONTHLY, count=12)

    last = rrule(MONTHLY, count=12, byweekday=FR(-1), dtstart=first.replace(tzinfo=None))
    assert [start.astimezone(LONDON).replace(tzinfo=None) for start in ours] == list(last)
    words = rhythm_in_words(first, zone="Europe/London", rhythm=Rhythm.MONTHLY)
    assert words == "every month on the fifth Friday, which is the last one in a month that has only four"


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm.WEEKLY, "every week on Wednesday"),
        (Rhythm.FORTNIGHTLY, "every second week on Wednesday"),
        (Rhythm.MONTHLY, "every month on the fourth Wednesday"),
    ],
)
def test_the_rhythm_is_said_with_the_day_of_the_zone_it_keeps(rhythm: Rhythm, words: str) -> None:
    late_tuesday_in_london = local(2026, 11, 24, 23)

    assert rhythm_in_words(late_tuesday_in_london, zone="Asia/Kolkata", rhythm=rhythm) == words


@pytest.mark.parametrize("count", [1, 0, -3, 13])
def test_a_series_has_two_to_twelve_sessions(count: int) -> None:
    with pytest.raises(ValueError, match=r"^a series has 2 to 12 sessions"):
        series_starts(local(2027, 1, 5, 9), zone="Europe/London", rhythm=Rhythm.WEEKLY, count=count)


def test_a_series_begins_at_an_instant_and_all_its_starts_are_told_in_utc() -> None:
    with pytest.raises(ValueError, match=r"begins at an instant$"):
        series_starts(local(2027, 1, 5, 9).replace(tzinfo=None), zone="Europe/London", rhythm=Rhythm.WEEKLY, count=2)

    starts = series_starts(local(2027, 6, 1, 9), zone="Europe/London", rhythm=Rhythm.WEEKLY, count=3)

    assert [start.hour for start in starts] == [8] * 3
    assert all(start.tzinfo is UTC for start in starts)


@given(
    first=st.datetimes(JANUARY, JANUARY.replace(year=2030)),
    zone=st.sampled_from(ZONES),
    rhythm=st.sampled_from(Rhythm),
    count=st.integers(2, 12),
)
def test_starts_rise_keep_weekday_and_hour_and_lie_the_right_time_apart(
    first: datetime, zone: str, rhythm: Rhythm, count: int
) -> None:
    begins = first.replace(second=0, microsecond=0, tzinfo=UTC)
    here = ZoneInfo(zone)

    starts = series_starts(begins, zone=zone, rhythm=rhythm, count=count)

    assert len(starts) == count
    days = [start.astimezone(here) for start in starts]
    gaps = {Rhythm.WEEKLY: {7}, Rhythm.FORTNIGHTLY: {14}, Rhythm.MONTHLY: {28, 35}}[rhythm]
    for earlier, later in pairwise(days):
        assert (later.date() - earlier.date()).days in gaps
    skipped = timedelta(hours=1)
    assert all(abs(_clock(day) - _clock(days[0])) <= skipped for day in days)


def _clock(moment: datetime) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute)
