"""The room as people see it, in two browsers: device check, two tiles, controls, and what goes wrong."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.video.media_process import MediaProcess
from tests.video.pages import token

_QUALITIES = ("good", "fair", "poor")  # how busy the machine is, not what is tried here
_NO_PERMISSION = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
_NO_DEVICES = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))"
_PLAYS = """video => new Promise((done) => {
  video.requestVideoFrameCallback(() => done(video.videoWidth > 0));
  setTimeout(() => done(`nothing plays: ${video.readyState} ${video.paused} ${video.srcObject?.active}`), 20000);
})"""


def _open(browser: Browser, url: str, user: str, other: str, *, script: str = "", width: int = 1280) -> Page:
    context = browser.new_context(permissions=["camera", "microphone"], viewport={"width": width, "height": 844})
    page = context.new_page()
    if script:
        page.add_init_script(script)
    page.goto(f"{url}/?token={token(user)}&other={other}")
    return page


def _remote(page: Page) -> Locator:
    return page.get_by_test_id("remote-video")


def test_two_people_check_their_devices_meet_and_part(browser: Browser, url: str) -> None:
    riya = _open(browser, url, "riya", "Kabir Deshmukh")
    expect(riya.get_by_text("Camera works")).to_be_visible()
    assert riya.get_by_test_id("preview-video").evaluate(_PLAYS) is True
    riya.get_by_test_id("join").click()
    expect(riya.get_by_text("Waiting for Kabir")).to_be_visible()

    kabir = _open(browser, url, "kabir", "Riya Kulkarni", width=390)
    expect(kabir.get_by_text("Riya is in the room")).to_be_visible()
    kabir.get_by_test_id("join").click()
    for page in (riya, kabir):
        expect(_remote(page)).to_be_visible()
        assert _remote(page).evaluate(_PLAYS) is True
        expect(page.get_by_text("left of 30 min")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text(re.compile("^Connection "))

    kabir.get_by_role("button", name="Stop video").click()
    kabir.get_by_role("button", name="Mute").click()
    expect(riya.get_by_text("Kabir has video off")).to_be_visible()
    expect(riya.get_by_text(", muted")).to_have_count(1)
    expect(kabir.get_by_role("button", name="Unmute")).to_be_visible()
    kabir.get_by_role("button", name="Start video").click()
    assert _remote(riya).evaluate(_PLAYS) is True

    kabir.get_by_role("button", name="Leave").click()
    expect(riya.get_by_role("heading", name="Kabir left")).to_be_visible()
    told = [word for word in kabir.evaluate("told") if word not in _QUALITIES]
    assert told == ["checking", "joining", "in", "on_left", "left"]
    kabir.get_by_role("button", name="Go back in").click()
    kabir.get_by_test_id("join").click()
    assert _remote(riya).evaluate(_PLAYS) is True
    for page in (riya, kabir):
        page.context.close()


def test_a_blocked_camera_is_explained_and_one_can_still_listen(browser: Browser, url: str) -> None:
    riya = _open(browser, url, "riya", "Kabir", script=_NO_PERMISSION)
    kabir = _open(browser, url, "kabir", "Riya")

    expect(riya.get_by_text("The camera is blocked")).to_be_visible()
    expect(riya.get_by_text("allow the microphone, then try again")).to_be_visible()
    for page in (riya, kabir):
        page.get_by_test_id("join").click()

    assert _remote(riya).evaluate(_PLAYS) is True
    expect(kabir.get_by_text("Riya has video off")).to_be_visible()
    for page in (riya, kabir):
        page.context.close()


def test_a_machine_without_devices_is_told_so(browser: Browser, url: str) -> None:
    riya = _open(browser, url, "riya", "Kabir", script=_NO_DEVICES)

    expect(riya.get_by_text("No camera found")).to_be_visible()
    expect(riya.get_by_text("You can go in and listen.")).to_be_visible()
    riya.get_by_test_id("join").click()
    expect(riya.get_by_text("Waiting for Kabir")).to_be_visible()
    riya.context.close()


def test_of_two_windows_the_one_where_join_was_pressed_last_is_in(browser: Browser, url: str) -> None:
    first = _open(browser, url, "riya", "Kabir")
    first.get_by_test_id("join").click()
    expect(first.get_by_text("Waiting for Kabir")).to_be_visible()
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_test_id("join").click()

    expect(first.get_by_text("You are in this room in another window.")).to_be_visible()
    expect(second.get_by_text("Waiting for Kabir")).to_be_visible()

    first.get_by_role("button", name="Use this window instead").click()
    first.get_by_test_id("join").click()
    expect(second.get_by_text("You are in this room in another window.")).to_be_visible()
    expect(first.get_by_text("Waiting for Kabir")).to_be_visible()
    first.context.close()


def test_a_dropped_line_is_told_and_comes_back(browser: Browser, url: str, media: MediaProcess) -> None:
    riya, kabir = _open(browser, url, "riya", "Kabir"), _open(browser, url, "kabir", "Riya")
    for page in (riya, kabir):
        page.get_by_test_id("join").click()
        expect(page.get_by_test_id("toggle-camera")).to_be_visible()
    assert _remote(riya).evaluate(_PLAYS) is True

    media.kill()
    expect(riya.get_by_text("Your line dropped")).to_be_visible(timeout=15_000)
    expect(riya.get_by_role("status")).to_have_text("Reconnecting")

    media.start()
    expect(riya.get_by_text("Your line dropped")).to_be_hidden(timeout=15_000)
    expect(_remote(riya)).to_be_visible()
    assert _remote(riya).evaluate(_PLAYS) is True
    assert riya.evaluate("told.filter((word) => word !== 'good')") == [
        "checking",
        "joining",
        "in",
        "reconnecting",
        "in",
    ]
    for page in (riya, kabir):
        page.context.close()
