"""`/mentoring/profile`: a mentor's own profile, the steps to being found, and the switch."""

import reflex as rx

from mentorhub.components.button import button, link_button
from mentorhub.components.check import choice
from mentorhub.components.empty import empty
from mentorhub.components.field import error_line, field, text_area
from mentorhub.components.sections import mentoring as section
from mentorhub.components.sections.account import concern, said
from mentorhub.components.sections.home import steps_to_be_found
from mentorhub.components.select import select, small_select
from mentorhub.components.values import when
from mentorhub.pages.frame import framed, loading
from mentorhub.pages.route import Route
from mentorhub.state.base import Access
from mentorhub.state.mentoring import ANSWERS, COUNTRIES, LANGUAGES, POLICIES, MentoringState

_STATE = MentoringState
_ERRORS = MentoringState.errors


def _who() -> rx.Component:
    return rx.el.div(
        field("role", "What you do", default_value=_STATE.role, max_length=80, error=_ERRORS["role"]),
        field("employer", "Where", default_value=_STATE.employer, max_length=80, error=_ERRORS["employer"]),
        field("city", "City", default_value=_STATE.city, max_length=80, error=_ERRORS["city"]),
        select("country", "Country", COUNTRIES, default_value=_STATE.country, error=_ERRORS["country"]),
        class_name="grid gap-5 sm:grid-cols-2",
    )


def _words() -> list[rx.Component]:
    return [
        field(
            "headline",
            "In one sentence",
            default_value=_STATE.headline,
            max_length=140,
            hint="The first thing people read about you.",
            error=_ERRORS["headline"],
        ),
        text_area(
            "highlights",
            "Why somebody should meet you",
            default_value=_STATE.highlights,
            hint="Up to three lines, one reason each. They stand on your card.",
            error=_ERRORS["highlights"],
        ),
        field(
            "gap",
            "One honest gap",
            default_value=_STATE.gap,
            max_length=120,
            hint="What you cannot help with. It stands beside the reasons, in the same size.",
            error=_ERRORS["gap"],
        ),
        text_area(
            "bio",
            "About you",
            rows=6,
            default_value=_STATE.bio,
            hint="An empty line begins a new paragraph.",
            error=_ERRORS["bio"],
        ),
    ]


def _languages() -> rx.Component:
    return rx.el.div(
        rx.el.span("Languages", class_name="label"),
        section.removable(
            _STATE.languages, label="Languages", on_remove=_STATE.drop_language, nothing="None named yet."
        ),
        small_select("Add a language", LANGUAGES, value="", on_change=_STATE.add_language),
        error_line("languages", _ERRORS["languages"]),
        class_name="field",
    )


def _terms() -> rx.Component:
    choices = [
        choice(label, note, group="policy", value=key, default_checked=_STATE.policy == key)
        for key, label, note in POLICIES
    ]
    return rx.el.fieldset(
        rx.el.legend("When somebody cancels", class_name="label"),
        rx.el.div(*choices, class_name="stack gap-3"),
        rx.el.p("Bookings already made keep their terms. If you cancel, everything goes back.", class_name="hint"),
        error_line("policy", _ERRORS["policy"]),
    )


def _requests() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("When you are asked first", class_name="label"),
        rx.el.div(
            select(
                "answer_hours",
                "You answer",
                ANSWERS,
                default_value=_STATE.answer_hours,
                hint="Never later than two hours before the start. No answer at all lowers your answer rate.",
                error=_ERRORS["answer_hours"],
            ),
            field(
                "max_requests_per_week",
                "Requests a week at most",
                default_value=_STATE.max_requests_per_week,
                input_mode="numeric",
                hint="Empty for no limit.",
                error=_ERRORS["max_requests_per_week"],
            ),
            field(
                "max_intros_per_week",
                "Free intro calls a week at most",
                default_value=_STATE.max_intros_per_week,
                input_mode="numeric",
                hint="Empty for no limit.",
                error=_ERRORS["max_intros_per_week"],
            ),
            class_name="grid gap-5 sm:grid-cols-2",
        ),
    )


def _profile() -> rx.Component:
    form = rx.el.form(
        _who(),
        *_words(),
        _languages(),
        _terms(),
        _requests(),
        rx.el.div(
            button("Save profile", kind="primary", submits=True),
            rx.el.div(said(_STATE.saved), aria_live="polite"),
            class_name="row gap-4",
        ),
        on_submit=_STATE.save,
        class_name="stack gap-6",
    )
    return concern(
        "who",
        "Who you are",
        rx.fragment(
            "What everybody may read. Your name, face and clock are under ", rx.el.a("Account", href="/account"), "."
        ),
        form,
    )


def _expertise() -> rx.Component:
    chips = rx.el.div(
        rx.foreach(
            _STATE.areas,
            lambda area: rx.el.span(
                area.words,
                rx.el.button(
                    rx.el.span("Take off: ", area.name, class_name="hidden-text"),
                    rx.el.span("×", aria_hidden="true"),
                    type="button",
                    on_click=_STATE.drop_area(area.name),
                ),
                class_name="chip chip-close",
            ),
        ),
        class_name="row gap-2",
        role="group",
        aria_label="Your areas",
    )
    form = section.area_form(
        words=_STATE.words,
        years=rx.cond(_STATE.area_years < 0, "", _STATE.area_years.to_string()),
        error=_ERRORS["expertise"],
        reset=_STATE.area_resets.to_string(),
        on_add=_STATE.add_area,
        chips=when(_STATE.areas.length() > 0, chips),
        near=when(_STATE.suggestions.length() > 0, section.suggestions(_STATE.suggestions, _STATE.take_suggestion)),
    )
    return concern(
        "expertise",
        "What you can help with",
        "One to ten areas. Other words for the same are found too, such as PM for product management.",
        form,
        rx.el.div(said(_STATE.area_saved), aria_live="polite"),
    )


def _begin() -> rx.Component:
    return rx.el.div(
        empty(
            "You have no mentor profile yet",
            "The same account can learn and mentor. Nobody sees your profile before you say so.",
            icon_name="user",
            is_page=True,
            action=button("Start your mentor profile", kind="primary", on_click=_STATE.begin),
        ),
        class_name="page pt-10",
    )


def _editor() -> rx.Component:
    steps = steps_to_be_found(_STATE.steps, in_words=_STATE.steps_words, share=_STATE.steps_share)
    switch = section.open_switch(
        is_open=_STATE.is_open, on_change=_STATE.set_open, refusal=_STATE.refusal, page_href=_STATE.page_href
    )
    more = rx.el.div(
        link_button("Sessions and prices", href="/mentoring/offerings", icon_name="receipt", wide=True),
        link_button("Your hours", href="/mentoring/hours", icon_name="clock", wide=True),
        class_name="stack gap-3",
    )
    return section.mentoring_layout(
        "Your mentor profile",
        "Write it for the person you were ten years ago.",
        [_profile(), _expertise()],
        [switch, when(_STATE.is_open, rx.fragment(), steps), more],
    )


def page() -> rx.Component:
    """The editor, or the way to begin."""
    content = when(_STATE.has_profile, _editor(), _begin())
    return framed(loading(is_loaded=_STATE.loaded, content=content), here="profile", kind="app")


ROUTE = Route(
    page=page,
    path="mentoring/profile",
    title="Your mentor profile | MentorHub",
    description="What people read about you, what you can help with, and whether they can find you.",
    on_load=(MentoringState.load,),
    access=Access.SIGNED_IN,
)
