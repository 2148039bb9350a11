"""Two clients in a room: each gets what the other sends, in a real media process."""

from tests.video.media_process import MediaProcess
from tests.video.pages import joined, until_received


async def test_each_of_two_gets_sound_and_picture_of_the_other(media: MediaProcess) -> None:
    async with joined(media.url, "riya") as riya, joined(media.url, "kabir") as kabir:
        for page in (riya, kabir):
            await until_received(page, "audio", 50)
            await until_received(page, "video", 20)

    figures = media.ask("/stats")["rooms"]["b1"]
    assert figures["kabir"]["published"]["camera"]["packets"] >= 20
    assert figures["riya"]["shown"]["camera"]["packets"] >= 20
