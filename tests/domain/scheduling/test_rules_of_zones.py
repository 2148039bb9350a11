"""How a zone's file is read, and what its clock says around a change: small zones made up for the purpose."""

import struct
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.scheduling.rules.seasons import DAY, MINUTE, Seasons, parse_seasons
from mentorhub.domain.scheduling.rules.zones import Changes, Stretch, Zone, _parse
from tests.domain.scheduling.brute_force import HOUR, SECOND, instant, moment

NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"


def seasons_of(footer: str) -> Seasons:
    seasons = parse_seasons(footer)
    assert seasons is not None
    return seasons


def changes(footer: str, when: str) -> list[tuple[str, float]]:
    """The changes near an instant, each with the hours that clocks are ahead of UTC from then on."""
    return [
        (f"{moment(at):%Y-%m-%d %H:%M:%S}", offset / HOUR) for at, offset in seasons_of(footer).around(instant(when))
    ]


def test_the_changes_around_an_instant_are_those_of_its_year_and_of_both_its_neighbours() -> None:
    """From the second Sunday of March to the first of November, at two on the wall clock, an hour ahead."""
    assert changes(NEW_YORK, "2050-06-01T00:00Z") == [
        ("2049-03-14 07:00:00", -4),
        ("2049-11-07 06:00:00", -5),
        ("2050-03-13 07:00:00", -4),
        ("2050-11-06 06:00:00", -5),
        ("2051-03-12 07:00:00", -4),
        ("2051-11-05 06:00:00", -5),
    ]


def test_a_month_that_begins_on_the_weekday_has_its_first_one_on_the_first() -> None:
    assert changes(NEW_YORK, "2054-06-01T00:00Z")[2:4] == [("2054-03-08 07:00:00", -4), ("2054-11-01 06:00:00", -5)]


@pytest.mark.parametrize(
    ("footer", "of_2050"),
    [
        # The fifth Sunday is the last one, in a month of four or of five.
        ("GMT0BST,M3.5.0/1,M10.5.0", [("2050-03-27 01:00:00", 1), ("2050-10-30 01:00:00", 0)]),
        ("XXX0YYY,M2.5.1/1,M5.5.1/1", [("2050-02-28 01:00:00", 1), ("2050-05-30 00:00:00", 0)]),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", [("2050-04-02 15:00:00", 10.5), ("2050-10-01 15:30:00", 11)]),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", [("2050-03-27 01:00:00", -1), ("2050-10-30 01:00:00", -2)]),
        ("XXX+1:30YYY+0:30,M3.1.0/3:04:05,M10.1.0", [("2050-03-06 04:34:05", -0.5), ("2050-10-02 02:30:00", -1.5)]),
    ],
)
def test_footers_tell_the_changes_of_a_year(footer: str, of_2050: list[tuple[str, float]]) -> None:
    assert changes(footer, "2050-06-01T00:00Z")[2:4] == of_2050


def test_a_footer_is_one_offset_for_ever_or_a_rule_and_nothing_else() -> None:
    assert parse_seasons("<+0545>-5:45") is None
    with pytest.raises(ValueError, match=r"^not a rule of clock changes$"):
        parse_seasons("EST5EDT,J60,J300")


@pytest.mark.parametrize(
    ("offset", "days"), [(0, range(12, 18)), (5 * HOUR + 30 * MINUTE, range(13, 18)), (-5 * HOUR, range(12, 17))]
)
def test_days_are_plain_that_lie_two_days_and_more_from_a_change(offset: int, days: range) -> None:
    assert Stretch(10 * DAY, 20 * DAY, offset).plain_days() == days


def test_after_the_last_listed_change_the_yearly_rule_goes_on() -> None:
    first, second, last = (instant(f"{day}Z") for day in ("2020-03-01T00:00", "2020-05-01T00:00", "2020-11-01T06:00"))
    clock = Changes((first, second, last), (-7 * HOUR, -6 * HOUR, -4 * HOUR, -5 * HOUR), seasons_of(NEW_YORK))
    summer, winter = instant("2021-03-14T07:00Z"), instant("2021-11-07T06:00Z")

    assert clock.stretch(first - 1)[1:] == (first, -7 * HOUR)
    assert clock.stretch(first) == (first, second, -6 * HOUR)
    assert clock.stretch(last - 1) == (second, last, -4 * HOUR)
    assert clock.stretch(last) == clock.stretch(summer - 1) == (last, summer, -5 * HOUR)
    assert clock.stretch(summer) == clock.stretch(winter - 1) == (summer, winter, -4 * HOUR)


