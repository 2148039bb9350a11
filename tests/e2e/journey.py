"""The steps of the main journey, each as a person takes it: by labels and buttons, waiting for what they would see."""

import itertools
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsers import eventually_on, follow, open_page
from tests.e2e.product import Product, link_of

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GOOD_CARD, DECLINED_CARD = "4242 4242 4242 4242", "4000 0000 0000 0002"


@dataclass(frozen=True)
class Person:
    """Somebody new, with a browser of their own."""

    name: str
    email: str
    password: str
    page: Page


def join(who: Person, product: Product, *, onward: str) -> None:
    """Sign up, confirm the address with the link of the mail, and go on."""
    page = who.page
    open_page(page, "/sign-up")
    page.get_by_label("Your name").fill(who.name)
    page.get_by_label("Email").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    open_page(page, link_of(product.mail(who.email, "confirm"), "/verify"))
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.get_by_role("button", name="Your account")).to_be_visible()
    open_page(page, onward)


def become_a_mentor(mentor: Person) -> None:
    """Write a profile with one area of expertise; the switch refuses and says what is missing."""
    page = mentor.page
    page.get_by_role("button", name="Start your mentor profile").click()
    page.get_by_label("What you do").fill("Staff product manager")
    page.get_by_label("Where", exact=True).fill("Fernway")
    page.get_by_label("City").fill("London")
    page.get_by_label("Country").select_option(label="United Kingdom")
    page.get_by_label("In one sentence").fill("From civil engineering to product management, without a second degree")
    page.get_by_label("Why somebody should meet you").fill("Moved from bridges to products\nHired forty people")
    page.get_by_label("One honest gap").fill("Knows little of hardware")
    page.get_by_label("About you").fill(
        "I built bridges for six years and products for nine. I read CVs the way a hiring manager does, and I say "
        "plainly what I would leave out."
    )
    page.get_by_label("Add a language").select_option(label="English")
    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_text("Saved").first).to_be_visible()
    page.get_by_label("Area", exact=True).fill("Product management")
    page.get_by_label("Years").fill("9")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("group", name="Your areas")).to_contain_text("Product management")
    page.get_by_label("Open to mentorship").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("session|hours", re.IGNORECASE))


def offer(mentor: Person, *, title: str, price: str) -> None:
    """Add a paid session of thirty minutes; what is left of the price is shown before it is saved."""
    page = mentor.page
    open_page(page, "/mentoring/offerings")
    page.get_by_label("You price in").select_option("INR")
    page.get_by_role("button", name="Add your first session").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Length").select_option("30")
    page.get_by_label(re.compile("^Price in")).fill(price)
    page.get_by_label("They send you before").fill("Your CV and one job you want")
    expect(page.get_by_text("₹1,052").first).to_be_visible()
    page.get_by_label("They leave with").fill("A CV that says one thing")
    page.get_by_role("button", name="Save session").click()
    expect(page.get_by_role("listitem").filter(has_text=title)).to_be_visible()


def open_hours(mentor: Person) -> None:
    """Open every day of the week on the mentor's own clock."""
    page = mentor.page
    open_page(page, "/mentoring/hours")
    for day in _WEEKDAYS:
        page.get_by_role("switch", name=f"Open on {day}").click(force=True)
        expect(page.get_by_role("switch", name=f"Open on {day}")).to_be_checked()
    page.get_by_role("button", name="Save hours").click()
    expect(page.get_by_role("button", name="Save hours")).to_be_disabled()


def open_to_mentorship(mentor: Person) -> None:
    """Turn the switch on; it stays on."""
    page = mentor.page
    open_page(page, "/mentoring/profile")
    page.get_by_label("Open to mentorship").click()
    expect(page.get_by_text("People can find and book you.")).to_be_visible()


def find(page: Page, words: str, name: str) -> None:
    """Search, and open the mentor's own page."""
    open_page(page, "/mentors")
    page.get_by_role("searchbox").first.fill(words)
    page.get_by_role("searchbox").first.press("Enter")
    follow(page.get_by_role("link", name=name).first)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def free_slots(page: Page) -> Locator:
    """The times of the shown week that can be chosen, in the order of the page."""
    return page.locator(".week").get_by_role("button")


