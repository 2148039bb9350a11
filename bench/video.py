"""CPU of the media process per two-person room, with 1 and with 5 rooms, and for a group of 6; the delay it adds.

Every participant sends what a camera and a microphone send (VP8-sized packets at 1.1 Mbit/s, 30 pictures a
second, and 50 sound packets a second) through a real encrypted line on the loopback; nothing is encoded.
Run `python bench/video.py`; it prints one line a figure and, last, all of them as JSON.
"""

import asyncio
import json
import os
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import uvloop
from aiortc import MediaStreamTrack, RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcrtpparameters import RTCRtpCodecCapability

from mentorhub.video import transport
from mentorhub.video.join_token import mint

SECRET = "only for measuring, long enough for it"
WARM_SECONDS = 1.5
SECONDS = 6.0
ROOMS = (1, 5)
GROUP = 6
PICTURES_PER_SECOND, PACKETS_PER_PICTURE, PICTURE_BYTES = 30, 4, 1130
SOUNDS_PER_SECOND, SOUND_BYTES = 50, 90
TARGET_PERCENT_PER_ROOM = {1: 3.7, 5: 2.2}
TARGET_PERCENT_OF_A_GROUP = 12.0


class Silent(MediaStreamTrack):
    """A track for the offer; the packets are sent by hand."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    async def recv(self) -> Any:
        """Never gives anything."""
        await asyncio.Event().wait()


class Page:
    """One participant: an aiortc line for the handshake, then ready-made packets on a timer."""

    def __init__(self) -> None:
        self.line = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self.sent = 0
        self.received = 0
        self.delays: list[float] = []
        self.probing = False
        self._sequence = {"audio": 0, "video": 0}
        self._stopped = False

    async def join(self, web: httpx.AsyncClient, booking: str, user: str, *, places: int = 2) -> None:
        """Join a room of so many places and begin to send."""
        for kind in ("audio", "video"):
            transceiver = self.line.addTransceiver(Silent(kind), direction="sendrecv")
            transceiver.setCodecPreferences(_codecs(kind))
        self.line.addTransceiver("video", direction="recvonly").setCodecPreferences(_codecs("video"))
        for kind in ("audio", "video") * (places - 2):
            self.line.addTransceiver(kind, direction="recvonly").setCodecPreferences(_codecs(kind))
        await self.line.setLocalDescription(await self.line.createOffer())
        now = datetime.now(UTC)
        hour = timedelta(hours=1)
        token = mint(
            booking_id=booking,
            user_id=user,
            role="mentee",
            name=user,
            opens_at=now - hour,
            closes_at=now + hour,
            now=now,
            secret=SECRET,
            places=places,
        )
        answer = await web.post(
            f"/rooms/{booking}/join",
            json={"sdp": self.line.localDescription.sdp, "microphone": True, "camera": True},
            headers={"authorization": f"Bearer {token}"},
        )
        answer.raise_for_status()
        connected = asyncio.Event()

        def look() -> None:
            if self.line.connectionState == "connected":
                connected.set()

        self.line.on("connectionstatechange", look)
        await self.line.setRemoteDescription(RTCSessionDescription(answer.json()["sdp"], "answer"))
        async with asyncio.timeout(10):
            await connected.wait()
        self._take_over()

    def _take_over(self) -> None:
        dtls = self.line.getTransceivers()[0].receiver.transport
        pair: Any = dtls.transport._connection._nominated[1]
        self._protect, self._unprotect = dtls._tx_srtp.protect, dtls._rx_srtp.unprotect
        self._sendto, self._address = pair.protocol.transport.sendto, pair.remote_addr
        slow = pair.protocol.datagram_received

        def datagram_received(data: bytes, address: Any) -> None:
            if not 127 < data[0] < 192:
                slow(data, address)
            elif not 192 <= data[1] <= 208:
                self._count(data)

        pair.protocol.datagram_received = datagram_received
        self._loop = asyncio.get_running_loop()
        self._started = self._loop.time()
        self._numbers = {
            kind: (transceiver.sender._ssrc, transceiver._codecs[0].payloadType or 0)
            for kind, transceiver in zip(("audio", "video"), self.line.getTransceivers(), strict=False)
        }
        self._picture(0)
        self._sound(0)

    def _count(self, data: bytes) -> None:
        self.received += 1
        if self.probing:
            clear = self._unprotect(data)
            # a group's room writes its own time of sending in front of the payload
            extended = 8 if clear[0] & 0x10 else 0
            (sent_at,) = struct.unpack_from("!d", clear, 20 + extended)
            self.delays.append((time.perf_counter() - sent_at) * 1000)

    def _send(self, kind: str, size: int, timestamp: int, *, marker: bool, head: bytes) -> None:
        ssrc, payload_type = self._numbers[kind]
        self._sequence[kind] = self._sequence[kind] + 1 & 0xFFFF
        second = payload_type | (0x80 if marker else 0)
        header = struct.pack("!BBHLL", 0x80, second, self._sequence[kind], timestamp & 0xFFFFFFFF, ssrc)
        payload = (head + struct.pack("!d", time.perf_counter())).ljust(size, b"\x55")
        self._sendto(self._protect(header + payload), self._address)
        self.sent += 1

    def _picture(self, number: int) -> None:
        if self._stopped:
            return
        for part in range(PACKETS_PER_PICTURE):
            is_key = part == 0 and number % PICTURES_PER_SECOND == 0
            head = bytes([0x10 if part == 0 else 0, 0 if is_key else 1]) + bytes(6)
            last = part == PACKETS_PER_PICTURE - 1
            self._send("video", PICTURE_BYTES, number * 3000, marker=last, head=head)
        self._loop.call_at(self._started + (number + 1) / PICTURES_PER_SECOND, self._picture, number + 1)

    def _sound(self, number: int) -> None:
        if self._stopped:
            return
        self._send("audio", SOUND_BYTES, number * 960, marker=False, head=bytes(8))
        self._loop.call_at(self._started + (number + 1) / SOUNDS_PER_SECOND, self._sound, number + 1)

    async def close(self) -> None:
        """Stop sending and end the line."""
        self._stopped = True
        await self.line.close()


def _codecs(kind: str) -> list[RTCRtpCodecCapability]:
    if kind == "audio":
        return [RTCRtpCodecCapability("audio/opus", 48_000, 2)]
    return [RTCRtpCodecCapability("video/VP8", 90_000), RTCRtpCodecCapability("video/rtx", 90_000)]


def _cpu_seconds(pid: int) -> float:
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(rooms: int, url: str, pid: int, *, people: int = 2) -> dict[str, float]:
    """Figures of one run: CPU per room, packets lost, delay of the first page's packets."""
    pages = [Page() for _ in range(rooms * people)]
    async with httpx.AsyncClient(base_url=url) as web:
        for number, page in enumerate(pages):
            await page.join(web, f"{rooms}x{people}-{number // people}", f"u{number % people}", places=people)
    await asyncio.sleep(WARM_SECONDS)
    pages[0].probing = True
    before = sum(page.sent for page in pages), sum(page.received for page in pages)
    cpu, began = _cpu_seconds(pid), time.monotonic()
    await asyncio.sleep(SECONDS)
    spent, passed = _cpu_seconds(pid) - cpu, time.monotonic() - began
    pages[0].probing = False
    sent = (sum(page.sent for page in pages) - before[0]) * (people - 1)
    received = sum(page.received for page in pages) - before[1]
    delays = sorted(pages[0].delays)
    await asyncio.gather(*(page.close() for page in pages))
    return {
        "cpu_percent_per_room": round(spent / passed * 100 / rooms, 2),
        "microseconds_per_packet": round(spent / received * 1e6, 1),
        "packets_per_second": round(received / passed),
        "lost_percent": round(max(0, sent - received) / sent * 100, 2),
        "delay_p50_ms": round(statistics.median(delays), 2),
        "delay_p95_ms": round(delays[int(len(delays) * 0.95)], 2),
    }


