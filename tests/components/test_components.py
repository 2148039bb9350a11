"""Components rendered: what stands in the markup for plain values and for vars."""

from __future__ import annotations

import dataclasses
from typing import Any

import reflex as rx

from mentorhub.components.badge import booking_badge
from mentorhub.components.button import button
from mentorhub.components.field import field
from mentorhub.components.portrait import portrait
from mentorhub.components.price import policy_window, refund_sum
from mentorhub.components.rating import stars
from mentorhub.components.sections.booking import confirmed_banner, what_calling_off_does
from mentorhub.components.sections.notices import switch_table
from mentorhub.components.sections.profile import proof
from mentorhub.components.sections.requests import decline_form
from mentorhub.components.trail import trail
from mentorhub.components.values import each, either, given, has_item, when
from mentorhub.components.week_grid import week_grid
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments.rules import Side
from mentorhub.state.notice_switches import SwitchShown
from mentorhub.state.refund_shown import refund_shown


def _markup(component: rx.Component) -> str:
    return str(component)


@dataclasses.dataclass(frozen=True)
class _Slot:
    start: str
    time: str
    their_time: str
    row: int
    is_free: bool
    spoken: str


@dataclasses.dataclass(frozen=True)
class _Day:
    key: str
    weekday: str
    number: str
    is_off: bool
    spoken: str
    slots: list[_Slot]


def _choose(start: Any) -> Any:
    return rx.console_log(start)


def _grid(chosen: str, gone: list[str]) -> str:
    free = _Slot("2026-11-24T09:00:00Z", "14:30", "09:00 London", 1, True, "Tue 24 November, 14:30 your time")
    booked = _Slot("2026-11-24T10:00:00Z", "15:30", "10:00 London", 2, False, "Tue 24 November, 15:30 your time")
    day = _Day("2026-11-24", "Tue", "24", False, "Tue 24", [free, booked])
    return _markup(
        week_grid(
            label="Free times",
            their_place="London",
            gutter=["09:00", "10:00"],
            days=[day],
            chosen=chosen,
            gone=gone,
            on_choose=_choose,
        )
    )


def test_a_free_time_is_a_button_that_says_both_clocks_and_a_booked_one_is_not() -> None:
    markup = _grid("", [])

    assert markup.count('jsx("button"') == 1
    assert '"aria-label":"Tue 24 November, 14:30 your time"' in markup
    assert '", not free"' in markup


def test_the_chosen_time_is_pressed() -> None:
    assert '"aria-pressed":"true"' in _grid("2026-11-24T09:00:00Z", [])
    assert '"aria-pressed":"true"' not in _grid("2026-11-24T10:00:00Z", [])


def test_a_time_taken_while_one_looks_stays_in_place_and_cannot_be_pressed() -> None:
    markup = _grid("", ["2026-11-24T09:00:00Z"])

    assert '", no longer free"' in markup
    assert 'jsx("button"' not in markup


def test_a_field_with_an_error_names_it_to_screen_readers_and_keeps_its_hint() -> None:
    markup = _markup(field("email", "Email", hint="We send the invitation there", error="This address has no ending."))

    assert '"aria-invalid":"true"' in markup
    assert '"aria-describedby":"email-hint email-error"' in markup
    assert "This address has no ending." in markup


def test_a_field_without_an_error_says_nothing_of_one() -> None:
    markup = _markup(field("email", "Email"))

    assert '"aria-invalid":"false"' in markup
    assert "email-error" not in markup


def test_a_busy_button_cannot_be_pressed_twice() -> None:
    markup = _markup(button("Pay ₹1,200.00", kind="primary", busy=True))

    assert "disabled:true" in markup
    assert '"aria-busy":"true"' in markup


def test_a_button_that_is_not_open_yet_is_read_as_such_and_still_hears_a_press() -> None:
    markup = _markup(button("Send request", not_yet=True))

    assert '"aria-disabled":"true"' in markup
    assert "disabled:true" not in markup
    assert "aria-disabled" not in _markup(button("Send request"))


