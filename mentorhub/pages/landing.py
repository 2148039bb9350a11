"""`/`: the promise, the search, people who have time soon, how it works, a voice, the price."""

import reflex as rx

from mentorhub.components.empty import skeleton
from mentorhub.components.sections import landing as section
from mentorhub.components.values import when
from mentorhub.pages.frame import framed
from mentorhub.pages.parts import card_of, meeting_ribbon
from mentorhub.pages.route import Route
from mentorhub.state.landing import LandingState

_SUGGESTIONS = (
    ("my first product job", "/mentors?q=first+product+job"),
    ("a mock interview", "/mentors?kind=mock_interview"),
    ("leading people for the first time", "/mentors?q=leading+people"),
)


def _figure() -> rx.Component:
    one, meeting = LandingState.featured, LandingState.featured.meeting
    drawn = section.meeting_figure(
        name=one.name,
        headline=one.headline,
        portrait_source=one.portrait,
        initials=one.initials,
        reasons=one.reasons,
        missing=one.gap,
        meeting=meeting_ribbon(meeting),
        offering=one.offering,
        price_words=one.price_words,
        href=one.href,
    )
    waits = rx.el.div(skeleton("face", "line", "half", "block", "line"), class_name="card card-pop", aria_hidden="true")
    return rx.cond(LandingState.loaded, when(LandingState.has_featured, drawn), waits)


def _soonest() -> rx.Component:
    shape = rx.el.div(skeleton("face", "line", "half", "block", "button"), class_name="card mentor-card")
    waits = rx.el.section(
        rx.el.div(*(shape for _ in range(3)), class_name="thirds"), class_name="page section", aria_hidden="true"
    )
    there = when(
        LandingState.cards.length() > 0,
        section.soonest(rx.foreach(LandingState.cards, card_of), all_label=LandingState.all_label),
    )
    return rx.cond(LandingState.loaded, there, waits)


def _voice() -> rx.Component:
    voice = LandingState.voice
    return when(
        LandingState.has_voice,
        section.voice(
            words=voice.words,
            author=voice.author,
            about=voice.about,
            author_face=voice.author_portrait,
            mentor_face=voice.mentor_portrait,
            initials=voice.author_initials,
            met=voice.met,
        ),
    )


def page() -> rx.Component:
    """The first page; the words stand in the page itself, only people and prices are read."""
    return framed(
        section.hero(_SUGGESTIONS, _figure()),
        _soonest(),
        section.how_it_works(),
        _voice(),
        section.price_story(
            example=LandingState.price_example,
            price_tag=LandingState.price_tag,
            parts=LandingState.price_parts,
            has_example=LandingState.has_price,
        ),
        section.call_to_mentors(),
    )


ROUTE = Route(
    page=page,
    path="/",
    title="MentorHub: talk to someone who has already been where you are",
    description="Book half an hour with a person who took the step you are about to take. See why they fit, when "
    "they are free in your time zone and what it costs before you sign up.",
    on_load=(LandingState.load,),
)
