"""The page of one mentor: who, proof, what can be booked, and the terms."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.models import MentorProfile, MentorStanding, Offering, OfferingKind
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.places import language_name
from mentorhub.domain.common.words import initials
from mentorhub.domain.marketplace.queries.cards import price_hint, price_tag, role_line
from mentorhub.domain.marketplace.queries.index import read_listed, standing_of
from mentorhub.domain.marketplace.rules.standing import Standing, market_mean

TERMS = {
    "relaxed": "Everything back until 4 hours before, half until 2 hours before.",
    "standard": "Everything back until 24 hours before, half until 2 hours before.",
    "strict": "Everything back until 72 hours before, half until 2 hours before.",
}


@dataclass(frozen=True)
class OfferingView:
    """Something one can book."""

    offering_id: str
    kind: str
    title: str
    minutes: int
    terms: str
    price_minor: int
    currency: str
    price_tag: str
    price_hint: str
    bring: str
    leave_with: str
    met_book_instantly: bool = True


@dataclass(frozen=True)
class StarsView:
    """One line of the histogram: how many gave so many stars, and that as percent of the fullest line."""

    stars: int
    count: int
    share: int


@dataclass(frozen=True)
class MentorPageView:
    """Everything of a mentor's page but the week and the reviews, which come from their own features."""

    mentor_id: str
    slug: str
    name: str
    first_name: str
    initials: str
    portrait: str
    role_line: str
    headline: str
    city: str
    languages: str
    time_zone: str
    is_open: bool
    bio: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    gap: str = ""
    expertise: list[str] = field(default_factory=list)
    rating: str = ""
    reviews: int = 0
    reviews_words: str = ""
    sorting_words: str = ""
    histogram: list[StarsView] = field(default_factory=list)
    recent: list[str] = field(default_factory=list)
    attended: str = ""
    answered: str = ""
    policy: str = ""
    policy_words: str = ""
    offerings: list[OfferingView] = field(default_factory=list)


def mentor_page(db: Session, *, slug: str, currency: str = "") -> MentorPageView:
    """A mentor's page by its address, open or not; raises NotFound. `currency` is the reader's, for hints."""
    profile = db.exec(select(MentorProfile).where(MentorProfile.slug == slug)).first()
    if profile is None:
        raise NotFound
    one = next(read_listed(db, [profile.user_id]))
    return MentorPageView(
        mentor_id=str(one.mentor_id),
        slug=one.slug,
        name=one.name,
        first_name=one.name.split()[0],
        initials=initials(one.name),
        portrait=one.portrait,
        role_line=role_line(one.role, one.employer),
        headline=one.headline,
        city=one.city,
        languages=", ".join(sorted(language_name(code) for code in one.languages)),
        time_zone=db.get_one(User, profile.user_id).time_zone,
        is_open=profile.is_open,
        bio=[part for part in profile.bio.split("\n\n") if part],
        reasons=list(one.highlights),
        gap=one.gap,
        expertise=[area.with_years for area in one.areas],
        rating=one.standing.rating,
        reviews=one.standing.reviews,
        reviews_words=one.standing.count_in_words,
        sorting_words=_sorting_words(db, one.standing),
        histogram=_histogram(one.standing),
        recent=one.standing.dots,
        attended=one.standing.attendance.removesuffix(" attended"),
        answered=one.standing.answering.removesuffix(" answered"),
        policy=profile.policy.value,
        policy_words=TERMS[profile.policy.value],
        offerings=_offerings(db, one.mentor_id, currency),
    )


def slug_of(db: Session, *, mentor_id: UUID) -> str:
    """The address of a mentor's page; raises NotFound for a person without one."""
    slug = db.exec(select(MentorProfile.slug).where(MentorProfile.user_id == mentor_id)).first()
    if slug is None:
        raise NotFound
    return slug


def _offerings(db: Session, mentor_id: UUID, currency: str) -> list[OfferingView]:
    rows = db.exec(
        select(Offering)
        .where(Offering.mentor_id == mentor_id, col(Offering.is_active), Offering.kind != OfferingKind.GROUP)
        .order_by(col(Offering.position), col(Offering.created_at))
    )
    return [_offering(row, Money(row.price_minor, row.currency), currency) for row in rows]


def _offering(row: Offering, price: Money, currency: str) -> OfferingView:
    how = "answers first" if row.needs_approval else "books instantly"
    how = f"once per person, {how}" if row.kind is OfferingKind.INTRO else how
    return OfferingView(
        offering_id=str(row.id),
        kind=row.kind.value,
        title=row.title,
        minutes=row.minutes,
        terms=f"{row.minutes} min, {how}",
        price_minor=row.price_minor,
        currency=row.currency,
        price_tag=price_tag(price),
        price_hint=price_hint(price, currency),
        bring=row.send_before,
        leave_with=row.leave_with,
        met_book_instantly=row.met_book_instantly,
    )


def _histogram(standing: Standing) -> list[StarsView]:
    most = max(standing.stars) or 1
    counts = reversed(list(enumerate(standing.stars, start=1)))
    return [StarsView(stars, count, count * 100 // most) for stars, count in counts]


def _sorting_words(db: Session, standing: Standing) -> str:
    """How sorting reads the rating; said only where a rating is shown."""
    if standing.is_new:
        return ""
    everyone = [standing_of(row) for row in db.exec(select(MentorStanding))]
    used = standing.shrunk(market_mean(everyone))
    return f"Sorting uses {used:.2f}, the mean pulled a little to the average of all mentors."
