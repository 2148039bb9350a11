"""One participant's encrypted connection, and the only place that touches private names of aiortc and aioice.

aiortc has no public way to forward RTP without decoding it. Two handlers of its DTLS transport are
overridden, and once connected SRTP datagrams go straight from the socket to us and back, past its queues.
`check_contract` refuses to start when a new version has moved any of the names used here.
"""

import asyncio
import inspect
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import aioice.ice
import pylibsrtp
from aiortc import (
    RTCCertificate,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceCandidate,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)
from aiortc.sdp import candidate_to_sdp

from mentorhub.video.packets import is_rtcp
from mentorhub.video.sdp import LocalEnd

CONNECT_SECONDS = 12.0
"""How long a page may take from its offer until the line is encrypted."""

_LOOPBACK = "127.0.0.1"
_SRTP_FIRST_BYTES = range(128, 192)
_found_addresses = aioice.ice.get_host_addresses


class ContractBroken(Exception):
    """The installed aiortc or aioice no longer has a name that forwarding needs; the message lists them."""


def check_contract() -> None:
    """Compare the private names used here with the installed libraries; raises ContractBroken."""
    wanted = {
        (RTCDtlsTransport, "_handle_rtp_data"): ["self", "data", "arrival_time_ms"],
        (RTCDtlsTransport, "_handle_rtcp_data"): ["self", "data"],
        (RTCDtlsTransport, "_set_role"): ["self", "role"],
        (aioice.ice.StunProtocol, "datagram_received"): ["self", "data", "addr"],
        (aioice.ice, "get_host_addresses"): ["use_ipv4", "use_ipv6"],
    }
    broken = [
        f"{getattr(owner, '__name__', owner)}.{name}"
        for (owner, name), arguments in wanted.items()
        if list(inspect.signature(getattr(owner, name, lambda: None)).parameters) != arguments
    ]
    gatherer = RTCIceGatherer(iceServers=[])
    dtls = RTCDtlsTransport(RTCIceTransport(gatherer), [RTCCertificate.generateCertificate()])
    connection = getattr(gatherer, "_connection", None)
    attributes = [
        (dtls, "_rx_srtp"),
        (dtls, "_tx_srtp"),
        (connection, "_nominated"),
        (connection, "_protocols"),
    ]
    broken += [f"{type(owner).__name__}.{name}" for owner, name in attributes if not hasattr(owner, name)]
    if broken:
        raise ContractBroken("not as expected in the installed libraries: " + ", ".join(broken))


def offer_addresses(only: Iterable[str] = (), *, loopback: bool = False) -> None:
    """Choose, for the whole process, which of this machine's addresses are offered to pages.

    Without `only` all but the loopback are; `loopback` adds 127.0.0.1, for a product on one machine.
    """
    chosen = list(only)

    def addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        found = chosen or _found_addresses(use_ipv4, use_ipv6)
        extra = [_LOOPBACK] if loopback and _LOOPBACK not in found else []
        return [*found, *extra]

    aioice.ice.get_host_addresses = addresses


class _Dtls(RTCDtlsTransport):
    on_rtp: Callable[[bytes], None]
    on_rtcp: Callable[[bytes], None]

    async def _handle_rtp_data(self, data: bytes, arrival_time_ms: int) -> None:
        self.on_rtp(data)

    async def _handle_rtcp_data(self, data: bytes) -> None:
        self.on_rtcp(data)


