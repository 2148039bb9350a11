"""The frame of every page: skip link, header, menus, footer, and what the head of the document needs."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from mentorhub.components.bell import bell
from mentorhub.components.button import icon_button, link_button
from mentorhub.components.icon import icon
from mentorhub.components.mark import brand
from mentorhub.components.native_form import native_form
from mentorhub.components.navigation import FOOTER, MENTEE, MENTOR, PUBLIC, REQUESTS, Place, place_link, place_list
from mentorhub.components.portrait import portrait
from mentorhub.components.values import Flag, Text, either, when
from mentorhub.theme import PRELOADED_FONTS

Kind = Literal["public", "app", "room"]

_FRAMES = {"public": "shell", "app": "shell app", "room": "shell room-page"}


def head_components() -> list[rx.Component]:
    """Links for the document's head: the two fonts the first paint needs, the mark, the theme colour."""
    fonts = [
        rx.el.link(rel="preload", href=href, custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": ""})
        for href in PRELOADED_FONTS
    ]
    return [
        *fonts,
        rx.el.link(rel="icon", href="/favicon.ico", custom_attrs={"sizes": "32x32"}),
        rx.el.link(rel="icon", href="/mark.svg", type="image/svg+xml"),
        rx.el.meta(name="theme-color", content="#FBFBF9", custom_attrs={"media": "(prefers-color-scheme: light)"}),
        rx.el.meta(name="theme-color", content="#0E1412", custom_attrs={"media": "(prefers-color-scheme: dark)"}),
    ]


def color_mode_toggle() -> rx.Component:
    """Switches between light and dark and remembers it in this browser."""
    return icon_button("sun", "Switch between light and dark", on_click=rx.toggle_color_mode)


def demo_banner(words: Text, *controls: rx.Component) -> rx.Component:
    """Says that this is a demo with test money; `controls` are its small buttons, such as "+15 min"."""
    return rx.el.aside(
        icon("flask-conical", "s"),
        rx.el.p(words),
        *controls,
        class_name="testline",
        aria_label="Demo",
    )


def _menu(name: str, spoken: str, face: rx.Component, *content: rx.Component, class_name: str) -> list[rx.Component]:
    opener = rx.el.button(
        rx.el.span(spoken, " ", class_name="hidden-text"),
        face,
        type="button",
        class_name=class_name,
        custom_attrs={"popoverTarget": name},
    )
    panel = rx.el.div(*content, id=name, class_name="menu", custom_attrs={"popover": "auto"})
    return [opener, panel]


def _hat_switch(hat: Text, on_hat: Any) -> rx.Component:
    def side(key: str, label: str) -> rx.Component:
        return rx.el.button(
            label, type="button", on_click=on_hat(key), aria_pressed=either(hat == key, "true", "false")
        )

    return rx.el.div(
        side("mentee", "Learning"),
        side("mentor", "Mentoring"),
        class_name="hat",
        role="group",
        aria_label="Your two hats",
    )


def _account_menu(
    here: str, hat: Text, name: Text, source: Text, initials: Text, sign_out_action: str, on_hat: Any | None
) -> list[rx.Component]:
    links = when(hat == "mentor", place_list(MENTOR, here), place_list(MENTEE, here))
    sign_out = native_form(rx.el.button(icon("log-out"), "Sign out", type="submit"), action=sign_out_action)
    return _menu(
        "account-menu",
        "Your account",
        rx.el.span(portrait(source, initials, size="s"), rx.el.b(name, class_name="wide-only"), class_name="account"),
        rx.el.p(name, class_name="menu-name"),
        _hat_switch(hat, on_hat) if on_hat is not None else rx.fragment(),
        rx.el.nav(links, class_name="phone-only", aria_label="Pages"),
        rx.el.ul(rx.el.li(rx.el.a("Account", href="/account")), rx.el.li(sign_out)),
        class_name="account-button",
    )


def _visitor_end(here: str) -> list[rx.Component]:
    sign_in = Place("sign-in", "Sign in", "/sign-in", "")
    return [
        link_button("Sign in", href="/sign-in", kind="quiet", class_name="wide-only"),
        link_button("Sign up", href="/sign-up"),
        rx.el.div(
            *_menu(
                "page-menu",
                "Menu",
                icon("menu"),
                place_list((*PUBLIC, sign_in), here),
                class_name="button button-icon",
            ),
            class_name="phone-only",
        ),
    ]


def _navigation(here: str, is_signed_in: Flag, hat: Text, requests: Text) -> rx.Component:
    def links(places: tuple[Place, ...]) -> rx.Component:
        return rx.fragment(*(place_link(place, here, count=_count(place, requests)) for place in places))

    return rx.el.nav(
        when(is_signed_in, when(hat == "mentor", links(MENTOR), links(MENTEE)), links(PUBLIC)),
        class_name="topnav appnav",
        aria_label="Main",
    )


def _count(place: Place, requests: Text) -> Text:
    return requests if place is REQUESTS else ""


def _phone_bar(here: str, hat: Text, requests: Text) -> rx.Component:
    def links(places: tuple[Place, ...]) -> rx.Component:
        return rx.fragment(
            *(place_link(place, here, with_icon=True, count=_count(place, requests)) for place in places)
        )

    return rx.el.nav(when(hat == "mentor", links(MENTOR), links(MENTEE)), class_name="tabbar", aria_label="Main, phone")


def footer() -> rx.Component:
    """The foot of public and signed-in pages; only pages that exist are named."""
    groups = [rx.el.nav(rx.el.h2(title), place_list(places, ""), aria_label=title) for title, places in FOOTER]
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                brand(),
                rx.el.p("Paid time with people who have been where you are. Listed price is the price paid."),
                class_name="stack gap-3 foot-words",
            ),
            *groups,
            class_name="page foot-grid",
        ),
        class_name="foot",
    )


def shell(
    *content: rx.Component,
    here: str = "",
    kind: Kind = "public",
    is_known: Flag = True,
    is_signed_in: Flag = False,
    hat: Text = "mentee",
    name: Text = "",
    portrait_source: Text = "",
    initials: Text = "",
    unread: Text = "",
    requests: Text = "",
    on_hat: Any | None = None,
    sign_out_action: str = "/auth/sign-out",
    banner: rx.Component | None = None,
    has_footer: bool = True,
) -> rx.Component:
    """The frame around a page's `content`.

    `here` is the key of the current `Place`, `unread` how many notices the bell counts, in words,
    `requests` how many wait for a mentor's answer. While
    `is_known` is false nobody is assumed signed in or out. `hat` is "mentee" or "mentor"; `on_hat` is called
    with the other one. Signing out is a plain form post.
    """
    account = _account_menu(here, hat, name, portrait_source, initials, sign_out_action, on_hat)
    end = when(is_known, when(is_signed_in, rx.fragment(bell(unread), *account), rx.fragment(*_visitor_end(here))))
    header = rx.el.header(
        rx.el.div(
            brand(),
            when(is_known, _navigation(here, is_signed_in, hat, requests)),
            rx.el.div(color_mode_toggle(), end, class_name="topbar-end"),
            class_name="page",
        ),
        class_name="topbar",
    )
    return rx.el.div(
        rx.el.a("Skip to content", href="#main", class_name="skip"),
        banner if banner is not None else rx.fragment(),
        header if kind != "room" else rx.fragment(),
        when(is_signed_in, _phone_bar(here, hat, requests)) if kind == "app" else rx.fragment(),
        rx.el.main(*content, id="main", tab_index=-1),
        footer() if has_footer and kind != "room" else rx.fragment(),
        class_name=_FRAMES[kind],
    )
