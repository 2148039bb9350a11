"""A mentee adds a CV to the intake; the mentor saves the same bytes, a stranger finds nothing (PRODUCT.md D1)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests import files
from tests.e2e import axe, journey
from tests.e2e.browsers import PHONE, eventually_on, open_page, sign_in
from tests.e2e.places import FREE_MENTOR, MENTEE, MENTOR
from tests.e2e.product import Product
from tests.e2e.times import free_times, hold, look_at

pytestmark = pytest.mark.e2e
ZONE = "Asia/Kolkata"
CV = files.PDF * 2000
NOT_TAKEN = "This kind of file is not taken. Please send PDF, Word (DOCX), PNG, JPEG, WebP or plain text."


@pytest.fixture
def signed_in(person: Callable[..., BrowserContext]) -> Callable[..., Page]:
    def enter(email: str, **options: object) -> Page:
        page = person(ZONE, **options).new_page()
        sign_in(page, email=email, password=PASSWORD)
        return page

    return enter


def sent(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def choose(page: Page, *chosen: FilePayload) -> None:
    """As through the dialog behind "Choose a file"."""
    page.locator("input[type=file]").set_input_files(list(chosen))


def field(page: Page) -> Locator:
    return page.get_by_role("group", name="Your CV, a job post, your work")


def saved(page: Page, link: Locator, folder: Path) -> tuple[str, bytes]:
    """The name and the bytes of what a link saves."""
    with page.expect_download() as waiting:
        link.click()
    path = folder / "saved"
    waiting.value.save_as(path)
    return waiting.value.suggested_filename, path.read_bytes()


def hold_a_time(page: Page, product: Product, *, number: int = 0) -> str:
    """Hold a free time of the mentor who takes everybody at once; gives the booking's number."""
    since = product.now() + timedelta(days=2)
    times = free_times(product, mentor=FREE_MENTOR, title="Try it out", since=since, days=5)
    look_at(page, times[number], ZONE)
    return hold(page)


def test_a_cv_goes_with_the_intake_and_the_mentor_saves_the_same_bytes(
    product: Product, signed_in: Callable[..., Page], tmp_path: Path
) -> None:
    riya = signed_in(MENTEE)
    booking = hold_a_time(riya, product)
    refused = field(riya).get_by_text(NOT_TAKEN)

    choose(riya, sent("Riya Patil CV.pdf", CV))
    expect(field(riya).get_by_role("listitem")).to_have_text(re.compile("Riya Patil CV.pdf.*PDF, .* KB"))
    choose(riya, sent("page.html", files.HTML))
    expect(refused).to_be_visible()
    choose(riya, sent("page.pdf", files.HTML))
    expect(field(riya)).to_contain_text(f"page.pdf: {NOT_TAKEN}")
    choose(riya, sent("large.pdf", CV * 70))
    expect(field(riya)).to_contain_text("large.pdf: This file is larger than 10 MB.")
    choose(riya, sent("empty.pdf", b""))
    expect(field(riya)).to_contain_text("empty.pdf: There is nothing in this file.")
    assert axe.violations(riya) == []

    choose(riya, sent("job.txt", files.TEXT))
    expect(field(riya).get_by_role("listitem")).to_have_count(2)
    riya.reload()
    expect(field(riya).get_by_role("listitem")).to_have_count(2)
    riya.get_by_role("button", name="Remove job.txt").press("Enter")
    expect(field(riya).get_by_role("listitem")).to_have_count(1)
    expect(riya.get_by_role("button", name="Choose a file")).to_be_focused()

    journey.write_intake(riya)
    riya.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(riya).to_have_url(re.compile("/sessions/"))
    mentor = signed_in(FREE_MENTOR)
    for page in (riya, mentor):
        open_page(page, f"/sessions/{booking}")
        link = page.get_by_role("link", name=re.compile("Riya Patil CV.pdf"))
        assert saved(page, link, tmp_path) == ("Riya Patil CV.pdf", CV)
    address = link.get_attribute("href") or ""
    calendar = saved(riya, riya.get_by_role("link", name="Add to calendar"), tmp_path)
    assert (calendar[0], calendar[1][:15]) == ("session.ics", b"BEGIN:VCALENDAR")
    stranger = signed_in(MENTOR)
    expect(stranger.get_by_role("button", name="Your account")).to_be_visible()
    for page, status in ((stranger, 404), (mentor, 200)):
        assert page.request.get(address).status == status


def test_three_files_dropped_at_once_fill_the_field_on_a_phone_too(
    product: Product, signed_in: Callable[..., Page]
) -> None:
    riya = signed_in(MENTEE, viewport=PHONE)
    hold_a_time(riya, product, number=3)
    expect(field(riya)).to_be_visible()

    names = [f"{'one' * 30}.pdf", "two.png", "three.txt", f"{'four' * 24}.pdf"]
    riya.evaluate(_DROP, [names, [list(files.PDF), list(files.PNG), list(files.TEXT), list(files.PDF)]])

    expect(field(riya).get_by_role("listitem")).to_have_count(3)
    expect(field(riya)).to_contain_text(f"{names[3]}: An intake has at most three links and files.")
    expect(riya.get_by_role("button", name="Choose a file")).to_have_count(0)
    for name in names[:2]:
        riya.get_by_role("button", name=f"Remove {name}").press("Enter")
        expect(riya.get_by_role("button", name=f"Remove {name}")).to_have_count(0)
        expect(riya.get_by_role("button", name="Choose a file")).to_be_focused()
    eventually_on(riya, "document.documentElement.scrollWidth <= innerWidth", "nothing is wider than the phone")
    assert axe.violations(riya) == []
    riya.get_by_role("button", name="Give this time back").first.click()


def test_one_that_is_stopped_on_its_way_is_not_there(product: Product, signed_in: Callable[..., Page]) -> None:
    riya = signed_in(MENTEE)
    hold_a_time(riya, product, number=6)
    expect(field(riya)).to_be_visible()
    slow = riya.context.new_cdp_session(riya)
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000},
    )

    choose(riya, sent("slow.pdf", CV * 60))
    expect(riya.get_by_role("progressbar", name="Sending slow.pdf")).to_be_visible()
    riya.get_by_role("button", name="Stop sending slow.pdf").press("Enter")

    expect(field(riya)).to_contain_text("slow.pdf: It was stopped before it arrived.")
    expect(riya.get_by_role("button", name="Choose a file")).to_be_focused()
    expect(field(riya).get_by_role("listitem").filter(has_text="slow.pdf")).to_have_count(0)
    riya.get_by_role("button", name="Give this time back").first.click()


def test_one_that_something_on_the_way_turns_back_is_said_not_to_have_arrived(
    product: Product, signed_in: Callable[..., Page]
) -> None:
    riya = signed_in(MENTEE)
    hold_a_time(riya, product, number=9)
    expect(field(riya)).to_be_visible()
    riya.route(re.compile("/intake/.*/files"), lambda route: route.fulfill(status=502, json={"error": "no upstream"}))

    choose(riya, sent("turned-back.pdf", CV))

    expect(field(riya)).to_contain_text("turned-back.pdf: It did not arrive. Please try again.")
    expect(field(riya).get_by_role("listitem").filter(has_text="turned-back.pdf")).to_have_count(0)
    riya.get_by_role("button", name="Give this time back").first.click()


_DROP = """([names, contents]) => {
  const carried = new DataTransfer();
  names.forEach((name, at) => carried.items.add(new File([new Uint8Array(contents[at])], name)));
  const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried });
  document.querySelector('.drop').dispatchEvent(event);
}"""