class Transport:
    """ICE, DTLS and SRTP of one page; `on_rtp` and `on_rtcp` get decrypted packets.

    `on_closed` is called once when the line ends for whatever reason but our own `close`.
    """

    def __init__(
        self,
        certificate: RTCCertificate,
        *,
        on_rtp: Callable[[bytes], None],
        on_rtcp: Callable[[bytes], None],
        on_closed: Callable[[], None],
    ) -> None:
        self._gatherer = RTCIceGatherer(iceServers=[])
        self._ice = RTCIceTransport(self._gatherer)
        self._dtls = _Dtls(self._ice, [certificate])
        self._dtls._set_role("client")
        self._dtls.on_rtp = on_rtp
        self._dtls.on_rtcp = on_rtcp
        self._on_closed = on_closed
        self._closed = False
        self._pair: Any = None
        self._sendto: Callable[[bytes, Any], None] | None = None
        self._address: Any = None
        self.heard_at = time.monotonic()

    async def prepare(self, public_address: str | None) -> LocalEnd:
        """Open sockets; `public_address` takes the place of this machine's own IPv4 addresses."""
        await self._gatherer.gather()
        parameters = self._gatherer.getLocalParameters()
        fingerprints = self._dtls.getLocalParameters().fingerprints
        return LocalEnd(
            username=str(parameters.usernameFragment),
            password=str(parameters.password),
            fingerprint=next(item.value for item in fingerprints if item.algorithm == "sha-256"),
            candidates=[_described(candidate, public_address) for candidate in self._gatherer.getLocalCandidates()],
        )

    async def connect(self, ice: RTCIceParameters, dtls: RTCDtlsParameters, candidates: list[RTCIceCandidate]) -> bool:
        """Bring the line up; `False` when the page never arrived or showed another certificate.

        An offer without candidates is fine: the page's own checks tell us where it is.
        """
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                for candidate in candidates:
                    await self._ice.addRemoteCandidate(candidate)
                await self._ice.start(ice)
                if self._ice.state != "completed":
                    return False
                await self._dtls.start(dtls)
        except (TimeoutError, ConnectionError):
            return False
        if self._closed or self._dtls.state != "connected":
            return False
        self._take_the_short_way()
        self._dtls.on("statechange", self._state_changed)
        return True

    def _take_the_short_way(self) -> None:
        """Handle SRTP in the socket's callback; all else goes where it went before."""
        connection: Any = self._gatherer._connection
        receive = self._dtls._rx_srtp
        on_rtp, on_rtcp = self._dtls.on_rtp, self._dtls.on_rtcp

        def short_way(otherwise: Callable[[bytes, Any], None]) -> Callable[[bytes, Any], None]:
            def datagram_received(data: bytes, address: Any) -> None:
                if data and data[0] in _SRTP_FIRST_BYTES:
                    try:
                        clear = receive.unprotect_rtcp(data) if is_rtcp(data) else receive.unprotect(data)
                    except pylibsrtp.Error:
                        return
                    self.heard_at = time.monotonic()
                    (on_rtcp if is_rtcp(data) else on_rtp)(clear)
                    return
                otherwise(data, address)
                self._heard_control(address)

            return datagram_received

        for protocol in connection._protocols:
            protocol.datagram_received = short_way(protocol.datagram_received)
        self._aim(connection._nominated.get(1))

    def _heard_control(self, address: Any) -> None:
        """A check of the page keeps the line alive, and may have moved it to another pair of addresses."""
        pair = self._gatherer._connection._nominated.get(1)
        if self._closed or pair is None:
            return
        if pair is not self._pair:
            self._aim(pair)
        if tuple(address[:2]) == tuple(self._address[:2]):
            self.heard_at = time.monotonic()

    def _aim(self, pair: Any) -> None:
        self._pair = pair
        self._sendto = pair.protocol.transport.sendto
        self._address = pair.remote_addr

    def send_rtp(self, packet: bytes) -> None:
        """Encrypt and send a packet; quietly nothing before the line is up and after it ended."""
        if self._sendto is not None:
            try:
                self._sendto(self._dtls._tx_srtp.protect(packet), self._address)
            except (RuntimeError, pylibsrtp.Error):
                # the socket ended a moment before its transport said so
                self._sendto = None

    def send_rtcp(self, packet: bytes) -> None:
        """Encrypt and send feedback; quietly nothing before the line is up and after it ended."""
        if self._sendto is not None:
            try:
                self._sendto(self._dtls._tx_srtp.protect_rtcp(packet), self._address)
            except (RuntimeError, pylibsrtp.Error):
                self._sendto = None

    def _state_changed(self) -> None:
        if self._dtls.state in ("closed", "failed") and not self._closed:
            self._sendto = None
            self._on_closed()

    async def close(self) -> None:
        """Tell the page with a DTLS alert, and close the sockets."""
        if self._closed:
            return
        self._closed = True
        self._sendto = None
        with suppress(ConnectionError):
            await self._dtls.stop()
        await self._ice.stop()


def _described(candidate: RTCIceCandidate, public_address: str | None) -> str:
    if public_address is not None and "." in candidate.ip:
        candidate.ip = public_address
    return str(candidate_to_sdp(candidate))
