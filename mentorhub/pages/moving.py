"""The parts of a booking's page that change its time, bound to their state."""

import reflex as rx

from mentorhub.components.sections.moving import move_card, move_dialog, own_time_form, proposal_banner
from mentorhub.components.values import when
from mentorhub.components.week_grid import day_list, week_pager
from mentorhub.state.booking import BookingState
from mentorhub.state.moving import MovingState


def proposed_time() -> rx.Component:
    """The open proposal, or how the last one ended."""
    waiting = proposal_banner(
        who=BookingState.other_first,
        by_me=MovingState.by_me,
        options=MovingState.options,
        note=MovingState.their_note,
        lapses=MovingState.lapses,
        effect=MovingState.effect,
        on_accept=MovingState.accept,
        on_decline=MovingState.decline,
        on_withdraw=MovingState.withdraw,
        busy=MovingState.busy,
        refused=MovingState.refused,
    )
    ended = when(MovingState.last != "", rx.el.p(MovingState.last, class_name="small muted", role="status"))
    return when(MovingState.has_proposal, waiting, ended)


def changing_time() -> rx.Component:
    """How often the time may change, and the dialog that proposes another one."""
    card = move_card(
        left=MovingState.left,
        effect=MovingState.effect,
        can_propose=MovingState.can_propose,
        on_open=MovingState.open,
    )
    week = MovingState.week
    choosing = move_dialog(
        is_open=MovingState.dialog_open,
        on_close=MovingState.close,
        pager=week_pager(
            week.label,
            on_previous=MovingState.turn(-1),
            on_next=MovingState.turn(1),
            is_first=week.is_first,
            is_last=week.is_last,
        ),
        days=day_list(
            days=week.days,
            chosen_day=MovingState.chosen_day,
            chosen=MovingState.picks,
            gone=[],
            on_day=MovingState.look_at_day,
            on_choose=MovingState.choose,
        ),
        is_empty=week.is_empty,
        zones=MovingState.zones,
        picked=MovingState.picked,
        has_picked=MovingState.picks.length() > 0,
        on_drop=MovingState.choose,
        effect=MovingState.effect,
        refused=MovingState.refused,
        busy=MovingState.busy,
        own_time=when(MovingState.i_mentor, own_time_form(place=MovingState.place, on_choose=MovingState.choose_own)),
        on_note={
            "on_change": lambda text: MovingState.write_note(text).debounce(300),
            "on_blur": MovingState.write_note,
        },
        on_propose=MovingState.propose,
    )
    return rx.cond(MovingState.is_movable, rx.fragment(card, choosing), rx.fragment())
