"""Calendars over real HTTP: what is fetched, what is refused, and how long and how large it may be."""

import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mentorhub.adapters.calendar_fetcher import HttpCalendarFetcher, is_public
from mentorhub.domain.scheduling.errors import CalendarUnreadable
from tests.calendar_server import CalendarServer, calendar, calendar_server

PRIVATE = "The address leads into a private network, which we do not read."


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with calendar_server() as running:
        yield running


def fetcher(server: CalendarServer, *, seconds: float = 10.0) -> HttpCalendarFetcher:
    return HttpCalendarFetcher(own_hosts=(server.host,), seconds_in_all=seconds)


def refusal(server: CalendarServer, *, seconds: float = 10.0) -> str:
    with pytest.raises(CalendarUnreadable) as caught:
        fetcher(server, seconds=seconds).fetch(server.address)
    return caught.value.message


def test_a_calendar_comes_with_its_mark_and_is_not_sent_again_while_unchanged(server: CalendarServer) -> None:
    server.headers = {"ETag": '"seven"'}

    first = fetcher(server).fetch(server.address)
    again = fetcher(server).fetch(server.address, mark=first.mark)

    assert (first.content, first.mark) == (calendar(), '"seven"')
    assert (again.content, again.mark) == (None, '"seven"')
    assert server.asked[0]["host"] == server.host
    assert {"cookie", "authorization"}.isdisjoint(server.asked[1])


def test_a_calendar_without_etag_is_asked_for_by_its_date(server: CalendarServer) -> None:
    server.headers = {"Last-Modified": "Sun, 22 Nov 2026 12:00:00 GMT"}

    mark = fetcher(server).fetch(server.address).mark
    fetcher(server).fetch(server.address, mark=mark)

    assert server.asked[1]["if-modified-since"] == "Sun, 22 Nov 2026 12:00:00 GMT"


def certificate_for(name: str, folder: Path) -> Path:
    """A certificate for a host name, signed by itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(plain + made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(("name", "is_trusted"), [("localhost", True), ("localhost", False), ("other.example", True)])
def test_the_certificate_has_to_be_the_names_and_trusted_although_the_number_is_called(
    name: str, is_trusted: bool, tmp_path: Path
) -> None:
    path = certificate_for(name, tmp_path)
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(path)
    asked_for: list[str] = []
    secured.sni_callback = lambda _, asked, __: asked_for.append(asked)
    trusted = ssl.create_default_context(cafile=path) if is_trusted else None

    with calendar_server(secured) as server:
        host = server.host.replace("127.0.0.1", "localhost")
        fetching = HttpCalendarFetcher(own_hosts=(host,), trusted=trusted)
        if name == "localhost" and is_trusted:
            assert fetching.fetch(f"https://{host}/work.ics").content == calendar()
            assert server.asked[0]["host"] == host
        else:
            with pytest.raises(CalendarUnreadable, match="cannot be reached"):
                fetching.fetch(f"https://{host}/work.ics")
            assert server.asked == []
    assert set(asked_for) == {"localhost"}


def test_a_packed_calendar_is_unpacked(server: CalendarServer) -> None:
    server.pack(calendar("DTSTART:20261124T090000Z"))

    assert fetcher(server).fetch(server.address).content == calendar("DTSTART:20261124T090000Z")


def test_an_address_inside_our_network_is_not_asked_at_all(server: CalendarServer) -> None:
    for inward in ("https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://[::ffff:127.0.0.1]/"):
        with pytest.raises(CalendarUnreadable, match="private network"):
            HttpCalendarFetcher().fetch(inward)


@pytest.mark.parametrize(
    ("leads_to", "why"),
    [
        ("https://127.0.0.1/secret", "private network"),
        ("https://169.254.169.254/latest/meta-data", "private network"),
        ("http://example.org/plain.ics", "an address we do not read"),
        ("https://example.org:8443/odd.ics", "an address we do not read"),
        ("https://me:secret@example.org/", "an address we do not read"),
        ("file:///etc/passwd", "an address we do not read"),
        ("/work.ics", "from one address to the next"),
    ],
)
def test_where_a_server_sends_us_is_looked_at_like_the_first_address(
    server: CalendarServer, leads_to: str, why: str
) -> None:
    server.status, server.headers = 302, {"Location": leads_to}

    assert why in refusal(server)
    assert len(server.asked) <= 4


def test_a_calendar_over_two_megabytes_is_refused_packed_or_not(server: CalendarServer) -> None:
    huge = b"x" * (2 * 1024 * 1024 + 1)
    server.content = huge
    assert refusal(server) == "The calendar is larger than 2 MB."

    server.pack(b"\0" * 60 * 1024 * 1024)
    assert refusal(server) == "The calendar is larger than 2 MB."

    server.pack(huge[:-1])
    assert fetcher(server).fetch(server.address).content == huge[:-1]


def test_a_server_that_hangs_or_drips_is_left_in_time(server: CalendarServer) -> None:
    server.pause_seconds = 30
    assert refusal(server, seconds=0.5) == "The calendar's server takes too long to answer."

    server.pause_seconds, server.drips = 0, True
    assert refusal(server, seconds=0.5) == "The calendar's server takes too long to answer."


def test_a_name_server_that_never_answers_is_left_in_time() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))

        def look_up(host: str, _: int) -> list[str]:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
                asking.settimeout(5)
                asking.sendto(host.encode(), silent.getsockname())
                return [asking.recv(100).decode()]

        began = time.monotonic()
        with pytest.raises(CalendarUnreadable, match="takes too long"):
            HttpCalendarFetcher(seconds_in_all=0.3, look_up=look_up).fetch("https://calendar.example/a.ics")

        assert silent.recv(100) == b"calendar.example"
        assert time.monotonic() - began < 2


def test_what_is_no_calendar_is_named_for_what_it_is(server: CalendarServer) -> None:
    server.headers = {"Content-Type": "text/html; charset=utf-8"}
    assert refusal(server) == "The address answers with a web page, not with a calendar."

    server.headers, server.status = {}, 500
    assert refusal(server) == "The calendar's server answers with an error (500)."

    server.status = 404
    assert "no calendar for us" in refusal(server)

    server.status, server.headers = 200, {"Content-Encoding": "gzip"}
    assert refusal(server) == "The calendar's server answers in a form we cannot read."


def test_only_addresses_of_the_whole_internet_are_public() -> None:
    inward = (
        "127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 "
        "192.0.2.1 ::1 :: fe80::1 fc00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: ff02::1 nonsense"
    )

    assert [number for number in inward.split() if is_public(number)] == []
    assert all(is_public(number) for number in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"))
