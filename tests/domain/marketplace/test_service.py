"""Opening and closing, as others see it, on both databases."""

from datetime import timedelta

import pytest
from sqlmodel import Session, delete

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.errors import NotAMentor
from mentorhub.domain.catalog.models import ExpertiseTag, MentorExpertise, MentorProfile, Offering
from mentorhub.domain.catalog.rules import ProfileForm
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.marketplace import queries, service
from mentorhub.domain.marketplace.errors import CurrencyInUse, NotReadyToOpen
from mentorhub.domain.payments.rules import smallest_price
from mentorhub.domain.scheduling.models import AvailabilityRule
from tests import people
from tests.people import SUNDAY, People

PUNE = "Asia/Kolkata"


def give_expertise(db: Session, everyone: People) -> None:
    db.add(ExpertiseTag(slug="product-management", name="Product management", synonyms="pm"))
    db.flush()
    db.add(MentorExpertise(mentor_id=everyone.mentor, tag="product-management", years=10))
    db.flush()


def names(db: Session, **address: str) -> list[str]:
    return [card.name for card in queries.search(db, address=address, zone=PUNE, now=SUNDAY).cards]


def test_opening_puts_the_mentor_into_every_search_and_closing_takes_them_out(everyone: People, db: Session) -> None:
    give_expertise(db, everyone)
    service.close_to_mentorship(db, mentor_id=everyone.mentor)
    assert names(db) == []
    service.open_to_mentorship(db, mentor_id=everyone.mentor, now=SUNDAY)
    assert names(db) == ["Kabir Deshmukh"]
    assert names(db, q="pm") == ["Kabir Deshmukh"]
    service.close_to_mentorship(db, mentor_id=everyone.mentor)
    assert names(db, q="pm") == []


def test_opening_is_refused_with_everything_that_is_missing_and_nothing_is_saved(everyone: People, db: Session) -> None:
    catalog.become_mentor(db, user_id=everyone.stranger, now=SUNDAY)
    with pytest.raises(NotReadyToOpen) as refusal:
        service.open_to_mentorship(db, mentor_id=everyone.stranger, now=SUNDAY)
    assert len(refusal.value.missing) == 3
    assert str(refusal.value).startswith("Before you open for mentorship, name an area")
    assert db.get_one(MentorProfile, everyone.stranger).is_open is False


def test_hours_that_leave_no_free_time_in_thirty_days_do_not_count(everyone: People, db: Session) -> None:
    give_expertise(db, everyone)
    db.get_one(MentorProfile, everyone.mentor).is_open = False
    db.exec(delete(AvailabilityRule))
    with pytest.raises(NotReadyToOpen) as refusal:
        service.open_to_mentorship(db, mentor_id=everyone.mentor, now=SUNDAY)
    assert refusal.value.missing == ("open hours that leave a free time in the next 30 days",)


def test_an_offering_that_is_switched_off_does_not_count(everyone: People, db: Session) -> None:
    give_expertise(db, everyone)
    for offering in (everyone.cv_review, everyone.intro):
        catalog.deactivate_offering(db, actor_id=everyone.mentor, offering_id=offering)
    with pytest.raises(NotReadyToOpen) as refusal:
        service.open_to_mentorship(db, mentor_id=everyone.mentor, now=SUNDAY)
    assert refusal.value.missing == ("add a session people can book",)


def test_somebody_without_a_profile_cannot_open(everyone: People, db: Session) -> None:
    with pytest.raises(NotAMentor):
        service.open_to_mentorship(db, mentor_id=everyone.mentee, now=SUNDAY)


def test_the_checklist_counts_five_steps(everyone: People, db: Session) -> None:
    catalog.become_mentor(db, user_id=everyone.stranger, now=SUNDAY)
    empty = queries.checklist(db, mentor_id=everyone.stranger, now=SUNDAY)
    assert (empty.in_words, len(empty.steps)) == ("0 of 5 done", 5)
    give_expertise(db, everyone)
    form = ProfileForm(role="Group product manager", headline="Ten years in product.")
    catalog.edit_profile(db, actor_id=everyone.mentor, form=form)
    full = queries.checklist(db, mentor_id=everyone.mentor, now=SUNDAY)
    assert (full.done, full.missing) == (5, [])


