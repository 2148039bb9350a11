"""The payment sandbox, its inbox and a gateway that speaks to it, for every test of an adapter that asks."""

from collections.abc import Iterator

import pytest

from mentorhub.adapters.stripe_gateway import StripeGateway
from mentorhub.domain.payments.ports import PaymentGateway
from tests.payment_sandbox import API_KEY, WEBHOOK_SECRET, Inbox, Shop, running


@pytest.fixture(scope="package")
def inbox() -> Iterator[Inbox]:
    with Inbox().open() as inbox:
        yield inbox


@pytest.fixture(scope="package")
def _process(tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("sandbox"), webhook_url=inbox.url) as shop:
        yield shop


@pytest.fixture
def shop(_process: Shop) -> Iterator[Shop]:
    yield _process
    _process.control("faults", trouble="broken", calls=0)


@pytest.fixture
def gateway(shop: Shop) -> PaymentGateway:
    return StripeGateway(
        api_key=API_KEY, webhook_secret=f"whsec_old,{WEBHOOK_SECRET}", api_base=shop.base, reply_timeout=0.5
    )
