"""`mentorhub media`: the media process, beside the web server or on a machine of its own."""

import sys

import typer

from mentorhub import settings
from mentorhub.settings import SettingsError
from mentorhub.video import transport
from mentorhub.video.worker import Options, PortTaken, run


def media(port: int = 3478, host: str = "127.0.0.1", embedded: bool = False) -> None:
    """Forward sound and pictures between the people of a room; `MEDIA_URL` tells web servers where this is."""
    try:
        here = settings.current()
        run(
            Options(
                port=port,
                host=host,
                secret=here.secret,
                data=here.data_dir / "media",
                loopback=here.host in ("127.0.0.1", "localhost"),
                public_address=here.video_public_ip,
                clock_offset_file=here.clock_offset_file,
                embedded=embedded,
            )
        )
    except (SettingsError, PortTaken, transport.ContractBroken) as error:
        sys.exit(f"The media process cannot start: {error}")


if __name__ == "__main__":
    typer.run(media)
