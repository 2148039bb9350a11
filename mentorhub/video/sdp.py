"""Offers and answers: what a page may offer, and the one answer it gets (RFC 8829, RFC 8866).

The page always offers the same lines first: microphone, camera, screen. A page of a group's room offers more
lines, on which it only receives: for the sound of each further person, and for some more cameras. Lines beyond
these are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiortc import RTCDtlsParameters, RTCIceCandidate, RTCIceParameters
from aiortc.sdp import MediaDescription, SessionDescription

if TYPE_CHECKING:
    from mentorhub.video.slot import Slot

LARGEST_OFFER = 64 * 1024
CNAME = "room"

_MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
_AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
_ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
_SOURCES = {"audio": ("microphone",), "video": ("camera", "screen")}
_CODECS = {"audio": "opus", "video": "vp8"}
_MOST_LINES = 64
MOST_CAMERAS = 6
"""How many people are seen at once; of the others only the sound is passed on."""


class OfferRefused(Exception):
    """The offer cannot be answered; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Section:
    """One line of an offer: what it carries and the numbers the page gave it.

    `source` is microphone, camera or screen, or empty for a line that we refuse.
    Lines of the same `stream` are kept in step by the page.
    """

    kind: str
    mid: str
    source: str
    payload_type: int = 0
    rtx_payload_type: int | None = None
    extensions: dict[str, int] = field(default_factory=dict)
    ssrc: int = 0
    rtx_ssrc: int = 0
    publishes: bool = False
    receives: bool = False
    stream: str = CNAME

    @property
    def forwarded_extension(self) -> int:
        """The number of the one header extension we pass on: audio level, or the send time of video."""
        number = self.extensions.get(_AUDIO_LEVEL if self.kind == "audio" else _ABS_SEND_TIME, 0)
        return number if 0 < number < 15 else 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A page's offer, checked."""

    ice: RTCIceParameters
    dtls: RTCDtlsParameters
    candidates: list[RTCIceCandidate]
    sections: list[Section]


def read_offer(text: str, *, others: int = 1) -> Offer:
    """Check an offer of a page that may meet so many others; raises OfferRefused."""
    if len(text) > LARGEST_OFFER:
        raise OfferRefused("The offer is too large.")
    try:
        return _checked(SessionDescription.parse(text).media, others)
    except OfferRefused:
        raise
    except Exception as error:
        # the parser has no error of its own: a damaged text makes it fail in many ways
        raise OfferRefused("The offer cannot be read.") from error


def _checked(media: list[MediaDescription], others: int) -> Offer:
    if not 0 < len(media) <= _MOST_LINES:
        raise OfferRefused("The offer has no lines, or too many.")
    first = media[0]
    if first.ice is None or not first.ice.usernameFragment or not first.ice.password:
        raise OfferRefused("The offer has no connection parameters.")
    if first.dtls is None or not first.dtls.fingerprints:
        raise OfferRefused("The offer has no certificate fingerprint.")
    free = {
        "audio": [*_SOURCES["audio"], *["microphone"] * (others - 1)],
        "video": [*_SOURCES["video"], *["camera"] * (min(others, MOST_CAMERAS) - 1)],
    }
    sections: list[Section] = []
    for line in media:
        known = {section.source for section in sections}
        sections.append(_section(line, free.get(line.kind, []), known, is_group=others > 1))
    if len({section.mid for section in sections}) != len(sections):
        raise OfferRefused("Two lines of the offer have the same name.")
    return Offer(first.ice, first.dtls, first.ice_candidates, sections)


def _section(line: MediaDescription, free: list[str], known: set[str], *, is_group: bool) -> Section:
    mid = line.rtp.muxId
    if not mid or len(mid) > 16 or not mid.isalnum():
        raise OfferRefused("A line of the offer has no usable name.")
    if not free:
        return Section(line.kind, mid, "")
    codec = _first(line, lambda codec: codec.name.lower() == _CODECS[line.kind])
    if codec is None:
        raise OfferRefused(f"The offer has no {_CODECS[line.kind]}.")
    rtx = _first(
        line,
        lambda other: other.name.lower() == "rtx" and other.parameters.get("apt") == codec.payloadType,
    )
    ssrc, rtx_ssrc = _sources(line)
    numbers = [codec.payloadType, rtx.payloadType if rtx is not None else 0]
    if not all(0 <= number < 128 for number in numbers) or not 0 <= max(ssrc, rtx_ssrc) < 2**32:
        raise OfferRefused("A number in the offer is out of range.")
    source = free.pop(0)
    return Section(
        kind=line.kind,
        mid=mid,
        source=source,
        payload_type=codec.payloadType,
        rtx_payload_type=rtx.payloadType if rtx is not None and line.kind == "video" else None,
        extensions={extension.uri: extension.id for extension in line.rtp.headerExtensions},
        ssrc=ssrc,
        rtx_ssrc=rtx_ssrc,
        publishes=line.direction in ("sendrecv", "sendonly") and ssrc != 0 and source not in known,
        receives=line.direction in ("sendrecv", "recvonly"),
        # among several people a line's sound and another's picture need not be one person's
        stream=f"line{mid}" if is_group else CNAME,
    )


