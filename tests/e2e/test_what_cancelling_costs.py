"""Plans change (PRODUCT.md J7): what comes back is shown before, told after, and clocks move no session."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e import axe
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.places import MENTEE, MENTOR
from tests.e2e.product import Product, eventually, link_of, running, words_of
from tests.e2e.times import Time, book_paid, come_in, entries, free_times, in_full, in_grid, look_at, says

KOLKATA, LONDON = "Asia/Kolkata", "Europe/London"
TITLE, WAITING = "CV review", "ines@demo.example"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A house of its own, for its clock moves to hours before a session, and by months."""
    with running(tmp_path_factory.mktemp("cancelling")) as product:
        yield product


@pytest.fixture
def people(person: Callable[..., BrowserContext]) -> Callable[[], tuple[Page, Page]]:
    """Riya in Kolkata and Kabir in London sign in, at whatever time the house has by then."""

    def enter() -> tuple[Page, Page]:
        riya, kabir = person(KOLKATA).new_page(), person(LONDON).new_page()
        sign_in(riya, email=MENTEE, password=PASSWORD)
        sign_in(kabir, email=MENTOR, password=PASSWORD)
        return riya, kabir

    return enter


def _times(product: Product, *, hours: int) -> list[Time]:
    """Kabir's free hours, from so many hours ahead on."""
    since = product.now() + timedelta(hours=hours)
    return free_times(product, mentor=MENTOR, title=TITLE, since=since, days=14, every=1)


def _cancel(page: Page, *, shown: str, button: str) -> None:
    """Call off, after reading what comes back."""
    page.get_by_role("button", name="Cancel the session").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(shown, exact=True).first).to_be_visible()
    dialog.get_by_role("button", name=button).click()
    expect(page.get_by_text("Cancelled", exact=True).first).to_be_visible()


def _cancelled(product: Product, session: str) -> str:
    """What the mentee is written about a session that was called off."""

    def told() -> list[str]:
        mails = [mail for mail in product.mails(MENTEE) if str(mail["Subject"]).startswith("Cancelled:")]
        return [text for text in map(words_of, mails) if session in text]

    (text,) = eventually(told, f"the mail that {session} is called off", seconds=30)
    return " ".join(text.split())


def _withdrawn(product: Product, session: str, start: datetime) -> None:
    """Both invitations are withdrawn: the same entry, a later number, the same instant."""
    for email in (MENTEE, MENTOR):

        def told(email: str = email) -> bool:
            return sorted(entry[0] for entry in entries(product, email, session)) == ["CANCEL", "REQUEST"]

        assert eventually(told, f"the invitation of {email} is withdrawn", seconds=30)
        (_, ended, last, began), (_, made, first, begins) = sorted(entries(product, email, session))
        assert (made, begins, began) == (ended, start, start)
        assert last > first


def test_thirty_hours_before_all_comes_back_and_whoever_waits_is_asked(
    product: Product, people: Callable[[], tuple[Page, Page]], person: Callable[..., BrowserContext]
) -> None:
    riya, kabir = people()
    chosen = _times(product, hours=31)[0]
    session = book_paid(riya, chosen, KOLKATA)
    ines = person("Europe/Lisbon").new_page()
    come_in(ines, product, WAITING)
    open_page(ines, f"/mentors/{chosen.slug}?offering={chosen.offering_id}")
    ines.get_by_role("button", name="Tell me when a time opens").click()
    expect(ines.get_by_text("You are first in line.")).to_be_visible()
    open_page(kabir, session)
    expect(kabir.get_by_text(says(chosen.starts_at, LONDON)).first).to_be_visible()

    product.move_clock_to(chosen.starts_at - timedelta(hours=30))
    open_page(riya, session)
    expect(riya.get_by_text(says(chosen.starts_at, KOLKATA)).first).to_be_visible()
    _cancel(riya, shown="₹1,200.00", button="Cancel, ₹1,200.00 back")

    expect(riya.get_by_text("₹1,200.00 goes back to the card.")).to_be_visible()
    expect(kabir.get_by_text("Riya called this off.")).to_be_visible()
    assert "₹1,200.00 goes back to the card" in _cancelled(product, session)
    _withdrawn(product, session, chosen.starts_at)
    offer = product.mail(WAITING, "a time is free")
    assert in_full(chosen.starts_at, "Europe/Lisbon") in words_of(offer)
    open_page(ines, link_of(offer, "/checkout/"))
    ines.get_by_role("button", name="Give this time back").first.click()
    look_at(riya, chosen, KOLKATA)


