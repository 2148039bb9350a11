"""Who met, and what a review may say."""

from datetime import timedelta

import pytest

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.reviews.rules import checked, may_review, met_words

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("together", "booked", "opens"),
    [(15, 30, True), (14, 30, False), (10, 20, True), (10, 15, True), (8, 15, False), (60, 60, True), (29, 60, False)],
)
def test_a_review_opens_after_half_of_the_time_and_at_least_ten_minutes(
    together: int, booked: int, *, opens: bool
) -> None:
    assert may_review(together=together * MINUTE, booked=booked * MINUTE) is opens


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_a_review_has_one_to_five_stars(stars: int) -> None:
    with pytest.raises(FieldError) as refusal:
        checked(stars=stars, text="Clear, kind and to the point.")

    assert refusal.value.field == "stars"


@pytest.mark.parametrize("text", ["", "   ", "Great.", "a" * 19, "a" * 2001, " \n" * 30 + "short"])
def test_a_review_says_something_and_not_everything(text: str) -> None:
    with pytest.raises(FieldError) as refusal:
        checked(stars=5, text=text)

    assert refusal.value.field == "text"


def test_a_review_is_kept_in_paragraphs_without_surrounding_space() -> None:
    assert checked(stars=1, text="  He never came to the point.\n\n\n\nPity. ") == (
        "He never came to the point.\n\nPity."
    )
    assert checked(stars=5, text="a" * 20) == "a" * 20
    assert checked(stars=5, text="a" * 2000) == "a" * 2000


def test_the_seal_says_how_long_both_were_there() -> None:
    assert met_words(met_minutes=31, booked_minutes=30) == "Met 31 min of 30"
