"""A program of its own: reads a calendar from stdin, writes the spans in which its owner is busy to stdout.

It runs apart, with limits on time and memory, because a recurrence of one line can describe more occurrences
than any machine can list. It is started by its path and imports nothing of ours. The first line of stdin is JSON
(`zone`, `since`, `until` in seconds, `own`), the rest the calendar; stdout is `{"spans", "warning"}` or `{"error"}`.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_CPU_SECONDS = 8
_MEMORY_BYTES = 512 * 1024 * 1024
_MOST_SPANS = 5_000


class _Unreadable(Exception):
    """Why there are no spans, in a sentence for the calendar's owner."""


def _limit() -> None:
    for kind, most in ((resource.RLIMIT_CPU, _CPU_SECONDS), (resource.RLIMIT_AS, _MEMORY_BYTES)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # not every system can limit memory; the deadline outside always holds
            continue


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
    except (ValueError, OSError, KeyError):
        return None


class _Reader:
    """Reads one calendar: its own zone stands in for times and days that name none."""

    def __init__(self, calendar: Calendar, home: ZoneInfo) -> None:
        self._calendar = calendar
        self._zone = _zone(str(calendar.get("X-WR-TIMEZONE", ""))) or home

    def spans(
        self, since: datetime, until: datetime, own: frozenset[str], *, forgiving: bool
    ) -> Iterator[tuple[int, int]]:
        """The busy spans that touch the window, in no order; those of our own sessions are left out.

        With `forgiving` an entry whose times cannot be read is passed over, and else nothing of the calendar is read.
        """
        if forgiving:
            self._leave_out_what_has_no_start()
        for event in recurring_ical_events.of(self._calendar, skip_bad_series=forgiving).between(since, until):
            free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
            if free or str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("UID", "")) in own:
                continue
            begins, ends = (self._moment(event[name].dt) for name in ("DTSTART", "DTEND"))
            if ends <= begins and not isinstance(event["DTSTART"].dt, datetime):
                ends = self._moment(event["DTSTART"].dt + timedelta(days=1))
            if begins < ends and begins < until.timestamp() and ends > since.timestamp():
                yield begins, ends

    def _leave_out_what_has_no_start(self) -> None:
        kept = [part for part in self._calendar.subcomponents if part.name != "VEVENT" or "DTSTART" in part]
        self._calendar.subcomponents = kept

    def warning(self) -> str:
        """What is said of zones nobody knows; empty when there are none."""
        starts: list[Any] = [event["DTSTART"] for event in self._calendar.walk("VEVENT") if "DTSTART" in event]
        strange = {
            str(start.params["TZID"])
            for start in starts
            if "TZID" in start.params and isinstance(start.dt, datetime) and start.dt.tzinfo is None
        }
        names = ", ".join(sorted(strange))[:80]
        words = f"The calendar names a time zone we do not know ({names}), so its times are read in {self._zone.key}."
        return words if strange else ""

    def _moment(self, at: date) -> int:
        local = at if isinstance(at, datetime) else datetime.combine(at, time.min)
        return int((local if local.tzinfo else local.replace(tzinfo=self._zone)).timestamp())


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged


def _spans_of(
    reader: _Reader, since: datetime, until: datetime, own: frozenset[str]
) -> tuple[list[tuple[int, int]], str]:
    """The spans and a warning: beside a damaged entry the others count, when there are any.

    To keep all of the last copy instead would let every new appointment be booked over for as long as the damaged
    entry stays there, which its owner may not even see.
    """
    try:
        return list(reader.spans(since, until, own, forgiving=False)), ""
    except MemoryError:
        raise
    except Exception as error:
        unreadable = _Unreadable("The calendar holds an entry whose times cannot be read.")
        try:
            found = list(reader.spans(since, until, own, forgiving=True))
        except Exception:
            raise unreadable from error
        if not found:
            raise unreadable from error
        return found, "An entry of this calendar has times that cannot be read, so it closes nothing here."


def _read(question: dict[str, Any], content: bytes) -> dict[str, Any]:
    since, until = (datetime.fromtimestamp(question[name], UTC) for name in ("since", "until"))
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        raise _Unreadable("What the address answers is not a calendar, or a damaged one.") from error
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise _Unreadable("What the address answers is not a calendar, or a damaged one.")
    spans: list[tuple[int, int]] = []
    warning = ""
    for calendar in calendars:
        reader = _Reader(calendar, ZoneInfo(question["zone"]))
        found, damaged = _spans_of(reader, since, until, frozenset(question["own"]))
        spans += found
        warning = warning or damaged or reader.warning()
    merged = _merged(spans)
    if len(merged) > _MOST_SPANS:
        raise _Unreadable(f"The calendar holds more than {_MOST_SPANS:,} busy times.")
    return {"spans": merged, "warning": warning}


def main() -> None:
    """Answer the question on stdin."""
    _limit()
    question = json.loads(sys.stdin.buffer.readline())
    try:
        answer = _read(question, sys.stdin.buffer.read())
    except _Unreadable as refusal:
        answer = {"error": str(refusal)}
    except MemoryError:
        answer = {"error": "The calendar is too large or repeats too often to be read."}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