@contextmanager
def media_process() -> Iterator[tuple[str, int]]:
    """A media process on a free port; yields its address and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mentorhub.video.worker", "--port", str(port), "--data", folder]
        worker = subprocess.Popen(
            [*command, "--address", "127.0.0.1", "--embedded"], env={**os.environ, "MENTORHUB_SECRET": SECRET}
        )
        try:
            yield f"http://127.0.0.1:{port}", worker.pid
        finally:
            worker.terminate()
            worker.wait(10)


async def run(url: str, pid: int) -> dict[str, Any]:
    """Measure each number of rooms in turn."""
    await _answers(url)
    found: dict[str, Any] = {f"rooms_{rooms}": await measure(rooms, url, pid) for rooms in ROOMS}
    found[f"group_{GROUP}"] = await measure(1, url, pid, people=GROUP)
    return found


async def _answers(url: str) -> None:
    async with httpx.AsyncClient(base_url=url) as web, asyncio.timeout(20):
        while True:
            try:
                await web.get("/healthz")
                return
            except httpx.TransportError:
                await asyncio.sleep(0.05)


def main() -> None:
    """Print the figures, and JSON last."""
    transport.offer_addresses(["127.0.0.1"])
    with media_process() as (url, pid):
        results = uvloop.run(run(url, pid))
    goals = {f"rooms_{rooms}": goal for rooms, goal in TARGET_PERCENT_PER_ROOM.items()}
    for name, goal in {**goals, f"group_{GROUP}": TARGET_PERCENT_OF_A_GROUP}.items():
        found = results[name]
        print(
            f"{name}: {found['cpu_percent_per_room']} % of a core per room (goal {goal}), "
            f"{found['microseconds_per_packet']} µs a packet, "
            f"delay {found['delay_p50_ms']} / {found['delay_p95_ms']} ms, {found['lost_percent']} % lost"
        )
    results["load_average"] = round(os.getloadavg()[0], 1)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
