"""Hours drawn on the week: what may be drawn, what lies on which day, and what grows together."""

import pytest

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules.drawing import Drawn, by_day, checked_drawn, is_within, joined

MONDAY, TUESDAY, SUNDAY = 0, 1, 6
NOON = 12 * 60


def on(weekday: int, opens: int, closes: int) -> Drawn:
    """A span in whole hours."""
    return Drawn(weekday, opens * 60, closes * 60)


@pytest.mark.parametrize(
    "span",
    [Drawn(MONDAY, 0, 5), Drawn(SUNDAY, 1435, 1440), Drawn(SUNDAY, 1435, 2880), Drawn(TUESDAY, 540, 1020)],
)
def test_a_span_within_the_week_may_be_drawn(span: Drawn) -> None:
    assert checked_drawn(span) == span


@pytest.mark.parametrize(
    ("span", "field", "words"),
    [
        (Drawn(7, 540, 600), "start", "Those hours are not within the week."),
        (Drawn(-1, 540, 600), "start", "Those hours are not within the week."),
        (Drawn(MONDAY, -5, 600), "start", "Those hours are not within the week."),
        (Drawn(MONDAY, 1440, 1500), "start", "Those hours are not within the week."),
        (Drawn(MONDAY, 540, 2885), "start", "Those hours are not within the week."),
        (Drawn(MONDAY, 540, 540), "end", "The end is before the start."),
        (Drawn(MONDAY, 540, 535), "end", "The end is before the start."),
        (Drawn(MONDAY, 541, 600), "start", "Times come in steps of 5 minutes."),
        (Drawn(MONDAY, 540, 601), "start", "Times come in steps of 5 minutes."),
    ],
)
def test_what_cannot_be_drawn_is_told_beside_its_field(span: Drawn, field: str, words: str) -> None:
    with pytest.raises(FieldError, match=f"^{words}$") as caught:
        checked_drawn(span)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("span", "days"),
    [
        (on(MONDAY, 9, 12), [on(MONDAY, 9, 12)]),
        (on(MONDAY, 20, 24), [on(MONDAY, 20, 24)]),
        (on(MONDAY, 22, 26), [on(MONDAY, 22, 24), on(TUESDAY, 0, 2)]),
        (on(SUNDAY, 22, 25), [on(SUNDAY, 22, 24), on(MONDAY, 0, 1)]),
    ],
)
def test_hours_over_midnight_lie_on_two_days(span: Drawn, days: list[Drawn]) -> None:
    assert list(by_day(span)) == days


@pytest.mark.parametrize(
    ("span", "is_inside"),
    [
        (on(MONDAY, 9, 12), True),
        (on(MONDAY, 10, 11), True),
        (on(TUESDAY, 10, 11), False),
        (Drawn(MONDAY, 9 * 60 - 1, NOON), False),
        (Drawn(MONDAY, 9 * 60, NOON + 1), False),
    ],
)
def test_a_span_lies_within_another_of_its_day(span: Drawn, *, is_inside: bool) -> None:
    assert is_within(span, on(MONDAY, 9, 12)) is is_inside


@pytest.mark.parametrize(
    ("span", "others", "grown", "apart"),
    [
        (on(MONDAY, 9, 10), [], on(MONDAY, 9, 10), []),
        (on(MONDAY, 9, 10), [on(MONDAY, 10, 12)], on(MONDAY, 9, 12), []),
        (on(MONDAY, 9, 10), [on(MONDAY, 7, 9)], on(MONDAY, 7, 10), []),
        (on(MONDAY, 9, 10), [on(MONDAY, 8, 12)], on(MONDAY, 8, 12), []),
        (on(MONDAY, 8, 12), [on(MONDAY, 9, 10)], on(MONDAY, 8, 12), []),
        (on(MONDAY, 9, 10), [on(TUESDAY, 9, 10)], on(MONDAY, 9, 10), [on(TUESDAY, 9, 10)]),
        (on(TUESDAY, 9, 10), [on(MONDAY, 9, 10)], on(TUESDAY, 9, 10), [on(MONDAY, 9, 10)]),
        (on(MONDAY, 9, 10), [Drawn(MONDAY, 601, NOON)], on(MONDAY, 9, 10), [Drawn(MONDAY, 601, NOON)]),
        (on(MONDAY, 9, 10), [Drawn(MONDAY, 420, 539)], on(MONDAY, 9, 10), [Drawn(MONDAY, 420, 539)]),
        (on(MONDAY, 9, 11), [on(MONDAY, 13, 14), on(MONDAY, 10, 13), on(MONDAY, 7, 9)], on(MONDAY, 7, 14), []),
        # Two that were put down over each other: what the later one adds reaches back to the earlier.
        (on(MONDAY, 12, 13), [on(MONDAY, 6, 8), on(MONDAY, 7, 12)], on(MONDAY, 6, 13), []),
        (
            on(TUESDAY, 12, 13),
            [on(TUESDAY, 18, 19), on(MONDAY, 6, 7), on(TUESDAY, 10, 12), on(TUESDAY, 6, 7)],
            on(TUESDAY, 10, 13),
            [on(MONDAY, 6, 7), on(TUESDAY, 6, 7), on(TUESDAY, 18, 19)],
        ),
    ],
)
def test_a_span_grows_over_what_it_touches_and_leaves_the_rest_in_order(
    span: Drawn, others: list[Drawn], grown: Drawn, apart: list[Drawn]
) -> None:
    assert joined(span, others) == (grown, tuple(apart))
