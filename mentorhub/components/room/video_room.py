"""The room in the browser: one component with its own connection, which never passes through Reflex state."""

from __future__ import annotations

from typing import Final

import reflex as rx

from mentorhub.components.script import script
from mentorhub.components.values import Flag, Handler, Node, Number, Text, given

_SCRIPTS: Final = {
    name: script(name)
    for name in (
        "video_room.jsx",
        "device_check.jsx",
        "stage.jsx",
        "group_tiles.jsx",
        "icons.jsx",
        "hooks.js",
        "words.js",
        "devices.js",
        "room_client.js",
        "line.js",
        "quality.js",
    )
}


class VideoRoom(rx.NoSSRComponent):
    """Device check, tiles, controls; what is given as a child stands beside the stage."""

    library = _SCRIPTS["video_room.jsx"]
    tag = "VideoRoom"

    token: rx.Var[str]
    join_url: rx.Var[str]
    title: rx.Var[str]
    other_name: rx.Var[str]
    beside_label: rx.Var[str]
    starts_at: rx.Var[str]
    ends_at: rx.Var[str]
    server_now: rx.Var[str]
    is_group: rx.Var[bool]
    places: rx.Var[int]
    expected: rx.Var[int]

    on_status: rx.EventHandler[rx.event.passthrough_event_spec(str)]  # type: ignore[type-arg, valid-type]
    on_quality: rx.EventHandler[rx.event.passthrough_event_spec(str)]  # type: ignore[type-arg, valid-type]
    on_left: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def video_room(
    *beside: Node,
    token: Text,
    join_url: Text,
    title: Text,
    other_name: Text,
    starts_at: Text,
    ends_at: Text,
    server_now: Text,
    is_group: Flag = False,
    places: Number = 2,
    expected: Number = 2,
    beside_label: Text = "Notes",
    on_status: Handler | None = None,
    on_quality: Handler | None = None,
    on_left: Handler | None = None,
) -> rx.Component:
    """The room of one booking or group session for the person whose join token this is.

    `join_url` is `/rtc/<its id>`; a group's room holds so many `places`, and so many people are `expected`.
    Times are ISO 8601 in UTC, `server_now` as of this rendering.
    `on_status` gets checking, joining, in, reconnecting, left, elsewhere or refused; `on_quality` gets
    good, fair or poor; both only on a change. `beside` (the notes) should have the class `notepad`.
    """
    return VideoRoom.create(
        *beside,
        token=token,
        join_url=join_url,
        title=title,
        other_name=other_name,
        is_group=is_group,
        places=places,
        expected=expected,
        beside_label=beside_label,
        starts_at=starts_at,
        ends_at=ends_at,
        server_now=server_now,
        **given(on_status=on_status, on_quality=on_quality, on_left=on_left),
    )
