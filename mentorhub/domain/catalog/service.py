"""Verbs of the catalog: become a mentor, describe oneself, offer sessions, count what happened.

Every verb that a person asks for acts on the profile of `actor_id` and on nobody else's.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session, col, delete, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog import rules
from mentorhub.domain.catalog.errors import NotAMentor, TooManyOfferings, UnknownExpertise
from mentorhub.domain.catalog.models import (
    MentorExpertise,
    MentorLanguage,
    MentorProfile,
    MentorStanding,
    Offering,
    OfferingKind,
    Policy,
)
from mentorhub.domain.catalog.ports import PriceFloor
from mentorhub.domain.catalog.queries import vocabulary
from mentorhub.domain.catalog.rules import ExpertiseEntry, OfferingForm, OfferingTerms, ProfileForm
from mentorhub.domain.common import places, topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.money import Money

Attended = Literal["attended", "absent", "unknown"]
_MARKS: dict[Attended, str] = {"attended": "a", "absent": "x", "unknown": "u"}
_REMEMBERED = 10


def become_mentor(db: Session, *, user_id: UUID, now: datetime) -> str:
    """Start a mentor profile, closed and empty, and return its address; a second time changes nothing.

    Its currency is that of the person's time zone to begin with, when one is known. Raises NotFound.
    """
    known = db.get(MentorProfile, user_id)
    if known is not None:
        return known.slug
    user = db.get(User, user_id)
    if user is None:
        raise NotFound
    taken = db.exec(
        select(MentorProfile.slug).where(col(MentorProfile.slug).startswith(rules.address_for(user.name, ())))
    )
    profile = MentorProfile(
        user_id=user_id,
        slug=rules.address_for(user.name, taken),
        currency=places.currency_of_zone(user.time_zone) or "EUR",
        created_at=now,
    )
    db.add(profile)
    db.flush()
    db.add(MentorStanding(mentor_id=user_id))
    _changed(db, profile)
    return profile.slug


def edit_profile(db: Session, *, actor_id: UUID, form: ProfileForm) -> None:
    """Describe oneself anew; raises FieldError beside the field that breaks a rule, NotAMentor."""
    profile = own_profile_row(db, actor_id)
    clean = rules.checked_profile(form, countries=places.COUNTRY_CODES, languages=places.LANGUAGE_CODES)
    if clean.policy not in set(Policy):
        raise FieldError("policy", "Please choose one of the cancellation terms.")
    for name in ("role", "employer", "city", "country", "headline", "bio", "gap", "highlights"):
        setattr(profile, name, getattr(clean, name))
    profile.policy = Policy(clean.policy)
    profile.answer_hours = rules.checked_answer_hours(clean.answer_hours)
    for cap in ("max_requests_per_week", "max_intros_per_week"):
        setattr(profile, cap, rules.checked_weekly_cap(cap, getattr(clean, cap)))
    db.exec(delete(MentorLanguage).where(col(MentorLanguage.mentor_id) == actor_id))
    db.add_all(MentorLanguage(mentor_id=actor_id, code=code) for code in clean.languages)
    _changed(db, profile)


def set_expertise(db: Session, *, actor_id: UUID, entries: Sequence[ExpertiseEntry]) -> None:
    """Say in which one to ten areas one can help, in place of what was said before.

    Raises UnknownExpertise with the nearest three for a word outside the vocabulary, FieldError, NotAMentor.
    """
    profile = own_profile_row(db, actor_id)
    words = vocabulary(db)
    years = rules.checked_expertise(entries, words)
    if isinstance(years, ExpertiseEntry):
        raise UnknownExpertise(years.word, rules.nearest_words(years.word, words))
    db.exec(delete(MentorExpertise).where(col(MentorExpertise.mentor_id) == actor_id))
    db.add_all(MentorExpertise(mentor_id=actor_id, tag=tag, years=count) for tag, count in years.items())
    _changed(db, profile)


def add_offering(db: Session, *, actor_id: UUID, form: OfferingForm, price_floor: PriceFloor, now: datetime) -> UUID:
    """Offer a session; raises FieldError beside its field, TooManyOfferings, NotAMentor."""
    profile = own_profile_row(db, actor_id)
    terms = _terms(form, profile, price_floor, now)
    theirs = db.exec(select(Offering).where(Offering.mentor_id == actor_id)).all()
    if sum(offering.is_active for offering in theirs) >= rules.MOST_OFFERINGS:
        raise TooManyOfferings
    offering = Offering(
        mentor_id=actor_id,
        needs_approval=form.needs_approval,
        met_book_instantly=form.met_book_instantly,
        currency=profile.currency,
        position=max((offering.position for offering in theirs), default=-1) + 1,
        created_at=now,
        **_columns(terms),
    )
    db.add(offering)
    db.flush()
    _changed(db, profile)
    return offering.id


def edit_offering(
    db: Session,
    *,
    actor_id: UUID,
    offering_id: UUID,
    form: OfferingForm,
    price_floor: PriceFloor,
    now: datetime,
) -> None:
    """Change what future bookings get; those already made keep their copy. Raises FieldError, NotFound."""
    profile, offering = own_profile_row(db, actor_id), _own_offering(db, actor_id, offering_id)
    for name, value in _columns(_terms(form, profile, price_floor, now)).items():
        setattr(offering, name, value)
    offering.needs_approval, offering.met_book_instantly = form.needs_approval, form.met_book_instantly
    _changed(db, profile)


def deactivate_offering(db: Session, *, actor_id: UUID, offering_id: UUID) -> None:
    """Stop offering a session; it is never deleted, since bookings point at it. Raises NotFound."""
    _own_offering(db, actor_id, offering_id).is_active = False
    _changed(db, own_profile_row(db, actor_id))


def reactivate_offering(db: Session, *, actor_id: UUID, offering_id: UUID) -> None:
    """Offer a session again; raises NotFound, TooManyOfferings."""
    offering = _own_offering(db, actor_id, offering_id)
    active = db.exec(select(Offering.id).where(Offering.mentor_id == actor_id, col(Offering.is_active))).all()
    if len(active) >= rules.MOST_OFFERINGS and not offering.is_active:
        raise TooManyOfferings
    offering.is_active = True
    _changed(db, own_profile_row(db, actor_id))


def set_currency(db: Session, *, mentor_id: UUID, currency: str, price_floor: PriceFloor, now: datetime) -> None:
    """Price in another currency, the numbers unchanged; the caller knows that nothing was sold yet.

    Raises FieldError when a price would fall under the smallest one, and what `price_floor` raises.
    """
    profile, floor = own_profile_row(db, mentor_id), price_floor(currency, on=now.date())
    offerings = db.exec(select(Offering).where(Offering.mentor_id == mentor_id)).all()
    prices = []
    for offering in offerings:
        number = Money(offering.price_minor, offering.currency).as_decimal()
        try:
            prices.append(rules.checked_price(f"{number:f}", floor=floor, must_be_free=False))
        except FieldError as wrong:
            raise FieldError("currency", f"{offering.title}: {wrong}") from None
    for offering, price in zip(offerings, prices, strict=True):
        offering.price_minor, offering.currency = price.minor, currency
    profile.currency = currency
    _changed(db, profile)


def set_open(db: Session, *, mentor_id: UUID, is_open: bool) -> None:
    """Put the tag on or take it off; `marketplace.service` decides whether it may be put on."""
    profile = own_profile_row(db, mentor_id)
    profile.is_open, profile.paused_at = is_open, None
    _changed(db, profile)


def pause(db: Session, *, mentor_id: UUID, now: datetime) -> bool:
    """Take the tag off until the mentor comes back; False when it was off already."""
    profile = own_profile_row(db, mentor_id)
    if not profile.is_open:
        return False
    profile.is_open, profile.paused_at = False, now
    _changed(db, profile)
    return True


def record_review(db: Session, *, mentor_id: UUID, stars: int) -> None:
    """Count a review of 1 to 5 stars; called by `reviews.service` in the review's own transaction."""
    standing = _standing(db, mentor_id)
    column = f"stars_{stars}"
    setattr(standing, column, getattr(standing, column) + 1)
    _stood(db, mentor_id)


