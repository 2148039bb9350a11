"""The payment sandbox as its own process, as `serve` starts it beside several workers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import stripe

from mentorhub import settings
from mentorhub.adapters.stripe_gateway import StripeGateway
from mentorhub.api.stripe_webhook import PATH
from mentorhub.domain.common import clock
from mentorhub.domain.payments.ports import NoticeKind
from tests.payment_sandbox import PAYS, Inbox, Shop
from tests.servers import free_port, wait_for_port


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def test_the_settings_name_its_key_its_webhook_and_its_clock(tmp_path: Path, inbox: Inbox) -> None:
    port = free_port()
    environment = {"MENTORHUB_DATA": str(tmp_path), "MENTORHUB_PORT": str(inbox.port)}
    here = settings.parse(environment)
    gateway = StripeGateway(
        api_key=here.payment_key,
        webhook_secret=here.payment_webhook_secret,
        api_base=f"http://127.0.0.1:{port}",
    )
    assert here.clock_offset_file is not None
    here.clock_offset_file.write_text("86400.0")
    command = [sys.executable, "-m", "mentorhub.cli.sandbox_pay", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        wait_for_port(port)
        shop = Shop(f"http://127.0.0.1:{port}", tmp_path)
        clock.use_offset_file(here.clock_offset_file)
        wish = shop.wants(success_url="http://shop.example/paid", expires_at=int(clock.utc_now().timestamp()) + 1_860)
        session = stripe.StripeClient(here.payment_key, base_addresses={"api": shop.base}).v1.checkout.sessions.create(
            wish
        )
        assert f"{session.url}".startswith(f"{here.public_url}/sandbox/checkout/pay/")
        page = shop.browser.get(f"/checkout/pay/{session.id}")
        assert page.status_code == 200
        assert "fonts.css" in page.text
        with inbox.open():
            assert shop.type_card(session.id, PAYS).status_code == 303
            inbox.wait_for_bodies(4)
        kinds = {gateway.read_notice(body, signature).kind for body, signature in inbox.arrived}
        assert NoticeKind.CHECKOUT_PAID in kinds
        assert inbox.paths == {PATH}
    finally:
        process.terminate()
        process.wait(20)
