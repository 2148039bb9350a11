"""`/checkout/{booking}`: the held time, the question, the bill, one button."""

from typing import Any

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button, text_button
from mentorhub.components.countdown import countdown
from mentorhub.components.empty import empty
from mentorhub.components.file_field import file_field
from mentorhub.components.price import price_lines
from mentorhub.components.sections.checkout import held_session, hold_layout, steps_bar
from mentorhub.components.sections.intake import fullness, intake_form, vague_nudge
from mentorhub.components.values import when
from mentorhub.domain.bookings.rules import MOST_QUESTIONS
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.parts import meeting_ribbon, zone_control
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.checkout import CheckoutState
from mentorhub.state.intake import IntakeState


def _clock() -> rx.Component:
    return countdown(
        ends_at=CheckoutState.hold_ends_at,
        server_now=CheckoutState.server_now,
        total_seconds=CheckoutState.hold_seconds,
        label="Time left to finish",
        on_end=CheckoutState.run_out,
    )


def _on_write(name: str) -> dict[str, Any]:
    """Kept half a second after the last key, and at once when the field is left."""
    return {
        "on_change": lambda text: IntakeState.write(name, text).debounce(500),
        "on_blur": lambda text: IntakeState.write(name, text),
    }


def _intake() -> rx.Component:
    more = when(
        IntakeState.shown < MOST_QUESTIONS,
        rx.el.div(text_button("Add another question", on_click=IntakeState.add_question)),
    )
    return rx.el.section(
        fullness(IntakeState.parts, IntakeState.parts_words),
        intake_form(
            goal=IntakeState.goal,
            situation=IntakeState.situation,
            questions=IntakeState.questions,
            files=file_field(
                "files",
                "Your CV, a job post, your work",
                note="up to three files or links",
                files=IntakeState.files,
                room=IntakeState.room,
                address=IntakeState.files_address,
                on_sent=IntakeState.files_changed,
                on_remove=IntakeState.remove_file,
            ),
            links=IntakeState.links,
            link_error=IntakeState.link_error,
            words=IntakeState.words,
            nudge=vague_nudge(
                CheckoutState.mentor_portrait,
                CheckoutState.mentor_initials,
                CheckoutState.mentor_first,
                IntakeState.hint,
            ),
            more=more,
            shown=IntakeState.shown,
            on_write=_on_write,
        ),
        class_name="stack gap-6",
        aria_label="Your question",
    )


def _seat() -> rx.Component:
    back = when(CheckoutState.is_free, ".", " and everything goes back to your card.")
    return banner(
        "You take one seat among several. Everybody with a seat sees the names of the others; nobody else does. If too "
        "few people have a seat by the day of the decision, it is called off",
        back,
        tone="info",
    )


def _refusal() -> rx.Component:
    way_out = when(
        CheckoutState.oldest_href != "",
        rx.el.p(rx.el.a("Look at the oldest request, where you can withdraw it", href=CheckoutState.oldest_href)),
    )
    refused = banner(CheckoutState.refused, way_out, tone="danger", urgent=True)
    return when(CheckoutState.refused != "", refused)


def _why_off() -> rx.Component:
    verify = banner(
        "Your time is held. To go on, confirm your e-mail address with the link we sent you.", tone="warning"
    )
    missing = rx.el.p(
        when(IntakeState.is_whole | CheckoutState.is_seat, "", rx.fragment("Not yet. ", IntakeState.missing)),
        class_name="small muted",
        id="why-off",
        role="status",
    )
    return rx.fragment(when(CheckoutState.verified, "", verify), missing)


def _what_follows() -> rx.Component:
    """When the mentor is asked first: by when they answer, and that the card waits."""
    charged = when(
        CheckoutState.is_free,
        " Nothing is charged.",
        rx.fragment(" Your card is only charged when ", CheckoutState.mentor_first, " accepts."),
    )
    facts = rx.el.p(rx.el.a("What mentors see of you", href="/what-mentors-see"))
    return when(CheckoutState.by_request, banner(CheckoutState.answer_words, charged, facts, tone="brand"))


def _confirm_words() -> rx.Component:
    return when(CheckoutState.series_note != "", "Confirm the sessions", "Confirm the session")


