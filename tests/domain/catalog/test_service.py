"""What a mentor's verbs leave behind, on both databases."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from mentorhub.domain.catalog import queries, service
from mentorhub.domain.catalog.errors import NotAMentor, TooManyOfferings, UnknownExpertise
from mentorhub.domain.catalog.models import ExpertiseTag, MentorProfile, MentorStanding, Offering
from mentorhub.domain.catalog.rules import ExpertiseEntry, OfferingForm, ProfileForm
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.payments.rules import smallest_price
from tests import people
from tests.people import SUNDAY, People

REVIEW = OfferingForm(kind="career_talk", title="Career talk", minutes=45, price="1,800")


def add(db: Session, actor: UUID, form: OfferingForm = REVIEW) -> UUID:
    return service.add_offering(db, actor_id=actor, form=form, price_floor=smallest_price, now=SUNDAY)


def test_becoming_a_mentor_gives_an_own_address_and_a_closed_profile(db: Session) -> None:
    first = people.add_person(db, name="Ana Lima", email="a@example.org", zone="America/Sao_Paulo")
    second = people.add_person(db, name="Ana Lima", email="b@example.org", zone="Asia/Kolkata")
    assert service.become_mentor(db, user_id=first, now=SUNDAY) == "ana-lima"
    assert service.become_mentor(db, user_id=second, now=SUNDAY) == "ana-lima-2"
    assert service.become_mentor(db, user_id=first, now=SUNDAY) == "ana-lima"
    own = queries.own_profile(db, mentor_id=second)
    assert own is not None
    assert (own.is_open, own.currency) == (False, "INR")


def test_a_profile_shows_what_was_typed(everyone: People, db: Session) -> None:
    form = ProfileForm(
        role="Group product manager", employer="Lumen Health", city="London", country="GB",
        languages=("hi", "en"), policy="strict",
    )  # fmt: skip
    service.edit_profile(db, actor_id=everyone.mentor, form=form)
    own = queries.own_profile(db, mentor_id=everyone.mentor)
    assert own is not None
    assert (own.role, own.country, own.languages, own.policy) == (form.role, "GB", ("en", "hi"), "strict")


def test_an_unknown_policy_is_refused_beside_its_field(everyone: People, db: Session) -> None:
    with pytest.raises(FieldError) as refusal:
        service.edit_profile(db, actor_id=everyone.mentor, form=ProfileForm(role="PM", policy="never"))
    assert refusal.value.field == "policy"


def test_somebody_without_a_profile_can_change_none(everyone: People, db: Session) -> None:
    with pytest.raises(NotAMentor):
        service.edit_profile(db, actor_id=everyone.mentee, form=ProfileForm(role="PM"))
    with pytest.raises(NotAMentor):
        add(db, everyone.mentee)
    assert db.get(MentorProfile, everyone.mentee) is None


def test_expertise_replaces_what_was_there_and_an_unknown_word_nothing(everyone: People, db: Session) -> None:
    db.add(ExpertiseTag(slug="product-management", name="Product management", synonyms="pm|product manager"))
    db.add(ExpertiseTag(slug="cv", name="CV and portfolio", synonyms="resume"))
    db.flush()
    service.set_expertise(db, actor_id=everyone.mentor, entries=[ExpertiseEntry("resume", 3)])
    service.set_expertise(db, actor_id=everyone.mentor, entries=[ExpertiseEntry("PM", 10)])
    with pytest.raises(UnknownExpertise, match="Did you mean “Product management”") as refusal:
        service.set_expertise(db, actor_id=everyone.mentor, entries=[ExpertiseEntry("produkt management", 1)])
    assert refusal.value.nearest[0] == "Product management"
    own = queries.own_profile(db, mentor_id=everyone.mentor)
    assert own is not None
    assert [(area.name, area.years) for area in own.expertise] == [("Product management", 10)]


def test_an_offering_is_added_in_the_mentors_currency_at_the_end(everyone: People, db: Session) -> None:
    offering_id = add(db, everyone.mentor)
    offering = db.get_one(Offering, offering_id)
    assert (offering.price_minor, offering.currency, offering.minutes) == (180000, "INR", 45)
    assert queries.own_offerings(db, mentor_id=everyone.mentor)[-1].offering_id == offering_id
    assert topics.grid_of(everyone.mentor) in db.info["announced"]


def test_an_edit_changes_the_offering_and_keeps_its_identity(everyone: People, db: Session) -> None:
    form = OfferingForm(kind="cv_review", title="CV review, twice read", minutes=45, price="1,500")
    service.edit_offering(
        db,
        actor_id=everyone.mentor,
        offering_id=everyone.cv_review,
        form=form,
        price_floor=smallest_price,
        now=SUNDAY,
    )
    own = queries.own_offering(db, mentor_id=everyone.mentor, offering_id=everyone.cv_review)
    assert (own.title, own.minutes, own.price_tag, own.price_typed) == (form.title, 45, "₹1,500", "1500")


def test_nobody_edits_or_reads_the_offering_of_another(everyone: People, db: Session) -> None:
    service.become_mentor(db, user_id=everyone.stranger, now=SUNDAY)
    with pytest.raises(NotFound):
        service.edit_offering(
            db, actor_id=everyone.stranger, offering_id=everyone.cv_review, form=REVIEW, price_floor=smallest_price,
            now=SUNDAY,
        )  # fmt: skip
    with pytest.raises(NotFound):
        service.deactivate_offering(db, actor_id=everyone.stranger, offering_id=everyone.cv_review)
    with pytest.raises(NotFound):
        queries.own_offering(db, mentor_id=everyone.stranger, offering_id=everyone.cv_review)
    kept = db.get_one(Offering, everyone.cv_review)
    assert (kept.title, kept.is_active) == ("CV review", True)


def test_an_offering_is_switched_off_and_on_but_never_deleted(everyone: People, db: Session) -> None:
    service.deactivate_offering(db, actor_id=everyone.mentor, offering_id=everyone.cv_review)
    assert queries.own_offerings(db, mentor_id=everyone.mentor)[-1].is_active is False
    service.reactivate_offering(db, actor_id=everyone.mentor, offering_id=everyone.cv_review)
    assert all(one.is_active for one in queries.own_offerings(db, mentor_id=everyone.mentor))


def test_the_thirteenth_active_offering_is_refused(everyone: People, db: Session) -> None:
    for _ in range(10):
        add(db, everyone.mentor)
    with pytest.raises(TooManyOfferings):
        add(db, everyone.mentor)
    service.deactivate_offering(db, actor_id=everyone.mentor, offering_id=everyone.intro)
    add(db, everyone.mentor)
    with pytest.raises(TooManyOfferings):
        service.reactivate_offering(db, actor_id=everyone.mentor, offering_id=everyone.intro)


def test_a_new_currency_keeps_the_numbers_or_says_which_price_is_too_small(everyone: People, db: Session) -> None:
    for currency in ("EUR", "JPY", "INR"):
        service.set_currency(db, mentor_id=everyone.mentor, currency=currency, price_floor=smallest_price, now=SUNDAY)
    assert db.get_one(Offering, everyone.cv_review).price_minor == 120000
    with pytest.raises(FieldError, match="CV review") as refusal:
        service.set_currency(db, mentor_id=everyone.mentor, currency="VND", price_floor=smallest_price, now=SUNDAY)
    assert refusal.value.field == "currency"
    prices = {(one.price_minor, one.currency) for one in db.exec(select(Offering))}
    assert prices == {(120000, "INR"), (0, "INR")}


def test_reviews_and_sessions_add_up_in_the_standing(everyone: People, db: Session) -> None:
    before = db.get_one(MentorProfile, everyone.mentor).revision
    for stars in (5, 5, 4):
        service.record_review(db, mentor_id=everyone.mentor, stars=stars)
    for _ in range(9):
        service.record_attendance(db, mentor_id=everyone.mentor, attended="attended")
    service.record_attendance(db, mentor_id=everyone.mentor, attended="absent")
    service.record_attendance(db, mentor_id=everyone.mentor, attended="unknown")
    standing = db.get_one(MentorStanding, everyone.mentor)
    assert (standing.stars_5, standing.stars_4, standing.stars_1) == (2, 1, 0)
    assert (standing.kept, standing.due, standing.lately) == (9, 10, "aaaaaaaaxu")
    assert db.get_one(MentorProfile, everyone.mentor).revision > before
