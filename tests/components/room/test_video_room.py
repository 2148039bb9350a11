"""The room's component ships every script that its scripts import, and passes its names on."""

import re
from pathlib import Path

import mentorhub.components.room as package
from mentorhub.components.room.video_room import _SCRIPTS, video_room

FOLDER = Path(package.__file__).parent


def test_every_script_that_is_imported_is_shipped_and_no_other() -> None:
    imported = {
        name
        for path in FOLDER.glob("*.js*")
        for name in re.findall(r'from "\./([^"]+)"', path.read_text(encoding="utf-8"))
    }

    assert imported | {"video_room.jsx"} == set(_SCRIPTS)
    assert all((FOLDER / name).is_file() for name in _SCRIPTS)


def test_the_page_names_the_room_the_other_and_the_times() -> None:
    drawn = str(
        video_room(
            token="a.b",
            join_url="/rtc/b1",
            title="CV review with Kabir",
            other_name="Kabir Deshmukh",
            starts_at="2026-11-24T08:45:00Z",
            ends_at="2026-11-24T09:15:00Z",
            server_now="2026-11-24T08:48:00Z",
        )
    )

    for part in ('joinUrl:"/rtc/b1"', 'otherName:"Kabir Deshmukh"', 'endsAt:"2026-11-24T09:15:00Z"', 'token:"a.b"'):
        assert part in drawn
