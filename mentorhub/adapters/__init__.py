"""The outside as the settings name it: bus, mailer, payment gateway, hasher, calendars, files; each built once."""

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from mentorhub import settings
from mentorhub.domain.accounts.ports import PasswordHasher
from mentorhub.domain.common.ports import Bus, FileStore
from mentorhub.domain.notifications.ports import Mailer
from mentorhub.domain.payments.ports import PaymentGateway
from mentorhub.domain.scheduling.ports import CalendarFetcher
from mentorhub.settings import Settings

if TYPE_CHECKING:
    from mentorhub.adapters.mailbox_mailer import MailboxMailer


class Outside:
    """One adapter for each port, made when first asked for; passed to services as arguments."""

    def __init__(self, here: Settings) -> None:
        self._here = here

    @cached_property
    def bus(self) -> Bus:
        """What carries topics between the processes of this installation."""
        if self._here.redis_url:
            from mentorhub.adapters.redis_bus import RedisBus

            return RedisBus(self._here.redis_url)
        from mentorhub.adapters.memory_bus import MemoryBus

        return MemoryBus()

    @cached_property
    def hasher(self) -> PasswordHasher:
        """What turns passwords into hashes."""
        from mentorhub.adapters.argon2_hasher import Argon2Hasher

        return Argon2Hasher()

    @cached_property
    def mailbox(self) -> "MailboxMailer | None":
        """The mailbox one can open in the browser; `None` in live mode and where mail really goes out."""
        if self._here.live or self._here.smtp_url:
            return None
        from mentorhub.adapters.mailbox_mailer import MailboxMailer

        return MailboxMailer(self._here.data_dir / "mailbox", sender=self._here.mail_from)

    @cached_property
    def mailer(self) -> Mailer:
        """What delivers mail: the mailbox, or SMTP."""
        if self.mailbox is not None:
            return self.mailbox
        from mentorhub.adapters.smtp_mailer import SmtpMailer

        return SmtpMailer(self._here.smtp_url or "", sender=self._here.mail_from)

    @cached_property
    def gateway(self) -> PaymentGateway:
        """What takes and returns money: the provider, or the product's own sandbox at its address."""
        from mentorhub.adapters.stripe_gateway import StripeGateway

        return StripeGateway(
            api_key=self._here.payment_key,
            webhook_secret=self._here.payment_webhook_secret,
            api_base=self._here.payment_api,
        )

    @cached_property
    def calendars(self) -> CalendarFetcher:
        """What reads the calendars mentors keep elsewhere."""
        from mentorhub.adapters.calendar_fetcher import HttpCalendarFetcher

        return HttpCalendarFetcher(own_hosts=self._here.calendar_hosts)

    @cached_property
    def files(self) -> FileStore:
        """What keeps files: a folder of this machine, or a bucket."""
        from mentorhub.adapters.object_files import ObjectFiles

        return ObjectFiles(self._here.files_url)


@lru_cache(maxsize=1)
def outside() -> Outside:
    """The outside of this process."""
    return Outside(settings.current())