def _pay() -> rx.Component:
    bought = rx.cond(CheckoutState.is_free, _confirm_words(), rx.fragment("Pay ", CheckoutState.price_full))
    return rx.el.section(
        rx.el.h2(rx.cond(CheckoutState.by_request, "Your request", rx.cond(CheckoutState.is_free, "Price", "Payment"))),
        _refusal(),
        price_lines(CheckoutState.lines),
        _what_follows(),
        button(
            rx.cond(CheckoutState.by_request, "Send request", bought),
            kind="primary",
            large=True,
            wide=True,
            icon_name="lock",
            busy=CheckoutState.busy,
            disabled=~CheckoutState.verified,
            not_yet=~(IntakeState.is_whole | CheckoutState.is_seat),
            described_by="why-off",
            on_click=CheckoutState.pay,
            class_name="tabular",
        ),
        _why_off(),
        when(
            CheckoutState.is_free,
            "",
            rx.el.p("You pay on the page of our payment provider. No card number reaches us.", class_name="note muted"),
        ),
        class_name="stack gap-4",
        aria_label="Payment",
    )


def _steps() -> rx.Component:
    """What is free has no payment among its steps; of what is asked for, the mentor's answer is one."""
    first = rx.cond(CheckoutState.is_seat, "Your seat", "Your question")
    free = when(CheckoutState.by_request, steps_bar(first, "Answer", "Confirmed"), steps_bar(first, "Confirmed"))
    return when(CheckoutState.is_free, free, steps_bar(first, "Payment", "Confirmed"))


def _held() -> rx.Component:
    session = held_session(
        title=CheckoutState.title,
        terms=CheckoutState.terms_line,
        portrait_source=CheckoutState.mentor_portrait,
        initials=CheckoutState.mentor_initials,
        meeting=rx.fragment(
            meeting_ribbon(CheckoutState.meeting),
            zone_control(),
        ),
        price_tag=CheckoutState.price_tag,
        series_note=CheckoutState.series_note,
    )
    form = rx.el.div(when(CheckoutState.is_seat, _seat(), _intake()), _pay(), class_name="stack gap-8")
    return rx.fragment(
        _steps(),
        hold_layout(
            title=when(
                CheckoutState.is_seat,
                "Your seat in the group",
                rx.fragment("What should ", CheckoutState.mentor_first, " know before you meet?"),
            ),
            lead=when(
                CheckoutState.is_seat,
                rx.fragment("It is yours once ", when(CheckoutState.is_free, "you confirm it.", "it is paid.")),
                "Only you two read this. Saved as you type.",
            ),
            form=form,
            clock=_clock(),
            until=CheckoutState.hold_until,
            when_words=CheckoutState.when_words,
            session=session,
            terms=CheckoutState.terms,
            on_give_back=CheckoutState.give_back,
            phone_clock=_clock(),
        ),
    )


def _over() -> rx.Component:
    return rx.el.div(
        empty(
            "This time is no longer held",
            "Nothing was charged. If it is still free you can choose it again.",
            icon_name="clock",
            is_page=True,
            action=link_button("Choose a time", href=f"/mentors/{CheckoutState.mentor_slug}#times", kind="primary"),
        ),
        class_name="page page-medium pt-10",
    )


def _missing() -> rx.Component:
    return rx.el.div(
        empty(
            "There is no such booking",
            "It may belong to another account, or the address is mistyped.",
            icon_name="search",
            is_page=True,
            action=link_button("Your sessions", href="/sessions", kind="primary"),
        ),
        class_name="page page-medium pt-10",
    )


def page() -> rx.Component:
    """The page of one held time."""
    content = rx.cond(CheckoutState.missing, _missing(), rx.cond(CheckoutState.over, _over(), _held()))
    return framed(loading(is_loaded=CheckoutState.loaded, content=content), kind="app")


ROUTE = Route(
    page=page,
    path="/checkout/[booking_id]",
    title="Your held time | MentorHub",
    description="Say what you want to talk about and confirm the session while the time is held for you.",
    on_load=(IntakeState.load, CheckoutState.load),
    access=Access.SIGNED_IN,
)
