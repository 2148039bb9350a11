"""Names, passwords, addresses, paths, throttles and flashes, without a database."""

from datetime import timedelta

import pytest

from mentorhub.domain.accounts.errors import TooManyTries
from mentorhub.domain.accounts.rules import (
    PORTRAITS,
    Flash,
    Tries,
    check_name,
    check_password,
    check_portrait,
    check_zone,
    cookie_value,
    device_name,
    flash_cookie_name,
    is_touch_due,
    minutes_left,
    next_try,
    normal_email,
    read_flash,
    safe_path,
    session_cookie_name,
    write_flash,
)
from mentorhub.domain.common.errors import FieldError
from tests.people import SUNDAY


@pytest.mark.parametrize("password", ["rainy days in pune", "x9$kLm2pQz", "four score and seven"])
def test_a_long_password_is_taken_without_symbols(password: str) -> None:
    check_password(password, name="Riya Patil", email="riya@example.org")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("nine char", "at least 10"),
        ("x" * 201, "at most 200"),
        ("Password123", "guessed early"),
        ("aaaaaaaaaaab", "guessed early"),
        ("riya@example.org", "too close"),
        ("RIYAPATIL1", "too close"),
        ("riya.sunny7", "too close"),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(password: str, words: str) -> None:

    with pytest.raises(FieldError, match=words) as refusal:
        check_password(
            password, name="Riya Patil", email="riya.sunny@example.org" if "sunny" in password else "riya@example.org"
        )

    assert refusal.value.field == "password"


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Riya   Patil ", "Riya Patil"), ("J.R. Smith", "J.R. Smith"), ("李明", "李明")]
)
def test_a_name_is_kept_as_people_write_it(typed: str, kept: str) -> None:
    assert check_name(typed) == kept


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 81, "win at evil.com", "http://evil", "a@b", "<b>", "Riya\x00", "Riya\u202e", "12345"]
)
def test_a_name_cannot_carry_a_link_or_nothing(name: str) -> None:
    with pytest.raises(FieldError) as refusal:
        check_name(name)

    assert refusal.value.field == "name"


def test_an_address_has_one_form_whatever_was_typed() -> None:
    assert normal_email("  Riya.P@EXAMPLE.org ") == "riya.p@example.org"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Please write"),
        ("riya", "has an @"),
        ("riya@savitri", "misses its ending"),
        ("ri ya@example.org", "does not look like"),
        ("riya@example.org\nBcc: all@example.org", "does not look like"),
        (f"riya@{'x' * 250}.org", "does not look like"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(typed: str, words: str) -> None:
    with pytest.raises(FieldError, match=words):
        normal_email(typed)


def test_only_zones_of_the_database_of_zones_are_taken() -> None:
    assert check_zone("Asia/Kolkata") == "Asia/Kolkata"
    for wrong in ("", "Pune", "../etc/passwd", "asia/kolkata"):
        with pytest.raises(FieldError):
            check_zone(wrong)


def test_a_zone_that_only_the_machine_knows_is_not_taken(machine_zone: str) -> None:
    with pytest.raises(FieldError):
        check_zone(machine_zone)


def test_a_portrait_is_one_of_the_drawn_ones_or_none() -> None:
    assert check_portrait("") is None
    assert check_portrait(PORTRAITS[0]) == PORTRAITS[0]
    for wrong in ("https://evil.example/x.svg", "/portraits/../secret"):
        with pytest.raises(FieldError):
            check_portrait(wrong)


@pytest.mark.parametrize("path", ["/", "/sessions/1?tab=notes#top", "/mentors?q=caf%C3%A9"])
def test_a_form_leads_on_to_pages_of_our_own(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "sessions",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/a\nSet-Cookie: x",
        "/\t/evil",
        "/" + "x" * 500,
    ],
)
def test_a_form_never_leads_elsewhere(path: str) -> None:
    assert safe_path(path) == "/home"