def _first(line: MediaDescription, fits: Any) -> Any:
    return next((codec for codec in line.rtp.codecs if fits(codec)), None)


def _sources(line: MediaDescription) -> tuple[int, int]:
    """The track's own SSRC and the one of its retransmissions, 0 when not named."""
    for group in line.ssrc_group:
        if group.semantic == "FID" and len(group.items) == 2:
            return int(group.items[0]), int(group.items[1])
    return (line.ssrc[0].ssrc, 0) if line.ssrc else (0, 0)


@dataclass(frozen=True, slots=True)
class LocalEnd:
    """Our end of the connection as the answer names it."""

    username: str
    password: str
    fingerprint: str
    candidates: list[str]


def answer(offer: Offer, slots: dict[str, Slot], ours: LocalEnd) -> str:
    """The answer to an offer; `slots` by the name of their line."""
    accepted = " ".join(section.mid for section in offer.sections if section.source)
    lines = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", f"a=group:BUNDLE {accepted}"]
    for section in offer.sections:
        if section.source:
            lines += _accepted(section, slots.get(section.mid), ours)
        else:
            lines += [*_head(section, port=0, formats="0"), f"a=mid:{section.mid}", "a=inactive"]
    return "\r\n".join([*lines, ""])


def _head(section: Section, *, port: int, formats: str) -> list[str]:
    profile = "UDP/DTLS/SCTP" if section.kind == "application" else "UDP/TLS/RTP/SAVPF"
    if section.kind == "application":
        formats = "webrtc-datachannel"
    return [f"m={section.kind} {port} {profile} {formats}", "c=IN IP4 0.0.0.0"]


def _accepted(section: Section, slot: Slot | None, ours: LocalEnd) -> list[str]:
    rtx = section.rtx_payload_type
    formats = f"{section.payload_type}" + (f" {rtx}" if rtx is not None else "")
    return [
        *_head(section, port=9, formats=formats),
        f"a=mid:{section.mid}",
        f"a=ice-ufrag:{ours.username}",
        f"a=ice-pwd:{ours.password}",
        f"a=fingerprint:sha-256 {ours.fingerprint}",
        "a=setup:active",
        *(f"a=candidate:{candidate}" for candidate in ours.candidates),
        "a=end-of-candidates",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a={_direction(section)}",
        *(_audio_lines(section) if section.kind == "audio" else _video_lines(section)),
        *_extension_lines(section),
        *(_source_lines(section, slot) if slot is not None else []),
    ]


def _direction(section: Section) -> str:
    if section.publishes:
        return "sendrecv" if section.receives else "recvonly"
    return "sendonly" if section.receives else "inactive"


def _audio_lines(section: Section) -> list[str]:
    number = section.payload_type
    return [f"a=rtpmap:{number} opus/48000/2", f"a=fmtp:{number} minptime=10;useinbandfec=1;usedtx=0"]


def _video_lines(section: Section) -> list[str]:
    number, rtx = section.payload_type, section.rtx_payload_type
    feedback = ("nack", "nack pli", "ccm fir", "goog-remb")
    lines = [f"a=rtpmap:{number} VP8/90000", *(f"a=rtcp-fb:{number} {kind}" for kind in feedback)]
    if rtx is not None:
        lines += [f"a=rtpmap:{rtx} rtx/90000", f"a=fmtp:{rtx} apt={number}"]
    return lines


def _extension_lines(section: Section) -> list[str]:
    wanted = (_MID, _AUDIO_LEVEL if section.kind == "audio" else _ABS_SEND_TIME)
    return [f"a=extmap:{section.extensions[uri]} {uri}" for uri in wanted if uri in section.extensions]


def _source_lines(section: Section, slot: Slot) -> list[str]:
    lines = [f"a=msid:{section.stream} {section.source}", f"a=ssrc:{slot.ssrc} cname:{CNAME}"]
    if section.rtx_payload_type is not None:
        lines += [f"a=ssrc-group:FID {slot.ssrc} {slot.rtx_ssrc}", f"a=ssrc:{slot.rtx_ssrc} cname:{CNAME}"]
    return lines
