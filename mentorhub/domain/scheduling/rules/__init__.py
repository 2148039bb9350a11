"""Slots as pure arithmetic: SCHEDULING.md part A to the letter, with no clock, database or environment.

`parse_request` reads a question strictly, `compute_slots` answers it, `explain` tells why other times are not
offered, `rule_against` why one is not, and `fits` says whether one start still holds. Instants are whole
microseconds since 1970 in UTC.
"""

from mentorhub.domain.scheduling.rules.explanation import NotOffered, Rule, explain, rule_against
from mentorhub.domain.scheduling.rules.parsing import parse_minutes, parse_request
from mentorhub.domain.scheduling.rules.request import (
    DayHours,
    SlotRequest,
    WeeklyHours,
    to_datetime,
    to_day,
    to_instant,
)
from mentorhub.domain.scheduling.rules.slots import compute_slots, fits, format_slots, last_day_ends

__all__ = [
    "DayHours",
    "NotOffered",
    "Rule",
    "SlotRequest",
    "WeeklyHours",
    "compute_slots",
    "explain",
    "fits",
    "format_slots",
    "last_day_ends",
    "parse_minutes",
    "parse_request",
    "rule_against",
    "to_datetime",
    "to_day",
    "to_instant",
]
