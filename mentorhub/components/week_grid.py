"""A week of free times: a grid on a wide screen, a strip of days over a list on a phone."""

from __future__ import annotations

from typing import Any

import reflex as rx

from mentorhub.components.button import icon_button
from mentorhub.components.values import Flag, Handler, Items, Text, Texts, each, either, given, has_item, when


def _slot_class(is_chosen: Flag, base: str) -> Text:
    return either(is_chosen, f"{base} slot-on", base)


def _is_chosen(slot: Any, chosen: Text | Texts) -> Flag:
    """Whether a time is the chosen one, or one of several."""
    several = isinstance(chosen, rx.vars.ArrayVar | list | tuple)
    return has_item(chosen, slot.start) if several else slot.start == chosen


def _free(slot: Any, chosen: Text | Texts, on_choose: Any, *, is_list: bool) -> rx.Component:
    is_chosen = _is_chosen(slot, chosen)
    inside = [rx.el.span(" ", slot.their_time, class_name="slot-sub")] if is_list else []
    place = {} if is_list else {"aria_label": slot.spoken, "style": {"gridRow": slot.row}}
    return rx.el.button(
        slot.time,
        *inside,
        type="button",
        class_name=_slot_class(is_chosen, "slot"),
        aria_pressed=either(is_chosen, "true", "false"),
        on_click=on_choose(slot.start),
        **place,
    )


def _lost(slot: Any, words: str, class_name: str, *, is_list: bool) -> rx.Component:
    return rx.el.span(
        rx.el.span(slot.time, aria_hidden="true"),
        rx.el.span(slot.spoken, words, class_name="hidden-text"),
        class_name=class_name,
        style={} if is_list else {"gridRow": slot.row},
    )


def _slot(slot: Any, chosen: Text | Texts, gone: Texts, on_choose: Any, *, is_list: bool) -> rx.Component:
    """One time: free or chosen is a button; what is taken or closed stays in place, struck through."""
    return when(
        has_item(gone, slot.start),
        _lost(slot, ", no longer free", "slot slot-taken slot-gone", is_list=is_list),
        when(
            slot.is_free,
            _free(slot, chosen, on_choose, is_list=is_list),
            _lost(slot, ", not free", "slot slot-taken", is_list=is_list),
        ),
    )


def week_grid(
    *,
    label: Text,
    their_place: Text,
    gutter: Texts,
    days: Items,
    chosen: Text,
    gone: Texts,
    on_choose: Any,
) -> rx.Component:
    """The wide form. The gutter carries the mentor's clock, the cells the reader's.

    Each of the seven `days` has `key`, `weekday`, `number`, `is_off`, `spoken` and `slots`; each slot has
    `start` (its id, ISO 8601 UTC), `time`, `their_time`, `row` (1 is the first line of the gutter),
    `is_free` and `spoken`. `gone` lists starts taken while one looks. `on_choose` is called with a start.
    """

    def hour(words: Any) -> rx.Component:
        return rx.el.span(words, class_name="week-zone")

    def column(day: Any) -> rx.Component:
        head = rx.el.span(
            day.weekday,
            rx.el.b(day.number),
            class_name=either(day.is_off, "week-day week-day-off", "week-day"),
        )
        slots = rx.el.div(
            each(day.slots, lambda slot: _slot(slot, chosen, gone, on_choose, is_list=False)),
            class_name="week-slots",
        )
        return rx.el.div(head, slots, class_name="week-column", role="group", aria_label=day.spoken)

    return rx.el.div(
        rx.el.div(
            rx.el.span(their_place, class_name="week-zone week-zone-head"),
            rx.el.div(each(gutter, hour), class_name="week-slots"),
            class_name="week-column",
            aria_hidden="true",
        ),
        each(days, column),
        class_name="week",
        role="group",
        aria_label=label,
        tab_index=0,
    )


def day_list(
    *,
    days: Items,
    chosen_day: Text,
    chosen: Text | Texts,
    gone: Texts,
    on_day: Any,
    on_choose: Any,
) -> rx.Component:
    """The phone's form of the same days: `on_day` is called with a day's key, `on_choose` with a start.

    `chosen` is one start, or a list of them where several may be picked.
    """

    def day_button(day: Any) -> rx.Component:
        return rx.el.button(
            day.weekday,
            " ",
            rx.el.b(day.number),
            type="button",
            aria_label=day.spoken,
            aria_pressed=either(day.key == chosen_day, "true", "false"),
            disabled=day.is_off,
            on_click=on_day(day.key),
        )

    def times(day: Any) -> rx.Component:
        slots = each(day.slots, lambda slot: _slot(slot, chosen, gone, on_choose, is_list=True))
        return when(day.key == chosen_day, rx.el.div(slots, class_name="daytimes"))

    return rx.el.div(
        rx.el.div(each(days, day_button), class_name="daystrip", role="group", aria_label="Days of this week"),
        each(days, times),
        class_name="stack gap-3",
    )


def week_pager(
    label: Text,
    *,
    on_previous: Handler | None = None,
    on_next: Handler | None = None,
    is_first: Flag = False,
    is_last: Flag = False,
) -> rx.Component:
    """Which week is shown, with the way to the one before and after."""
    return rx.el.div(
        icon_button("chevron-left", "Week before", disabled=is_first, **given(on_click=on_previous)),
        rx.el.span(label, class_name="small strong tabular", aria_live="polite"),
        icon_button("chevron-right", "Week after", disabled=is_last, **given(on_click=on_next)),
        class_name="row gap-1 booking-week",
    )
