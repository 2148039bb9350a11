"""What each process remembers of the open mentors, so that a search reads only what changed.

Profiles are read again when their revision, name or portrait differs. Free time is a hint for filtering and
sorting: forgotten when a topic says that it changed, and looked up anew after ten minutes. Nothing here is
the truth; the cards of a page and every hold ask the database itself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.queries import free_starts_of_many
from mentorhub.domain.catalog.models import (
    ExpertiseTag,
    MentorExpertise,
    MentorLanguage,
    MentorProfile,
    MentorStanding,
    Offering,
    OfferingKind,
)
from mentorhub.domain.common import topics
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.places import country_name, region_of
from mentorhub.domain.marketplace.rules.hours import Free, free_from
from mentorhub.domain.marketplace.rules.listing import Listed, listed_area, listed_offering, texts_of
from mentorhub.domain.marketplace.rules.standing import Standing

LOOK_AHEAD = timedelta(days=15)
_GROWS_OLD_AFTER = timedelta(minutes=10)
_RENEWED_AT_ONCE = 40
_AT_A_TIME = 400
_GRID = topics.grid_of(UUID(int=0)).split(":")[0] + ":"

T = TypeVar("T")
K = TypeVar("K", UUID, str)
Stamp = tuple[int, str, str | None]


class Market:
    """The open mentors of one database as this process knows them."""

    def __init__(self) -> None:
        self._mentors: dict[str, tuple[Stamp, Listed]] = {}
        self._free: dict[UUID, tuple[datetime, Free]] = {}

    def mentors(self, db: Session) -> list[Listed]:
        """Every open mentor, as the database has them now."""
        stamps = select(MentorProfile.slug, MentorProfile.revision, User.name, User.portrait).join(User)
        rows = db.exec(stamps.where(col(MentorProfile.is_open)))
        present: dict[str, Stamp] = {slug: (revision, name, portrait) for slug, revision, name, portrait in rows}
        known = self._mentors
        stale = [slug for slug, stamp in present.items() if slug not in known or known[slug][0] != stamp]
        if stale or len(present) != len(known):
            fresh = {one.slug: (present[one.slug], one) for one in read_listed(db, ids_of(db, stale))}
            kept = {slug: entry for slug, entry in known.items() if slug in present and slug not in fresh}
            self._mentors = known = {**kept, **fresh}
            for _, one in fresh.values():
                self._free.pop(one.mentor_id, None)
        return [entry[1] for entry in known.values()]

    def free(self, db: Session, mentors: Sequence[Listed], *, now: datetime) -> Mapping[UUID, Free]:
        """The free time of each mentor's first offering, at most ten minutes old as far as there is time."""
        missing = [one for one in mentors if one.mentor_id not in self._free]
        old = (one for one in mentors if self._is_old(one, now))
        renewed = [*missing, *(one for one, _ in zip(old, range(_RENEWED_AT_ONCE), strict=False))]
        first = {one.offerings[0].offering_id: one.mentor_id for one in renewed if one.offerings}
        for offering_id, starts in read_free(db, first, now=now).items():
            self._free[first[offering_id]] = (now, free_from(starts, now))
        for one in renewed:
            if not one.offerings:
                self._free[one.mentor_id] = (now, free_from((), now))
        known = ((one.mentor_id, self._free.get(one.mentor_id)) for one in mentors)
        return {mentor_id: entry[1] for mentor_id, entry in known if entry is not None}

    def forget_free(self, mentor_id: UUID) -> None:
        """Look this mentor's free time up again when it is next asked for."""
        self._free.pop(mentor_id, None)

    def _is_old(self, mentor: Listed, now: datetime) -> bool:
        entry = self._free.get(mentor.mentor_id)
        return entry is not None and not timedelta(0) <= now - entry[0] < _GROWS_OLD_AFTER


_markets: WeakKeyDictionary[Engine, Market] = WeakKeyDictionary()


def market_of(db: Session) -> Market:
    """What this process knows of the open mentors of the session's database."""
    engine = db.get_bind()
    if not isinstance(engine, Engine):
        engine = engine.engine
    return _markets.setdefault(engine, Market())


def topic_changed(topic: str) -> None:
    """Forget a mentor's free time when a topic says so; each process subscribes this to its bus."""
    if topic.startswith(_GRID):
        for market in list(_markets.values()):
            market.forget_free(UUID(topic.removeprefix(_GRID)))


