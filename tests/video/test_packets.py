"""RTP packets are read and written bit for bit, and damage is refused."""

import struct

import pytest

from mentorhub.video import packets

SSRC = 0x01020304


def _packet(*, first: int = 0x80, second: int = 0x60, sequence: int = 7, rest: bytes = b"payload") -> bytes:
    return struct.pack("!BBHLL", first, second, sequence, 90_000, SSRC) + rest


def test_a_packet_is_taken_apart() -> None:
    packet = packets.read(_packet(first=0xA0, second=0x80 | 96))

    assert packet == packets.Packet(7, 90_000, SSRC, 96, packets.MARKER, packets.PADDING, b"", b"payload")


def test_contributing_sources_and_extensions_are_stepped_over() -> None:
    extension = struct.pack("!HH", 0xBEDE, 1) + bytes([0x10, 0x2A, 0, 0])

    packet = packets.read(_packet(first=0x92, rest=bytes(8) + extension + b"payload"))

    assert packet is not None
    assert packet.payload == b"payload"
    assert packets.extension_word(packet.extensions, 1) == 0x2A << 16


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(11),
        _packet(first=0x40),
        _packet(first=0x8F, rest=b"short"),
        _packet(first=0x90, rest=b"\xbe"),
        _packet(first=0x90, rest=b"\xbe\xde\xff\xff" + bytes(8)),
    ],
)
def test_a_damaged_packet_is_refused(data: bytes) -> None:
    assert packets.read(data) is None


@pytest.mark.parametrize(
    ("elements", "identifier", "word"),
    [
        (bytes([0x22, 1, 2, 3]), 2, 2 << 24 | 0x010203),
        (bytes([0x10, 5, 0, 0x22, 1, 2, 3]), 2, 2 << 24 | 0x010203),
        (bytes([0x22, 1, 2, 3]), 3, None),
        (bytes([0x23, 1, 2, 3, 4]), 2, None),
        (bytes([0x22, 1]), 2, None),
    ],
)
def test_one_element_is_found_among_the_extensions(elements: bytes, identifier: int, word: int | None) -> None:
    assert packets.extension_word(elements, identifier) == word


def test_what_is_written_reads_back_with_its_extension() -> None:
    packet = packets.Packet(1, 2, 3, 4, packets.MARKER, 0, b"", b"payload")

    data = packets.write(
        packet, payload_type=97, sequence=65_535, timestamp=5, ssrc=SSRC, extension=3 << 28 | 2 << 24 | 0x0A0B0C
    )

    read = packets.read(data)
    assert read == packets.Packet(65_535, 5, SSRC, 97, packets.MARKER, 0, bytes([0x32, 0x0A, 0x0B, 0x0C]), b"payload")


def test_a_retransmission_carries_the_lost_number_and_gives_the_packet_back() -> None:
    lost = packets.Packet(500, 5, SSRC, 96, packets.MARKER, 0, b"", b"payload")

    found = packets.recovered(packets.retransmission(500, lost), 96)

    assert found == lost


def test_padding_that_only_probes_the_line_is_no_recovery() -> None:
    assert packets.recovered(packets.Packet(1, 2, 3, 97, 0, packets.PADDING, b"", bytes(200)), 96) is None


@pytest.mark.parametrize(
    ("payload", "is_key"),
    [
        (bytes([0x10, 0x00, 1, 2, 3]), True),
        (bytes([0x10, 0x01, 1, 2, 3]), False),
        (bytes([0x90, 0x80, 0x12, 0x00, 1, 2]), True),
        (bytes([0x90, 0xF0, 0x92, 0x34, 1, 2, 0x00, 1]), True),
        (bytes([0x00, 0x00, 1, 2, 3]), False),
        (bytes([0x11, 0x00, 1, 2, 3]), False),
        (b"\x10\x00", False),
    ],
)
def test_the_first_packet_of_a_key_frame_is_known(payload: bytes, is_key: bool) -> None:
    assert packets.starts_key_frame(payload) is is_key


@pytest.mark.parametrize(
    ("sequence", "than", "is_newer"), [(2, 1, True), (1, 1, False), (0, 65_535, True), (65_535, 0, False)]
)
def test_numbers_turn_over_at_their_end(sequence: int, than: int, is_newer: bool) -> None:
    assert packets.newer(sequence, than) is is_newer
