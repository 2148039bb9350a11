"""Drawing on the week: the same rows the form edits, put down, moved and taken away by hand."""

from collections.abc import Sequence

import reflex as rx

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules.drawing import Drawn, by_day, checked_drawn, is_within, joined
from mentorhub.domain.scheduling.rules.editing import span_typed
from mentorhub.state.base import Access, event, require_viewer
from mentorhub.state.hours import HoursState
from mentorhub.state.hours_draft import RowTyped


class DrawState(rx.State):
    """Draws into the draft of `HoursState` and holds nothing of its own."""

    @event(Access.SIGNED_IN)
    async def draw(self, weekday: int, opens: int, closes: int) -> None:
        """Open hours drawn on the week, joined with those they touch; over midnight they are two."""
        require_viewer()
        put = checked_drawn(Drawn(weekday, opens, closes))
        hours = await self.get_state(HoursState)
        await hours._redraw(_put(hours, hours._rows, put))

    @event(Access.SIGNED_IN)
    async def redraw(
        self, weekday: int, opens: int, closes: int, to_weekday: int, to_opens: int, to_closes: int
    ) -> None:
        """Move drawn hours, or one of their edges."""
        require_viewer()
        put = checked_drawn(Drawn(to_weekday, to_opens, to_closes))
        hours = await self.get_state(HoursState)
        await hours._redraw(_put(hours, _without(hours._rows, Drawn(weekday, opens, closes)), put))

    @event(Access.SIGNED_IN)
    async def erase(self, weekday: int, opens: int, closes: int) -> None:
        """Take drawn hours away."""
        require_viewer()
        hours = await self.get_state(HoursState)
        await hours._redraw(_without(hours._rows, Drawn(weekday, opens, closes)))


def _put(hours: HoursState, rows: Sequence[RowTyped], span: Drawn) -> list[RowTyped]:
    left = list(rows)
    for piece in by_day(span):
        grown, left = _put_down(left, piece)
        left = [*left, hours._row(grown.weekday, grown.opens, grown.closes)]
    return left


def _put_down(rows: Sequence[RowTyped], span: Drawn) -> tuple[Drawn, list[RowTyped]]:
    """The span grown over the rows it touches, and the rows that stay; rows that make no sense yet stay too."""
    drawn = {row.key: one for row in rows if (one := _drawn_of(row)) is not None}
    grown, apart = joined(span, drawn.values())
    return grown, [row for row in rows if row.key not in drawn or drawn[row.key] in apart]


def _without(rows: Sequence[RowTyped], band: Drawn) -> list[RowTyped]:
    """The rows that are no part of a band of the grid."""
    return [row for row in rows if (one := _drawn_of(row)) is None or not is_within(one, band)]


def _drawn_of(row: RowTyped) -> Drawn | None:
    """A row as it is drawn; `None` while it makes no sense."""
    try:
        return Drawn(row.weekday, *span_typed(row.start, row.end))
    except FieldError:
        return None
