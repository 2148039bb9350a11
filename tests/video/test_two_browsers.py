"""Two people in two browsers, through the web server's passage and a real media process."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.video.browsers import chromium, open_page, page_server, until
from tests.video.media_process import MediaProcess
from tests.video.pages import token


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def url(media: MediaProcess) -> Iterator[str]:
    with page_server(media.url) as address:
        yield address


@pytest.fixture
def both(browser: Browser, url: str) -> Iterator[tuple[Page, Page]]:
    """Riya and Kabir, both in the room and seeing each other."""
    riya, kabir = open_page(browser, url, token("riya")), open_page(browser, url, token("kabir"))
    for page in (riya, kabir):
        page.evaluate("room.join()")
    for page in (riya, kabir):
        until(page, "room.playing() > 0")
    yield riya, kabir
    for page in (riya, kabir):
        page.context.close()


def _more(page: Page, figure: str, *, by: float = 0) -> None:
    """Wait until a figure of the page's line has grown by more than `by` from now on."""
    before = page.evaluate(f"room.look().then((seen) => seen.{figure})")
    until(page, f"(await room.look()).{figure} > {before + by}")


def test_both_see_and_hear_each_other(both: tuple[Page, Page]) -> None:
    for page in both:
        _more(page, "decoded", by=20)
        _more(page, "audio")
        assert page.evaluate("room.playing()") > 0
        assert page.evaluate("room.reconnects()") == 0


def test_who_is_muted_or_without_picture_is_known_and_comes_back(both: tuple[Page, Page]) -> None:
    riya, kabir = both

    riya.evaluate("room.mute(true)")
    riya.evaluate("room.camera(false)")
    until(kabir, "room.other().camera === false && room.other().microphone === false")
    _more(kabir, "received", by=25)
    still = kabir.evaluate("room.look()")
    _more(kabir, "received", by=100)
    seen = kabir.evaluate("room.look()")
    assert seen["audio"] - still["audio"] < 0.001
    assert seen["decoded"] == still["decoded"]

    riya.evaluate("room.mute(false)")
    riya.evaluate("room.camera(true)")
    until(kabir, "room.other().camera && room.other().microphone")
    _more(kabir, "decoded", by=10)
    _more(kabir, "audio")


def test_a_shared_screen_appears_beside_the_camera_without_a_new_offer(both: tuple[Page, Page]) -> None:
    riya, kabir = both

    riya.evaluate("room.share(true)")

    until(kabir, "room.other().screen && room.screenPlaying() > 0")
    _more(kabir, "decoded", by=10)
    assert kabir.evaluate("room.reconnects()") == 0


def test_who_leaves_is_gone_at_once_and_may_come_back(both: tuple[Page, Page], media: MediaProcess) -> None:
    riya, kabir = both

    riya.evaluate("room.leave()")
    until(kabir, "room.other().presence === 'left'")
    assert media.attendance()[-1] == ("riya", "left", "left")

    riya.reload()
    until(riya, "window.room !== undefined && room.state().reached")
    riya.evaluate("room.join()")
    until(kabir, "room.other().presence === 'here'")
    until(riya, "room.playing() > 0")
    _more(kabir, "decoded", by=5)


def test_a_closed_tab_says_goodbye(both: tuple[Page, Page]) -> None:
    riya, kabir = both

    riya.goto("about:blank")

    until(kabir, "room.other().presence === 'left'", seconds=10)


def test_a_second_window_takes_the_place_and_the_first_is_told(
    both: tuple[Page, Page], browser: Browser, url: str
) -> None:
    riya, kabir = both

    second = open_page(browser, url, token("riya"))
    second.evaluate("room.join()")

    until(riya, "room.state().phase === 'refused' && room.state().reason === 'elsewhere'")
    until(second, "room.playing() > 0")
    _more(kabir, "decoded", by=5)
    second.context.close()


def test_without_camera_and_microphone_one_still_sees_and_hears(browser: Browser, url: str) -> None:
    riya = open_page(browser, url, token("riya"), listen=True)
    kabir = open_page(browser, url, token("kabir"))
    for page in (riya, kabir):
        page.evaluate("room.join()")

    until(riya, "room.playing() > 0")
    _more(riya, "audio")
    until(kabir, "room.other().presence === 'here' && room.other().camera === false")
    for page in (riya, kabir):
        page.context.close()


def test_both_come_back_by_themselves_after_the_media_process_was_killed(
    both: tuple[Page, Page], media: MediaProcess
) -> None:
    media.kill()
    media.start()

    for page in both:
        until(page, "room.reconnects() > 0 && room.state().phase === 'in'", seconds=30)
        _more(page, "decoded", by=5)
        _more(page, "audio")
    events = media.attendance()
    assert sorted(event for event in events if event[2] == "crashed") == [
        ("kabir", "left", "crashed"),
        ("riya", "left", "crashed"),
    ]
    assert sorted(event[0] for event in events[-2:]) == ["kabir", "riya"]
    assert {event[1] for event in events[-2:]} == {"joined"}
