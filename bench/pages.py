"""What a page costs: the second start, the bytes of the browse page by kind, its largest paint, its idle memory.

A server with its defaults and the seeded demo, started twice on the same data; Chromium with an empty cache loads
the browse page, then idle tabs are opened by the hundred. Run `make bench`, or `PYTHONPATH=. python bench/pages.py`;
it prints one line a figure and, last, all of them as JSON.
"""

import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, async_playwright

from tests.scale.house import House
from tests.scale.tabs import Tab, full_name

BROWSE, LOADS, IDLE = "/mentors", 5, 150
KB = 1000
TARGETS = {
    "second_start_s": 2.0,
    "html_css_js_kb": 220.0,
    "fonts_kb": 90.0,
    "largest_portrait_kb": 3.0,
    "largest_paint_ms": 1000.0,
    "idle_page_kib": 300.0,
}
_PAINT = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().at(-1).startTime)).observe({type: "largest-contentful-paint", buffered: true}))"""


def start_seconds(house: House, and_then: Callable[[int], Any]) -> tuple[float, Any]:
    """How long from the command to the first page, and what `and_then` found while it served."""
    begun = time.perf_counter()
    with house.running("serve") as program:
        while True:
            try:
                httpx.get(f"{house.url}/", trust_env=False).raise_for_status()
                break
            except httpx.HTTPError:
                if program.poll() is not None:
                    raise RuntimeError(house.said()) from None
        return time.perf_counter() - begun, and_then(program.pid)


async def load(browser: Browser, url: str) -> tuple[dict[str, float], float, float]:
    """Bytes on the wire by kind, the largest portrait, and the largest paint in ms, of a first visit."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    kinds: dict[str, tuple[str, str]] = {}
    bytes_of: dict[str, float] = defaultdict(float)
    portraits = [0.0]

    def seen(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = (event["type"], event["response"]["url"])

    def done(event: dict[str, Any]) -> None:
        kind, address = kinds.get(event["requestId"], ("Other", ""))
        bytes_of[kind] += event["encodedDataLength"]
        if "/portraits/" in address:
            portraits.append(event["encodedDataLength"])

    wire.on("Network.responseReceived", seen)
    wire.on("Network.loadingFinished", done)
    await wire.send("Network.enable")
    await page.goto(url + BROWSE, wait_until="networkidle")
    await page.get_by_role("main").get_by_role("article").first.wait_for()
    paint = await page.evaluate(_PAINT)
    await context.close()
    return dict(bytes_of), max(portraits), paint


async def visits(house: House) -> dict[str, Any]:
    """The figures of the browse page."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        found = [await load(browser, house.url) for _ in range(LOADS)]
        await browser.close()
    kinds, portrait, _ = found[-1]
    by_kind = {kind: round(size / KB, 1) for kind, size in sorted(kinds.items())}
    return {
        "by_kind_kb": by_kind,
        "html_css_js_kb": round(sum(by_kind.get(kind, 0.0) for kind in ("Document", "Stylesheet", "Script")), 1),
        "fonts_kb": by_kind.get("Font", 0.0),
        "largest_portrait_kb": round(portrait / KB, 1),
        "largest_paint_ms": round(statistics.median(paint for *_, paint in found), 1),
    }


def memory_kib(pid: int) -> int:
    """The memory a process has for itself, its share of what it shares included."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1])


async def idle(house: House, server: int) -> float:
    """The server's memory for an idle browse page, in KiB, after the first few."""
    browse = full_name("browse", "BrowseState")

    async def open_one() -> Tab:
        tab = await Tab.open(house.url, BROWSE)
        await tab.until(lambda: tab.wears(browse, loaded=True), "the list of mentors")
        return tab

    first = [await open_one() for _ in range(20)]
    before = memory_kib(server)
    tabs = [await open_one() for _ in range(IDLE)]
    grown = memory_kib(server) - before
    await asyncio.gather(*(tab.close() for tab in (*first, *tabs)))
    return round(grown / IDLE, 1)


def measure(house: House) -> dict[str, Any]:
    first, _ = start_seconds(house, lambda pid: None)
    second, found = start_seconds(
        house, lambda pid: asyncio.run(visits(house)) | {"idle_page_kib": asyncio.run(idle(house, pid))}
    )
    return {"first_start_s": round(first, 2), "second_start_s": round(second, 2), **found}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(House(Path(folder)))
    for name, limit in TARGETS.items():
        print(f"{name}: {figures[name]} (at most {limit:g})")
    print(f"by kind, KB: {figures['by_kind_kb']}; first start, seeding included: {figures['first_start_s']} s")
    print(json.dumps({"bench": "pages", "figures": figures, "targets": TARGETS}))
    sys.exit(any(figures[name] > limit for name, limit in TARGETS.items()))
