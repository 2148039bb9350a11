"""A place on a participant's page where one published track of the other is shown.

The page knows a slot by an SSRC that never changes; sequence numbers and timestamps of whatever is
attached are shifted so that they go on where the last track stopped, so no new offer is ever needed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiortc.rtp import RtcpReceiverInfo, RtcpSdesPacket, RtcpSenderInfo, RtcpSourceInfo, RtcpSrPacket

from mentorhub.video import packets
from mentorhub.video.packets import Packet
from mentorhub.video.sdp import CNAME, Section

if TYPE_CHECKING:
    from mentorhub.video.publication import Publication

_KEPT_REPORTS = 8
_VIDEO_STEP = 3000
_AUDIO_STEP = 960


class Slot:
    """One outgoing stream of a participant's connection; `send` and `send_rtcp` go to that participant."""

    def __init__(self, section: Section, send: Callable[[bytes], None], send_rtcp: Callable[[bytes], None]) -> None:
        self.section = section
        self.ssrc = random.getrandbits(32)
        self.rtx_ssrc = random.getrandbits(32)
        self.publication: Publication | None = None
        self.wants_key_frame = False
        self.estimated_bitrate = 0
        self.sent = 0
        self.resent = 0
        self.loss = 0.0
        self.round_trip: float | None = None
        self._sent_bytes = 0
        self._send = send
        self._send_rtcp = send_rtcp
        self._is_video = section.kind == "video"
        self._step = _VIDEO_STEP if self._is_video else _AUDIO_STEP
        self._extension = section.forwarded_extension << 28
        self._fresh = True
        self._last_sequence = random.getrandbits(15)
        self._last_timestamp = random.getrandbits(31)
        self._rtx_sequence = random.getrandbits(15)
        self._sequence_shift = 0
        self._timestamp_shift = 0
        self._reports: dict[int, float] = {}

    def attach(self, publication: Publication | None, now: float) -> None:
        """Show another track, or none; a picture starts with a key frame asked for at once."""
        if self.publication is not None:
            self.publication.slots.remove(self)
        self.publication = publication
        self._fresh = True
        self.estimated_bitrate = 0
        self._reports.clear()
        self.wants_key_frame = self._is_video
        if publication is not None:
            publication.slots.append(self)
            publication.request_key_frame(now)

    def forward(self, packet: Packet, word: int | None) -> None:
        """Send a packet of the attached track on, in this slot's numbers."""
        if self._fresh:
            self._fresh = False
            self._sequence_shift = self._last_sequence + 1 - packet.sequence
            self._timestamp_shift = self._last_timestamp + self._step - packet.timestamp
        sequence = packet.sequence + self._sequence_shift & 0xFFFF
        timestamp = packet.timestamp + self._timestamp_shift & 0xFFFFFFFF
        if packets.newer(sequence, self._last_sequence):
            self._last_sequence, self._last_timestamp = sequence, timestamp
        self.sent += 1
        self._sent_bytes += len(packet.payload)
        self._send(self._written(packet, sequence, timestamp, word))

    def _written(self, packet: Packet, sequence: int, timestamp: int, word: int | None) -> bytes:
        return packets.write(
            packet,
            payload_type=self.section.payload_type,
            sequence=sequence,
            timestamp=timestamp,
            ssrc=self.ssrc,
            extension=None if word is None or not self._extension else self._extension | word,
        )

    def resend(self, sequences: list[int]) -> None:
        """Answer a receiver's request for packets it misses, from the publication's recent ones."""
        if self.publication is None or self._fresh:
            return
        for sequence in sequences:
            entry = self.publication.stored(sequence - self._sequence_shift & 0xFFFF)
            if entry is None:
                continue
            packet, word = entry
            timestamp = packet.timestamp + self._timestamp_shift & 0xFFFFFFFF
            self.resent += 1
            if self.section.rtx_payload_type is None:
                self._send(self._written(packet, sequence & 0xFFFF, timestamp, word))
                continue
            self._rtx_sequence = self._rtx_sequence + 1 & 0xFFFF
            self._send(
                packets.write(
                    packets.retransmission(sequence & 0xFFFF, packet),
                    payload_type=self.section.rtx_payload_type,
                    sequence=self._rtx_sequence,
                    timestamp=timestamp,
                    ssrc=self.rtx_ssrc,
                    extension=None,
                )
            )

    def forward_sender_report(self, info: RtcpSenderInfo, now: float) -> None:
        """Tell the receiver the publisher's clock in this slot's timestamps."""
        if self._fresh:
            return
        self._reports[info.ntp_timestamp >> 16 & 0xFFFFFFFF] = now
        while len(self._reports) > _KEPT_REPORTS:
            del self._reports[next(iter(self._reports))]
        report = RtcpSrPacket(
            ssrc=self.ssrc,
            sender_info=RtcpSenderInfo(
                ntp_timestamp=info.ntp_timestamp,
                rtp_timestamp=info.rtp_timestamp + self._timestamp_shift & 0xFFFFFFFF,
                packet_count=self.sent & 0xFFFFFFFF,
                octet_count=self._sent_bytes & 0xFFFFFFFF,
            ),
        )
        name = RtcpSdesPacket(chunks=[RtcpSourceInfo(ssrc=self.ssrc, items=[(1, CNAME.encode())])])
        self._send_rtcp(bytes(report) + bytes(name))

    def note_receiver_report(self, report: RtcpReceiverInfo, now: float) -> None:
        """Keep what the receiver says about this stream: share lost, and the way there and back."""
        self.loss = report.fraction_lost / 256
        sent_at = self._reports.get(report.lsr)
        if sent_at is not None:
            self.round_trip = max(0.0, now - sent_at - report.dlsr / 65536)

    def note_estimate(self, bitrate: int) -> None:
        """The receiver says how much its line carries (bit/s); the publisher hears the lowest."""
        self.estimated_bitrate = bitrate
        if self.publication is not None and self._is_video:
            self.publication.limit_bitrate()
