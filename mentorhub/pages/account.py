"""`/account`: name, zone, clock, portrait, address, password, and where one is signed in."""

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button, link_button
from mentorhub.components.field import field, has_words
from mentorhub.components.native_form import native_form
from mentorhub.components.sections.account import browser_line, concern, face_picker, said
from mentorhub.components.select import select
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.account import CLOCKS, FACES, ZONES, AccountState, ReshownSession, SessionShown
from mentorhub.state.base import Access
from mentorhub.state.viewer import ViewerState


def _told(form: str) -> rx.Component:
    return said(rx.cond(AccountState.spoke == form, AccountState.notice, ""))


def _failed(form: str) -> rx.Component:
    words = rx.cond(AccountState.spoke == form, AccountState.errors[""], "")
    return rx.cond(words != "", banner(words, tone="danger", urgent=True), rx.fragment())


def _profile() -> rx.Component:
    errors = AccountState.profile_errors
    form = rx.el.form(
        field(
            "name",
            "Your name",
            default_value=AccountState.name,
            auto_complete="name",
            hint="As people call you. Shown on your bookings.",
            error=errors["name"],
        ),
        select(
            "time_zone",
            "Time zone",
            ZONES,
            default_value=AccountState.time_zone,
            hint="Times are shown in it. Sessions already agreed keep their moment.",
            error=errors["time_zone"],
        ),
        select(
            "clock_hours",
            "Clock",
            CLOCKS,
            default_value=AccountState.clock,
            hint="Pages and mails write times on it.",
            error=errors["clock_hours"],
        ),
        face_picker(FACES, chosen=AccountState.portrait, initials=ViewerState.me.initials, error=errors["portrait"]),
        rx.el.div(
            button("Save", kind="primary", submits=True),
            rx.el.div(said(AccountState.saved), aria_live="polite"),
            class_name="row gap-4",
        ),
        on_submit=AccountState.save,
        class_name="stack gap-5",
    )
    return concern("about", "About you", "What others see, and the clock you live by.", form, _zone_changed())


def _zone_changed() -> rx.Component:
    def row(session: rx.Var[ReshownSession]) -> rx.Component:
        return rx.el.li(
            rx.el.b(session.title, class_name="strong block"),
            rx.el.span(session.now, class_name="block"),
            rx.el.span("Before: ", session.was, class_name="muted block"),
            class_name="small py-3 hair",
        )

    ask = rx.el.div(
        rx.el.h3("Are these times right?", class_name="text-h4"),
        rx.el.p(
            "Your zone went from ",
            AccountState.zone_words,
            ". Your sessions keep their moment and are shown like this now.",
            class_name="small",
        ),
        rx.el.ul(rx.foreach(AccountState.reshown, row)),
        rx.el.div(
            button("They are right", kind="primary", on_click=AccountState.confirm_zone),
            button("Back to the zone before", kind="quiet", on_click=AccountState.go_back_to_zone),
            class_name="row gap-3",
        ),
        class_name="stack gap-3 pt-4",
    )
    return rx.el.div(rx.cond(AccountState.zone_was != "", ask, rx.fragment()), aria_live="polite")


def _address() -> rx.Component:
    unconfirmed = rx.el.div(
        banner("This address is not confirmed yet, so you can hold a time but not pay for it.", tone="warning"),
        native_form(button("Send me the link again", submits=True), action="/auth/verify/again"),
        class_name="stack gap-3",
    )
    waiting = banner(AccountState.asked_email, " waits to be confirmed with the link we sent there.")
    form = native_form(
        field(
            "email",
            "New email",
            kind="email",
            default_value=AccountState.kept_email,
            auto_complete="email",
            required=True,
            error=AccountState.errors["email"],
        ),
        field(
            "email_present",
            "Your password",
            kind="password",
            auto_complete="current-password",
            required=True,
            error=AccountState.errors["email_present"],
        ),
        rx.el.div(button("Send a link to the new address", submits=True)),
        action="/auth/email",
        class_name="stack gap-4",
    )
    return concern(
        "address",
        "Email",
        rx.fragment("We write to ", rx.el.b(AccountState.email), "."),
        _told("email"),
        _failed("email"),
        rx.cond(AccountState.verified, rx.fragment(), unconfirmed),
        rx.cond(has_words(AccountState.asked_email), waiting, rx.fragment()),
        form,
    )


def _password() -> rx.Component:
    form = native_form(
        rx.el.input(type="hidden", name="username", value=AccountState.email, auto_complete="username"),
        field(
            "present",
            "Present password",
            kind="password",
            auto_complete="current-password",
            required=True,
            error=AccountState.errors["present"],
        ),
        field(
            "password",
            "New password",
            kind="password",
            auto_complete="new-password",
            required=True,
            hint="At least ten characters. A sentence is fine, no symbols needed.",
            error=AccountState.errors["password"],
        ),
        rx.el.div(button("Change the password", submits=True)),
        action="/auth/password",
        class_name="stack gap-4",
    )
    return concern(
        "secret",
        "Password",
        "Your other browsers are signed out when it changes.",
        _told("password"),
        _failed("password"),
        form,
    )


def _browser(session: rx.Var[SessionShown]) -> rx.Component:
    return browser_line(
        reference=session.reference,
        device=session.device,
        address=session.address,
        seen=session.seen,
        is_current=session.is_current,
        action="/auth/sessions/revoke",
    )


def _browsers() -> rx.Component:
    others = native_form(
        rx.el.input(type="hidden", name="reference", value="others"),
        button("Sign out everywhere else", submits=True),
        action="/auth/sessions/revoke",
    )
    return concern(
        "browsers",
        "Signed in",
        "The browsers that can open your account. One you do not know: sign it out and change the password.",
        _told("sessions"),
        _failed("sessions"),
        rx.el.ul(rx.foreach(AccountState.sessions, _browser), class_name="stack gap-0"),
        rx.cond(AccountState.sessions.length() > 1, others, rx.fragment()),
    )


def _notices() -> rx.Component:
    return concern(
        "told",
        "Notices",
        "What you are told in the product and by mail, and your quiet hours.",
        rx.el.div(link_button("Switches and quiet hours", href="/account/notices", icon_name="bell")),
    )


def _calendars() -> rx.Component:
    return concern(
        "calendars",
        "Calendars",
        "Your sessions in your own calendar, and your other calendars in your hours.",
        rx.el.div(link_button("Feeds and connected calendars", href="/account/calendars", icon_name="calendar")),
    )


def page() -> rx.Component:
    """One card a concern."""
    cards = rx.el.div(
        _profile(), _notices(), _calendars(), _address(), _password(), _browsers(), class_name="stack gap-6"
    )
    body = rx.el.div(
        rx.el.h1("Account"),
        loading(is_loaded=AccountState.loaded, content=cards),
        class_name="page page-narrow stack gap-6 pt-8",
    )
    return framed(body, here="account", kind="app")


ROUTE = Route(
    page=page,
    path="/account",
    title="Account | MentorHub",
    description="Your name, time zone, portrait, address and password, and where you are signed in.",
    on_load=(AccountState.load,),
    access=Access.SIGNED_IN,
)
