"""The mentor sorts requests (PRODUCT.md J5), with two browsers in two zones: asked, asked back, declined, accepted."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e import axe, journey
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.product import Product, words_of

pytestmark = pytest.mark.e2e
MENTEE, MENTOR = "riya@demo.example", "robin@demo.example"


@pytest.fixture
def riya(person: Callable[..., BrowserContext]) -> Page:
    page = person("Asia/Kolkata").new_page()
    sign_in(page, email=MENTEE, password=PASSWORD)
    return page


@pytest.fixture
def robin(person: Callable[..., BrowserContext]) -> Page:
    page = person("America/New_York").new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    return page


def _answer_first(robin: Page) -> None:
    """Robin's free session is to be asked for from now on, by everybody."""
    open_page(robin, "/mentoring/offerings")
    free = robin.get_by_role("listitem").filter(has_text="Try it out").first
    free.get_by_role("button", name=re.compile("^Change|^Edit")).click()
    robin.get_by_label("I answer each request first").check()
    robin.get_by_label("People I have met book at once").uncheck()
    robin.get_by_role("button", name="Save session").click()
    expect(robin.get_by_text("you answer first").first).to_be_visible()


def _ask(riya: Page) -> str:
    """Hold a time of next week and send the request; returns the path of its page."""
    open_page(riya, "/mentors/robin-vale")
    free = riya.get_by_role("radio", name=re.compile("Try it out")).first
    free.click(force=True)
    journey.choose_a_time(riya)
    expect(riya.get_by_text(re.compile(r"Robin answers by \w{3} \d")).first).to_be_visible()
    riya.get_by_role("button", name=re.compile("^Hold")).first.click()
    expect(riya).to_have_url(re.compile("/checkout/"))
    send = riya.get_by_role("button", name="Send request")
    expect(send).to_be_disabled()
    riya.get_by_label("What is your question?").fill("Can you be my mentor?")
    expect(riya.get_by_text("can answer this with one word.")).to_be_visible()
    journey.write_intake(riya)
    riya.reload()
    expect(riya.get_by_label("Where are you now?")).to_have_value(re.compile("bridges"))
    question = riya.get_by_label("What is your question?")
    question.fill("")
    expect(riya.get_by_text(re.compile("^Not yet"))).to_be_visible()
    send.click(force=True)
    expect(riya.get_by_role("alert")).to_contain_text("Write at least one question.")
    question.fill("Which of my projects should lead my CV, and which should go?")
    send.click(force=True)
    expect(riya).to_have_url(re.compile("/sessions/"))
    expect(riya.get_by_text(re.compile("Robin answers by")).first).to_be_visible()
    return "/" + riya.url.split("/", 3)[3].partition("?")[0].strip("/")


def test_a_request_is_asked_back_replied_to_and_declined_kindly_and_the_next_one_accepted(
    product: Product, riya: Page, robin: Page
) -> None:
    _answer_first(robin)
    open_page(robin, "/mentoring/requests")
    expect(robin.get_by_text("Nothing waits for you")).to_be_visible()

    asked = _ask(riya)
    card = robin.get_by_role("article").filter(has_text="Riya Patil")
    expect(card).to_contain_text("Which of my projects should lead my CV")
    expect(card.get_by_text("Facts, not a score")).to_be_visible()
    assert axe.violations(robin) == []

    card.get_by_text("Ask a question").click()
    card.get_by_label("Your question").fill("Which job do you want most?")
    card.get_by_role("button", name="Send the question").click()
    expect(card).to_contain_text("Paused, waiting for Riya until")
    riya.get_by_label("Your reply to Robin").fill("The one in Pune.")
    assert axe.violations(riya) == []
    riya.get_by_role("button", name="Send the reply").click()
    expect(card).to_contain_text("The one in Pune.")
    expect(card).to_contain_text("Answer by")

    card.get_by_text("Decline", exact=True).click()
    card.get_by_label("Unclear ask").check(force=True)
    card.get_by_role("button", name="Send and decline").click()
    expect(robin.get_by_text("Nothing waits for you")).to_be_visible()
    expect(riya.get_by_text("A narrower question often does it. Nothing was charged.")).to_be_visible()
    assert "It was not clear enough" in words_of(product.mail(MENTEE, "cannot take"))
    open_page(robin, asked)
    expect(robin.get_by_text("You declined this request.")).to_be_visible()
    open_page(robin, "/mentoring/requests")

    again = _ask(riya)
    assert again != asked
    robin.get_by_role("article").filter(has_text="Riya Patil").get_by_role("button", name="Accept").click()
    expect(robin.get_by_text("Accepted. Riya is told.")).to_be_visible()
    expect(riya.get_by_text("Confirmed").first).to_be_visible()
