"""One page's connection: its published tracks, its slots, and the feedback between them (RFC 3550, 4585).

A page of a two-person room has one slot for each source, a page of a group's room several for sound and camera.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from aiortc import RTCCertificate
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    unpack_remb_fci,
)

from mentorhub.video import packets, sdp
from mentorhub.video.publication import OUR_SSRC, Publication
from mentorhub.video.slot import Slot
from mentorhub.video.transport import Transport


class Peer:
    """A connection of one participant; a rejoin makes a new one and closes the old.

    `others` is how many more people the room holds.
    """

    def __init__(self, certificate: RTCCertificate, on_closed: Callable[[Peer], None], *, others: int = 1) -> None:
        self.publications: dict[str, Publication] = {}
        self.slots: list[Slot] = []
        self._others = others
        self._offer: sdp.Offer | None = None
        self._by_ssrc: dict[int, Publication] = {}
        self._by_rtx_ssrc: dict[int, Publication] = {}
        self._slot_by_ssrc: dict[int, Slot] = {}
        self._transport = Transport(
            certificate,
            on_rtp=self._on_rtp,
            on_rtcp=self._on_rtcp,
            on_closed=lambda: on_closed(self),
        )

    @property
    def heard_at(self) -> float:
        """When the page was last heard, in seconds of the monotonic clock."""
        return self._transport.heard_at

    async def answer(self, offer_text: str, public_address: str | None) -> str:
        """Answer the page's offer; raises OfferRefused."""
        offer = sdp.read_offer(offer_text, others=self._others)
        ours = await self._transport.prepare(public_address)
        for section in offer.sections:
            if section.publishes:
                publication = Publication(section, self._transport.send_rtcp, restamps=self._others > 1)
                self.publications[section.source] = publication
                self._by_ssrc[section.ssrc] = publication
                if section.rtx_ssrc:
                    self._by_rtx_ssrc[section.rtx_ssrc] = publication
            if section.receives and section.source:
                slot = Slot(section, self._transport.send_rtp, self._transport.send_rtcp)
                self.slots.append(slot)
                self._slot_by_ssrc[slot.ssrc] = slot
        self._offer = offer
        return sdp.answer(offer, {slot.section.mid: slot for slot in self.slots}, ours)

    async def connect(self) -> bool:
        """Wait until the page has come; `False` when it has not in time."""
        if self._offer is None:
            return False
        return await self._transport.connect(self._offer.ice, self._offer.dtls, self._offer.candidates)

    def show(self, source: str, others: Iterable[Peer]) -> bool:
        """Show the others' tracks of one source, the first ones where there are more than slots.

        Returns whether anything changed. A track that shows already keeps its slot, so that nobody's picture is
        torn by another's coming or going.
        """
        slots = [slot for slot in self.slots if slot.section.source == source]
        offered = (peer.publications.get(source) for peer in others)
        wanted = [publication for publication in offered if publication is not None][: len(slots)]
        shown = [slot.publication for slot in slots]
        waiting = [publication for publication in wanted if publication not in shown]
        now, changed = time.monotonic(), False
        for slot in slots:
            if slot.publication not in wanted:
                publication = waiting.pop(0) if waiting else None
                if slot.publication is not publication:
                    slot.attach(publication, now)
                    changed = True
        return changed

    def _on_rtp(self, data: bytes) -> None:
        packet = packets.read(data)
        if packet is None:
            return
        publication = self._by_ssrc.get(packet.ssrc)
        if publication is not None:
            publication.receive(packet, time.monotonic())
            return
        publication = self._by_rtx_ssrc.get(packet.ssrc)
        if publication is not None:
            publication.receive_rtx(packet, time.monotonic())

    def _on_rtcp(self, data: bytes) -> None:
        try:
            received = RtcpPacket.parse(data)
        except Exception:
            # a damaged report is the page's own loss; the parser has no error of its own
            return
        now = time.monotonic()
        for packet in received:
            if isinstance(packet, RtcpSrPacket):
                publication = self._by_ssrc.get(packet.ssrc)
                if publication is not None:
                    publication.note_sender_report(packet.sender_info, now)
            if isinstance(packet, (RtcpSrPacket, RtcpRrPacket)):
                for report in packet.reports:
                    if (slot := self._slot_by_ssrc.get(report.ssrc)) is not None:
                        slot.note_receiver_report(report, now)
            elif isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
                if (slot := self._slot_by_ssrc.get(packet.media_ssrc)) is not None:
                    slot.resend(packet.lost)
            elif isinstance(packet, RtcpPsfbPacket):
                self._on_picture_feedback(packet, now)

    def _on_picture_feedback(self, packet: RtcpPsfbPacket, now: float) -> None:
        if packet.fmt == RTCP_PSFB_APP:
            try:
                bitrate, sources = unpack_remb_fci(packet.fci)
            except ValueError:
                return
            slots = [slot for ssrc in sources if (slot := self._slot_by_ssrc.get(ssrc)) is not None]
            shown = sum(1 for slot in slots if slot.publication is not None)
            for slot in slots:
                # the estimate is of the whole line; among several people each picture gets its part
                slot.note_estimate(bitrate if self._others == 1 else bitrate // max(1, shown))
        elif packet.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR):
            # a full intra request names its stream inside, a picture loss in front
            ssrc = packet.media_ssrc or int.from_bytes(packet.fci[:4])
            slot = self._slot_by_ssrc.get(ssrc)
            if slot is not None and slot.publication is not None:
                slot.publication.request_key_frame(now)

    def report(self, now: float) -> None:
        """Send the receiver report that is due each second."""
        reports = [found for item in self.publications.values() if (found := item.report(now)) is not None]
        if reports:
            self._transport.send_rtcp(bytes(RtcpRrPacket(ssrc=OUR_SSRC, reports=reports)))

    async def close(self) -> None:
        """Take this page's tracks from the others' slots and end the line."""
        now = time.monotonic()
        for publication in self.publications.values():
            for slot in list(publication.slots):
                slot.attach(None, now)
        for slot in self.slots:
            slot.attach(None, now)
        await self._transport.close()

    def figures(self) -> dict[str, Any]:
        """Counts of each track in and out, for operators."""
        return {
            "published": {
                source: {
                    "packets": item.received,
                    "bytes": item.received_bytes,
                    "recovered": item.recovered,
                    "over_rate": item.refused,
                    "key_frame_requests": item.key_frame_requests,
                }
                for source, item in self.publications.items()
            },
            "shown": self._shown(),
        }

    def _shown(self) -> dict[str, Any]:
        """Counts of each slot, by its source; of a source's further slots with their line's name."""
        shown: dict[str, Any] = {}
        for slot in self.slots:
            source = slot.section.source
            shown[source if source not in shown else f"{source}-{slot.section.mid}"] = {
                "packets": slot.sent,
                "resent": slot.resent,
                "loss": round(slot.loss, 3),
                "round_trip_ms": None if slot.round_trip is None else round(slot.round_trip * 1000, 1),
                "estimate_bits": slot.estimated_bitrate,
            }
        return shown
