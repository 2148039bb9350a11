"""A web server that dies while it takes a file in, once its object is stored: at a statement or at the commit."""

import os
import sys

from sqlalchemy import event
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mentorhub import database, settings
from mentorhub.adapters import outside
from mentorhub.api import intake_files
from tests import files


def send(url: str, booking_id: str, token: str, *, dies_at: str) -> None:
    """Post a file; ends the process without a word once `dies_at` ("statement" or "commit") comes after storing it."""
    here, out = settings.current(), outside()
    engine = database.connect(url)

    def die_once_stored(*_: object) -> None:
        folder = here.data_dir / "files" / "intake"
        if folder.is_dir() and any(folder.iterdir()):
            os._exit(9)

    event.listen(engine, {"statement": "before_cursor_execute", "commit": "commit"}[dies_at], die_once_stored)
    web = TestClient(Starlette(routes=intake_files.routes(here, out.files)), headers={"origin": here.public_url})
    web.post(f"/intake/{booking_id}/files", content=files.PDF, headers={"cookie": f"mh_session={token}"})


if __name__ == "__main__":
    send(*sys.argv[1:4], dies_at=sys.argv[4])