def test_cookies_are_bound_to_the_host_where_https_allows_it() -> None:
    assert session_cookie_name(True).startswith("__Host-")
    assert flash_cookie_name(True).startswith("__Host-")
    assert session_cookie_name(False) == "mh_session"


def test_a_session_in_use_is_noted_every_five_minutes() -> None:
    assert not is_touch_due(SUNDAY, SUNDAY + timedelta(minutes=4, seconds=59))
    assert is_touch_due(SUNDAY, SUNDAY + timedelta(minutes=5))


def test_waits_double_after_the_free_tries_and_stop_at_a_quarter_of_an_hour() -> None:
    tries, waits = None, []
    for _ in range(9):
        at = tries.blocked_until if tries and tries.blocked_until else SUNDAY
        tries = next_try(tries, free=3, now=at)
        waits.append((tries.blocked_until - at).total_seconds() if tries.blocked_until else 0)

    assert waits == [0, 0, 30, 60, 120, 240, 480, 900, 900]


def test_counting_begins_anew_after_an_hour_unless_a_wait_still_runs() -> None:
    tired = Tries(7, SUNDAY, SUNDAY + timedelta(minutes=70))

    assert next_try(tired, free=3, now=SUNDAY + timedelta(minutes=65)).count == 8
    assert next_try(tired, free=3, now=SUNDAY + timedelta(minutes=70)).count == 1


@pytest.mark.parametrize(("seconds", "minutes"), [(-1, 0), (0, 0), (1, 1), (60, 1), (61, 2)])
def test_what_is_left_of_a_wait_is_rounded_up(seconds: int, minutes: int) -> None:
    tries = Tries(5, SUNDAY, SUNDAY + timedelta(seconds=seconds))

    assert minutes_left(tries, SUNDAY) == minutes
    assert minutes_left(None, SUNDAY) == 0


def test_a_flash_comes_back_as_it_was_sent() -> None:
    sent = Flash("sign-up", "1", "Nearly there.", {"email": "Ends oddly."}, {"name": "Zoë; “Z”"})

    assert read_flash(f"a=b; mh_flash={write_flash(sent)}; c=d") == sent


def test_a_flash_that_would_not_fit_leaves_out_what_was_typed_before_what_is_wrong() -> None:
    kept = {f"field{number}": "ß" * 300 for number in range(10)}

    small = write_flash(Flash("form", "1", "", {"a": "Wrong."}, kept))

    assert read_flash(f"mh_flash={small}") == Flash("form", "1", "", {"a": "Wrong."}, {})


@pytest.mark.parametrize(
    "value",
    [
        "",
        "!!!",
        "e30=",
        "W10=",
        "bnVsbA==",
        "eyJmIjoxfQ==",
        "é",
        "x" * 5000,
        "eyJmIjoiIiwiaSI6IiIsIm4iOiIiLCJlIjp7ImEiOjF9LCJrIjp7fX0=",
    ],
)
def test_a_flash_that_is_not_ours_is_no_flash(value: str) -> None:
    assert read_flash(f"mh_flash={value}") is None


def test_a_browser_is_named_by_what_a_person_would_call_it() -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"

    assert device_name(firefox) == "Firefox on Linux"
    assert device_name(phone) == "Safari on iPhone"
    assert device_name("curl/8") == "A browser"


def test_an_odd_cookie_of_another_program_spoils_no_other() -> None:
    header = 'a/b=1; =x; theme; mh_session="abc=="; mh_session2=d'

    assert cookie_value(header, "mh_session") == "abc=="
    assert cookie_value(header, "mh_sess") == ""
    assert cookie_value("", "mh_session") == ""


def test_a_flash_with_more_errors_than_a_cookie_holds_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        write_flash(Flash("form", "1", "", {f"field{number}": "x" * 300 for number in range(20)}))


def test_a_wait_of_unknown_length_is_said_without_a_number() -> None:
    assert str(TooManyTries()).endswith("in a few minutes.")
    assert str(TooManyTries(2)).endswith("in 2 minutes.")
