"""Ways in: sign up, sign in, a forgotten password; plain forms that work before anything is loaded."""

from __future__ import annotations

import reflex as rx

from mentorhub.components.banner import banner
from mentorhub.components.button import button
from mentorhub.components.field import field, has_words
from mentorhub.components.mark import seal
from mentorhub.components.native_form import native_form
from mentorhub.components.values import Text, when


def _hidden(**values: Text) -> list[rx.Component]:
    return [rx.el.input(type="hidden", name=name, value=value) for name, value in values.items()]


def _form(
    *fields: rx.Component,
    act: Text,
    action: str,
    failure: Text,
    hidden: dict[str, Text],
    note: rx.Component | None,
) -> rx.Component:
    """A form that posts to a plain HTTP route; `failure` is what was wrong with the last try as a whole."""
    return native_form(
        when(has_words(failure), banner(failure, tone="danger", urgent=True)),
        *_hidden(**hidden),
        *fields,
        button(act, kind="primary", large=True, wide=True, submits=True),
        note if note is not None else "",
        action=action,
        class_name="stack gap-4",
    )


def sign_up_form(
    *,
    action: str = "/auth/sign-up",
    name: Text = "",
    email: Text = "",
    name_error: Text = "",
    email_error: Text = "",
    password_error: Text = "",
    failure: Text = "",
    hidden: dict[str, Text] | None = None,
) -> rx.Component:
    """Name, address, password; what was typed comes back with the errors, the password never does."""
    fields = [
        field(
            "name",
            "Your name",
            default_value=name,
            auto_complete="name",
            required=True,
            hint="As people call you. Shown on your bookings.",
            error=name_error,
        ),
        field(
            "email",
            "Email",
            kind="email",
            default_value=email,
            auto_complete="email",
            required=True,
            error=email_error,
        ),
        field(
            "password",
            "Password",
            kind="password",
            auto_complete="new-password",
            required=True,
            hint="At least ten characters. A sentence is fine, no symbols needed.",
            error=password_error,
        ),
    ]
    return _form(*fields, act="Create account", action=action, failure=failure, hidden=hidden or {}, note=None)


def sign_in_form(
    *,
    action: str = "/auth/sign-in",
    act: Text = "Sign in",
    email: Text = "",
    failure: Text = "",
    hidden: dict[str, Text] | None = None,
) -> rx.Component:
    """Address and password; one message for both, so that nobody learns who has an account."""
    forgot = rx.el.a("Forgot it?", href="/forgot", class_name="link")
    fields = [
        field("email", "Email", kind="email", default_value=email, auto_complete="email", required=True),
        field(
            "password",
            "Password",
            kind="password",
            auto_complete="current-password",
            required=True,
            aside=forgot,
        ),
    ]
    return _form(*fields, act=act, action=action, failure=failure, hidden=hidden or {}, note=None)


def forgot_form(
    *,
    action: str = "/auth/forgot",
    email: Text = "",
    email_error: Text = "",
    failure: Text = "",
    hidden: dict[str, Text] | None = None,
) -> rx.Component:
    """Asks for the address a reset link goes to."""
    address = field(
        "email",
        "Email",
        kind="email",
        default_value=email,
        auto_complete="email",
        required=True,
        error=email_error,
    )
    return _form(address, act="Send me a link", action=action, failure=failure, hidden=hidden or {}, note=None)


def reset_form(
    *,
    action: str = "/auth/reset",
    token: Text,
    password_error: Text = "",
    failure: Text = "",
    hidden: dict[str, Text] | None = None,
) -> rx.Component:
    """Sets a new password with the token of the mail."""
    secret = field(
        "password",
        "New password",
        kind="password",
        auto_complete="new-password",
        required=True,
        hint="At least ten characters. A sentence is fine, no symbols needed.",
        error=password_error,
    )
    return _form(
        secret,
        act="Save the password",
        action=action,
        failure=failure,
        hidden={"token": token, **(hidden or {})},
        note=None,
    )


def one_button_form(*, act: Text, action: str, hidden: dict[str, Text], failure: Text = "") -> rx.Component:
    """What a link of a mail leads to: one button, since mail scanners follow links but press nothing."""
    return _form(act=act, action=action, failure=failure, hidden=hidden, note=None)


def entry_narrow(title: Text, lead: Text, *content: rx.Component) -> rx.Component:
    """One form in the middle of the page."""
    head = rx.el.div(rx.el.h1(title), rx.el.p(lead, class_name="muted"), class_name="stack gap-2")
    return rx.el.div(rx.el.div(head, *content, class_name="stack gap-6"), class_name="page page-narrow entry-narrow")


def entry_wide(title: Text, lead: Text, *content: rx.Component, side: rx.Component) -> rx.Component:
    """The form on one side, why people join on the other."""
    head = rx.el.div(rx.el.h1(title), rx.el.p(lead, class_name="muted"), class_name="stack gap-2")
    return rx.el.div(
        rx.el.section(rx.el.div(head, *content, class_name="stack gap-6 entry-form"), class_name="entry-main"),
        rx.el.aside(side, class_name="entry-side", aria_label="Why people join"),
        class_name="entry",
    )


def why_join(proof: Text = "") -> rx.Component:
    """What stands beside the sign-up form; `proof` is a true count of meetings, left out when empty."""
    return rx.el.div(
        rx.el.h2("Somebody stood where you stand", class_name="text-h2"),
        rx.el.p(
            "People here took the step you are about to take, and remember how it felt. "
            "One account to find them, and to be one for somebody else.",
            class_name="lead",
        ),
        when(has_words(proof), seal(proof)),
        class_name="stack gap-6",
    )