def test_initials_stand_in_for_a_missing_portrait() -> None:
    assert "RK" in _markup(portrait("", "RK"))
    assert "RK" not in _markup(portrait("/portraits/riya.svg", "RK"))


def test_stars_say_their_number_in_words() -> None:
    markup = _markup(stars(4))

    assert '"4 of 5 stars"' in markup
    assert markup.count("star-off") == 1


def test_every_status_of_a_booking_has_a_badge_of_its_own() -> None:
    labels = [_markup(booking_badge(status.value)) for status in Status]

    assert len(set(labels)) == len(labels)


def test_only_the_current_step_of_a_trail_is_marked_as_current() -> None:
    assert _markup(trail(["Your question", "Payment", "Confirmed"], 1)).count('"aria-current":"step"') == 1


def test_a_plain_value_is_decided_at_once_and_a_var_in_the_browser() -> None:
    flag = rx.Var("flag", _var_type=bool)

    assert "yes" in _markup(when(True, rx.el.p("yes"), rx.el.p("no")))
    assert "no" in _markup(when(False, rx.el.p("yes"), rx.el.p("no")))
    assert "flag" in _markup(when(flag, rx.el.p("yes"), rx.el.p("no")))
    assert either(False, "yes", "no") == "no"
    assert isinstance(either(flag, "yes", "no"), rx.Var)


def test_lists_are_drawn_item_by_item_for_both_kinds_of_value() -> None:
    names = rx.Var("names").to(list[str])

    assert _markup(each(["Kabir", "Riya"], rx.el.li)).count('jsx("li"') == 2
    assert "names" in _markup(each(names, rx.el.li))
    assert has_item(["a"], "a") is True
    assert isinstance(has_item(names, "a"), rx.Var)
    assert given(on_click=None, id="x") == {"id": "x"}


def test_what_was_free_shows_no_sum_and_no_dates_but_says_so() -> None:
    free = refund_shown(Money(0, "EUR"), Money(0, "EUR"), by=Side.MENTEE, mentee="Riya", words="")

    assert "refund-sum" not in _markup(refund_sum(free))
    assert "It is free" in _markup(refund_sum(free))
    assert "window" not in _markup(policy_window([]))
    assert "There is nothing to pay" in _markup(policy_window([]))


def test_a_share_too_small_to_tell_stands_as_a_note_under_its_number() -> None:
    markup = _markup(
        proof(rating="", reviews="", attended="2 sessions, not enough data", recent=[], answered="9 of 10")
    )

    assert markup.count("not enough data") == 1
    assert "2 sessions, " not in markup
    assert "9 of 10" in markup


def test_of_a_seat_the_invitation_is_promised_to_whoever_took_it_only() -> None:
    seat = _markup(confirmed_banner(other="Kabir", is_seat=True))
    session = _markup(confirmed_banner(other="Kabir", is_seat=False))

    assert "is in your mail" in seat
    assert "Kabir" not in seat
    assert "is in your mail" in session
    assert "Kabir" in session


def test_giving_up_a_seat_leaves_the_mentors_calendar_alone() -> None:
    assert what_calling_off_does(is_seat=True) == (
        "The invitation is withdrawn from your calendar and your seat is free again; the group session stays."
    )
    assert "both calendars" in str(what_calling_off_does(is_seat=False))


def test_who_is_declined_is_promised_no_more_mentors_than_there_may_be() -> None:
    form = decline_form("a", reasons=[("no_time", "No time")], error="", busy=False, on_decline=rx.console_log(""))

    assert "They get up to three mentors who have time, and pay nothing." in _markup(form)


def test_a_kind_without_a_mail_has_no_box_for_mails() -> None:
    calendar = SwitchShown("calendar", "A calendar", in_product=True, by_mail=False, why_required="", has_mail=False)
    review = SwitchShown("review", "A review", in_product=True, by_mail=True, why_required="", has_mail=True)

    markup = _markup(switch_table([calendar, review]))

    assert '"product:calendar"' in markup
    assert '"mail:calendar"' not in markup
    assert '"mail:review"' in markup
