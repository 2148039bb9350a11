"""A join token opens one room for one person in one window of time, and nothing else."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from mentorhub.video.join_token import (
    TokenExpired,
    TokenForged,
    TokenTooEarly,
    control_key,
    mint,
    verify,
)

START = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
OPENS, CLOSES = START - timedelta(minutes=15), START + timedelta(minutes=45)
SECRET = "a secret that signs for the tests only"


def _token(secret: str = SECRET) -> str:
    return mint(
        booking_id="b1",
        user_id="u1",
        role="mentee",
        name="Riya Kulkarni ✓",
        opens_at=OPENS,
        closes_at=CLOSES,
        now=START,
        secret=secret,
    )


def test_a_token_tells_who_may_enter_which_room_and_when() -> None:
    token = verify(_token(), booking_id="b1", now=START, secret=SECRET)

    assert (token.booking_id, token.user_id, token.role, token.name) == (
        "b1",
        "u1",
        "mentee",
        "Riya Kulkarni ✓",
    )
    assert (token.opens_at, token.closes_at) == (int(OPENS.timestamp()), int(CLOSES.timestamp()))


def test_each_page_gets_a_token_of_its_own() -> None:
    first, second = (verify(_token(), booking_id="b1", now=START, secret=SECRET) for _ in range(2))

    assert first.token_id != second.token_id


def test_a_token_of_another_room_opens_nothing_here() -> None:
    with pytest.raises(TokenForged):
        verify(_token(), booking_id="b2", now=START, secret=SECRET)


def test_a_token_signed_with_another_secret_is_forged() -> None:
    with pytest.raises(TokenForged):
        verify(_token("another secret, just as long as ours"), booking_id="b1", now=START, secret=SECRET)


def test_a_token_whose_person_was_changed_is_forged() -> None:
    body, signature = _token().split(".")
    fields = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**fields, "user_id": "sam"}).encode()).rstrip(b"=").decode()

    with pytest.raises(TokenForged):
        verify(f"{changed}.{signature}", booking_id="b1", now=START, secret=SECRET)


@pytest.mark.parametrize("text", ["", ".", "a.b", "no-dot", "ä.ö", "e30.e30", "x" * 9000, f"{_token()}x", "=.="])
def test_damaged_text_is_forged_and_never_an_error_of_ours(text: str) -> None:
    with pytest.raises(TokenForged):
        verify(text, booking_id="b1", now=START, secret=SECRET)


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (OPENS - timedelta(seconds=6), TokenTooEarly),
        (OPENS - timedelta(seconds=5), None),
        (OPENS, None),
        (CLOSES - timedelta(seconds=1), None),
        (CLOSES + timedelta(seconds=4), None),
        (CLOSES + timedelta(seconds=5), TokenExpired),
    ],
)
def test_the_doors_open_and_close_on_time_but_for_five_seconds(now: datetime, refusal: type[Exception] | None) -> None:
    if refusal is None:
        assert verify(_token(), booking_id="b1", now=now, secret=SECRET).user_id == "u1"
    else:
        with pytest.raises(refusal):
            verify(_token(), booking_id="b1", now=now, secret=SECRET)


def test_who_is_late_may_still_leave() -> None:
    late = CLOSES + timedelta(hours=2)

    assert verify(_token(), booking_id="b1", now=late, secret=SECRET, late=True).user_id == "u1"


def test_the_control_key_does_not_give_the_secret_away() -> None:
    assert SECRET not in control_key(SECRET)
    assert control_key(SECRET) != control_key(SECRET + "x")
