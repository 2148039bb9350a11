"""What a wish means, who answers it, in which order, and how a rating is read."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from mentorhub.domain.common.money import Money
from mentorhub.domain.marketplace.rules.exchange import about
from mentorhub.domain.marketplace.rules.hours import Free, ViewerHours, free_from, viewer_hours
from mentorhub.domain.marketplace.rules.listing import Listed, listed_area, listed_offering, texts_of
from mentorhub.domain.marketplace.rules.matching import (
    finds,
    match_score,
    offering_for,
    ranked,
    sift,
    text_score,
    with_newcomers,
)
from mentorhub.domain.marketplace.rules.standing import Standing, market_mean
from mentorhub.domain.marketplace.rules.wish import Wish, wish_from

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PUNE = "Asia/Kolkata"


def listed(name: str, **changes: object) -> Listed:
    areas = (listed_area("product-management", "Product management", 10, ("pm", "product manager")),)
    texts = texts_of(
        name=name,
        role=str(changes.get("role", "Group product manager")),
        employer="Lumen Health",
        city="London",
        country="United Kingdom",
        headline="Ten years in product.",
        highlights=("Studied civil engineering in Pune",),
        bio=str(changes.get("bio", "I care for people.")),
        areas=areas,
    )
    usual: dict[str, object] = {
        "mentor_id": uuid4(),
        "revision": 1,
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "portrait": "",
        "role": "Group product manager",
        "employer": "Lumen Health",
        "city": "London",
        "country": "GB",
        "region": "Europe",
        "headline": "",
        "gap": "",
        "highlights": (),
        "areas": areas,
        "languages": frozenset({"en", "hi"}),
        "offerings": (
            listed_offering(uuid4(), "cv_review", 30, Money(120000, "INR")),
            listed_offering(uuid4(), "career_talk", 45, Money(600000, "INR")),
            listed_offering(uuid4(), "intro", 15, Money(0, "INR")),
        ),
        "standing": Standing(stars=(0, 0, 1, 6, 57)),
        "texts": texts,
        "words": "".join(texts.values()),
    }
    known = {key: value for key, value in changes.items() if key in usual}
    return Listed(**{**usual, **known})  # type: ignore[arg-type]


def free_at(*starts: datetime) -> Free:
    return free_from(starts, SUNDAY)


def found(wish: Wish, *mentors: Listed, free: dict[UUID, Free] | None = None) -> list[str]:
    tally = sift(wish, mentors, free or {}, viewer_hours(PUNE, SUNDAY))
    return [mentor.name for mentor in tally.matched]


def order(wish: Wish, mentors: list[Listed], free: dict[UUID, Free], hours: ViewerHours | None = None) -> list[str]:
    return [
        one.name
        for one in ranked(
            wish,
            mentors,
            free,
            hours or viewer_hours(PUNE, SUNDAY),
            next_free=lambda one: free[one.mentor_id].next_after(SUNDAY) if one.mentor_id in free else None,
            market_mean=4.5,
        )
    ]


def test_a_wish_is_read_from_an_address_and_written_back_the_same() -> None:
    address = {
        "q": "product manager", "week": "1", "intro": "1", "kind": "cv_review,portfolio", "area": "cpp",
        "lang": "hi,en", "from": "100", "to": "1500.5", "cur": "INR", "region": "Europe", "sort": "price",
    }  # fmt: skip
    wish = wish_from(address)
    assert wish.address() == address
    assert wish_from(wish.address()) == wish


def test_what_makes_no_sense_in_an_address_is_left_out() -> None:
    wish = wish_from(
        {
            "kind": "therapy",
            "lang": "tlh",
            "from": "NaN",
            "to": "-3",
            "region": "Atlantis",
            "sort": "worst",
            "week": "yes",
        }
    )
    assert wish == Wish()


def test_a_text_is_cut_at_two_hundred_characters_and_odd_ones_are_text() -> None:
    assert len(wish_from({"q": "x" * 500}).text) == 200
    assert wish_from({"q": "100%_'; --"}).tokens == ("100",)
    assert found(wish_from({"q": "%"}), listed("Kabir")) == ["Kabir"]


def test_a_smallest_price_above_the_largest_is_swapped_and_said() -> None:
    wish = wish_from({"from": "5000", "to": "100", "cur": "INR"})
    assert (wish.price_from, wish.price_to, wish.swapped) == (Decimal(100), Decimal(5000), True)
    assert wish_from({"from": "100", "to": "5000"}).swapped is False


def test_every_filter_can_be_taken_off_by_its_key() -> None:
    wish = wish_from({"q": "nurse", "evenings": "1", "to": "40", "lang": "en,hi", "region": "Asia", "country": "IN"})
    assert wish.active() == ("text", "evenings", "price", "lang:en", "lang:hi", "region", "country")
    for key in wish.active():
        assert key not in wish.without(key).active()
        assert len(wish.without(key).active()) == len(wish.active()) - 1
    assert wish.without("nonsense") == wish


def test_a_box_toggles_on_and_off_and_unknown_boxes_do_nothing() -> None:
    wish = Wish()
    assert wish.toggled("weekend").weekend is True
    assert wish.toggled("lang:hi").toggled("lang:en").languages == ("hi", "en")
    assert wish.toggled("lang:hi").toggled("lang:hi") == wish
    assert wish.toggled("region:Asia").region == "Asia"
    assert wish.toggled("region:Asia").toggled("region:Asia") == wish
    assert wish.toggled("lang:tlh") == wish
    assert wish.toggled("drop table") == wish


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("product manager mentor", True),
        ("PM", True),
        ("kab", True),
        ("KABÎR", True),
        ("lumen", True),
        ("engineers", True),
        ("career advice", False),
        ("prod", False),
        ("nurse", False),
        ("p", False),
    ],
)
def test_words_are_found_whole_in_the_plural_or_by_their_beginning(typed: str, is_found: bool) -> None:
    assert found(Wish(text=typed), listed("Kabir Deshmukh")) == (["Kabir Deshmukh"] if is_found else [])


def test_care_does_not_find_a_career() -> None:
    assert finds("care", " career change ") is False
    assert finds("care", " intensive care ") is True
    assert finds("nurse", " nurses ") is True


def test_of_long_texts_two_thirds_of_the_words_are_enough() -> None:
    mentor = listed("Kabir")
    assert text_score(("product", "civil", "submarine"), mentor) > 0
    assert text_score(("product", "zebra", "submarine"), mentor) == 0
    assert text_score(("product", "submarine"), mentor) == 0


def test_a_word_in_the_name_counts_more_than_one_in_the_text_about() -> None:
    by_name, by_text = listed("Ward"), listed("Kabir", bio="I worked on a ward.")
    assert text_score(("ward",), by_name) > text_score(("ward",), by_text) > 0


def test_each_filter_narrows() -> None:
    mentor = listed("Kabir")
    assert found(Wish(languages=("en", "hi")), mentor) == ["Kabir"]
    assert found(Wish(languages=("en", "ta")), mentor) == []
    assert found(Wish(kinds=("cv_review",)), mentor) == ["Kabir"]
    assert found(Wish(kinds=("cv_review", "portfolio")), mentor) == []
    assert found(Wish(free_intro=True), mentor) == ["Kabir"]
    assert found(Wish(areas=("product-management",)), mentor) == ["Kabir"]
    assert found(Wish(areas=("nursing",)), mentor) == []
    assert found(Wish(region="Asia"), mentor) == []
    assert found(Wish(country="GB"), mentor) == ["Kabir"]


def test_a_price_range_is_compared_across_currencies_and_with_the_chosen_kind() -> None:
    mentor = listed("Kabir")
    assert found(wish_from({"to": "1500", "cur": "INR"}), mentor) == ["Kabir"]
    assert found(wish_from({"to": "13", "cur": "EUR"}), mentor) == ["Kabir"]
    assert found(wish_from({"to": "11", "cur": "EUR"}), mentor) == []
    assert found(wish_from({"to": "1500", "cur": "INR", "kind": "career_talk"}), mentor) == []
    assert found(wish_from({"from": "1200", "to": "1200", "cur": "INR"}), mentor) == ["Kabir"]


def test_the_card_shows_an_offering_that_answers_the_wish() -> None:
    mentor = listed("Kabir")

    def kind(wish: Wish) -> str:
        shown = offering_for(wish, mentor)
        return shown.kind if shown else ""

    assert kind(Wish()) == "cv_review"
    assert kind(Wish(kinds=("career_talk",))) == "career_talk"
    assert kind(Wish(free_intro=True)) == "intro"
    assert kind(wish_from({"from": "5000", "cur": "INR"})) == "career_talk"


def test_evenings_and_weekends_are_those_of_the_viewer() -> None:
    tuesday = datetime(2026, 11, 24, tzinfo=UTC)
    mentor = listed("Kabir")
    evening_in_pune = {mentor.mentor_id: free_at(tuesday.replace(hour=11, minute=30))}
    before_it = {mentor.mentor_id: free_at(tuesday.replace(hour=11, minute=15))}
    assert found(Wish(evenings=True), mentor, free=evening_in_pune) == ["Kabir"]
    assert found(Wish(evenings=True), mentor, free=before_it) == []
    assert found(Wish(weekend=True), mentor, free=evening_in_pune) == []
    saturday_in_pune = {mentor.mentor_id: free_at(datetime(2026, 11, 27, 18, 30, tzinfo=UTC))}
    assert found(Wish(weekend=True), mentor, free=saturday_in_pune) == ["Kabir"]


def test_this_week_is_the_next_seven_days_and_narrows_evenings_too() -> None:
    mentor = listed("Kabir")
    in_eight_days = {mentor.mentor_id: free_at(SUNDAY + timedelta(days=8))}
    assert found(Wish(this_week=True), mentor, free=in_eight_days) == []
    assert found(Wish(evenings=True), mentor, free=in_eight_days) == ["Kabir"]
    assert found(Wish(evenings=True, this_week=True), mentor, free=in_eight_days) == []
    in_six_days = {mentor.mentor_id: free_at(SUNDAY + timedelta(days=6))}
    assert found(Wish(this_week=True), mentor, free=in_six_days) == ["Kabir"]


def test_free_time_remembered_yesterday_is_read_right_today() -> None:
    mentor = listed("Kabir")
    known = {mentor.mentor_id: free_at(SUNDAY + timedelta(hours=2), SUNDAY + timedelta(days=6))}
    tomorrow = viewer_hours(PUNE, SUNDAY + timedelta(days=1))
    assert len(sift(Wish(this_week=True), [mentor], known, tomorrow).matched) == 1
    in_a_week = viewer_hours(PUNE, SUNDAY + timedelta(days=7))
    assert sift(Wish(this_week=True), [mentor], known, in_a_week).matched == []


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/New_York", "Pacific/Chatham", "Australia/Lord_Howe"])
def test_quarters_agree_with_the_clock_in_odd_zones_and_across_clock_changes(zone: str) -> None:
    october = datetime(2026, 10, 20, tzinfo=UTC)
    hours = viewer_hours(zone, october)
    for quarter in range(14 * 96):
        start = october + timedelta(minutes=15 * quarter)
        bit = free_from([start], october).seen_from(hours.anchor)
        assert bool(bit & hours.evenings) == (start.astimezone(ZoneInfo(zone)).hour >= 17)


def test_a_filter_that_alone_keeps_people_out_says_how_many_it_costs() -> None:
    kabir, other = listed("Kabir"), listed("Ines", languages=frozenset({"pt"}))
    far_off = listed("Wei", region="Asia")
    wish = Wish(text="product", languages=("kok",), region="Europe")
    tally = sift(wish, [kabir, other, far_off], {}, viewer_hours(PUNE, SUNDAY))
    assert tally.matched == []
    assert tally.saved_by_dropping == {"lang:kok": 2}
    assert [(one.name, key) for one, key in tally.nearly] == [("Kabir", "lang:kok"), ("Ines", "lang:kok")]


def test_boxes_count_what_each_would_leave() -> None:
    kabir, other = listed("Kabir"), listed("Ines", languages=frozenset({"en"}))
    tally = sift(Wish(languages=("en",)), [kabir, other], {}, viewer_hours(PUNE, SUNDAY))
    assert (tally.boxes["lang:en"], tally.boxes["lang:hi"], tally.boxes["intro"]) == (2, 1, 2)
    assert tally.boxes["week"] == 0


def test_somebody_out_of_reach_for_two_weeks_stands_at_the_end_however_good() -> None:
    best, free_one = listed("Best"), listed("Free", standing=Standing(stars=(0, 3, 0, 0, 0)))
    free = {free_one.mentor_id: free_at(SUNDAY + timedelta(days=13)), best.mentor_id: free_at()}
    for sort in ("match", "price", "rating", "soonest"):
        assert order(Wish(sort=sort), [best, free_one], free) == ["Free", "Best"]


def test_sorting_by_price_soonest_and_rating() -> None:
    cheap = listed("Cheap", offerings=(listed_offering(uuid4(), "cv_review", 30, Money(500, "EUR")),))
    loved = listed("Loved", standing=Standing(stars=(0, 0, 0, 0, 80)))
    free = {
        cheap.mentor_id: free_at(SUNDAY + timedelta(days=3)),
        loved.mentor_id: free_at(SUNDAY + timedelta(days=1)),
    }
    assert order(Wish(sort="price"), [loved, cheap], free) == ["Cheap", "Loved"]
    assert order(Wish(sort="rating"), [cheap, loved], free) == ["Loved", "Cheap"]
    assert order(Wish(sort="soonest"), [cheap, loved], free) == ["Loved", "Cheap"]


def test_one_review_of_five_stars_does_not_beat_many_good_ones() -> None:
    one, many = Standing(stars=(0, 0, 0, 0, 1)), Standing(stars=(0, 0, 0, 10, 60))
    assert one.mean > many.mean
    assert one.shrunk(4.5) < many.shrunk(4.5)
    assert one.shrunk(4.5) == pytest.approx((5 + 5 * 4.5) / 6)


def test_a_rating_is_shown_from_three_reviews_on() -> None:
    two, three = Standing(stars=(0, 0, 0, 0, 2)), Standing(stars=(0, 0, 0, 1, 2))
    assert (two.is_new, two.rating, two.count_in_words) == (True, "", "2 reviews")
    assert (three.is_new, three.rating) == (False, "4.7")
    assert Standing().count_in_words == "no reviews yet"


def test_attendance_is_told_from_five_sessions_on() -> None:
    assert Standing(kept=4, due=4).attendance == "4 sessions, not enough data"
    assert Standing(kept=4, due=5, lately="aaxaa").attendance == "4 of 5 attended"
    assert Standing(lately="axu").dots == ["attended", "absent", "unknown"]
    assert Standing().attendance == ""


def test_answers_are_told_from_five_requests_on_and_nothing_is_held_against_who_was_never_asked() -> None:
    assert Standing().answering == ""
    assert Standing(answered=0, asked=1).answering == "1 request, not enough data"
    assert Standing(answered=0, asked=4).answering == "4 requests, not enough data"
    assert Standing(answered=9, asked=10).answering == "9 of 10 answered"
    assert [Standing(asked=asked).is_known_to_answer for asked in (4, 5)] == [False, True]


def test_the_markets_mean_counts_reviews_not_mentors() -> None:
    assert market_mean([Standing(stars=(1, 0, 0, 0, 0)), Standing(stars=(0, 0, 0, 0, 3))]) == 4.0
    assert market_mean([]) == 4.5


def test_two_places_in_twelve_go_to_newcomers() -> None:
    known = [listed(f"Known {n:02}") for n in range(14)]
    new = [listed(f"New {n}", standing=Standing()) for n in range(3)]
    mixed = [one.name for one in with_newcomers([*known, *new], lambda one: one.standing.is_new)]
    assert (mixed[4], mixed[8], mixed[16]) == ("New 0", "New 1", "New 2")
    assert sorted(mixed) == sorted(one.name for one in (*known, *new))


def test_the_match_score_is_the_sum_that_is_promised() -> None:
    mentor = listed("Kabir", standing=Standing(stars=(0, 0, 0, 0, 20)))
    free = {mentor.mentor_id: free_at(SUNDAY + timedelta(days=2))}
    hours = viewer_hours(PUNE, SUNDAY)
    score = match_score(Wish(text="kabir"), mentor, free, hours, market_mean=5.0)
    assert score == pytest.approx(1.0 + 0.15 + 0.1 + 0.05 * 20 / 40)


def test_about_says_a_price_in_two_leading_digits() -> None:
    assert about(Money(6000, "EUR"), "INR") == Money(590000, "INR")
    assert about(Money(120000, "INR"), "INR") is None
    assert about(Money(0, "EUR"), "INR") is None
    assert about(Money(6000, "EUR"), "XAU") is None
    assert about(Money(5500, "USD"), "JPY") == Money(8300, "JPY")
