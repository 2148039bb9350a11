"""Offers of pages are answered line by line; anything else is refused with a sentence."""

import pytest
from aiortc import RTCPeerConnection

from mentorhub.video import sdp
from mentorhub.video.slot import Slot

OURS = sdp.LocalEnd("user", "password-of-the-line", "AB:CD", ["1 1 udp 1 192.0.2.7 5000 typ host"])


async def _offer(*lines: tuple[str, str], chat: bool = False) -> str:
    page = RTCPeerConnection()
    for kind, direction in lines:
        page.addTransceiver(kind, direction=direction)
    if chat:
        page.createDataChannel("chat")
    await page.setLocalDescription(await page.createOffer())
    text = page.localDescription.sdp
    await page.close()
    return text


async def test_the_lines_are_microphone_camera_and_screen_in_this_order() -> None:
    offer = sdp.read_offer(await _offer(("audio", "sendrecv"), ("video", "sendrecv"), ("video", "recvonly")))

    assert [section.source for section in offer.sections] == ["microphone", "camera", "screen"]
    assert [section.publishes for section in offer.sections] == [True, True, False]
    assert offer.sections[1].rtx_payload_type is not None


async def test_lines_beyond_these_are_refused_and_the_rest_is_answered() -> None:
    lines = [("audio", "sendrecv"), ("video", "sendrecv"), ("video", "sendrecv"), ("audio", "recvonly")]
    offer = sdp.read_offer(await _offer(*lines, chat=True))
    slots = {
        section.mid: Slot(section, lambda packet: None, lambda packet: None)
        for section in offer.sections
        if section.source
    }

    answer = sdp.answer(offer, slots, OURS)

    kinds = [line.split()[:2] for line in answer.split("\r\n") if line.startswith("m=")]
    assert [kind for kind, _ in kinds] == ["m=audio", "m=video", "m=video", "m=audio", "m=application"]
    assert [port for _, port in kinds] == ["9", "9", "9", "0", "0"]
    assert "a=group:BUNDLE 0 1 2\r\n" in answer
    assert answer.count("VP8/90000") == 2
    assert "H264" not in answer


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: "", "The offer has no lines, or too many."),
        (lambda text: "nonsense", "The offer has no lines, or too many."),
        (lambda text: text.replace("opus", "pcmu"), "The offer has no opus."),
        (lambda text: text.replace("VP8", "AV1"), "The offer has no vp8."),
        (lambda text: text.replace("a=ice-pwd", "a=x"), "The offer has no connection parameters."),
        (lambda text: text.replace("a=mid:1", "a=mid:0"), "Two lines of the offer have the same name."),
        (lambda text: text.replace("a=mid:1", "a=mid:<b>"), "A line of the offer has no usable name."),
        (lambda text: text + "a=x\r\n" * 20_000, "The offer is too large."),
        (lambda text: text.replace("m=video ", "m=video x"), "The offer cannot be read."),
    ],
)
async def test_a_wrong_offer_is_refused_with_a_sentence(change: object, sentence: str) -> None:
    text = await _offer(("audio", "sendrecv"), ("video", "sendrecv"))

    with pytest.raises(sdp.OfferRefused) as refusal:
        sdp.read_offer(change(text))  # type: ignore[operator]

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(("number", "passed_on"), [(0, 0), (1, 1), (14, 14), (15, 0), (200, 0)])
def test_only_an_extension_that_fits_the_short_form_is_passed_on(number: int, passed_on: int) -> None:
    level = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"

    assert sdp.Section("audio", "0", "microphone", extensions={level: number}).forwarded_extension == passed_on
