"""The media process of the video tests."""

from tests.video.conftest import media

__all__ = ["media"]
