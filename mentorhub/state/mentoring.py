"""A mentor's own profile: who they are, what they can help with, and the switch that lets people find them."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.catalog import queries, service
from mentorhub.domain.catalog.errors import UnknownExpertise
from mentorhub.domain.catalog.queries import OwnProfileView
from mentorhub.domain.catalog.rules import ANSWER_HOURS, ExpertiseEntry, ProfileForm
from mentorhub.domain.common import places
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.domain.marketplace import service as market
from mentorhub.domain.marketplace.errors import NotReadyToOpen
from mentorhub.domain.marketplace.queries import StepView
from mentorhub.state.base import Access, Answer, event, leave_for, read, require_viewer, run

COUNTRIES = (("", "Choose a country"), *places.countries())
LANGUAGES = (("", "Add a language"), *places.languages())
POLICIES = (
    ("relaxed", "Relaxed", "Everything back until 4 hours before, half until 2 hours before."),
    ("standard", "Standard", "Everything back until 24 hours before, half until 2 hours before."),
    ("strict", "Strict", "Everything back until 72 hours before, half until 2 hours before."),
)
_TEXTS = (
    *("role", "employer", "city", "country", "headline", "bio", "gap", "highlights", "policy"),
    *("answer_hours", "max_requests_per_week", "max_intros_per_week"),
)
ANSWERS = tuple((str(hours), f"Within {hours} hours") for hours in ANSWER_HOURS)
_FIELDS = (*_TEXTS, "languages", "expertise")


@dataclass(frozen=True)
class AreaShown:
    """One area of expertise with its years."""

    name: str
    years: int
    words: str


@dataclass(frozen=True)
class LanguageShown:
    """One language the mentor speaks."""

    key: str
    label: str


class MentoringState(rx.State):
    """The profile editor; texts are uncontrolled fields, so that what was typed stays after a refusal."""

    loaded: bool = False
    has_profile: bool = False
    is_open: bool = False
    page_href: str = ""
    role: str = ""
    employer: str = ""
    city: str = ""
    country: str = ""
    headline: str = ""
    bio: str = ""
    gap: str = ""
    highlights: str = ""
    policy: str = "standard"
    answer_hours: str = "48"
    max_requests_per_week: str = ""
    max_intros_per_week: str = ""
    languages: list[LanguageShown] = []
    areas: list[AreaShown] = []
    words: list[str] = []
    suggestions: list[str] = []
    errors: dict[str, str] = dict.fromkeys(_FIELDS, "")
    saved: str = ""
    area_saved: str = ""
    area_years: int = 1
    area_resets: int = 0
    steps: list[StepView] = []
    steps_words: str = ""
    steps_share: int = 0
    refusal: str = ""

    @event(Access.SIGNED_IN)
    async def load(self) -> None:
        """Read the profile; whoever wears the mentor's hat gets one to begin with."""
        viewer = require_viewer()
        if viewer.hat is Hat.MENTOR:
            await run(service.become_mentor, user_id=viewer.user_id, now=utc_now())
        self.saved, self.area_saved, self.refusal, self.suggestions = "", "", "", []
        self.errors = dict.fromkeys(_FIELDS, "")
        profile = await read(queries.own_profile, mentor_id=viewer.user_id)
        self.has_profile = profile is not None
        if profile is not None:
            self._fill(profile)
            self.words = [word.name for word in await read(queries.vocabulary)]
            await self._show_steps()
        self.loaded = True

    @event(Access.SIGNED_IN)
    async def begin(self) -> Answer:
        """Start a mentor profile and put the mentor's hat on."""
        viewer = require_viewer()
        await run(service.become_mentor, user_id=viewer.user_id, now=utc_now())
        await run(accounts.switch_hat, user_id=viewer.user_id, hat=Hat.MENTOR)
        return leave_for("/mentoring/profile")

    @event(Access.SIGNED_IN)
    async def save(self, form: dict[str, Any]) -> None:
        """Keep the profile; what is wrong is said beside its field."""
        viewer = require_viewer()
        self.saved, self.errors = "", {**dict.fromkeys(_FIELDS, ""), "expertise": self.errors["expertise"]}
        typed = {name: str(form.get(name, "")) for name in _TEXTS}
        wanted = ProfileForm(**typed, languages=tuple(language.key for language in self.languages))
        try:
            await run(service.edit_profile, actor_id=viewer.user_id, form=wanted)
        except FieldError as refusal:
            self.errors = {**self.errors, refusal.field: refusal.message}
            return
        profile = await read(queries.own_profile, mentor_id=viewer.user_id)
        if profile is not None:
            self._fill(profile)
        self.saved = "Saved."
        await self._show_steps()

    @event(Access.SIGNED_IN)
    def add_language(self, code: str) -> None:
        """Put a language on the list, kept with the next save."""
        known = {language.key for language in self.languages}
        if code in places.LANGUAGE_CODES and code not in known:
            self.languages = [*self.languages, LanguageShown(code, places.language_name(code))]
            self.saved = ""

    @event(Access.SIGNED_IN)
    def drop_language(self, code: str) -> None:
        """Take a language off the list, kept with the next save."""
        self.languages = [language for language in self.languages if language.key != code]
        self.saved = ""

    @event(Access.SIGNED_IN)
    async def add_area(self, form: dict[str, Any]) -> None:
        """Add an area by any of its words; an unknown word is answered with the nearest three."""
        years = str(form.get("years", "")).strip()
        self.area_years = int(years) if years.isascii() and years.isdigit() and len(years) < 4 else -1
        await self._add_area(str(form.get("area", "")))

    @event(Access.SIGNED_IN)
    async def take_suggestion(self, name: str) -> None:
        """Add the area that was suggested, with the years typed before."""
        await self._add_area(name)

    @event(Access.SIGNED_IN)
    async def drop_area(self, name: str) -> None:
        """Take an area off."""
        await self._set_areas([area for area in self.areas if area.name != name], said=f"{name} is off your profile.")

    @event(Access.SIGNED_IN)
    async def set_open(self, is_open: bool) -> None:
        """Let people find this mentor, or stop; opening is refused with the list of what is missing."""
        viewer = require_viewer()
        self.refusal = ""
        try:
            if is_open:
                await run(market.open_to_mentorship, mentor_id=viewer.user_id, now=utc_now())
            else:
                await run(market.close_to_mentorship, mentor_id=viewer.user_id)
        except NotReadyToOpen as refusal:
            self.refusal = str(refusal)
        profile = await read(queries.own_profile, mentor_id=viewer.user_id)
        self.is_open = profile is not None and profile.is_open
        await self._show_steps()

    async def _add_area(self, word: str) -> None:
        if not word.strip():
            self.errors = {**self.errors, "expertise": "Please write an area, such as “Product management”."}
            return
        entry = AreaShown(word, self.area_years, "")
        if await self._set_areas([*self.areas, entry], said="Added."):
            self.area_resets += 1

    async def _set_areas(self, areas: list[AreaShown], *, said: str) -> bool:
        viewer = require_viewer()
        self.area_saved, self.suggestions, self.errors = "", [], {**self.errors, "expertise": ""}
        entries = [ExpertiseEntry(area.name, area.years) for area in areas]
        try:
            await run(service.set_expertise, actor_id=viewer.user_id, entries=entries)
        except FieldError as refusal:
            self.errors = {**self.errors, "expertise": refusal.message}
            self.suggestions = list(refusal.nearest) if isinstance(refusal, UnknownExpertise) else []
            return False
        profile = await read(queries.own_profile, mentor_id=viewer.user_id)
        self.areas = _areas(profile) if profile else []
        self.area_saved = said
        await self._show_steps()
        return True

    async def _show_steps(self) -> None:
        viewer = require_viewer()
        found = await read(marketplace.checklist, mentor_id=viewer.user_id, now=utc_now())
        self.steps, self.steps_words = found.steps, found.in_words
        self.steps_share = found.done * 100 // len(found.steps)

    def _fill(self, profile: OwnProfileView) -> None:
        for name in _TEXTS:
            setattr(self, name, getattr(profile, name))
        self.is_open, self.page_href = profile.is_open, f"/mentors/{profile.slug}"
        self.languages = [LanguageShown(code, places.language_name(code)) for code in profile.languages]
        self.areas = _areas(profile)


def _areas(profile: OwnProfileView) -> list[AreaShown]:
    return [
        AreaShown(area.name, area.years, f"{area.name}, {area.years} {'year' if area.years == 1 else 'years'}")
        for area in profile.expertise
    ]
