"""The steps of the journey as a person's tabs take them: hold a time, pay for it, see it confirmed."""

from uuid import UUID

import httpx

from tests.people import People
from tests.scale.house import House
from tests.scale.tabs import BOOKING, CHECKOUT, INTAKE, MENTOR, Tab, free_starts

KABIR = "/mentors/kabir-deshmukh"
_CARD = {
    "email": "riya@example.org",
    "holder": "Riya Patil",
    "expiry": "04 / 39",
    "code": "123",
    "number": "4242 4242 4242 4242",
}
_INTAKE = {
    "goal": "A first product job by July",
    "situation": "I have built bridges for four years and want to move to product.",
    "question-1": "Which of my projects should lead my CV, and which should go?",
}


async def open_kabir(house: House, *, offering: UUID, cookie: str = "", token: str = "") -> Tab:
    """Open the mentor's page with one of his offerings chosen, at the week after this one: all of it lies ahead."""
    address = {"slug": "kabir-deshmukh", "offering": str(offering)}
    tab = await Tab.open(house.url, f"{KABIR}?offering={offering}", cookie=cookie, query=address, token=token)
    await tab.until(lambda: tab.wears(MENTOR, loaded=True, offering_id=str(offering)), "the mentor's page")
    await tab.send(MENTOR, "turn", weeks=1)
    await tab.until(lambda: not tab.value(MENTOR, "week")["is_first"], "the next week")
    return tab


async def choose(tab: Tab, start: str) -> None:
    """Choose a time of the week shown."""
    await tab.send(MENTOR, "choose", start=start)
    await tab.until(lambda: tab.wears(MENTOR, chosen=start), "the chosen time")


async def hold(tab: Tab, start: str) -> UUID:
    """Choose a time and hold it; returns the booking."""
    await choose(tab, start)
    return await press_hold(tab)


async def press_hold(tab: Tab) -> UUID:
    """Hold the chosen time; returns the booking."""
    tab.asked.clear()
    await tab.send(MENTOR, "hold")
    return UUID((await tab.until_sent_to("/checkout/")).rsplit("/", 1)[1])


async def hold_soonest(house: House, people: People, cookie: str) -> UUID:
    """Hold the third free time of the week shown, in a tab of its own."""
    tab = await open_kabir(house, offering=people.cv_review, cookie=cookie)
    booking = await hold(tab, free_starts(tab)[2])
    await tab.close()
    return booking


async def open_checkout(house: House, booking: UUID, cookie: str) -> Tab:
    """Open the page where a held time is paid for."""
    tab = await Tab.open(house.url, f"/checkout/{booking}", cookie=cookie, query={"booking_id": str(booking)})
    await tab.until(lambda: tab.wears(CHECKOUT, loaded=True, missing=False), "the checkout page")
    return tab


async def go_to_pay(tab: Tab) -> str:
    """Say what the session is about and press "Pay"; returns the address of the provider's page."""
    for name, text in _INTAKE.items():
        await tab.send(INTAKE, "write", name=name, text=text)
    await tab.until(lambda: tab.wears(INTAKE, is_whole=True), "a whole intake")
    await tab.send(CHECKOUT, "pay")
    return await tab.until_sent_to("http")


async def type_card(page: str) -> None:
    """Pay on the provider's page with a card that works."""
    async with httpx.AsyncClient(trust_env=False, timeout=30) as browser:
        shown = await browser.get(page)
        assert shown.status_code == 200
        answer = await browser.post(page, data=_CARD)
        assert answer.status_code == 303, answer.text


async def open_booking(house: House, booking: UUID, cookie: str, *, just: str = "") -> Tab:
    """Open the page of a booking, as the provider sends one back to it."""
    query = {"booking_id": str(booking)} | ({"just": just} if just else {})
    path = f"/sessions/{booking}" + (f"?just={just}" if just else "")
    tab = await Tab.open(house.url, path, cookie=cookie, query=query)
    await tab.until(lambda: tab.wears(BOOKING, loaded=True, missing=False), "the booking's page")
    return tab
