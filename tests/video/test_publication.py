"""What one sends reaches the other's slot renumbered, losses are asked for, and excess is dropped."""

import pytest
from aiortc.rtp import (
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    unpack_remb_fci,
)

from mentorhub.video import packets
from mentorhub.video.packets import Packet
from mentorhub.video.publication import Publication
from mentorhub.video.sdp import Section
from mentorhub.video.slot import Slot

ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
KEY_FRAME = bytes([0x10, 0x00, 1, 2, 3])
LATER_FRAME = bytes([0x10, 0x01, 1, 2, 3])


class Line:
    """A publisher and a receiver with everything that went to either."""

    def __init__(self, kind: str = "video") -> None:
        self.to_publisher: list[bytes] = []
        self.to_receiver: list[bytes] = []
        self.reports: list[bytes] = []
        source = "camera" if kind == "video" else "microphone"
        numbers = {"kind": kind, "mid": "1", "source": source, "extensions": {ABS_SEND_TIME: 3}}
        self.publication = Publication(
            Section(payload_type=96, rtx_payload_type=97, ssrc=10, rtx_ssrc=11, publishes=True, **numbers),
            self.to_publisher.append,
        )
        self.slot = Slot(
            Section(payload_type=120, rtx_payload_type=121, receives=True, **numbers),
            self.to_receiver.append,
            self.reports.append,
        )
        self.slot.attach(self.publication, 0.0)

    def send(self, sequence: int, payload: bytes = KEY_FRAME, *, now: float = 1.0, timestamp: int = 0) -> None:
        self.publication.receive(Packet(sequence, timestamp, 10, 96, 0, 0, b"", payload), now)

    @property
    def received(self) -> list[Packet]:
        return [packet for data in self.to_receiver if (packet := packets.read(data)) is not None]

    def feedback(self, kind: type) -> list[RtcpPsfbPacket | RtcpRtpfbPacket]:
        parsed = [packet for data in self.to_publisher for packet in RtcpPacket.parse(data)]
        return [packet for packet in parsed if isinstance(packet, kind)]


def test_a_packet_arrives_in_the_receivers_own_numbers() -> None:
    line = Line()

    line.send(700)
    line.send(701)

    first, second = line.received
    assert (first.ssrc, first.payload_type, first.payload) == (line.slot.ssrc, 120, KEY_FRAME)
    assert second.sequence == first.sequence + 1


def test_another_connection_of_the_same_person_goes_on_where_the_last_one_stopped() -> None:
    line, again = Line(), Line()
    line.send(60_000, timestamp=5)

    line.slot.attach(again.publication, 2.0)
    again.send(3, timestamp=900_000)

    before, after = line.received
    assert after.sequence == before.sequence + 1 & 0xFFFF
    assert after.timestamp == before.timestamp + 3000 & 0xFFFFFFFF


def test_a_new_picture_begins_with_a_key_frame_asked_for_until_it_comes() -> None:
    line = Line()

    for step in range(10):
        line.send(step, LATER_FRAME, now=1 + step * 0.125)
    asked = len(line.feedback(RtcpPsfbPacket))
    line.send(10, KEY_FRAME, now=2.25)
    line.send(11, LATER_FRAME, now=3.0)

    assert asked == 4
    assert len(line.feedback(RtcpPsfbPacket)) == asked


def test_missing_packets_are_asked_for_at_once_and_again_until_they_come() -> None:
    line = Line()
    line.send(10)
    line.send(13, now=1.01)
    line.send(14, now=1.05)
    line.send(15, now=1.20)

    assert [nack.lost for nack in line.feedback(RtcpRtpfbPacket)] == [[11, 12], [11, 12]]

    rtx = packets.retransmission(11, Packet(1, 0, 11, 97, 0, 0, b"", KEY_FRAME))
    line.publication.receive_rtx(rtx, 1.21)
    line.send(12, now=1.22)
    line.send(16, now=1.60)

    assert len(line.feedback(RtcpRtpfbPacket)) == 2
    assert line.publication.recovered == 1
    assert len(line.received) == 7


def test_a_retransmission_nobody_missed_is_not_passed_on() -> None:
    line = Line()
    line.send(10)

    line.publication.receive_rtx(packets.retransmission(10, Packet(1, 0, 11, 97, 0, 0, b"", KEY_FRAME)), 1.0)

    assert len(line.received) == 1


def test_what_the_receiver_misses_is_sent_again_on_the_line_for_that() -> None:
    line = Line()
    line.send(500)
    line.send(501, LATER_FRAME)
    lost = line.received[1].sequence

    line.slot.resend([lost, lost + 40])

    again = line.received[2]
    assert len(line.received) == 3
    assert (again.ssrc, again.payload_type) == (line.slot.rtx_ssrc, 121)
    assert packets.recovered(again, 120).payload == LATER_FRAME
    assert packets.recovered(again, 120).sequence == lost


def test_the_send_time_is_passed_on_unchanged() -> None:
    line = Line()

    line.publication.receive(Packet(1, 2, 10, 96, 0, 0, bytes([0x32, 1, 2, 3]), KEY_FRAME), 1.0)

    assert line.received[0].extensions == bytes([0x32, 1, 2, 3])


def test_a_track_that_sends_more_than_its_rate_is_cut_and_recovers() -> None:
    line = Line()
    for sequence in range(1000):
        line.send(sequence, now=1.0)

    assert len(line.received) == 600
    assert line.publication.refused == 400

    line.send(1000, now=2.0)
    assert len(line.received) == 601


def test_a_track_that_sends_too_many_bytes_is_cut() -> None:
    line = Line()
    for sequence in range(500):
        line.send(sequence, bytes(1200), now=1.0)

    assert len(line.received) == 3_000_000 // 8 // 1200


def test_the_publishers_clock_reaches_the_receiver_in_its_own_timestamps() -> None:
    line = Line()
    line.send(1, timestamp=1000)
    shift = line.received[0].timestamp - 1000

    line.publication.note_sender_report(RtcpSenderInfo(5 << 32, 4000, 1, 1), 2.0)

    report = RtcpPacket.parse(line.reports[0])[0]
    assert isinstance(report, RtcpSrPacket)
    assert (report.ssrc, report.sender_info.ntp_timestamp) == (line.slot.ssrc, 5 << 32)
    assert report.sender_info.rtp_timestamp == 4000 + shift & 0xFFFFFFFF


def test_the_publisher_hears_what_the_receivers_line_carries() -> None:
    line = Line()

    line.slot.note_estimate(400_000)

    (remb,) = line.feedback(RtcpPsfbPacket)[-1:]
    bitrate, sources = unpack_remb_fci(remb.fci)
    assert sources == [10]
    assert bitrate == pytest.approx(400_000, rel=0.01)


def test_a_report_counts_what_was_lost_across_the_turn_of_the_numbers() -> None:
    line = Line()
    for sequence in (65_533, 65_534, 0, 1):
        line.send(sequence)

    report = line.publication.report(2.0)

    assert report is not None
    assert report.highest_sequence == 1 << 16 | 1
    assert report.packets_lost == 1
    assert report.fraction_lost == 256 // 5


def test_a_track_nobody_has_heard_yet_is_not_reported() -> None:
    assert Line().publication.report(1.0) is None


def test_sound_is_forwarded_without_asking_for_pictures() -> None:
    line = Line("audio")

    line.send(1, b"\xf8\xff\xfe")

    assert line.received[0].payload == b"\xf8\xff\xfe"
    assert line.to_publisher == []
