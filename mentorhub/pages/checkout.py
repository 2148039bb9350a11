"""`/checkout/{booking}`: the held time, the question, the bill, one button."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button
from mentorhub.components.countdown import countdown
from mentorhub.components.empty import empty
from mentorhub.components.field import text_area
from mentorhub.components.price import price_lines
from mentorhub.components.sections.checkout import held_session, hold_layout, steps_bar
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.parts import meeting_ribbon
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.checkout import ASK_ENOUGH, CheckoutState


def _clock() -> rx.Component:
    return countdown(
        ends_at=CheckoutState.hold_ends_at,
        server_now=CheckoutState.server_now,
        total_seconds=CheckoutState.hold_seconds,
        label="Time left to finish",
        on_end=CheckoutState.run_out,
    )


def _question() -> rx.Component:
    hint = rx.cond(
        CheckoutState.ask_length < ASK_ENOUGH,
        f"A few sentences help most ({ASK_ENOUGH} characters or more): where you are, what you want to decide.",
        "That is enough to prepare well.",
    )
    return text_area(
        "ask",
        rx.fragment("What should ", CheckoutState.mentor_first, " know before you meet?"),
        rows=6,
        hint=hint,
        default_value=CheckoutState.ask,
        on_blur=CheckoutState.keep_ask,
        max_length=4000,
    )


def _pay() -> rx.Component:
    label = rx.cond(CheckoutState.is_free, "Confirm the session", rx.fragment("Pay ", CheckoutState.price_full))
    return rx.el.section(
        rx.el.h2("Payment"),
        rx.cond(
            CheckoutState.refused != "",
            banner(CheckoutState.refused, tone="danger", urgent=True),
            rx.fragment(),
        ),
        price_lines(CheckoutState.lines),
        rx.cond(
            CheckoutState.verified,
            rx.fragment(),
            banner(
                "Your time is held. To go on, confirm your e-mail address with the link we sent you.", tone="warning"
            ),
        ),
        button(
            label,
            kind="primary",
            large=True,
            wide=True,
            icon_name="lock",
            busy=CheckoutState.busy,
            disabled=~CheckoutState.verified,
            on_click=CheckoutState.pay,
            class_name="tabular",
        ),
        rx.cond(
            CheckoutState.is_free,
            rx.fragment(),
            rx.el.p("You pay on the page of our payment provider. No card number reaches us.", class_name="note muted"),
        ),
        class_name="stack gap-4",
        aria_label="Payment",
    )


def _held() -> rx.Component:
    session = held_session(
        title=CheckoutState.title,
        terms=CheckoutState.terms_line,
        portrait_source=CheckoutState.mentor_portrait,
        initials=CheckoutState.mentor_initials,
        meeting=meeting_ribbon(CheckoutState.meeting),
        price_tag=CheckoutState.price_tag,
    )
    form = rx.el.div(_question(), _pay(), class_name="stack gap-8")
    return rx.fragment(
        steps_bar(0),
        hold_layout(
            title="Your question, then the payment",
            lead=rx.fragment(CheckoutState.mentor_first, " reads this before you meet. Nobody else sees it."),
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
    on_load=(CheckoutState.load,),
    access=Access.SIGNED_IN,
)
