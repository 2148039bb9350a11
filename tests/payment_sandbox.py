"""The payment sandbox as a process of its own, a shop that sells through it, and an inbox for its notices."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import stripe

from tests.servers import free_port, wait_for_port

API_KEY = "sk_test_for_these_tests_only"
WEBHOOK_SECRET = "whsec_for_these_tests_only"
PAYS = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
ASKS_THE_BANK = "4000 0027 6000 3184"


@dataclass
class Inbox:
    """Where notices arrive: body and signature of each; `refuse` answers 500 to so many of the next."""

    port: int = field(default_factory=free_port)
    arrived: list[tuple[bytes, str]] = field(default_factory=list)
    refuse: int = 0
    paths: set[str] = field(default_factory=set)
    _read: list[stripe.Event] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @contextmanager
    def open(self) -> Iterator["Inbox"]:
        """Listen for the length of the block."""
        inbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                inbox.paths.add(self.path)
                inbox.arrived.append((body, self.headers["Stripe-Signature"]))
                refused = inbox.refuse > 0
                inbox.refuse -= refused
                self.send_response(500 if refused else 200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def events(self) -> list[stripe.Event]:
        """What arrived, each checked by the SDK."""
        for body, signature in self.arrived[len(self._read) :]:
            self._read.append(stripe.Webhook.construct_event(body, signature, WEBHOOK_SECRET))
        return list(self._read)

    def wait_for_bodies(self, count: int, *, seconds: float = 15) -> None:
        """Return once so many notices arrived, whoever signed them; raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while len(self.arrived) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"only {len(self.arrived)} notices arrived")
            time.sleep(0.02)

    def wait_for(self, enough: Callable[[list[stripe.Event]], bool], *, seconds: float = 15) -> list[stripe.Event]:
        """The events once there are enough of them; raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while not enough(events := self.events()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"only {[event.type for event in events]} arrived")
            time.sleep(0.02)
        return events


@dataclass
class Shop:
    """Somebody who sells through the sandbox: the unmodified SDK, and the form as a browser sends it."""

    base: str
    folder: Path
    webhook_url: str | None = None

    @cached_property
    def sdk(self) -> stripe.StripeClient:
        return stripe.StripeClient(API_KEY, base_addresses={"api": self.base})

    @cached_property
    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.base, trust_env=False)

    def wants(self, **changes: Any) -> Any:
        """The parameters of an ordinary checkout over 1,200 rupees."""
        price = {"currency": "inr", "unit_amount": 120_000, "product_data": {"name": "CV review"}}
        return {
            "mode": "payment",
            "line_items": [{"price_data": price, "quantity": 1}],
            "success_url": "http://shop.example/paid?checkout={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://shop.example/cart",
            "customer_email": "riya@example.org",
            "client_reference_id": "our-name-for-it",
            "metadata": {"booking": "b1"},
        } | changes

    def sell(self, **changes: Any) -> stripe.checkout.Session:
        """Open a checkout."""
        return self.sdk.v1.checkout.sessions.create(self.wants(**changes))

    def type_card(self, session_id: str, number: str, **changes: str) -> httpx.Response:
        """Send the form of the checkout page, as a browser does."""
        form = {"email": "riya@example.org", "holder": "Riya Patil", "expiry": "04 / 39", "code": "123"}
        return self.browser.post(f"/checkout/pay/{session_id}", data=form | {"number": number} | changes)

    def sold(self, **changes: Any) -> stripe.checkout.Session:
        """A checkout that was paid, with everything expanded."""
        session = self.sell(**changes)
        assert self.type_card(session.id, PAYS).status_code == 303
        return self.look(session.id)

    def look(self, session_id: str) -> stripe.checkout.Session:
        """A checkout as it is now, down to what the provider kept."""
        return self.sdk.v1.checkout.sessions.retrieve(
            session_id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
        )

    def control(self, what: str, **given: Any) -> Any:
        """Use the sandbox's own controls."""
        answer = self.browser.post(f"/_sandbox/{what}", data=given, headers=self.key)
        assert answer.status_code == 200, answer.text
        return answer.json()

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {API_KEY}"}

    def move_clock(self, by: timedelta) -> None:
        """Move the sandbox's clock."""
        path = self.folder / "clock-offset"
        before = float(path.read_text()) if path.exists() else 0.0
        fresh = path.with_suffix(".new")
        fresh.write_text(str(before + by.total_seconds()))
        fresh.replace(path)

    @property
    def now(self) -> int:
        """The sandbox's clock, in seconds since 1970."""
        path = self.folder / "clock-offset"
        return int(time.time() + (float(path.read_text()) if path.exists() else 0.0))


@contextmanager
def running(folder: Path, *, webhook_url: str | None = None, port: int | None = None) -> Iterator[Shop]:
    """Run `python -m mentorhub.sandbox` for the block; what it keeps and says is in `folder`."""
    port = port or free_port()
    command = [sys.executable, "-m", "mentorhub.sandbox", "--port", str(port)]
    command += ["--database", str(folder / "sandbox.db"), "--clock-offset", str(folder / "clock-offset")]
    command += ["--webhook-url", webhook_url] if webhook_url else []
    secrets = {"STRIPE_SECRET_KEY": API_KEY, "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET}
    with (folder / "output.txt").open("ab") as output:
        process = subprocess.Popen(command, env=os.environ | secrets, stdout=output, stderr=output)
        try:
            wait_for_port(port)
            yield Shop(f"http://127.0.0.1:{port}", folder, webhook_url)
        finally:
            process.terminate()
            process.wait(20)