def read_free(db: Session, offering_ids: Collection[UUID], *, now: datetime) -> dict[UUID, list[datetime]]:
    """The free starts of the coming 15 days by offering."""
    free: dict[UUID, list[datetime]] = {}
    for some in _in_batches(offering_ids):
        offerings = db.exec(select(Offering).where(col(Offering.id).in_(some))).all()
        free |= free_starts_of_many(db, offerings=offerings, since=now, until=now + LOOK_AHEAD, now=now)
    return free


def ids_of(db: Session, slugs: Collection[str]) -> list[UUID]:
    """The mentors behind these addresses."""
    found: list[UUID] = []
    for some in _in_batches(slugs):
        found += db.exec(select(MentorProfile.user_id).where(col(MentorProfile.slug).in_(some)))
    return found


def read_listed(db: Session, mentor_ids: Collection[UUID]) -> Iterator[Listed]:
    """What a search knows of these mentors, read from the database."""
    for some in _in_batches(mentor_ids):
        areas = _by_mentor(
            db.exec(
                select(MentorExpertise.mentor_id, ExpertiseTag, MentorExpertise.years)
                .join(ExpertiseTag)
                .where(col(MentorExpertise.mentor_id).in_(some))
                .order_by(col(MentorExpertise.years).desc(), col(ExpertiseTag.name))
            ),
            lambda row: (row[0], (row[1], row[2])),
        )
        languages = _by_mentor(
            db.exec(select(MentorLanguage).where(col(MentorLanguage.mentor_id).in_(some))),
            lambda row: (row.mentor_id, row.code),
        )
        offerings = _by_mentor(
            db.exec(
                select(Offering)
                .where(col(Offering.mentor_id).in_(some), col(Offering.is_active), Offering.kind != OfferingKind.GROUP)
                .order_by(col(Offering.position), col(Offering.created_at))
            ),
            lambda row: (row.mentor_id, row),
        )
        people = db.exec(
            select(MentorProfile, User, MentorStanding)
            .join(User)
            .outerjoin(MentorStanding, col(MentorStanding.mentor_id) == col(MentorProfile.user_id))
            .where(col(MentorProfile.user_id).in_(some))
        )
        for profile, user, standing in people:
            one = profile.user_id
            yield _listed(profile, user, standing, areas[one], languages[one], offerings[one])


def standing_of(row: MentorStanding | None) -> Standing:
    """The figures of a standing row; none at all without one."""
    if row is None:
        return Standing()
    stars = (row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5)
    return Standing(stars=stars, kept=row.kept, due=row.due, answered=row.answered, asked=row.asked, lately=row.lately)


def own_standing(db: Session, *, mentor_id: UUID) -> Standing:
    """What reviews, sessions and requests of this mentor add up to."""
    return standing_of(db.get(MentorStanding, mentor_id))


def _listed(
    profile: MentorProfile,
    user: User,
    standing: MentorStanding | None,
    tags: Iterable[tuple[ExpertiseTag, int]],
    languages: Iterable[str],
    offerings: Iterable[Offering],
) -> Listed:
    areas = tuple(listed_area(tag.slug, tag.name, years, tag.synonyms.split("|")) for tag, years in tags)
    highlights = tuple(line for line in profile.highlights.split("\n") if line)
    texts = texts_of(
        name=user.name,
        role=profile.role,
        employer=profile.employer,
        city=profile.city,
        country=country_name(profile.country),
        headline=profile.headline,
        highlights=highlights,
        bio=profile.bio,
        areas=areas,
    )
    return Listed(
        mentor_id=profile.user_id,
        revision=profile.revision,
        name=user.name,
        slug=profile.slug,
        portrait=user.portrait or "",
        role=profile.role,
        employer=profile.employer,
        city=profile.city,
        country=profile.country,
        region=region_of(profile.country),
        headline=profile.headline,
        gap=profile.gap,
        highlights=highlights,
        areas=areas,
        languages=frozenset(languages),
        offerings=tuple(
            listed_offering(one.id, one.kind.value, one.minutes, Money(one.price_minor, one.currency))
            for one in offerings
        ),
        standing=standing_of(standing),
        texts=texts,
        words="".join(texts.values()),
    )


def _by_mentor(rows: Iterable[T], pair: Callable[[T], tuple[UUID, object]]) -> dict[UUID, list]:  # type: ignore[type-arg]
    grouped: dict[UUID, list[object]] = defaultdict(list)
    for row in rows:
        mentor_id, value = pair(row)
        grouped[mentor_id].append(value)
    return grouped


def _in_batches(ids: Collection[K]) -> Iterator[list[K]]:
    every = list(ids)
    for first in range(0, len(every), _AT_A_TIME):
        yield every[first : first + _AT_A_TIME]
