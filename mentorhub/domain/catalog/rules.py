"""Pure rules of the catalog: what a profile, an area of expertise and an offering must look like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.common.money import Money, NotAnAmount
from mentorhub.domain.common.words import fold, one_line, paragraphs, slug_of

SHORTEST, LONGEST, STEP, LONGEST_INTRO = 15, 120, 5, 20
"""Minutes of a session, and of a free intro call (PRODUCT.md B5, B6)."""
MOST_EXPERTISE, MOST_YEARS = 10, 50
MOST_LANGUAGES = 8
MOST_HIGHLIGHTS, LONGEST_HIGHLIGHT = 3, 80
MOST_OFFERINGS = 12
FREE_KIND = "intro"
ANSWER_HOURS = (24, 48, 72)
"""What a mentor may promise at most for an answer (PRODUCT.md C12)."""
MOST_A_WEEK = 50
_LIKELY = 0.45


@dataclass(frozen=True)
class ProfileForm:
    """A profile as typed; `highlights` has one line each, `languages` are ISO 639 codes, no number is no limit."""

    role: str = ""
    employer: str = ""
    city: str = ""
    country: str = ""
    headline: str = ""
    bio: str = ""
    gap: str = ""
    highlights: str = ""
    languages: tuple[str, ...] = ()
    policy: str = "standard"
    answer_hours: str = "48"
    max_requests_per_week: str = ""
    max_intros_per_week: str = ""


@dataclass(frozen=True)
class OfferingForm:
    """An offering as typed; `price` is an amount in the mentor's currency, "" or "0" for free."""

    kind: str
    title: str
    minutes: int
    price: str
    send_before: str = ""
    leave_with: str = ""
    needs_approval: bool = False
    met_book_instantly: bool = True


@dataclass(frozen=True)
class OfferingTerms:
    """An offering that passed every rule."""

    kind: str
    title: str
    minutes: int
    price: Money
    send_before: str
    leave_with: str


@dataclass(frozen=True)
class ExpertiseEntry:
    """One area as typed, with the years spent in it."""

    word: str
    years: int


@dataclass(frozen=True)
class Word:
    """One entry of the vocabulary: its key, its name and the other words people use for it."""

    slug: str
    name: str
    synonyms: tuple[str, ...] = ()


def checked_profile(form: ProfileForm, *, countries: Iterable[str], languages: Iterable[str]) -> ProfileForm:
    """The profile, trimmed; raises FieldError beside the first field that breaks a rule."""
    spoken = tuple(dict.fromkeys(form.languages))
    if len(spoken) > MOST_LANGUAGES:
        raise FieldError("languages", f"Please choose at most {MOST_LANGUAGES} languages.")
    if not set(spoken) <= set(languages):
        raise FieldError("languages", "Please choose languages from the list.")
    if form.country and form.country not in set(countries):
        raise FieldError("country", "Please choose a country from the list.")
    return ProfileForm(
        role=one_line("role", form.role, longest=80, needed="Please say what you do."),
        employer=one_line("employer", form.employer, longest=80),
        city=one_line("city", form.city, longest=80),
        country=form.country,
        headline=one_line("headline", form.headline, longest=140),
        bio=paragraphs("bio", form.bio, longest=4000),
        gap=one_line("gap", form.gap, longest=120),
        highlights="\n".join(checked_highlights(form.highlights)),
        languages=spoken,
        policy=form.policy,
        answer_hours=form.answer_hours,
        max_requests_per_week=form.max_requests_per_week,
        max_intros_per_week=form.max_intros_per_week,
    )


def checked_answer_hours(text: str) -> int:
    """Within how many hours a mentor promises to answer; raises FieldError."""
    if text not in map(str, ANSWER_HOURS):
        raise FieldError("answer_hours", "Please choose 24, 48 or 72 hours.")
    return int(text)


def checked_weekly_cap(field: str, text: str) -> int | None:
    """How many a week at most, `None` for no limit; raises FieldError beside `field`."""
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= MOST_A_WEEK):
        raise FieldError(field, f"Please give a number from 1 to {MOST_A_WEEK}, or leave it empty.")
    return int(typed)


def checked_highlights(text: str) -> tuple[str, ...]:
    """Up to three lines that say why someone should meet this mentor; raises FieldError."""
    lines = [line for line in paragraphs("highlights", text, longest=1000).split("\n") if line]
    if len(lines) > MOST_HIGHLIGHTS:
        raise FieldError("highlights", f"Please write at most {MOST_HIGHLIGHTS} lines.")
    return tuple(one_line("highlights", line, longest=LONGEST_HIGHLIGHT) for line in lines)


