"""Invent as many mentors as asked for, the named ones first; the same dice give the same people."""

from decimal import Decimal
from random import Random

from mentorhub.cli.demo_world.cast import CAST
from mentorhub.cli.demo_world.fields import FIELDS, Field
from mentorhub.cli.demo_world.people import INTRO, KABIR, ROBIN, Hours, Offer, Person
from mentorhub.cli.demo_world.places import PLACES, Place
from mentorhub.domain.common.money import Money, decimals
from mentorhub.domain.common.words import slug_of
from mentorhub.domain.marketplace.rules.exchange import about

FACES = 30
_KINDS = ("career_talk", "open_topic", "cv_review", "mock_interview", "portfolio")
_WEEKS = (
    (("0123", "18:00", "20:30"),),
    (("024", "07:00", "09:00"), ("13", "18:00", "20:00")),
    (("56", "09:00", "13:00"),),
    (("13", "12:00", "14:00"), ("5", "10:00", "12:00")),
    (("01234", "16:00", "18:00"),),
    (("24", "19:00", "21:30"), ("6", "15:00", "18:00")),
    (("0", "09:00", "12:00"), ("3", "13:00", "17:00")),
)
_EURO_PRICES = (15, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90)


def mentors(size: int, dice: Random) -> list[Person]:
    """`size` mentors: the named ones first, then invented ones from every field and region in turn."""
    named = [KABIR, *CAST, ROBIN]
    invented = [_invented(number, dice) for number in range(max(0, size - len(named)))]
    return [*named, *invented][:size]


def face(woman: bool, dice: Random) -> str:
    """One of the drawn faces."""
    return f"{'woman' if woman else 'man'}-{dice.randint(1, FACES):02}"


def person_name(place: Place, woman: bool, dice: Random) -> str:
    """A name as one might meet it in that place."""
    return f"{dice.choice((place.women if woman else place.men).split())} {dice.choice(place.surnames.split())}"


def _invented(number: int, dice: Random) -> Person:
    place, work = PLACES[number * 7 % len(PLACES)], FIELDS[number % len(FIELDS)]
    woman = dice.random() < 0.5
    name, years = person_name(place, woman, dice), dice.randint(2, 22)
    sessions = dice.choice((0, 0, 1, 3, 4, 6, 8, 11, 14, 19, 26))
    return Person(
        key=f"{slug_of(name)}-{number}",
        name=name,
        portrait=face(woman, dice),
        zone=place.zone,
        city=place.city,
        country=place.country,
        role=dice.choice(work.roles),
        employer=dice.choice(work.employers),
        headline=dice.choice(work.headlines),
        bio=_bio(work, years, dice),
        gap=dice.choice(work.gaps) if sessions > 1 else "New here, hardly any sessions so far",
        highlights=tuple(dice.sample(work.highlights, 2)),
        languages=place.languages,
        areas=_areas(work, years, dice),
        currency=place.currency,
        offers=_offers(work, place.currency, years, dice),
        hours=Hours(dice.choice(_WEEKS), notice=dice.choice((120, 240, 720)), after=dice.choice((0, 5, 10))),
        due=sessions,
        missed=1 if sessions > 5 and dice.random() < 0.3 else 0,
        stars=_stars(sessions, dice),
        months=max(2, sessions // 2 + dice.randint(1, 6)),
        policy=dice.choice(("relaxed", "standard", "standard", "standard", "strict")),
        field_of_work=work.key,
    )


def _bio(work: Field, years: int, dice: Random) -> str:
    began = dice.choice(
        ("It began by accident", "I wanted this at sixteen", "I came to it late", "A friend dragged me in")
    )
    why = dice.choice(
        (
            "Somebody once gave me an honest hour; I am paying it back.",
            "I remember how little of it was written down anywhere.",
            "I like the moment when a vague worry becomes a list.",
            "Most of what I know I learned by asking, so ask.",
        )
    )
    return (
        f"{began}, {years} years ago. {why}\n\nBring this: {work.bring.lower()}. You leave with {work.leave.lower()}."
    )


def _areas(work: Field, years: int, dice: Random) -> dict[str, int]:
    count = dice.randint(2, min(4, len(work.areas)))
    return {area: max(1, years - 2 * place) for place, area in enumerate(dice.sample(work.areas, count))}


def _offers(work: Field, currency: str, years: int, dice: Random) -> tuple[Offer, ...]:
    minutes, kind = dice.choice((30, 30, 45, 60)), dice.choice(_KINDS)
    price = "0" if dice.random() < 0.12 else _price(currency, years, minutes, dice)
    first = Offer(kind, work.topic, minutes, price, work.bring, work.leave)
    second = Offer("career_talk", "Career talk", 45, _price(currency, years, 45, dice), "One question", "Next steps")
    more = (second,) if dice.random() < 0.45 and kind != "career_talk" else ()
    return (first, *more, INTRO) if dice.random() < 0.6 else (first, *more)


def _price(currency: str, years: int, minutes: int, dice: Random) -> str:
    euro = dice.choice(_EURO_PRICES[min(years // 5, 4) :][:6]) * minutes // 45
    here = about(Money(max(euro, 10) * 100, "EUR"), currency)
    whole = here.as_decimal() if here else Decimal(max(euro, 10))
    return f"{whole.quantize(Decimal(1)) if decimals(currency) else whole:f}"


def _stars(sessions: int, dice: Random) -> tuple[int, int, int, int, int]:
    count = [0, 0, 0, 0, 0]
    for _ in range(sum(dice.random() < 0.6 for _ in range(max(0, sessions - 1)))):
        count[dice.choices(range(5), weights=(68, 22, 7, 2, 1))[0]] += 1
    return (count[0], count[1], count[2], count[3], count[4])
