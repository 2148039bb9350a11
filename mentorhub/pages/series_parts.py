"""The part of a booking's page that shows the rest of its series, bound to its state."""

import reflex as rx

from mentorhub.components.sections.series import chosen_dialog, series_card
from mentorhub.components.values import when
from mentorhub.state.series_parts import SeriesPartsState


def rest_of_series() -> rx.Component:
    """The other sessions, and the way to call off all of them or some."""
    card = series_card(
        SeriesPartsState.title,
        SeriesPartsState.parts,
        on_pick=SeriesPartsState.pick,
        can_cancel=SeriesPartsState.can_cancel,
        picked=SeriesPartsState.picked,
        on_all=SeriesPartsState.pick_all,
        on_cancel=SeriesPartsState.open_cancel,
    )
    asking = chosen_dialog(
        is_open=SeriesPartsState.dialog_open,
        on_close=SeriesPartsState.close_cancel,
        on_confirm=SeriesPartsState.cancel,
        refund=SeriesPartsState.refund,
        busy=SeriesPartsState.busy,
        refused=SeriesPartsState.refused,
    )
    return when(SeriesPartsState.parts.length() > 0, rx.fragment(card, asking))
