"""A track that a participant publishes: what came in, what is missing, and who it goes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    pack_remb_fci,
)

from mentorhub.video import packets
from mentorhub.video.limits import Allowance
from mentorhub.video.packets import Packet
from mentorhub.video.sdp import Section

if TYPE_CHECKING:
    from mentorhub.video.slot import Slot

OUR_SSRC = 1
"""The sender named in our own feedback; we publish nothing ourselves."""

_HISTORY = 512
_LARGEST_GAP = 200
_MOST_ASKED_AT_ONCE = 64
_ASK_AGAIN_SECONDS = 0.1
_GIVE_UP_SECONDS = 1.0
_KEY_FRAME_SECONDS = 0.3
_VOICE = 77
"""From this loudness on it is a voice: 50 decibels below the loudest."""
_LISTENING = 0.05
"""The share of each packet in the loudness: about half a second of voice counts."""


class Publication:
    """One published track; `send_feedback` carries RTCP back to its publisher.

    With `restamps` the receivers see our own time of sending: one who sees several senders cannot compare
    their clocks, and would take the difference for a full line. `loud_at` is when a voice was last heard on it.
    Every `now` is in seconds of one monotonic clock.
    """

    def __init__(self, section: Section, send_feedback: Callable[[bytes], None], *, restamps: bool = False) -> None:
        self.section = section
        self.is_video = section.kind == "video"
        self.slots: list[Slot] = []
        self.received = 0
        self.received_bytes = 0
        self.refused = 0
        self.recovered = 0
        self.key_frame_requests = 0
        self.loud_at = 0.0
        self._loudness = 0.0
        self._restamps = restamps and self.is_video
        self._send_feedback = send_feedback
        self._extension = section.forwarded_extension
        self._clock_rate = 90_000 if self.is_video else 48_000
        self._allowance = Allowance()
        self._history: list[tuple[Packet, int | None] | None] = [None] * _HISTORY
        self._missing: dict[int, float] = {}
        self._asked_at = 0.0
        self._key_frame_asked_at = -_KEY_FRAME_SECONDS
        self._first = self._highest = -1
        self._turns = 0
        self._reported = (0, 0)
        self._jitter = 0.0
        self._transit: tuple[int, float] | None = None
        self._sender_report: tuple[int, float] | None = None

    def receive(self, packet: Packet, now: float) -> None:
        """Take a packet of this track, ask for what is missing before it, pass it on."""
        self.received += 1
        self.received_bytes += len(packet.payload)
        self._follow(packet.sequence, now)
        self._measure_jitter(packet.timestamp, now)
        if not self._allowance.take(len(packet.payload), now):
            self.refused += 1
            return
        self._pass_on(packet, now)

    def receive_rtx(self, rtx: Packet, now: float) -> None:
        """Take a retransmission; passed on only when we were missing it."""
        packet = packets.recovered(rtx, self.section.payload_type)
        if packet is None or self._missing.pop(packet.sequence, None) is None:
            return
        self.recovered += 1
        self.received += 1
        if self._allowance.take(len(packet.payload), now):
            self._pass_on(packet, now)

    def _pass_on(self, packet: Packet, now: float) -> None:
        word = None
        if packet.extensions and self._extension:
            word = packets.extension_word(packet.extensions, self._extension)
            if word is not None and not self.is_video:
                self._listen(word, now)
        if self._restamps:
            word = packets.send_time_word(now)
        is_key = False
        if self.is_video:
            self._history[packet.sequence % _HISTORY] = (packet, word)
            is_key = packets.starts_key_frame(packet.payload)
        for slot in self.slots:
            if slot.wants_key_frame:
                if is_key:
                    slot.wants_key_frame = False
                else:
                    self.request_key_frame(now)
            slot.forward(packet, word)

    def _listen(self, word: int, now: float) -> None:
        """Follow how loud it is, slowly enough that a cough is no voice."""
        self._loudness += (packets.loudness(word) - self._loudness) * _LISTENING
        if self._loudness > _VOICE:
            self.loud_at = now

    def _follow(self, sequence: int, now: float) -> None:
        if self._first < 0:
            self._first = self._highest = sequence
            return
        if packets.newer(sequence, self._highest):
            gap = sequence - self._highest & 0xFFFF
            if self.is_video and 1 < gap < _LARGEST_GAP:
                for step in range(1, gap):
                    self._missing[self._highest + step & 0xFFFF] = now
                self._ask_for_missing(now)
            if sequence < self._highest:
                self._turns += 1
            self._highest = sequence
        else:
            self._missing.pop(sequence, None)
        if self._missing and now - self._asked_at >= _ASK_AGAIN_SECONDS:
            self._ask_for_missing(now)

    def _ask_for_missing(self, now: float) -> None:
        self._asked_at = now
        for sequence in [key for key, since in self._missing.items() if now - since > _GIVE_UP_SECONDS]:
            del self._missing[sequence]
        if self._missing:
            lost = list(self._missing)[:_MOST_ASKED_AT_ONCE]
            nack = RtcpRtpfbPacket(fmt=RTCP_RTPFB_NACK, ssrc=OUR_SSRC, media_ssrc=self.section.ssrc, lost=lost)
            self._send_feedback(bytes(nack))

    def _measure_jitter(self, timestamp: int, now: float) -> None:
        """Interarrival jitter in clock ticks (RFC 3550, 6.4.1), once per timestamp."""
        if self._transit is not None:
            last_timestamp, last_arrival = self._transit
            if timestamp == last_timestamp:
                return
            sent = (timestamp - last_timestamp + 2**31) % 2**32 - 2**31
            difference = abs((now - last_arrival) * self._clock_rate - sent)
            self._jitter += (difference - self._jitter) / 16
        self._transit = (timestamp, now)

    def stored(self, sequence: int) -> tuple[Packet, int | None] | None:
        """A recent packet with its extension word, for a retransmission."""
        entry = self._history[sequence % _HISTORY]
        return entry if entry is not None and entry[0].sequence == sequence else None

    def request_key_frame(self, now: float) -> None:
        """Ask the publisher for a key frame, at most once in 300 ms."""
        if self.is_video and self.received and now - self._key_frame_asked_at >= _KEY_FRAME_SECONDS:
            self._key_frame_asked_at = now
            self.key_frame_requests += 1
            pli = RtcpPsfbPacket(fmt=RTCP_PSFB_PLI, ssrc=OUR_SSRC, media_ssrc=self.section.ssrc)
            self._send_feedback(bytes(pli))

    def limit_bitrate(self) -> None:
        """Pass the lowest estimate of the receivers on to the publisher (REMB)."""
        estimates = [slot.estimated_bitrate for slot in self.slots if slot.estimated_bitrate]
        if estimates:
            fci = pack_remb_fci(min(estimates), [self.section.ssrc])
            self._send_feedback(bytes(RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=OUR_SSRC, media_ssrc=0, fci=fci)))

    def note_sender_report(self, info: RtcpSenderInfo, now: float) -> None:
        """Remember the publisher's clock and tell the receivers, so that lips and voice stay together."""
        self._sender_report = (info.ntp_timestamp >> 16 & 0xFFFFFFFF, now)
        for slot in self.slots:
            slot.forward_sender_report(info, now)

    def report(self, now: float) -> RtcpReceiverInfo | None:
        """What a receiver report says about this track since the last one."""
        if self._first < 0:
            return None
        highest = self._turns << 16 | self._highest
        expected = highest - self._first + 1
        last_expected, last_received = self._reported
        self._reported = (expected, self.received)
        awaited = expected - last_expected
        lost = awaited - (self.received - last_received)
        stamp, heard = self._sender_report or (0, now)
        return RtcpReceiverInfo(
            ssrc=self.section.ssrc,
            fraction_lost=min(255, (lost << 8) // awaited) if awaited > 0 and lost > 0 else 0,
            packets_lost=max(0, expected - self.received),
            highest_sequence=highest & 0xFFFFFFFF,
            jitter=int(self._jitter),
            lsr=stamp,
            dlsr=int((now - heard) * 65536) & 0xFFFFFFFF if stamp else 0,
        )