def turn_to_next_week(page: Page) -> None:
    """Turn the grid one week on and wait until it shows it."""
    shown = page.locator(".booking-week span").first
    before = shown.inner_text()
    page.get_by_role("button", name="Week after").click()
    expect(shown).not_to_have_text(before)


def choose_a_time(page: Page) -> str:
    """Choose the last free time of next week; returns how it is spoken."""
    turn_to_next_week(page)
    slot = free_slots(page).last
    spoken = slot.get_attribute("aria-label") or ""
    slot.click()
    expect(page.get_by_role("button", name=spoken)).to_have_attribute("aria-pressed", "true")
    return spoken


def write_intake(page: Page) -> None:
    """Say what the session is about; the button opens once the intake is whole."""
    page.get_by_label("What are you working towards?").fill("A first product job by July")
    page.get_by_label("Where are you now?").fill("I have built bridges for four years and want to move to product.")
    page.get_by_label("Links", exact=True).fill("https://example.org/cv.pdf")
    question = page.get_by_label("What is your question?")
    question.fill("Which of my projects should lead my CV, and which should go?")
    question.press("Tab")
    expect(page.get_by_text("Everything is there.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^(Pay|Send request|Confirm)"))).to_be_enabled()


def pay(page: Page, card: str) -> None:
    """Fill the provider's card form and press its button."""
    page.get_by_label("Card number").fill(card)
    page.get_by_label("Expiry, month and year").fill("12 / 34")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("Name on the card").fill("R Patil")
    page.get_by_role("button", name=re.compile("pay", re.IGNORECASE)).click()


def enter_the_room(page: Page, path: str) -> None:
    """Pass the device check and go in."""
    open_page(page, path)
    expect(page.get_by_test_id("preview-video")).to_be_visible()
    page.get_by_test_id("join").click()
    expect(page.get_by_test_id("leave")).to_be_visible()


_STATS = """async () => {
  const video = document.querySelector('[data-testid="remote-video"]');
  const seen = { width: video?.videoWidth ?? 0, decoded: 0, energy: 0 };
  for (const peer of window.heardPeers ?? []) {
    for (const report of (await peer.getStats()).values()) {
      if (report.type !== 'inbound-rtp') continue;
      seen.decoded += report.framesDecoded ?? 0;
      seen.energy += report.totalAudioEnergy ?? 0;
    }
  }
  return seen;
}"""
LISTEN = """(() => {
  const Real = window.RTCPeerConnection;
  window.heardPeers = [];
  window.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); window.heardPeers.push(this); }
  };
})()"""
"""Lets a test read the statistics of the page's own connections; changes nothing of how they work."""


def sees_and_hears(page: Page) -> None:
    """Wait until the other's picture has a size, more frames are decoded and more sound is heard from now on."""
    expect(page.get_by_test_id("remote-video")).to_be_visible()
    eventually_on(
        page, f"async () => {{ const s = await ({_STATS})(); return s.width > 0 && s.decoded > 0; }}", "a picture"
    )
    before: dict[str, Any] = page.evaluate(_STATS)
    more = f"""async () => {{
      const now = await ({_STATS})();
      return now.decoded > {before["decoded"]} + 10 && now.energy > {before["energy"]};
    }}"""
    eventually_on(page, more, f"more frames and sound than {before}")


def _end_of_notes(page: Page) -> None:
    # Before its facts arrive the notepad takes no letters.
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "false")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")


def write(page: Page, line: str) -> None:
    """Type a line of its own at the end of the shared notes."""
    _end_of_notes(page)
    page.keyboard.press("Enter")
    page.keyboard.type(line)


def write_at_once(*parts: tuple[Page, str]) -> None:
    """Type letter by letter in turns, each person in a line of their own."""
    for page, _ in parts:
        _end_of_notes(page)
        page.keyboard.press("Enter")
        expect(page.locator(".cm-line")).to_have_count(1 + parts.index((page, _)) + 1)
    for letters in itertools.zip_longest(*(words for _, words in parts), fillvalue=""):
        for (page, _), letter in zip(parts, letters, strict=True):
            page.keyboard.insert_text(letter)