def test_half_comes_back_at_twenty_hours_and_nothing_at_one_whatever_the_policy_became(
    product: Product, people: Callable[[], tuple[Page, Page]]
) -> None:
    riya, kabir = people()
    free = _times(product, hours=25)
    first = free[0]
    second = next(one for one in free if one.starts_at - first.starts_at >= timedelta(hours=21))
    half, nothing = book_paid(riya, first, KOLKATA), book_paid(riya, second, KOLKATA)
    open_page(kabir, "/mentoring/profile")
    kabir.get_by_role("radio", name=re.compile("Relaxed")).check(force=True)
    kabir.get_by_role("button", name="Save profile").click()
    expect(kabir.get_by_text("Saved").first).to_be_visible()

    product.move_clock_to(first.starts_at - timedelta(hours=20))
    open_page(riya, half)
    _cancel(riya, shown="₹600.00", button="Cancel, ₹600.00 back")
    assert "₹600.00 of ₹1,200.00 goes back" in _cancelled(product, half)
    _withdrawn(product, half, first.starts_at)

    product.move_clock_to(second.starts_at - timedelta(hours=1))
    open_page(riya, nothing)
    _cancel(riya, shown="₹0.00", button="Cancel without money back")
    assert "nothing is paid back this late" in _cancelled(product, nothing)
    _withdrawn(product, nothing, second.starts_at)
    assert product.command("ledger", "check").returncode == 0


def test_a_mentor_who_calls_off_gives_all_back_names_others_and_wears_the_mark(
    product: Product, people: Callable[[], tuple[Page, Page]]
) -> None:
    riya, kabir = people()
    chosen = _times(product, hours=25)[0]
    session = book_paid(riya, chosen, KOLKATA)
    kept, due = _attendance(kabir)
    product.move_clock_to(chosen.starts_at - timedelta(hours=1))
    open_page(riya, session)
    open_page(kabir, session)
    kabir.get_by_role("button", name="Cancel the session").click()
    dialog = kabir.get_by_role("dialog")
    expect(dialog).to_contain_text("Riya gets back")
    expect(dialog).to_contain_text("All of it. You earn nothing. It shows as a cancellation on your profile.")
    expect(dialog).not_to_contain_text("You get back")
    assert axe.violations(kabir) == []
    dialog.get_by_role("button", name="Cancel, ₹1,200.00 back").click()

    expect(riya.get_by_text("Kabir called this off. ₹1,200.00 goes back to the card.")).to_be_visible()
    others = riya.get_by_role("region", name="Others in the same field").get_by_role("listitem")
    expect(others).to_have_count(3)
    expect(others.first).to_contain_text(re.compile(r"Free \w{3} \d+ \w{3}, \d\d:\d\d in Kolkata"))
    mail = _cancelled(product, session)
    assert "₹1,200.00 goes back to the card" in mail
    assert "These mentors know the same field" in mail
    _withdrawn(product, session, chosen.starts_at)
    assert _attendance(kabir) == (kept, due + 1)


def _attendance(page: Page) -> tuple[int, int]:
    """How many of his sessions Kabir kept, as everyone reads it."""
    open_page(page, "/mentors/kabir-deshmukh")
    shown = page.get_by_text(re.compile(r"^\d+ of \d+$")).first
    expect(shown).to_be_visible()
    kept, due = (int(number) for number in re.findall(r"\d+", shown.inner_text()))
    return kept, due


def test_a_mentors_clock_change_keeps_the_rule_on_his_clock_and_a_session_at_its_instant(
    product: Product, people: Callable[[], tuple[Page, Page]]
) -> None:
    product.move_clock_to(datetime(2027, 3, 22, 6, tzinfo=UTC))
    riya, kabir = people()
    nine, zone = time(9), ZoneInfo(LONDON)
    at_nine = [one for one in _times(product, hours=5) if one.starts_at.astimezone(zone).time() == nine]
    change = datetime(2027, 3, 28, 1, tzinfo=UTC)
    before = next(one for one in at_nine if one.starts_at < change)
    after = next(one for one in at_nine if one.starts_at > change)
    for one, clock, offset in ((before, "14:30", "UTC+0"), (after, "13:30", "UTC+1")):
        look_at(riya, one, KOLKATA)
        spoken = re.compile(re.escape(f", {clock}, 09:00 in London ({offset})") + "$")
        expect(in_grid(riya, one, KOLKATA)).to_have_accessible_name(spoken)
    expect(riya.get_by_text("Clocks in London go forward on Sunday 28 March.").first).to_be_visible()
    session = book_paid(riya, after, KOLKATA)
    assert "13:30" in says(after.starts_at, KOLKATA)

    product.move_clock_to(change + timedelta(hours=1))
    for page, zone_name in ((riya, KOLKATA), (kabir, LONDON)):
        open_page(page, session)
        expect(page.get_by_text(says(after.starts_at, zone_name)).first).to_be_visible()
    assert [start for *_, start in entries(product, MENTEE, session)] == [after.starts_at]
