"""What the product's logs say, and what they never do, whatever a browser sends."""

import subprocess
import sys

PRELUDE = "import logging; from mentorhub.cli import logs; logs.set_up(as_json=True)\n"


def logged(script: str) -> str:
    """Everything a fresh process writes to its standard error."""
    command = [sys.executable, "-c", PRELUDE + script]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stderr


def test_a_frameworks_message_keeps_its_place_and_loses_its_words() -> None:
    said = logged(
        "try:\n"
        "    raise KeyError('mh_session=secret')\n"
        "except KeyError as error:\n"
        "    logging.getLogger('reflex_base.event').error('Event(headers=%s)', 'mh_session=secret', exc_info=error)\n"
        "logging.getLogger('reflex.app').warning('Event data: a password\\nand\\nmore lines')\n"
    )

    assert "secret" not in said
    assert "password" not in said
    assert len(said.splitlines()) == 2
    assert "reflex_base.event" in said
    assert "KeyError" in said


def test_the_sockets_library_writes_nothing_past_the_products_logs() -> None:
    said = logged(
        "import socketio\n"
        "server = socketio.AsyncServer(async_mode='asgi')\n"
        "for noisy in (server.logger, server.eio.logger):\n"
        "    noisy.error('a message with a password')\n"
    )

    assert "password" not in said
    assert len(said.splitlines()) == 2


def test_other_messages_are_logged_as_they_are() -> None:
    assert "the mail server is away" in logged("logging.getLogger('smtp').warning('the mail server is away')")
