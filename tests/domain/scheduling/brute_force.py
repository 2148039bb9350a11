"""Start times found by looking at every single minute: slow, plain, and sharing no line with the rules.

Clocks are the standard library's, on the same `tzdata` package. Times are whole microseconds since 1970.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def zone_info(name: str) -> ZoneInfo:
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def moment(instant: int) -> datetime:
    return EPOCH + timedelta(microseconds=instant)


def instant(text: str) -> int:
    return (datetime.fromisoformat(text) - EPOCH) // MICROSECOND


class Scan:
    """One request, answered cell by cell between all the instants at which anything could change."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.zone = zone_info(request["mentor_timezone"])
        self.session = request["session_minutes"] * MINUTE
        self.step = request["slot_step_minutes"] * MINUTE
        self.range = instant(request["range_start"]), instant(request["range_end"])
        first = self.range[0] // MINUTE * MINUTE - 72 * HOUR
        last = self.range[1] + self.session + 2 * HOUR
        self.hours = self._hours_of_dates(first, last)
        self.taken = list(self._taken())
        self.points = self._points(first, last)
        self.dates = self._dates(self.points)
        self.date_at = dict(zip(self.points, self.dates, strict=True))
        self.free = {point: self._is_free(point, day) for point, day in self.date_at.items()}
        self.not_free = [point for point in self.points if not self.free[point]]

    def local(self, point: int) -> datetime:
        return moment(point).astimezone(self.zone)

    def _converted(self, day: date, clock: str) -> int:
        if clock == "24:00":
            day, clock = day + timedelta(days=1), "00:00"
        hour, minute = map(int, clock.split(":"))
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone)
        return (local - EPOCH) // MICROSECOND

    def _hours_of_dates(self, first: int, last: int) -> dict[date, list[tuple[int, int]]]:
        hours = {}
        day = moment(first).date() - timedelta(days=2)
        while day <= moment(last).date() + timedelta(days=2):
            overrides = [item for item in self.request["overrides"] if item["date"] == day.isoformat()]
            if overrides:
                texts = [tuple(interval) for item in overrides for interval in item["intervals"]]
            else:
                texts = [
                    (rule["start"], rule["end"])
                    for rule in self.request["weekly_rules"]
                    if rule["weekday"] == day.weekday()
                ]
            hours[day] = [
                (self._converted(day, start), self._converted(day, "24:00" if end == "00:00" else end))
                for start, end in texts
                if start != end
            ]
            day += timedelta(days=1)
        return hours

    def _taken(self) -> Any:
        before = self.request["buffer_before_minutes"] * MINUTE
        after = self.request["buffer_after_minutes"] * MINUTE
        for start, end in self.request["busy"]:
            if instant(start) != instant(end):
                yield instant(start) - after, instant(end) + before
        for start, end in self.request.get("bookings", []):
            if instant(start) != instant(end):
                yield instant(start) - before - after, instant(end) + after + before
        yield -(10**20), instant(self.request["now"]) + self.request["min_notice_minutes"] * MINUTE

    def _points(self, first: int, last: int) -> list[int]:
        """Every minute, every end of anything, and every second of a minute in which the clock changes."""
        points = set(range(first, last, MINUTE))
        ends = [end for spans in self.hours.values() for span in spans for end in span]
        ends += [end for span in self.taken for end in span]
        ends += [self._converted(day, "00:00") for day in self.hours]
        points.update(end for end in ends if first < end < last)
        for hour in range(first, last, HOUR):
            if self.local(hour).utcoffset() == self.local(hour + HOUR).utcoffset():
                continue
            for minute in range(hour, hour + HOUR, MINUTE):
                if self.local(minute).utcoffset() != self.local(minute + MINUTE).utcoffset():
                    points.update(range(minute, minute + MINUTE, SECOND))
        return sorted(points)

    def _dates(self, points: list[int]) -> list[date]:
        """The local date each point belongs to: the latest that the clock has reached by then."""
        dates, latest = [], date.min
        for point in points:
            latest = max(latest, self.local(point).date())
            dates.append(latest)
        return dates

    def date_of(self, point: int) -> date:
        """The local date of an instant that may lie anywhere."""
        if point not in self.date_at:
            self.date_at[point] = self._dates([*range(point - 48 * HOUR, point, MINUTE), point])[-1]
        return self.date_at[point]

    def _is_free(self, point: int, day: date) -> bool:
        is_open = any(start <= point < end for start, end in self.hours.get(day, []))
        return is_open and not any(start <= point < end for start, end in self.taken)

    def gaps(self) -> list[list[int]]:
        """The points of each maximal run of free cells inside one date."""
        runs: list[list[int]] = []
        previous: tuple[bool, date] | None = None
        for point, day in zip(self.points, self.dates, strict=True):
            if self.free[point]:
                if previous == (True, day):
                    runs[-1].append(point)
                else:
                    runs.append([point])
            previous = self.free[point], day
        return runs

    def fits(self, start: int) -> bool:
        """Whether no point that is not free lies within a session from `start` on."""
        place = bisect_left(self.not_free, start)
        return place == len(self.not_free) or self.not_free[place] >= start + self.session

    def starts(self) -> list[str]:
        step = self.request["slot_step_minutes"]
        grid = next((size for size in (60, 30, 20, 15, 10, 5) if step % size == 0), 1)
        found = []
        for run in self.gaps():
            minutes = [point for point in run if point % MINUTE == 0]
            first = next((minute for minute in minutes if self.local(minute).minute % grid == 0), None)
            if first is not None:
                found += [minute for minute in minutes if minute >= first and (minute - first) % self.step == 0]
        return [self.written(start) for start in found if self.is_allowed(start) and self.fits(start)]

    def is_allowed(self, start: int) -> bool:
        if not self.range[0] <= start < self.range[1]:
            return False
        day = self.date_of(start)
        horizon, cap = self.request["horizon_days"], self.request["max_per_day"]
        if horizon is not None and day > self.date_of(instant(self.request["now"])) + timedelta(days=horizon):
            return False
        bookings = [(instant(a), instant(b)) for a, b in self.request.get("bookings", [])]
        return cap is None or sum(self.date_of(a) == day for a, b in bookings if a != b) < cap

    def written(self, start: int) -> str:
        return moment(start).replace(tzinfo=None).isoformat() + "Z"
