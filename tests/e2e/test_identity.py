"""One person's account in real browsers: in by mail, in two tabs and two browsers, over a restart, and out."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.browsers import PHONE, follow, open_page, sign_in
from tests.e2e.product import Product, link_of

PASSWORD, NEW_PASSWORD = "rainy days in pune", "snow on the ghats"


def _press(page: Page, name: str) -> None:
    """Press the button of a plain form and wait for the page it leads to."""
    follow(page.get_by_role("button", name=name, exact=True))


def _register(page: Page, product: Product, email: str) -> None:
    """Sign up, first with a mistake in each field that the browser itself does not catch."""
    open_page(page, "/sign-up?next=/account")
    page.get_by_label("Your name").fill("see evil.example")
    page.get_by_label("Email").fill("asha@savitri")
    page.get_by_label("Password").fill("short")
    _press(page, "Create account")
    expect(page.get_by_text("without addresses or symbols")).to_be_visible()
    expect(page.get_by_text("This address misses its ending")).to_be_visible()
    expect(page.get_by_text("at least 10 characters")).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value("asha@savitri")
    expect(page.get_by_label("Password")).to_have_value("")

    page.get_by_label("Your name").fill("Asha Rao")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    _press(page, "Create account")
    expect(page.get_by_text(email)).to_be_visible()
    open_page(page, link_of(product.mail(email, "confirm"), "/verify"))
    _press(page, "Confirm my address")
    expect(page).to_have_url(re.compile("/account"))


def test_an_account_from_sign_up_to_sign_out_in_two_tabs_and_two_browsers(
    person: Callable[..., BrowserContext], product: Product
) -> None:
    desk, phone = person("Asia/Kolkata"), person("Asia/Kolkata", viewport=PHONE)
    page = desk.new_page()
    _register(page, product, "asha@example.org")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Kolkata")
    assert "mh_session" not in page.evaluate("document.cookie")

    second_tab = desk.new_page()
    open_page(second_tab, "/account")
    expect(second_tab.get_by_role("heading", name="About you")).to_be_visible()

    elsewhere = phone.new_page()
    open_page(elsewhere, "/sign-in?next=/account")
    elsewhere.get_by_label("Email").fill("Asha@Example.org")
    elsewhere.get_by_label("Password").fill("not her password")
    _press(elsewhere, "Sign in")
    expect(elsewhere.get_by_text("do not match an account")).to_be_visible()
    expect(elsewhere.get_by_label("Email")).to_have_value("Asha@Example.org")
    elsewhere.get_by_label("Password").fill(PASSWORD)
    _press(elsewhere, "Sign in")
    expect(elsewhere.get_by_role("heading", name="About you")).to_be_visible()

    open_page(page, "/account")
    expect(page.get_by_text("This browser")).to_have_count(1)
    _press(page, "Sign out everywhere else")
    open_page(elsewhere, "/account")
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()

    with page.expect_navigation():
        page.get_by_role("button", name="Your account").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
    second_tab.reload()
    expect(second_tab.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_forgotten_password_is_set_anew_and_a_restart_signs_nobody_out(
    person: Callable[..., BrowserContext], product: Product
) -> None:
    page = person("Asia/Kolkata").new_page()
    _register(page, product, "asha.two@example.org")
    stays = person("Asia/Kolkata").new_page()
    sign_in(stays, email="asha.two@example.org", password=PASSWORD, onward="/account")

    forgetful = person("Asia/Kolkata").new_page()
    open_page(forgetful, "/forgot")
    forgetful.get_by_label("Email").fill("asha.two@example.org")
    _press(forgetful, "Send me a link")
    expect(forgetful.get_by_text("is on its way")).to_be_visible()
    open_page(forgetful, link_of(product.mail("asha.two@example.org", "choose a new password"), "/reset"))
    forgetful.get_by_label("New password").fill(NEW_PASSWORD)
    _press(forgetful, "Save the password")
    expect(forgetful.get_by_text("Your new password is set")).to_be_visible()
    forgetful.get_by_label("Password").fill(NEW_PASSWORD)
    _press(forgetful, "Sign in")

    open_page(stays, "/account")
    expect(stays.get_by_role("heading", name="Sign in")).to_be_visible()
    product.kill()
    product.start()
    open_page(forgetful, "/account")
    expect(forgetful.get_by_role("heading", name="About you")).to_be_visible()


def test_every_mail_of_the_demo_can_be_read_in_the_browser(
    person: Callable[..., BrowserContext], product: Product
) -> None:
    page = person("Asia/Kolkata").new_page()
    _register(page, product, "asha.three@example.org")

    open_page(page, "/mailbox")
    page.get_by_role("link", name=re.compile("Please confirm your address.*asha.three@example.org")).click()

    expect(page.get_by_role("heading", name="Please confirm your address")).to_be_visible()
    expect(page.frame_locator("iframe").get_by_role("link", name="Confirm this address")).to_be_visible()
    expect(page.locator("main a", has_text="/verify?token=")).to_be_visible()
