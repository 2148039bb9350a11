"""What a profile, an area of expertise and an offering must look like."""

import pytest

from mentorhub.domain.catalog.rules import (
    ExpertiseEntry,
    OfferingForm,
    ProfileForm,
    Word,
    address_for,
    checked_expertise,
    checked_offering,
    checked_profile,
    known_word,
    nearest_words,
)
from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.common.money import Money

KINDS = ("cv_review", "intro")
FLOOR = Money(4000, "INR")
WORDS = (
    Word("product-management", "Product management", ("pm", "product manager")),
    Word("project-management", "Project management", ("delivery",)),
    Word("cpp", "C++", ("c plus plus",)),
    Word("intensive-care", "Intensive care", ("icu",)),
)


def offering(**changes: object) -> OfferingForm:
    usual: dict[str, object] = {"kind": "cv_review", "title": "CV review", "minutes": 30, "price": "1,200"}
    return OfferingForm(**{**usual, **changes})  # type: ignore[arg-type]


def refused_field(form: OfferingForm) -> str:
    with pytest.raises(FieldError) as refusal:
        checked_offering(form, kinds=KINDS, floor=FLOOR)
    assert str(refusal.value).endswith(".")
    return refusal.value.field


def test_an_offering_keeps_its_terms_in_minor_units() -> None:
    terms = checked_offering(offering(title="  CV   review ", send_before="Your CV"), kinds=KINDS, floor=FLOOR)
    assert (terms.title, terms.minutes, terms.price) == ("CV review", 30, Money(120000, "INR"))
    assert terms.send_before == "Your CV"


@pytest.mark.parametrize("minutes", [15, 20, 120])
def test_the_shortest_and_the_longest_session_are_allowed(minutes: int) -> None:
    assert checked_offering(offering(minutes=minutes), kinds=KINDS, floor=FLOOR).minutes == minutes


@pytest.mark.parametrize("minutes", [0, 10, 14, 17, 121, 125, -30])
def test_a_length_outside_the_bounds_or_off_the_steps_is_refused_beside_its_field(minutes: int) -> None:
    assert refused_field(offering(minutes=minutes)) == "minutes"


def test_an_intro_call_is_short_and_free() -> None:
    intro = offering(kind="intro", minutes=20, price="")
    assert checked_offering(intro, kinds=KINDS, floor=FLOOR).price == Money(0, "INR")
    assert refused_field(offering(kind="intro", minutes=25, price="")) == "minutes"
    assert refused_field(offering(kind="intro", minutes=20, price="100")) == "price"


@pytest.mark.parametrize("price", ["39.99", "-1", "1,50", "twelve", "1200.005", "99999999999"])
def test_a_price_that_is_no_amount_or_under_the_smallest_is_refused_beside_its_field(price: str) -> None:
    assert refused_field(offering(price=price)) == "price"


@pytest.mark.parametrize(("price", "minor"), [("0", 0), ("", 0), ("40", 4000), ("₹1,200.50", 120050)])
def test_a_price_is_nothing_or_at_least_the_smallest(price: str, minor: int) -> None:
    assert checked_offering(offering(price=price), kinds=KINDS, floor=FLOOR).price == Money(minor, "INR")


def test_kind_and_title_have_their_own_refusals() -> None:
    assert refused_field(offering(kind="therapy")) == "kind"
    assert refused_field(offering(title=" \u200b ")) == "title"
    assert refused_field(offering(title="x" * 81)) == "title"
    assert refused_field(offering(leave_with="x" * 161)) == "leave_with"


@pytest.mark.parametrize("typed", ["PM", "pm ", "Product Manager", "product-management", "PRODUCT MANAGEMENT"])
def test_a_synonym_means_the_same_area(typed: str) -> None:
    found = known_word(typed, WORDS)
    assert found is not None
    assert found.slug == "product-management"


def test_signs_that_tell_languages_apart_are_kept() -> None:
    assert known_word("C++", WORDS) == WORDS[2]
    assert known_word("C", WORDS) is None


def test_an_unknown_word_is_answered_with_the_nearest() -> None:
    assert known_word("produkt managment", WORDS) is None
    assert nearest_words("produkt managment", WORDS)[0] == "Product management"
    assert nearest_words("intensiv", WORDS)[0] == "Intensive care"
    assert nearest_words("qqqq", WORDS) == ()


def test_doubles_of_an_area_merge_to_the_longer_experience() -> None:
    entries = [ExpertiseEntry("PM", 4), ExpertiseEntry("Product management", 10), ExpertiseEntry("icu", 0)]
    assert checked_expertise(entries, WORDS) == {"product-management": 10, "intensive-care": 0}


def test_the_first_unknown_area_is_handed_back() -> None:
    unknown = ExpertiseEntry("astrology", 3)
    assert checked_expertise([ExpertiseEntry("PM", 4), unknown], WORDS) == unknown


@pytest.mark.parametrize("years", [-1, 51])
def test_years_of_experience_have_bounds(years: int) -> None:
    with pytest.raises(FieldError, match="between 0 and 50"):
        checked_expertise([ExpertiseEntry("PM", years)], WORDS)


def test_no_area_at_all_and_more_than_ten_are_refused() -> None:
    many = tuple(Word(f"area-{n}", f"Area {n}") for n in range(11))
    with pytest.raises(FieldError, match="one to 10"):
        checked_expertise([], WORDS)
    with pytest.raises(FieldError, match="one to 10"):
        checked_expertise([ExpertiseEntry(word.name, 1) for word in many], many)
    assert len(checked_expertise([ExpertiseEntry(word.name, 1) for word in many[:10]], many)) == 10  # type: ignore[arg-type]


def test_a_profile_is_trimmed_and_its_lines_are_counted() -> None:
    form = ProfileForm(role=" Nurse ", highlights="One\n\n Two \nThree", languages=("en", "en", "hi"), country="IE")
    clean = checked_profile(form, countries=["IE"], languages=["en", "hi"])
    assert (clean.role, clean.highlights, clean.languages) == ("Nurse", "One\nTwo\nThree", ("en", "hi"))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ProfileForm(role=""), "role"),
        (ProfileForm(role="x" * 81), "role"),
        (ProfileForm(role="Nurse", highlights="1\n2\n3\n4"), "highlights"),
        (ProfileForm(role="Nurse", highlights="x" * 81), "highlights"),
        (ProfileForm(role="Nurse", languages=("tlh",)), "languages"),
        (ProfileForm(role="Nurse", country="ZZ"), "country"),
        (ProfileForm(role="Nurse", bio="x" * 4001), "bio"),
        (ProfileForm(role="Nurse", gap="x" * 121), "gap"),
    ],
)
def test_a_profile_is_refused_beside_the_field_that_is_wrong(form: ProfileForm, field: str) -> None:
    with pytest.raises(FieldError) as refusal:
        checked_profile(form, countries=["IE"], languages=["en"])
    assert refusal.value.field == field


def test_an_address_is_plain_letters_and_never_taken_twice() -> None:
    assert address_for("Łukasz Żółć", []) == "lukasz-zolc"
    assert address_for("Ana", ["ana", "ana-2"]) == "ana-3"
    assert address_for("村上", []) == "mentor" or address_for("村上", []).isascii()
