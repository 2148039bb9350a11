"""The way out of a kind of mail: a token only we can make, for what may be switched off."""

import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorhub.domain.notifications.rules import NoticeKind, read_way_out, way_out_token

SECRET = "a secret of the installation, long enough"
RIYA = UUID(int=5)


def test_the_token_names_whose_mails_of_which_kind() -> None:
    token = way_out_token(RIYA, NoticeKind.REMINDER_HOUR, secret=SECRET)

    assert read_way_out(token, secret=SECRET) == (RIYA, NoticeKind.REMINDER_HOUR)
    assert token.replace("-", "").replace("_", "").isalnum()


def test_a_token_of_another_installation_means_nothing() -> None:
    token = way_out_token(RIYA, NoticeKind.REVIEW, secret=SECRET)

    assert read_way_out(token, secret=SECRET + "!") is None


@pytest.mark.parametrize("place", [0, 15, 16, 31, 32, -1])
def test_a_token_changed_anywhere_means_nothing(place: int) -> None:
    token = way_out_token(RIYA, NoticeKind.REVIEW, secret=SECRET)
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[place] ^= 1

    assert read_way_out(base64.urlsafe_b64encode(raw).decode(), secret=SECRET) is None


def test_what_must_reach_a_person_has_no_way_out() -> None:
    token = way_out_token(RIYA, NoticeKind.CANCELLED, secret=SECRET)

    assert read_way_out(token, secret=SECRET) is None


@given(st.text(max_size=80))
def test_nonsense_means_nothing(token: str) -> None:
    assert read_way_out(token, secret=SECRET) is None
