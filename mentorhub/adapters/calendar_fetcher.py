"""Calendars at public addresses: fetched with a guard against our own network, and limits on size and time."""

import asyncio
import ipaddress
import socket
import ssl
import zlib
from collections.abc import Callable, Collection
from concurrent.futures import Future
from threading import Thread
from urllib.parse import urljoin, urlsplit

import httpx

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.scheduling.errors import CalendarUnreadable
from mentorhub.domain.scheduling.ports import CalendarCopy
from mentorhub.domain.scheduling.rules.addresses import calendar_address

_MOST_BYTES = 2 * 1024 * 1024
_MOST_HOPS = 3
_SECONDS_IN_ALL = 10.0
_REDIRECTS = (301, 302, 303, 307, 308)
_DATED = "dated:"
_MARK_LASTS = 300
_ASKS = {
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "gzip, identity",
    "User-Agent": "MentorHub calendar reader",
}
_TRANSLATED = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""IPv6 networks that lead to IPv4 addresses of anybody's choice."""


class HttpCalendarFetcher:
    """Fetches over https from addresses the whole internet can reach; `own_hosts` ("host:port") are let through."""

    def __init__(
        self,
        *,
        own_hosts: Collection[str] = (),
        seconds_in_all: float = _SECONDS_IN_ALL,
        trusted: ssl.SSLContext | None = None,
        look_up: Callable[[str, int], list[str]] | None = None,
    ) -> None:
        """`trusted` are the authorities whose certificates count; the usual public ones by default.

        `look_up` finds the numbers of a host and port, raising OSError when there are none; by default the system's.
        """
        self._own_hosts = frozenset(own_hosts)
        self._trusted = trusted or httpx.create_ssl_context(trust_env=False)
        self._seconds = seconds_in_all
        self._look_up = look_up or _numbers_of

    def fetch(self, address: str, *, mark: str = "") -> CalendarCopy:
        """As the port says; nothing is kept between two calls, no cookie and no connection."""
        try:
            return asyncio.run(self._within_time(address, mark))
        except TimeoutError:
            raise CalendarUnreadable("The calendar's server takes too long to answer.") from None
        except httpx.HTTPError:
            raise CalendarUnreadable("The calendar's server cannot be reached.") from None

    async def _within_time(self, address: str, mark: str) -> CalendarCopy:
        async with asyncio.timeout(self._seconds):
            for _ in range(_MOST_HOPS + 1):
                answer = await self._ask(address, mark)
                if isinstance(answer, CalendarCopy):
                    return answer
                address = answer
        raise CalendarUnreadable("The calendar's server sends us from one address to the next.")

    async def _ask(self, address: str, mark: str) -> CalendarCopy | str:
        """The answer of one address, or the address it sends us to."""
        try:
            address = calendar_address(address, own_hosts=self._own_hosts)
        except FieldError:
            raise CalendarUnreadable("The calendar's server sends us to an address we do not read.") from None
        url = httpx.URL(address)
        pinned = await self._pinned(url)
        asked = {**_ASKS, **_conditions(mark), "Host": url.netloc.decode("ascii")}
        async with (
            httpx.AsyncClient(verify=self._trusted, trust_env=False, timeout=self._seconds) as client,
            client.stream("GET", pinned, headers=asked, extensions={"sni_hostname": url.raw_host.decode()}) as answer,
        ):
            return await _copy_or_redirect(answer, address)

    async def _pinned(self, url: httpx.URL) -> httpx.URL:
        """The same address with the number we looked up in place of the name: a second look-up could differ."""
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            numbers = await _unwaited(lambda: self._look_up(url.host, port))
        except (OSError, UnicodeError):
            raise CalendarUnreadable("The calendar's server cannot be found.") from None
        is_own = urlsplit(str(url)).netloc in self._own_hosts
        if not numbers or not (is_own or all(is_public(number) for number in numbers)):
            raise CalendarUnreadable("The address leads into a private network, which we do not read.")
        return url.copy_with(host=numbers[0])


def is_public(number: str) -> bool:
    """Whether an IP address is one of the whole internet, and not another way to write one that is not."""
    try:
        found = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (
        found.ipv4_mapped is not None or any(found in net for net in _TRANSLATED)
    ):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


async def _unwaited(work: Callable[[], list[str]]) -> list[str]:
    """The answer of blocking work, from a thread of its own whose end nobody waits for once the time is over.

    A look-up cannot be called off, and the loop joins the threads of its own pool before it closes.
    """
    answer: Future[list[str]] = Future()

    def run() -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            answer.set_result(work())
        except Exception as refusal:
            answer.set_exception(refusal)

    Thread(target=run, name="look-up", daemon=True).start()
    return await asyncio.wrap_future(answer)


def _numbers_of(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _conditions(mark: str) -> dict[str, str]:
    if not mark:
        return {}
    return {"If-Modified-Since": mark.removeprefix(_DATED)} if mark.startswith(_DATED) else {"If-None-Match": mark}


async def _copy_or_redirect(answer: httpx.Response, address: str) -> CalendarCopy | str:
    if answer.status_code == httpx.codes.NOT_MODIFIED:
        return CalendarCopy(None, _mark(answer))
    if answer.status_code in _REDIRECTS and "location" in answer.headers:
        return urljoin(address, answer.headers["location"])
    if answer.status_code in (401, 403, 404, 410):
        raise CalendarUnreadable("The calendar's server says that there is no calendar for us at this address.")
    if answer.status_code != httpx.codes.OK:
        raise CalendarUnreadable(f"The calendar's server answers with an error ({answer.status_code}).")
    if "text/html" in answer.headers.get("content-type", "").lower():
        raise CalendarUnreadable("The address answers with a web page, not with a calendar.")
    return CalendarCopy(await _content(answer), _mark(answer))


def _mark(answer: httpx.Response) -> str:
    etag, dated = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    mark = etag or (f"{_DATED}{dated}" if dated else "")
    return mark if len(mark) <= _MARK_LASTS and mark.isascii() else ""


async def _content(answer: httpx.Response) -> bytes:
    """The body, unpacked by ourselves so that a small answer cannot become a huge one in memory."""
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", ""):
        raise CalendarUnreadable("The calendar's server answers in a form we cannot read.")
    unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    content = bytearray()
    async for chunk in answer.aiter_raw():
        try:
            content += unpack.decompress(chunk, _MOST_BYTES + 1 - len(content)) if unpack else chunk
        except zlib.error:
            raise CalendarUnreadable("The calendar's server answers in a form we cannot read.") from None
        if len(content) > _MOST_BYTES:
            raise CalendarUnreadable("The calendar is larger than 2 MB.")
    return bytes(content)
