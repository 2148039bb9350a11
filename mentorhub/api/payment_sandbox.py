"""The payment sandbox as the settings name it: mounted below `/sandbox`, or in a process of its own."""

from pathlib import Path

from mentorhub.api.stripe_webhook import PATH
from mentorhub.domain.common.clock import utc_now
from mentorhub.sandbox.app import Sandbox, create_app
from mentorhub.settings import Settings

MOUNTED_AT = "/sandbox"
_FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # compared with, never bound


def payment_sandbox(here: Settings) -> Sandbox:
    """Make the sandbox for this installation; wherever it runs, it is reached below the product's address.

    The clock is the product's, so a checkout expires when the product thinks it does. Call `start` of the
    answer when the server starts, so that notices left from before the restart are delivered.
    """
    host = "127.0.0.1" if here.host in _EVERYWHERE else here.host
    return create_app(
        database=here.data_dir / "payment-sandbox.db",
        api_key=here.payment_key,
        webhook_url=f"http://{host}:{here.port}{PATH}",
        webhook_secret=here.payment_webhook_secret,
        public_base=f"{here.public_url}{MOUNTED_AT}",
        clock=utc_now,
        fonts=_FONTS if _FONTS.is_dir() else None,
    )
