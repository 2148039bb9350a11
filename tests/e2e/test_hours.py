"""A mentor opens hours by dragging and by keyboard; the grid and the list always show the same."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Dialog, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.places import MENTOR
from tests.e2e.product import Product

_FROM, _HOURS = 7, 15


def _at(page: Page, weekday: int, hour: float) -> tuple[float, float]:
    """The middle of a day's column at an hour of the usual grid, on the screen."""
    column = page.locator(f".calendar-col[data-weekday='{weekday}']")
    column.scroll_into_view_if_needed()
    box = column.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * (hour - _FROM) / _HOURS


def _drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def _clear(page: Page, day: str) -> None:
    switch = page.get_by_role("switch", name=f"Open on {day}")
    if switch.is_checked():
        switch.click(force=True)
        expect(switch).not_to_be_checked()


def _shows(page: Page, day: str, start: str, end: str) -> None:
    expect(page.get_by_label(f"{day} from")).to_have_value(start)
    expect(page.get_by_label(f"{day} to")).to_have_value(end)


def test_hours_are_dragged_open_moved_stretched_and_saved(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    page = person("Europe/London").new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    open_page(page, "/mentoring/hours")
    for day in ("Saturday", "Sunday"):
        _clear(page, day)

    _drag(page, _at(page, 6, 10), _at(page, 6, 12))
    _shows(page, "Sunday", "10:00", "12:00")
    _drag(page, _at(page, 6, 11.95), _at(page, 6, 13))
    _shows(page, "Sunday", "10:00", "13:00")
    _drag(page, _at(page, 6, 11.5), _at(page, 5, 12.5))
    _shows(page, "Saturday", "11:00", "14:00")
    expect(page.get_by_role("switch", name="Open on Sunday")).not_to_be_checked()
    _drag(page, _at(page, 5, 13.95), _at(page, 5, 10))
    _shows(page, "Saturday", "11:00", "14:00")
    page.locator(".calendar-col[data-weekday='5'] .band-off").click()
    expect(page.get_by_role("switch", name="Open on Saturday")).not_to_be_checked()

    _drag(page, _at(page, 6, 15), _at(page, 6, 16))
    _shows(page, "Sunday", "15:00", "16:00")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Home", exact=True).first.click()
    assert asked == ["Leave without saving your changes?"]
    page.get_by_role("button", name="Save hours").click()
    expect(page.get_by_text("Everything is saved")).to_be_visible()
    open_page(page, "/mentoring/hours")
    _shows(page, "Sunday", "15:00", "16:00")


def test_the_same_by_keyboard_alone_with_the_wrong_row_in_red(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    page = person("Europe/London").new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    open_page(page, "/mentoring/hours")
    _clear(page, "Saturday")

    page.get_by_role("switch", name="Open on Saturday").focus()
    page.keyboard.press("Space")
    _shows(page, "Saturday", "09:00", "12:00")
    page.get_by_label("Saturday to").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    expect(page.get_by_text("The end is before the start. Not counted until it is right.")).to_be_visible()
    expect(page.locator(".calendar-col[data-weekday='5'] .band")).to_have_count(0)
    page.get_by_label("Saturday to").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1015")
    page.keyboard.press("Tab")
    expect(page.locator(".calendar-col[data-weekday='5'] .band")).to_have_text("09:0010:15×")
    page.get_by_role("button", name="Save hours").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Everything is saved")).to_be_visible()


def test_on_a_phone_a_tap_opens_an_hour_of_the_day_that_is_shown(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    page = person("Europe/London", viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    open_page(page, "/mentoring/hours")
    _clear(page, "Sunday")

    page.locator(".week-day", has_text="Sun").tap()
    page.touchscreen.tap(*_at(page, 6, 16.1))

    _shows(page, "Sunday", "16:00", "17:00")
