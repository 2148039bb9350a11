"""RTP as it is on the wire: reading a packet once, writing it anew, telling a VP8 key frame.

Sources: RFC 3550 (RTP), RFC 8285 (one-byte header extensions), RFC 4588 (RTX), RFC 7741 (VP8 payload).
"""

import struct
from dataclasses import dataclass

MARKER = 0x80
PADDING = 0x20

_VERSION_2 = 0x80
_EXTENDED = 0x10
_ONE_BYTE_EXTENSIONS = 0xBEDE
_FIXED = struct.Struct("!BBHLL")
_FIXED_AND_ONE_WORD = struct.Struct("!BBHLLHHL")
_SHORT = struct.Struct("!H")


@dataclass(slots=True)
class Packet:
    """An RTP packet taken apart; `marker` and `padding` keep their bit, padding stays in the payload."""

    sequence: int
    timestamp: int
    ssrc: int
    payload_type: int
    marker: int
    padding: int
    extensions: bytes
    payload: bytes


def read(data: bytes) -> Packet | None:
    """Take a packet apart; `None` when it is cut short or of another version."""
    size = len(data)
    if size < 12:
        return None
    first, second, sequence, timestamp, ssrc = _FIXED.unpack_from(data)
    if first & 0xC0 != _VERSION_2:
        return None
    start = 12 + 4 * (first & 0x0F)
    extensions = b""
    if first & _EXTENDED:
        if size < start + 4:
            return None
        end = start + 4 + 4 * (data[start + 2] << 8 | data[start + 3])
        if data[start] == 0xBE and data[start + 1] == 0xDE:
            extensions = data[start + 4 : end]
        start = end
    if size < start:
        return None
    return Packet(sequence, timestamp, ssrc, second & 0x7F, second & MARKER, first & PADDING, extensions, data[start:])


def extension_word(extensions: bytes, identifier: int) -> int | None:
    """The element `identifier` of up to three bytes as the lower 28 bits of one extension word."""
    at, end = 0, len(extensions)
    while at < end:
        head = extensions[at]
        if head == 0:
            at += 1
            continue
        length = (head & 0x0F) + 1
        if head >> 4 == identifier:
            if length > 3 or at + 1 + length > end:
                return None
            value = int.from_bytes(extensions[at + 1 : at + 1 + length])
            return (length - 1) << 24 | value << 8 * (3 - length)
        at += 1 + length
    return None


def send_time_word(now: float) -> int:
    """The time of sending as an extension word without its number: three bytes, 6.18 fixed point of seconds."""
    return 2 << 24 | int(now * 0x40000) & 0xFFFFFF


def loudness(word: int) -> int:
    """How loud an audio level extension says a packet is: 0 is silence, 127 the loudest (RFC 6464)."""
    return 127 - (word >> 16 & 0x7F)


def write(
    packet: Packet, *, payload_type: int, sequence: int, timestamp: int, ssrc: int, extension: int | None
) -> bytes:
    """The same packet for another receiver; `extension` is a whole extension word or `None`."""
    second = packet.marker | payload_type
    if extension is None:
        return _FIXED.pack(_VERSION_2 | packet.padding, second, sequence, timestamp, ssrc) + packet.payload
    head = _FIXED_AND_ONE_WORD.pack(
        _VERSION_2 | _EXTENDED | packet.padding,
        second,
        sequence,
        timestamp,
        ssrc,
        _ONE_BYTE_EXTENSIONS,
        1,
        extension,
    )
    return head + packet.payload


def retransmission(original: int, packet: Packet) -> Packet:
    """The packet as an RTX payload: its sequence number as the receiver knew it, then its payload."""
    return Packet(
        packet.sequence,
        packet.timestamp,
        packet.ssrc,
        packet.payload_type,
        packet.marker,
        packet.padding,
        b"",
        _SHORT.pack(original) + packet.payload,
    )


def recovered(rtx: Packet, payload_type: int) -> Packet | None:
    """The packet inside an RTX packet; `None` when it only carries padding to probe the line."""
    if len(rtx.payload) < 3 or rtx.padding:
        return None
    return Packet(
        _SHORT.unpack_from(rtx.payload)[0],
        rtx.timestamp,
        rtx.ssrc,
        payload_type,
        rtx.marker,
        0,
        rtx.extensions,
        rtx.payload[2:],
    )


def starts_key_frame(payload: bytes) -> bool:
    """Whether this is the first packet of a VP8 key frame."""
    if len(payload) < 5:
        return False
    head = payload[0]
    if not head & 0x10 or head & 0x0F:
        return False
    at = 1
    if head & 0x80:
        more = payload[1]
        at = 2
        if more & 0x80:
            at += 2 if payload[2] & 0x80 else 1
        if more & 0x40:
            at += 1
        if more & 0x30:
            at += 1
    return len(payload) > at and not payload[at] & 1


def is_rtcp(data: bytes) -> bool:
    """Whether a datagram from the SRTP range is RTCP (RFC 5761)."""
    return len(data) > 1 and 192 <= data[1] <= 208


def newer(sequence: int, than: int) -> bool:
    """Whether a 16-bit sequence number comes after another, across the turn at 65,536."""
    return 0 < (sequence - than & 0xFFFF) < 0x8000
