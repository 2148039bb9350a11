"""Addresses of calendars as people type them, and the secret part of our own feeds' addresses."""

import re
from uuid import UUID

import pytest

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.rules.addresses import calendar_address, feed_owner, feed_token

RIYA = UUID("fbff7f3f-ffff-4fff-bfff-ffffffffffff")
SECRET = "a secret of thirty-two characters"
NONE_AT_ALL = "This is not an address of a calendar."
HOW_IT_BEGINS = "Give an address that begins with https:// or webcal://."
NO_NAMES = "Leave out the name and password: use the calendar's secret address."
NO_PORTS = "The address may not name a port of its own."
LONGEST = "https://calendar.example/" + "a" * 1975


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://calendar.example/a.ics#part ", "https://calendar.example/a.ics"),
        ("webcal://calendar.example/a.ics?key=1", "https://calendar.example/a.ics?key=1"),
        ("webcals://calendar.example/a.ics", "https://calendar.example/a.ics"),
        ("https://calendar.example:443/a.ics", "https://calendar.example:443/a.ics"),
        ("https://calendar.example:80/a.ics", "https://calendar.example:80/a.ics"),
        ("https://calendar.example/!a.ics", "https://calendar.example/!a.ics"),
        (LONGEST, LONGEST),
    ],
)
def test_an_address_is_https_however_it_is_written(typed: str, kept: str) -> None:
    assert calendar_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", HOW_IT_BEGINS),
        ("https:///a.ics", HOW_IT_BEGINS),
        ("calendar.example/a.ics", HOW_IT_BEGINS),
        ("http://calendar.example/a.ics", HOW_IT_BEGINS),
        ("ftp://calendar.example/a.ics", HOW_IT_BEGINS),
        ("file:///etc/passwd", HOW_IT_BEGINS),
        ("https://me:word@calendar.example/a.ics", NO_NAMES),
        ("https://me@calendar.example/a.ics", NO_NAMES),
        ("https://calendar.example:22/a.ics", NO_PORTS),
        ("https://calendar.example:81/a.ics", NO_PORTS),
        ("https://calendar.example:99999/a.ics", NONE_AT_ALL),
        ("https://[::1/a.ics", NONE_AT_ALL),
        ("https://calendar.example/a\r\nHost: other", NONE_AT_ALL),
        ("https://calendar.example/a b.ics", NONE_AT_ALL),
        ("https://calendar.example/a\x7f.ics", NONE_AT_ALL),
        (LONGEST + "a", NONE_AT_ALL),
    ],
)
def test_other_addresses_are_refused_beside_the_field_and_told_why(typed: str, words: str) -> None:
    with pytest.raises(FieldError, match=f"^{re.escape(words)}$") as caught:
        calendar_address(typed)
    assert caught.value.field == "address"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_of_our_own_may_be_plain_http_and_name_a_port(scheme: str) -> None:
    typed = f"{scheme}://127.0.0.1:8080/a.ics#part"

    assert calendar_address(typed, own_hosts=["127.0.0.1:8080"]) == f"{scheme}://127.0.0.1:8080/a.ics"
    with pytest.raises(FieldError):
        calendar_address("ftp://127.0.0.1:8080/a.ics", own_hosts=["127.0.0.1:8080"])


def test_the_secret_of_a_feed_names_its_owner_and_fits_an_address() -> None:
    token = feed_token(RIYA, "sessions", 1, secret=SECRET)

    assert feed_owner(token) == RIYA
    assert re.fullmatch(r"[\w-]{54}", token, re.ASCII)
    assert {"-", "_"} <= set(token)


def test_another_kind_generation_person_or_secret_is_another_token() -> None:
    token = feed_token(RIYA, "sessions", 1, secret=SECRET)
    others = [
        feed_token(RIYA, "busy", 1, secret=SECRET),
        feed_token(RIYA, "sessions", 2, secret=SECRET),
        feed_token(UUID(int=7), "sessions", 1, secret=SECRET),
        feed_token(RIYA, "sessions", 1, secret=SECRET[1:]),
    ]

    assert len({token, *others}) == 5
    assert len({one[22:] for one in (token, *others)}) == 5


@pytest.mark.parametrize(
    "broken", ["", "!", "é", "a", "abcd", "*" * 54, "****" + "-" * 54, "-" * 55, "-" * 58, " " + "-" * 54]
)
def test_what_is_no_token_belongs_to_nobody(broken: str) -> None:
    assert feed_owner(broken) is None