def record_attendance(db: Session, *, mentor_id: UUID, attended: Attended) -> None:
    """Count whether the mentor came to a session; called when a booking is settled, in that transaction.

    A session of which nobody can tell ("unknown") shows as a dot and counts neither for nor against.
    """
    standing = _standing(db, mentor_id)
    standing.lately = (standing.lately + _MARKS[attended])[-_REMEMBERED:]
    standing.due += attended != "unknown"
    standing.kept += attended == "attended"
    _stood(db, mentor_id)


def record_request(db: Session, *, mentor_id: UUID, answered: bool) -> None:
    """Count a request once: at the mentor's first answer or question, or when it lapsed without any."""
    standing = _standing(db, mentor_id)
    standing.asked += 1
    standing.answered += answered
    _stood(db, mentor_id)


def own_profile_row(db: Session, mentor_id: UUID) -> MentorProfile:
    """The profile of that person, for services only; raises NotAMentor when there is none."""
    profile = db.get(MentorProfile, mentor_id)
    if profile is None:
        raise NotAMentor
    return profile


def _own_offering(db: Session, actor_id: UUID, offering_id: UUID) -> Offering:
    offering = db.get(Offering, offering_id)
    if offering is None or offering.mentor_id != actor_id:
        raise NotFound
    return offering


def _terms(form: OfferingForm, profile: MentorProfile, price_floor: PriceFloor, now: datetime) -> OfferingTerms:
    return rules.checked_offering(form, kinds=OfferingKind, floor=price_floor(profile.currency, on=now.date()))


def _columns(terms: OfferingTerms) -> dict[str, Any]:
    return {
        "kind": OfferingKind(terms.kind),
        "title": terms.title,
        "minutes": terms.minutes,
        "price_minor": terms.price.minor,
        "send_before": terms.send_before,
        "leave_with": terms.leave_with,
    }


def _standing(db: Session, mentor_id: UUID) -> MentorStanding:
    standing = db.get(MentorStanding, mentor_id, with_for_update=True)
    if standing is None:
        standing = MentorStanding(mentor_id=mentor_id)
        db.add(standing)
    return standing


def _stood(db: Session, mentor_id: UUID) -> None:
    own_profile_row(db, mentor_id).revision += 1
    db.flush()


def _changed(db: Session, profile: MentorProfile) -> None:
    """Let every search index read this mentor again, and tell those who watch."""
    profile.revision += 1
    db.flush()
    topics.announce(db, topics.grid_of(profile.user_id))
