"""A group's room as people see it, in three browsers: the grid, who is muted, a screen, and who goes and comes."""

from playwright.sync_api import Browser, Locator, Page, expect

from mentorhub.video.sdp import LARGEST_OFFER
from tests.video.media_process import MediaProcess
from tests.video.pages import token

PEOPLE = ("kabir", "riya", "sam")
_PLAYS = """video => new Promise((done) => {
  video.requestVideoFrameCallback(() => done(video.videoWidth > 0));
  setTimeout(() => done(`nothing plays: ${video.readyState} ${video.paused} ${video.srcObject?.active}`), 20000);
})"""
_A_SCREEN = """navigator.mediaDevices.getDisplayMedia = async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  let at = 0;
  setInterval(() => canvas.getContext('2d').fillRect(at++ % 600, 0, 40, 360), 100);
  return canvas.captureStream(10);
}"""


def _open(browser: Browser, url: str, user: str, *, width: int = 1280, dark: bool = False, places: int = 7) -> Page:
    context = browser.new_context(
        permissions=["camera", "microphone"],
        viewport={"width": width, "height": 844},
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.add_init_script(_A_SCREEN)
    page.goto(f"{url}/?token={token(user, places=places)}&other=&places={places}&expected={places - 1}")
    return page


def _tile(page: Page, user: str) -> Locator:
    return page.locator(f'[data-testid="group-tile"][data-user="{user}"]')


def _sees(page: Page, user: str) -> None:
    video = _tile(page, user).locator("video")
    expect(video).to_be_visible(timeout=15_000)
    assert video.evaluate(_PLAYS) is True


def test_three_people_of_six_see_each_other_in_a_grid(browser: Browser, url: str) -> None:
    pages = {
        "kabir": _open(browser, url, "kabir"),
        "riya": _open(browser, url, "riya", dark=True),
        "sam": _open(browser, url, "sam", width=390),
    }
    kabir, riya, sam = pages.values()
    expect(kabir.get_by_text("Nobody of 6 is here yet")).to_be_visible()
    expect(kabir.get_by_text("Only the people of this session can open this room")).to_be_visible()
    kabir.get_by_test_id("join").click()
    expect(kabir.get_by_role("heading", name="Waiting for the others")).to_be_visible()
    expect(riya.get_by_text("1 of 6 is here")).to_be_visible()
    for page in (sam, riya):
        page.get_by_test_id("join").click()

    for user, page in pages.items():
        for other in set(PEOPLE) - {user}:
            _sees(page, other)
    expect(kabir.get_by_test_id("group-presence")).to_have_text("3 of 6 are here")
    expect(riya.get_by_test_id("group-tile").first).to_contain_text("KabirMentor")
    assert sam.evaluate("document.documentElement.scrollWidth <= innerWidth") is True

    riya.get_by_role("button", name="Mute").click()
    expect(_tile(kabir, "riya")).to_contain_text(", muted")
    expect(_tile(kabir, "sam")).not_to_contain_text(", muted")
    riya.get_by_role("button", name="Stop video").click()
    expect(_tile(sam, "riya")).to_contain_text("Video off")
    riya.get_by_role("button", name="Start video").click()
    _sees(sam, "riya")

    kabir.get_by_role("button", name="Share screen").click()
    for page in (riya, sam):
        shown = page.get_by_test_id("group-screen").locator("video")
        expect(shown).to_be_visible()
        assert shown.evaluate(_PLAYS) is True
        _sees(page, "kabir")
    kabir.get_by_role("button", name="Stop sharing").click()
    expect(riya.get_by_test_id("group-screen")).to_have_count(0)

    sam.get_by_role("button", name="Leave").click()
    expect(sam.get_by_text("You can go back to the others until the room closes.")).to_be_visible()
    expect(_tile(kabir, "sam")).to_have_count(0)
    expect(kabir.get_by_text("Sam left")).to_be_attached()
    expect(kabir.get_by_test_id("group-presence")).to_have_text("2 of 6 are here")
    _sees(kabir, "riya")
    sam.get_by_role("button", name="Go back in").click()
    sam.get_by_test_id("join").click()
    _sees(kabir, "sam")
    _sees(sam, "riya")
    for page in pages.values():
        page.context.close()


def test_a_group_whose_line_drops_comes_back_together(browser: Browser, url: str, media: MediaProcess) -> None:
    pages = {user: _open(browser, url, user) for user in PEOPLE}
    for page in pages.values():
        page.get_by_test_id("join").click()
    _sees(pages["riya"], "sam")

    media.kill()
    expect(pages["riya"].get_by_text("Your line dropped")).to_be_visible(timeout=15_000)
    media.start()

    for user, page in pages.items():
        for other in set(PEOPLE) - {user}:
            _sees(page, other)
        expect(page.get_by_text("Your line dropped")).to_have_count(0)
    for page in pages.values():
        page.context.close()


def test_the_largest_group_fits_into_one_offer(browser: Browser, url: str) -> None:
    pages = {user: _open(browser, url, user, places=21) for user in ("kabir", "riya")}
    sizes: list[int] = []
    for page in pages.values():
        page.on("request", lambda request: "/join" in request.url and sizes.append(len(request.post_data or "")))
        page.get_by_test_id("join").click()

    _sees(pages["kabir"], "riya")
    _sees(pages["riya"], "kabir")
    assert max(sizes) < LARGEST_OFFER
    for page in pages.values():
        page.context.close()