def test_the_yearly_rule_is_not_asked_before_the_last_listed_change() -> None:
    """In 2020 this zone left summer a month later than its rule says from then on."""
    first, last = instant("2020-03-01T00:00Z"), instant("2020-12-01T00:00Z")
    clock = Changes((first - DAY, first, last), (-5 * HOUR, -6 * HOUR, -4 * HOUR, -5 * HOUR), seasons_of(NEW_YORK))

    assert clock.stretch(last - 1) == (first, last, -4 * HOUR)
    assert clock.stretch(last) == (last, instant("2021-03-14T07:00Z"), -5 * HOUR)


def test_a_clock_put_back_over_midnight_stays_on_the_new_day_east_of_greenwich_too() -> None:
    """At 00:30 on 5 January 2020 this clock, three hours ahead, went back to 22:30."""
    change = instant("2020-01-04T21:30Z")
    zone = Zone(Changes((change,), (3 * HOUR, HOUR), None))
    old = (change - 12 * HOUR + 3 * HOUR) // DAY

    assert [zone.day_of(change + after) - old for after in (-31 * MINUTE, -30 * MINUTE, 0, HOUR, 2 * HOUR)] == [
        0, 1, 1, 1, 1,
    ]  # fmt: skip


def test_a_clock_put_back_from_midnight_itself_shows_the_old_day_again() -> None:
    change = instant("2018-02-18T02:00Z")
    zone = Zone(Changes((change,), (-2 * HOUR, -3 * HOUR), None))
    old = (change - DAY) // DAY

    assert [zone.day_of(change + after) - old for after in (-1, 0, HOUR - 1, HOUR)] == [0, 0, 0, 1]
    assert zone.day_start(old + 1) == change + HOUR
    assert zone.instant_of((old + 1) * DAY) == change + HOUR


def zone_file(footer: str, *, version_1: tuple[int, ...], version_2: tuple[int, ...], leaps: int) -> bytes:
    """A TZif file with all the parts of RFC 9636, also those that the pinned database leaves empty.

    Each version lists changes to kinds of time by turns: the given seconds since 1970.
    """
    kinds = struct.pack(">l?Bl?B", 3600, False, 0, 7200, True, 4)
    names = b"AAA\0BBB\0"

    def part(times: tuple[int, ...], size: str) -> bytes:
        head = struct.pack(">4sc15x6L", b"TZif", b"2", 2, 2, leaps, len(times), 2, len(names))
        body = struct.pack(f">{len(times)}{size}", *times) + bytes(place % 2 for place in range(1, len(times) + 1))
        seconds = b"".join(struct.pack(f">{size}l", 78_796_800 + place, place + 1) for place in range(leaps))
        return head + body + kinds + names + seconds + b"\0\1" + b"\0\1"

    return part(version_1, "l") + part(version_2, "q") + f"\n{footer}\n".encode()


@pytest.mark.parametrize("leaps", [0, 3])
def test_a_zone_file_with_all_its_parts_is_read_as_the_standard_library_reads_it(leaps: int) -> None:
    listed = (100_000_000, 300_000_000, 500_000_000)
    file = zone_file("<+01>-1", version_1=(1, 2, 3, 4, 5), version_2=listed, leaps=leaps)

    clock, theirs = _parse(file), ZoneInfo.from_file(BytesIO(file))

    assert clock == Changes(
        instants=tuple(seconds * SECOND for seconds in listed),
        offsets=(HOUR, 2 * HOUR, HOUR, 2 * HOUR),
        seasons=None,
    )
    for at in (seconds * SECOND + by for seconds in listed[:2] for by in (-SECOND, 0, SECOND)):
        assert moment(at).astimezone(theirs).utcoffset() == timedelta(microseconds=clock.stretch(at).offset)
