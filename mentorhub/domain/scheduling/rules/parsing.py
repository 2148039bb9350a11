"""Reading a question for start times from JSON values: strict, complete, and before anything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from mentorhub.domain.common.zones import zone_names
from mentorhub.domain.scheduling.errors import InvalidSlotRequest
from mentorhub.domain.scheduling.rules.request import (
    DayHours,
    SlotRequest,
    Span,
    WeeklyHours,
    to_day,
    to_instant,
)

T = TypeVar("T")

_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = re.compile(_CLOCK)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(rf"{_DATE.pattern}T{_CLOCK}(?::[0-5][0-9](?:\.[0-9]{{1,6}})?)?(?:Z|[+-]{_CLOCK})")


def parse_request(data: Any) -> SlotRequest:
    """Read one question as SCHEDULING.md part A describes it, from what a JSON reader returns.

    Raises InvalidSlotRequest, whose message names the field, when any part of it is malformed.
    """
    if not isinstance(data, dict):
        raise InvalidSlotRequest("A question for start times is one object.")
    request = SlotRequest(
        mentor_timezone=_field(data, "mentor_timezone", _zone_name),
        weekly_rules=_field(data, "weekly_rules", _list_of(_weekly_hours)),
        overrides=_field(data, "overrides", _list_of(_day_hours)),
        busy=_field(data, "busy", _list_of(_span)),
        bookings=_field(data, "bookings", _list_of(_span)) if "bookings" in data else (),
        session_minutes=_field(data, "session_minutes", _at_least_one),
        slot_step_minutes=_field(data, "slot_step_minutes", _at_least_one),
        buffer_before_minutes=_field(data, "buffer_before_minutes", _at_least_zero),
        buffer_after_minutes=_field(data, "buffer_after_minutes", _at_least_zero),
        min_notice_minutes=_field(data, "min_notice_minutes", _at_least_zero),
        horizon_days=_field(data, "horizon_days", _at_least_zero_or_null),
        max_per_day=_field(data, "max_per_day", _at_least_zero_or_null),
        now=_field(data, "now", _timestamp),
        range_start=_field(data, "range_start", _timestamp),
        range_end=_field(data, "range_end", _timestamp),
    )
    if request.range_end < request.range_start:
        raise InvalidSlotRequest("range_end: the range ends before it starts.")
    return request


def parse_minutes(start: Any, end: Any) -> Span:
    """Read open hours such as `"09:00"` to `"17:30"` as minutes of the day; equal times are empty.

    An end of `"00:00"` or `"24:00"` is the end of the day. Raises ValueError when they are no such times,
    or the end comes before the start.
    """
    if not (_is_text(start, _TIME) and (end == "24:00" or _is_text(end, _TIME))):
        raise ValueError('times are written "09:30", and only an end may be "24:00"')
    opens, closes = _minute(start), _minute(end)
    if closes == 0 and opens > 0:
        return opens, _minute("24:00")
    if closes < opens:
        raise ValueError("hours end before they start")
    return opens, closes


def _field(fields: dict[Any, Any], name: str, read: Callable[[Any], T]) -> T:
    if name not in fields:
        raise InvalidSlotRequest(f"{name}: this field is missing.")
    try:
        return read(fields[name])
    except ValueError as problem:
        raise InvalidSlotRequest(f"{name}: {problem}.") from None


def _list_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    def read_all(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError("this is a list")
        return tuple([read(item) for item in value])

    return read_all


def _part(value: Any, name: str) -> Any:
    if not isinstance(value, dict) or name not in value:
        raise ValueError(f'each item is an object that holds "{name}"')
    return value[name]


def _pair(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("a span is a list of exactly two, its start and its end")
    return value[0], value[1]


def _weekly_hours(value: Any) -> WeeklyHours:
    weekday = _part(value, "weekday")
    if type(weekday) is not int or not 0 <= weekday <= 6:
        raise ValueError("a weekday is a whole number from 0, Monday, to 6")
    return WeeklyHours(weekday, *parse_minutes(_part(value, "start"), _part(value, "end")))


def _day_hours(value: Any) -> DayHours:
    text = _part(value, "date")
    if not _is_text(text, _DATE):
        raise ValueError('a date is written "2026-05-31"')
    try:
        day = to_day(date.fromisoformat(text))
    except ValueError:
        raise ValueError("a date is one of the calendar") from None
    intervals = _part(value, "intervals")
    return DayHours(day, _list_of(lambda item: parse_minutes(*_pair(item)))(intervals))


def _span(value: Any) -> Span:
    starts, ends = map(_timestamp, _pair(value))
    if ends < starts:
        raise ValueError("a span ends before it starts")
    return starts, ends


def _timestamp(value: Any) -> int:
    try:
        if _is_text(value, _TIMESTAMP):
            return to_instant(datetime.fromisoformat(value))
    except ValueError:
        pass
    raise ValueError('a timestamp is written "2026-05-31T09:30Z", with "Z" or an offset')


def _zone_name(value: Any) -> str:
    if not isinstance(value, str) or value not in zone_names():
        raise ValueError('this is a zone of the IANA database, such as "Europe/London"')
    return value


def _at_least_zero(value: Any) -> int:
    return _whole_number(value, 0)


def _at_least_one(value: Any) -> int:
    return _whole_number(value, 1)


def _at_least_zero_or_null(value: Any) -> int | None:
    return None if value is None else _whole_number(value, 0)


def _whole_number(value: Any, least: int) -> int:
    # JSON's true and 60.0 are equal to whole numbers in Python, and are none.
    if type(value) is not int or value < least:
        raise ValueError(f"this is a whole number of at least {least}")
    return value


def _is_text(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
