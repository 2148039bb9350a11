"""What a person wants to be told, by which way, and when not."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.notifications import queries, service
from mentorhub.domain.notifications.errors import KindIsRequired
from mentorhub.domain.notifications.models import NoticeSwitch
from mentorhub.domain.notifications.rules import WHY_REQUIRED, NoticeKind, Quiet
from tests.people import settle_in

MIDNIGHT_IN_PUNE = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
SEVEN_IN_PUNE = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
NIGHT = Quiet(22 * 60, 7 * 60)
MAILLESS = [NoticeKind.SETTLED, NoticeKind.CALENDAR]
"""What the product tells on its own pages only."""


def test_without_a_word_everything_is_told_both_ways(db: Session) -> None:
    people = settle_in(db)

    wishes = queries.wishes_of(db, user_id=people.mentee)

    assert [switch.kind for switch in wishes.switches] == list(NoticeKind)
    assert all(switch.in_product for switch in wishes.switches)
    assert [switch.kind for switch in wishes.switches if not switch.by_mail] == MAILLESS
    assert (wishes.quiet, wishes.zone) == (None, "Asia/Kolkata")


def test_each_kind_is_switched_for_each_way_and_for_oneself_only(db: Session) -> None:
    people = settle_in(db)
    off = {NoticeKind.REVIEW, NoticeKind.REMINDER_HOUR}

    service.set_switches(
        db,
        user_id=people.mentee,
        in_product=set(NoticeKind) - {NoticeKind.REVIEW},
        by_mail=set(NoticeKind) - off,
    )

    mine = {switch.kind: switch for switch in queries.wishes_of(db, user_id=people.mentee).switches}
    theirs = queries.wishes_of(db, user_id=people.mentor).switches
    assert {kind for kind, switch in mine.items() if not switch.by_mail} == off | set(MAILLESS)
    assert {kind for kind, switch in mine.items() if not switch.in_product} == {NoticeKind.REVIEW}
    assert all(switch.by_mail == switch.kind.has_mail for switch in theirs)


def test_what_is_required_stays_on_and_says_why(db: Session) -> None:
    people = settle_in(db)

    service.set_switches(db, user_id=people.mentee, in_product=(), by_mail=())

    switches = queries.wishes_of(db, user_id=people.mentee).switches
    on = {switch.kind for switch in switches if switch.by_mail or switch.in_product}
    assert on == {NoticeKind.BOOKED, NoticeKind.CHANGED, NoticeKind.CANCELLED, NoticeKind.SETTLED}
    assert all(bool(switch.why_required) == (switch.kind in on) for switch in switches)


def test_a_kind_without_a_mail_says_so_where_it_is_always_on_and_keeps_no_wish_about_mails(db: Session) -> None:
    people = settle_in(db)

    service.set_switches(db, user_id=people.mentee, in_product=set(NoticeKind), by_mail=())

    assert [kind for kind in NoticeKind if not kind.has_mail] == MAILLESS
    assert WHY_REQUIRED[NoticeKind.SETTLED].startswith("In the product only: ")
    assert db.get_one(NoticeSwitch, (people.mentee, NoticeKind.CALENDAR.value)).by_mail
    assert not db.get_one(NoticeSwitch, (people.mentee, NoticeKind.REVIEW.value)).by_mail


def test_the_way_out_of_a_mail_leaves_the_product_as_it_was(db: Session) -> None:
    people = settle_in(db)

    service.switch_off_mail(db, user_id=people.mentee, kind=NoticeKind.REMINDER_DAY)
    service.switch_off_mail(db, user_id=people.mentee, kind=NoticeKind.REMINDER_DAY)

    mine = {switch.kind: switch for switch in queries.wishes_of(db, user_id=people.mentee).switches}
    assert not mine[NoticeKind.REMINDER_DAY].by_mail
    assert mine[NoticeKind.REMINDER_DAY].in_product
    with pytest.raises(KindIsRequired):
        service.switch_off_mail(db, user_id=people.mentee, kind=NoticeKind.CANCELLED)


def test_a_mail_that_can_wait_waits_for_the_end_of_the_persons_own_night(db: Session) -> None:
    people = settle_in(db)
    service.set_quiet_hours(db, user_id=people.mentee, quiet=NIGHT)
    db.flush()

    def waits(kind: NoticeKind) -> datetime | None:
        return queries.mail_of(db, user_id=people.mentee, kind=kind, now=MIDNIGHT_IN_PUNE).waits_until

    assert {kind for kind in NoticeKind if waits(kind) == SEVEN_IN_PUNE} == {
        NoticeKind.REQUEST,
        NoticeKind.MOVE,
        NoticeKind.WAITLIST,
        NoticeKind.REMINDER_DAY,
        NoticeKind.REVIEW,
    }
    assert {waits(kind) for kind in NoticeKind if not kind.can_wait} == {None}
    assert queries.quiet_until(db, user_id=people.mentee, now=MIDNIGHT_IN_PUNE) == SEVEN_IN_PUNE
    assert queries.quiet_until(db, user_id=people.mentor, now=MIDNIGHT_IN_PUNE) is None


def test_quiet_hours_are_changed_and_taken_back(db: Session) -> None:
    people = settle_in(db)

    for quiet, kept in ((NIGHT, NIGHT), (Quiet(0, 1439), Quiet(0, 1439)), (Quiet(5, 5), None), (None, None)):
        service.set_quiet_hours(db, user_id=people.mentee, quiet=quiet)
        db.flush()
        assert queries.wishes_of(db, user_id=people.mentee).quiet == kept


@pytest.mark.parametrize(
    ("quiet", "field"), [(Quiet(1440, 60), "quiet_from"), (Quiet(-1, 60), "quiet_from"), (Quiet(60, 1440), "quiet_to")]
)
def test_a_minute_no_day_has_is_refused_beside_its_field(db: Session, quiet: Quiet, field: str) -> None:
    people = settle_in(db)

    with pytest.raises(FieldError) as refusal:
        service.set_quiet_hours(db, user_id=people.mentee, quiet=quiet)

    assert refusal.value.field == field
