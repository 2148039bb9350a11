"""What the mails say, to whom, in which zone, and that nothing a person typed can change their shape."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorhub.domain.accounts.service import IssuedLink
from mentorhub.domain.common.money import Money
from mentorhub.domain.notifications import service as letters
from mentorhub.domain.notifications.rules import SessionPerson, compose, moment, span
from tests.letters import SENDER, SITE, mail_facts, notice
from tests.people import SUNDAY

LINK = IssuedLink("s3cret", "Riya Patil", "riya@example.org", "old@example.org", SUNDAY + timedelta(hours=1))


@pytest.mark.parametrize(
    ("write", "address"),
    [
        (letters.write_verify, "/verify?token=s3cret"),
        (letters.write_reset, "/reset?token=s3cret"),
        (letters.write_change_email, "/confirm-email?token=s3cret"),
        (letters.write_email_changed, "/confirm-email?token=s3cret"),
    ],
)
def test_a_mail_with_a_link_carries_it_in_both_twins_to_the_address_it_is_for(write: object, address: str) -> None:
    mail = write(LINK, **mail_facts())  # type: ignore[operator]

    assert mail.to == "riya@example.org"
    assert f"{SITE}{address}" in mail.text.splitlines()
    assert f'href="{SITE}{address}"' in mail.html
    assert mail.text.startswith("Hello Riya Patil,")


@pytest.mark.parametrize("write", [letters.write_already_have_account, letters.write_password_changed])
def test_a_mail_without_a_link_still_shows_a_way_on(write: object) -> None:
    mail = write("Riya", "riya@example.org", **mail_facts())  # type: ignore[operator]

    assert f"{SITE}/" in mail.text
    assert "token" not in mail.text


def test_both_people_read_the_time_on_their_own_clock_first_and_then_on_the_others() -> None:
    to_mentee = letters.write_confirmed(notice(), side="mentee", sender=SENDER, **mail_facts())
    to_mentor = letters.write_confirmed(notice(), side="mentor", sender=SENDER, **mail_facts())

    pune = "Tuesday 24 November 2026, 14:30 to 15:00 in Kolkata (UTC+5:30)"
    london = "Tuesday 24 November 2026, 09:00 to 09:30 in London (UTC+0)"
    assert f"Your time: {pune}\nKabir's time: {london}\nPaid: ₹1,200.00\n" in to_mentee.text
    assert f"Your time: {london}\nRiya's time: {pune}\nPrice: ₹1,200.00\n" in to_mentor.text
    assert to_mentee.subject == "Booked: CV review with Kabir Deshmukh, Tue 24 Nov 2026, 14:30"
    assert "Until Mon 23 Nov 2026, 14:30 in Kolkata (UTC+5:30) you get everything back." in to_mentee.text


def test_two_people_in_one_zone_read_one_time() -> None:
    neighbour = SessionPerson("Kabir Deshmukh", "kabir@example.org", "Asia/Kolkata")

    mail = letters.write_confirmed(notice(mentor=neighbour), side="mentee", sender=SENDER, **mail_facts())

    assert "Kabir's time" not in mail.text


def test_a_free_session_speaks_of_no_money() -> None:
    free = Money(0, "INR")

    mail = letters.write_confirmed(notice(price=free), side="mentee", sender=SENDER, **mail_facts())
    gone = letters.write_cancelled(
        notice(price=free, cancelled_by="mentee"), side="mentee", sender=SENDER, **mail_facts()
    )

    assert "Price: free" in mail.text
    assert "paid" not in mail.text
    assert "card" not in gone.text
    assert "paid" not in gone.text


@pytest.mark.parametrize(
    ("side", "refunded", "words"),
    [
        ("mentee", 120000, "₹1,200.00 goes back to the card"),
        ("mentee", 60000, "₹600.00 of ₹1,200.00 goes back to the card"),
        ("mentee", 0, "nothing is paid back this late"),
        ("mentor", 120000, "gets everything back"),
        ("mentor", 60000, "gets ₹600.00 back"),
        ("mentor", 0, "gets nothing back this late"),
    ],
)
def test_a_cancellation_states_the_refund_to_both(side: str, refunded: int, words: str) -> None:
    called_off = notice(refunded=Money(refunded, "INR"), cancelled_by="mentee")

    mail = letters.write_cancelled(called_off, side=side, sender=SENDER, **mail_facts())

    assert words in mail.text


def test_a_cancellation_says_who_cannot_come() -> None:
    by_mentor = notice(cancelled_by="mentor", refunded=Money(120000, "INR"))

    to_mentee = letters.write_cancelled(by_mentor, side="mentee", sender=SENDER, **mail_facts())
    to_mentor = letters.write_cancelled(by_mentor, side="mentor", sender=SENDER, **mail_facts())
    by_nobody = letters.write_cancelled(notice(), side="mentor", sender=SENDER, **mail_facts())

    assert "Kabir cannot come, so CV review with Kabir Deshmukh is cancelled." in to_mentee.text
    assert "you cancelled CV review with Riya Patil." in to_mentor.text
    assert "CV review with Riya Patil is cancelled." in by_nobody.text


def test_who_paid_too_late_gets_all_of_it_back_and_is_told() -> None:
    mail = letters.write_paid_too_late(notice(), **mail_facts())

    assert mail.to == "riya@example.org"
    assert "₹1,200.00 goes back to the card you paid with, all of it." in mail.text


def test_who_paid_twice_reads_that_the_first_payment_was_enough_and_not_that_the_time_was_gone() -> None:
    mail = letters.write_paid_too_late(replace(notice(), was_agreed=True), **mail_facts())

    assert "you paid for CV review with Kabir Deshmukh twice." in mail.text
    assert "₹1,200.00 goes back to the card you paid with, all of the second payment." in mail.text
    assert "somebody else" not in mail.text
    assert "Other times" not in mail.text


def test_the_mentee_is_asked_for_a_review_where_it_is_written() -> None:
    mail = letters.write_review_asked(notice(), **mail_facts())

    assert mail.to == "riya@example.org"
    assert f"{SITE}/sessions/7" in mail.text


def test_what_a_person_typed_stays_words_in_the_html() -> None:
    asked = notice(ask="<script>alert(1)</script> & {{ 7 * 7 }}", title="<b>CV</b>")

    mail = letters.write_confirmed(asked, side="mentor", sender=SENDER, **mail_facts())

    assert "<script>" not in mail.html
    assert "<b>" not in mail.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in mail.html
    assert "<script>alert(1)</script> & {{ 7 * 7 }}" in mail.text


def test_a_question_cannot_pass_for_words_of_ours() -> None:
    sly = notice(ask="My CV.”\n\nYour account is locked. Sign in at evil.example.")

    mail = letters.write_confirmed(sly, side="mentor", sender=SENDER, **mail_facts())

    assert "“My CV. Your account is locked. Sign in at evil.example.”" in mail.text


def test_a_line_break_in_a_title_cannot_add_a_header() -> None:
    sly = notice(title="CV\r\nBcc: all@example.org")

    message = compose(letters.write_confirmed(sly, side="mentee", sender=SENDER, **mail_facts()), sender=SENDER)

    assert message["Bcc"] is None
    assert message["Subject"].startswith("Booked: CV Bcc: all@example.org")


def test_the_same_mail_has_the_same_name_and_another_one_another() -> None:
    first = letters.write_confirmed(notice(), side="mentee", sender=SENDER, **mail_facts())
    again = letters.write_confirmed(notice(), side="mentee", sender=SENDER, **mail_facts())
    other = letters.write_confirmed(notice(), side="mentor", sender=SENDER, **mail_facts())
    names = [compose(mail, sender=SENDER)["Message-ID"] for mail in (first, again, other)]

    assert names[0] == names[1] != names[2]
    assert names[0].endswith("@mentorhub.example>")


def test_a_time_names_its_place_and_its_day() -> None:
    late = SUNDAY.replace(hour=23, minute=50)

    assert moment(SUNDAY, notice().mentee) == "Sun 22 Nov 2026, 17:30 in Kolkata (UTC+5:30)"
    assert span(late, late + timedelta(minutes=30), notice().mentee, zone="UTC") == (
        "Sunday 22 November 2026, 23:50 to 00:20 (Mon 23 Nov) in UTC"
    )