def checked_offering(form: OfferingForm, *, kinds: Iterable[str], floor: Money) -> OfferingTerms:
    """The offering's terms; raises FieldError beside the first field that breaks a rule (PRODUCT.md B5, B6).

    `floor` is the least a paid session may cost, in the mentor's currency; an intro call is free and short.
    """
    if form.kind not in set(kinds):
        raise FieldError("kind", "Please choose what kind of session this is.")
    title = one_line("title", form.title, longest=80, needed="Please give the session a title.")
    longest = LONGEST_INTRO if form.kind == FREE_KIND else LONGEST
    if not SHORTEST <= form.minutes <= longest or form.minutes % STEP:
        what = "An intro call" if form.kind == FREE_KIND else "A session"
        raise FieldError("minutes", f"{what} lasts {SHORTEST} to {longest} minutes, in steps of {STEP}.")
    return OfferingTerms(
        kind=form.kind,
        title=title,
        minutes=form.minutes,
        price=checked_price(form.price, floor=floor, must_be_free=form.kind == FREE_KIND),
        send_before=one_line("send_before", form.send_before, longest=160),
        leave_with=one_line("leave_with", form.leave_with, longest=160),
    )


def checked_price(text: str, *, floor: Money, must_be_free: bool) -> Money:
    """The typed price: nothing, or at least `floor`; raises FieldError."""
    try:
        price = Money.parse(text, floor.currency) if text.strip() else Money.zero(floor.currency)
    except NotAnAmount as wrong:
        raise FieldError("price", str(wrong)) from None
    if price and must_be_free:
        raise FieldError("price", "An intro call is free; leave the price at 0.")
    if price and price < floor:
        raise FieldError("price", f"A paid session costs at least {floor.format(tag=True)}; 0 makes it free.")
    if price > floor.times(10_000):
        raise FieldError("price", "That is more than a card can pay; please check the amount.")
    return price


def known_word(typed: str, vocabulary: Sequence[Word]) -> Word | None:
    """The entry a typed word means, by its name, its key or one of its synonyms; `None` when unknown."""
    wanted = fold(typed)
    for word in vocabulary:
        if wanted and wanted in _spellings(word):
            return word
    return None


def nearest_words(typed: str, vocabulary: Sequence[Word], *, count: int = 3) -> tuple[str, ...]:
    """The names nearest in spelling, best first; none that is too far away to be meant."""
    wanted = fold(typed)
    closeness = {word.name: max(_alike(wanted, spelling) for spelling in _spellings(word)) for word in vocabulary}
    best = sorted(closeness, key=lambda name: (-closeness[name], name))
    return tuple(name for name in best[:count] if closeness[name] >= _LIKELY)


def checked_expertise(
    entries: Sequence[ExpertiseEntry], vocabulary: Sequence[Word]
) -> Mapping[str, int] | ExpertiseEntry:
    """Years by key of the vocabulary, doubles merged to the larger; or the first entry nobody knows.

    Raises FieldError for no area, more than ten, or years outside 0 to 50 (PRODUCT.md A4).
    """
    years: dict[str, int] = {}
    for entry in entries:
        word = known_word(one_line("expertise", entry.word, longest=60), vocabulary)
        if word is None:
            return entry
        if not 0 <= entry.years <= MOST_YEARS:
            raise FieldError("expertise", f"Years in {word.name} must be between 0 and {MOST_YEARS}.")
        years[word.slug] = max(entry.years, years.get(word.slug, 0))
    if not 1 <= len(years) <= MOST_EXPERTISE:
        raise FieldError("expertise", f"Please name one to {MOST_EXPERTISE} areas you can help with.")
    return years


def address_for(name: str, taken: Iterable[str]) -> str:
    """A free address for a profile, such as "kabir-deshmukh" or "kabir-deshmukh-2"."""
    base, used = slug_of(name) or "mentor", set(taken)
    if base not in used:
        return base
    return next(numbered for n in range(2, len(used) + 3) if (numbered := f"{base}-{n}") not in used)


def _spellings(word: Word) -> tuple[str, ...]:
    return tuple(fold(text) for text in (word.name, word.slug, *word.synonyms))


def _alike(wanted: str, spelling: str) -> float:
    if wanted and (spelling.startswith(wanted) or f" {wanted}" in spelling):
        return 0.95
    return SequenceMatcher(None, wanted, spelling).ratio()