def test_an_edit_is_found_at_once(everyone: People, db: Session) -> None:
    assert names(db, q="lumen") == []
    form = ProfileForm(role="Group product manager", employer="Lumen Health", languages=("mr",))
    catalog.edit_profile(db, actor_id=everyone.mentor, form=form)
    assert names(db, q="lumen") == ["Kabir Deshmukh"]
    assert names(db, lang="mr") == ["Kabir Deshmukh"]
    assert names(db, lang="kok") == []


def test_a_changed_name_is_found_at_once(everyone: People, db: Session) -> None:
    assert names(db, q="kabir") == ["Kabir Deshmukh"]
    accounts.update_profile(db, user_id=everyone.mentor, name="Kabeer D.", time_zone="Europe/London", portrait="")
    assert names(db, q="kabir") == []
    assert names(db, q="kabeer") == ["Kabeer D."]


def test_a_card_shows_the_next_free_time_in_the_viewers_zone(everyone: People, db: Session) -> None:
    card = queries.search(db, address={}, zone=PUNE, now=SUNDAY).cards[0]
    assert card.next_free == "Mon 23 Nov, 14:30"
    assert (card.price_tag, card.price_hint, card.minutes) == ("₹1,200", "the whole price", "30 min")
    elsewhere = queries.search(db, address={}, zone="Europe/London", now=SUNDAY).cards[0]
    assert elsewhere.next_free == "Mon 23 Nov, 09:00"
    assert elsewhere.price_hint.startswith("about £")


def test_a_time_taken_since_the_last_search_is_gone_from_the_card(everyone: People, db: Session) -> None:
    names(db)
    add_confirmed(db, everyone)
    card = queries.search(db, address={}, zone=PUNE, now=SUNDAY).cards[0]
    assert card.next_free == "Mon 23 Nov, 15:00"


def test_filters_by_free_hours_forget_what_a_topic_says_has_changed(everyone: People, db: Session) -> None:
    assert names(db, week="1") == ["Kabir Deshmukh"]
    db.exec(delete(AvailabilityRule))
    db.flush()
    queries.topic_changed(topics.grid_of(everyone.mentor))
    assert names(db, week="1") == []
    assert queries.search(db, address={}, zone=PUNE, now=SUNDAY).cards[0].next_free == ""


def test_evenings_are_the_viewers(everyone: People, db: Session) -> None:
    def open_at(zone: str) -> int:
        return queries.search(db, address={"evenings": "1"}, zone=zone, now=SUNDAY).total

    assert open_at("Asia/Kolkata") == 1
    assert open_at("Europe/London") == 0
    assert open_at("Pacific/Auckland") == 1


def test_nobody_found_names_the_filter_to_blame_and_who_is_closest(everyone: People, db: Session) -> None:
    found = queries.search(db, address={"lang": "kok", "intro": "1"}, zone=PUNE, now=SUNDAY)
    rescue = found.rescue
    assert rescue is not None
    assert (found.total, found.in_words) == (0, "0 mentors")
    assert rescue.title == "One filter leaves nobody: Speaks Konkani"
    assert rescue.best_label == "Drop “Speaks Konkani”, show 1"
    assert [(drop.key, drop.count, drop.helps) for drop in rescue.drops] == [("lang:kok", 1, True), ("intro", 0, False)]
    assert [card.missing_filter for card in rescue.closest] == ["Only “Speaks Konkani” is missing"]


def test_two_filters_that_both_leave_nobody_blame_no_single_one(everyone: People, db: Session) -> None:
    rescue = queries.search(db, address={"lang": "kok", "q": "nurse"}, zone=PUNE, now=SUNDAY).rescue
    assert rescue is not None
    assert (rescue.title, rescue.best_key) == ("Nobody matches all of this", "")


def test_pages_hold_at_most_twenty_four_and_the_same_search_gives_the_same_order(everyone: People, db: Session) -> None:
    for number in range(29):
        person = people.add_mentor(db, name=f"Mentor {number:02}", email=f"{number}@example.org", zone="UTC")
        people.add_offering(db, person, kind=people.OfferingKind.CV_REVIEW, title="Talk", minutes=30, price_minor=50000)

    def page(offset: int, limit: int) -> list[str]:
        found = queries.search(db, address={}, zone=PUNE, now=SUNDAY, offset=offset, limit=limit)
        return [card.name for card in found.cards]

    assert len(page(0, 500)) == 24
    assert page(0, 12) + page(12, 12) + page(24, 12) == page(0, 24) + page(24, 24)
    assert len(set(page(0, 24) + page(24, 24))) == 30


