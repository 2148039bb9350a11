"""A calendar server of our own: answers as told, counts what it was asked, and misbehaves on request."""

import gzip
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events given by their lines without UID and stamp; each gets its own."""
    entries = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}@elsewhere.example\r\nDTSTAMP:20261101T000000Z\r\n{lines}\r\nEND:VEVENT\r\n"
        for number, lines in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\n{head}{entries}END:VCALENDAR\r\n".encode()


class CalendarServer:
    """What the server answers; change it between two questions."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.status = 200
        self.content = calendar()
        self.headers: dict[str, str] = {}
        self.pause_seconds = 0.0
        self.drips = False
        self.asked: list[dict[str, str]] = []
        self.stopped = threading.Event()

    @property
    def address(self) -> str:
        """Where the calendar is."""
        return f"http://{self.host}/work.ics"

    def pack(self, content: bytes) -> None:
        """Answer packed with gzip."""
        self.content, self.headers = gzip.compress(content), {"Content-Encoding": "gzip"}


@contextmanager
def calendar_server(secured: ssl.SSLContext | None = None) -> Iterator[CalendarServer]:
    """A server at a port of its own, for as long as the block lasts; over https with a certificate."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append({name.lower(): value for name, value in self.headers.items()})
            etag = here.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.send_header("ETag", etag)
                self.end_headers()
                return
            here.stopped.wait(here.pause_seconds)
            self.send_response(here.status)
            for name, value in here.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self._send()
            except OSError:
                return

        def _send(self) -> None:
            if not here.drips:
                self.wfile.write(here.content)
                return
            for _ in range(100):
                self.wfile.write(b"x")
                if here.stopped.wait(0.1):
                    return

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    if secured is not None:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    here = CalendarServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield here
    finally:
        here.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
