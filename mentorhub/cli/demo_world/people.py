"""The named people of the demo: those of the pictures, and one who is always there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """An offering of the demo; `price` is in major units of the mentor's currency.

    With `asks_first` the mentor answers a request before it is booked.
    """

    kind: str
    title: str
    minutes: int
    price: str
    bring: str = ""
    leave: str = ""
    asks_first: bool = False


@dataclass(frozen=True)
class Hours:
    """Weekly hours as (weekdays, from, to), weekdays as digits with Monday 0; and how they are offered."""

    rows: tuple[tuple[str, str, str], ...]
    step: int | None = None
    after: int = 5
    notice: int = 120
    a_week: int | None = None
    a_day: int | None = 4
    horizon: int = 60


@dataclass(frozen=True)
class Person:
    """One mentor of the demo. `kept` of `due` sessions, `stars` as reviews of 5, 4, 3, 2 and 1 stars."""

    key: str
    name: str
    portrait: str
    zone: str
    city: str
    country: str
    role: str
    employer: str
    headline: str
    bio: str
    gap: str
    highlights: tuple[str, ...]
    languages: str
    areas: dict[str, int]
    currency: str
    offers: tuple[Offer, ...]
    hours: Hours
    due: int = 0
    missed: int = 0
    stars: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    months: int = 18
    policy: str = "standard"
    field_of_work: str = "product"


INTRO = Offer("intro", "Intro call", 15, "0", "Nothing", "An honest yes or no")

KABIR = Person(
    key="kabir",
    name="Kabir Deshmukh",
    portrait="kabir",
    zone="Europe/London",
    city="London",
    country="GB",
    role="Group product manager",
    employer="Lumen Health",
    headline="Ten years in product, an engineer before that.",
    bio="I tested bridge-inspection software in Hyderabad for three years before anyone let me near a roadmap. "
    "What got me across was not a course. It was learning to tell the same work as a story about people and "
    "decisions.\n\nBring me a CV that lists tasks and we will turn it into one that shows judgement. I am "
    "direct, I write notes while we talk, and I will tell you if product is not what you are after.",
    gap="Has not hired interns himself",
    highlights=(
        "Studied civil engineering in Pune, now ten years in product",
        "Turns lists of tasks into stories of judgement",
    ),
    languages="en hi mr",
    areas={"product-management": 10, "cv-and-portfolio": 6, "health-technology": 5, "career-change": 8},
    currency="INR",
    offers=(
        Offer("cv_review", "CV review", 30, "1200", "Your CV and one job post", "A marked-up CV and three stories"),
        Offer("career_talk", "Career talk", 45, "1800", "One question in your own words", "A plan for four weeks"),
        INTRO,
        Offer(
            "open_topic",
            "Open hour for students",
            45,
            "0",
            "Whatever is on your mind",
            "One next step",
            asks_first=True,
        ),
    ),
    hours=Hours(
        (("13", "09:00", "12:00"), ("13", "18:00", "20:00"), ("2", "17:00", "19:00"), ("5", "10:00", "13:00")),
        after=10,
        notice=240,
        a_week=8,
    ),
    due=214,
    missed=2,
    stars=(57, 6, 1, 0, 0),
    months=30,
)

ROBIN = Person(
    key="robin",
    name="Robin Vale",
    portrait="woman-14",
    zone="UTC",
    city="",
    country="",
    role="Demo mentor, always on",
    employer="MentorHub",
    headline="Free at any minute of any day, so that you can try the whole way at once.",
    bio="I am not a person but a part of this demo. My hours are open around the clock, in steps of five minutes "
    "and without notice.\n\nSign in as me in a second window, and you can hold a time, pay with test money and "
    "meet on video a few minutes from now.",
    gap="Not a person: there to try the product with",
    highlights=("Books without notice, at any five minutes of the day", "Has a free and a paid session to try"),
    languages="en",
    areas={"career-change": 1, "mock-interviews": 1},
    currency="EUR",
    offers=(
        Offer("open_topic", "Try it out", 15, "0", "Nothing", "The feeling of how it works"),
        Offer("career_talk", "Try it out, paid", 15, "12", "A test card", "A receipt to look at"),
    ),
    hours=Hours((("0123456", "00:00", "24:00"),), step=5, after=0, notice=0, a_day=None, horizon=14),
    months=2,
    field_of_work="",
)