def test_a_mentors_page_is_read_by_its_address_open_or_not(everyone: People, db: Session) -> None:
    give_expertise(db, everyone)
    service.close_to_mentorship(db, mentor_id=everyone.mentor)
    page = queries.mentor_page(db, slug="kabir-deshmukh", currency="EUR")
    assert (page.name, page.is_open, page.first_name, page.time_zone) == (
        "Kabir Deshmukh",
        False,
        "Kabir",
        "Europe/London",
    )
    assert page.expertise == ["Product management, 10 years"]
    assert [(one.title, one.price_tag, one.price_hint) for one in page.offerings] == [
        ("CV review", "₹1,200", "about €12, charged as listed"),
        ("Intro call", "Free", "nothing to pay"),
    ]
    assert (page.rating, page.reviews_words, page.sorting_words) == ("", "no reviews yet", "")
    with pytest.raises(NotFound):
        queries.mentor_page(db, slug="nobody")


def test_a_rating_comes_with_its_histogram_and_the_figure_sorting_uses(everyone: People, db: Session) -> None:
    for stars in (5, 5, 4, 1):
        catalog.record_review(db, mentor_id=everyone.mentor, stars=stars)
    page = queries.mentor_page(db, slug="kabir-deshmukh")
    assert (page.rating, page.reviews) == ("3.8", 4)
    assert [(line.stars, line.count, line.share) for line in page.histogram] == [
        (5, 2, 100), (4, 1, 50), (3, 0, 0), (2, 0, 0), (1, 1, 50),
    ]  # fmt: skip
    assert page.sorting_words.startswith("Sorting uses 3.75")


def test_answered_requests_are_shown_with_their_base_and_drop_with_each_that_lapses(
    everyone: People, db: Session
) -> None:
    give_expertise(db, everyone)

    def shown() -> tuple[str, str, str]:
        """On the page, on the card, and to the mentor."""
        card = queries.search(db, address={}, zone=PUNE, now=SUNDAY).cards[0]
        own = queries.own_standing(db, mentor_id=everyone.mentor)
        return queries.mentor_page(db, slug="kabir-deshmukh").answered, card.answered, own.answering

    assert shown() == ("", "", "")
    for _ in range(4):
        catalog.record_request(db, mentor_id=everyone.mentor, answered=True)
    assert shown() == ("4 requests, not enough data", "", "4 requests, not enough data")
    catalog.record_request(db, mentor_id=everyone.mentor, answered=True)
    assert shown() == ("5 of 5", "5 of 5 answered", "5 of 5 answered")
    catalog.record_request(db, mentor_id=everyone.mentor, answered=False)
    assert shown() == ("5 of 6", "5 of 6 answered", "5 of 6 answered")


def test_the_currency_changes_until_the_first_booking(everyone: People, db: Session) -> None:
    def change(currency: str) -> None:
        service.change_currency(
            db, mentor_id=everyone.mentor, currency=currency, price_floor=smallest_price, now=SUNDAY
        )

    change("EUR")
    assert db.get_one(Offering, everyone.cv_review).currency == "EUR"
    change("INR")
    add_confirmed(db, everyone)
    change("INR")
    with pytest.raises(CurrencyInUse) as refusal:
        change("EUR")
    assert isinstance(refusal.value, FieldError)
    assert db.get_one(Offering, everyone.cv_review).currency == "INR"


def test_a_reader_and_a_writer_each_see_their_own_database(everyone: People) -> None:
    with database.transaction() as db:
        service.close_to_mentorship(db, mentor_id=everyone.mentor)
    with database.reading() as db:
        assert names(db) == []


def add_confirmed(db: Session, everyone: People) -> None:
    start = SUNDAY.replace(hour=9) + timedelta(days=1)
    booking = people.add_booking(db, everyone, status=Status.CONFIRMED, starts_at=start)
    assert db.get_one(Booking, booking).status is Status.CONFIRMED
