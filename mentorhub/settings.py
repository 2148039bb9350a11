"""Every environment variable, parsed once; a wrong value stops the program with the variable's name."""

import hashlib
import os
import secrets
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class Mode(StrEnum):
    """How the product runs: a demonstration on this machine, or live with real people and money."""

    DEMO = "demo"
    LIVE = "live"


class SettingsError(Exception):
    """A variable is missing or wrong; the message names it and says what was expected."""


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


def _database_url(value: Any) -> Any:
    text = "" if value is None else str(value)
    if text.startswith("postgres://"):
        text = "postgresql://" + text.removeprefix("postgres://")
    if text.startswith("postgresql://"):
        text = "postgresql+psycopg://" + text.removeprefix("postgresql://")
    if text and not text.startswith(("postgresql+psycopg://", "sqlite:///")):
        raise ValueError("expected postgresql://… or sqlite:///…")
    return text


def _url_of(*schemes: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        if value in (None, ""):
            return None
        parts = urlsplit(str(value))
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError(f"expected an address that begins with {' or '.join(s + '://' for s in schemes)}")
        return str(value).rstrip("/")

    return BeforeValidator(check)


def _files_url(value: Any) -> Any:
    if value in (None, ""):
        return None
    parts = urlsplit(str(value))
    is_bucket, is_folder = parts.scheme == "s3" and parts.hostname, parts.scheme == "file" and len(parts.path) > 1
    if not (is_bucket or (is_folder and not parts.netloc)):
        raise ValueError("expected s3://bucket/folder or file:///folder")
    return str(value).rstrip("/")


HttpUrl = Annotated[str | None, _url_of("http", "https")]
Secret = Annotated[str | None, BeforeValidator(_empty_is_none)]


class Settings(BaseSettings):
    """The product's settings; field names are explained in the README's table."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    mode: Mode = Field(Mode.DEMO, alias="MENTORHUB_MODE")
    host: str = Field("127.0.0.1", alias="MENTORHUB_HOST")
    port: int = Field(3000, alias="MENTORHUB_PORT", ge=1, le=65535)
    data_dir: Path = Field(Path(".data"), alias="MENTORHUB_DATA")
    workers: int = Field(1, alias="MENTORHUB_WORKERS", ge=1, le=64)
    jobs_inside: bool = Field(True, alias="MENTORHUB_JOBS_INSIDE")
    log_json: bool = Field(False, alias="MENTORHUB_LOG_JSON")
    trusted_proxies: int = Field(0, alias="MENTORHUB_TRUSTED_PROXIES", ge=0, le=8)
    secret_given: Secret = Field(None, alias="MENTORHUB_SECRET", min_length=32)
    public_url_given: HttpUrl = Field(None, alias="PUBLIC_URL")
    database_url_given: Annotated[str, BeforeValidator(_database_url)] = Field("", alias="DATABASE_URL")
    files_url_given: Annotated[str | None, BeforeValidator(_files_url)] = Field(None, alias="FILES_URL")
    redis_url: Annotated[str | None, _url_of("redis", "rediss")] = Field(None, alias="REDIS_URL")
    smtp_url: Annotated[str | None, _url_of("smtp", "smtps")] = Field(None, alias="SMTP_URL")
    mail_from: str = Field("MentorHub <hello@mentorhub.example>", alias="MAIL_FROM")
    stripe_key: Secret = Field(None, alias="STRIPE_SECRET_KEY")
    stripe_webhook_secret: Secret = Field(None, alias="STRIPE_WEBHOOK_SECRET")
    stripe_api: HttpUrl = Field(None, alias="STRIPE_API_BASE")
    sandbox_url: HttpUrl = Field(None, alias="PAYMENT_SANDBOX_URL")
    media_url: HttpUrl = Field(None, alias="MEDIA_URL")
    calendar_hosts_given: str = Field("", alias="MENTORHUB_CALENDAR_HOSTS", max_length=400)
    video_public_ip: Secret = Field(None, alias="VIDEO_PUBLIC_IP")

    @property
    def live(self) -> bool:
        """Whether real people and real money are involved."""
        return self.mode is Mode.LIVE

    @property
    def public_url(self) -> str:
        """The address people type, without a trailing slash."""
        return self.public_url_given or f"http://{self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether people come over https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    @property
    def database_url(self) -> str:
        """Where facts are kept; a SQLite file in the data folder unless DATABASE_URL names another place."""
        return self.database_url_given or f"sqlite:///{self.data_dir / 'mentorhub.db'}"

    @property
    def files_url(self) -> str:
        """Where files are kept; a folder in the data folder unless FILES_URL names another place."""
        return self.files_url_given or (self.data_dir / "files").absolute().as_uri()

    @property
    def sandbox(self) -> bool:
        """Whether payments go to the product's own sandbox instead of the provider."""
        return self.stripe_key is None

    @property
    def own_sandbox(self) -> bool:
        """Whether this installation runs a payment sandbox of its own, below its own address."""
        return self.sandbox and self.stripe_api is None

    @property
    def payment_api(self) -> str | None:
        """Where the payment provider's protocol is spoken; `None` is the provider's own address."""
        return f"http://{self.host}:{self.port}/sandbox" if self.own_sandbox else self.stripe_api

    @property
    def payment_key(self) -> str:
        """The key the payment provider knows us by."""
        # Never a public default: the sandbox answers on the product's own address.
        made = hashlib.sha256(f"payment key {self.secret}".encode()).hexdigest()
        return self.stripe_key or f"sk_test_{made}"

    @property
    def payment_webhook_secret(self) -> str:
        """What the provider signs its webhooks with."""
        return self.stripe_webhook_secret or f"whsec_{hashlib.sha256(self.secret.encode()).hexdigest()}"

    @property
    def calendar_hosts(self) -> tuple[str, ...]:
        """Hosts ("host:port") calendars may be read from although they are not public: for tests, never live."""
        return tuple(host.strip() for host in self.calendar_hosts_given.split(",") if host.strip())

    @property
    def clock_offset_file(self) -> Path | None:
        """The file that moves the clock of every process; `None` in live mode, where time is real."""
        return None if self.live else self.data_dir / "clock-offset"

    @cached_property
    def secret(self) -> str:
        """The secret that signs join tokens and webhooks between our own processes.

        Outside live mode it is made once, at random, and kept in the data folder.
        """
        if self.secret_given:
            return self.secret_given
        path = self.data_dir / "secret"
        self.data_dir.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii")


def _needed_in_live(settings: Settings) -> list[str]:
    wants = [
        (settings.secret_given, "MENTORHUB_SECRET: a random secret of at least 32 characters"),
        (settings.secure and settings.public_url_given, "PUBLIC_URL: the https:// address people type"),
        (settings.smtp_url, "SMTP_URL: smtp://user:password@host:port of your mail server"),
        (settings.stripe_key, "STRIPE_SECRET_KEY: the secret key of your payment account"),
        (settings.stripe_webhook_secret, "STRIPE_WEBHOOK_SECRET: the signing secret of your webhook"),
    ]
    return [text for value, text in wants if not value]


def parse(environment: dict[str, str] | None = None) -> Settings:
    """Read settings from `environment` (the process's own by default).

    Raises SettingsError with one line per wrong or missing variable.
    """
    try:
        values = os.environ if environment is None else environment
        known = {str(field.alias) for field in Settings.model_fields.values()}
        settings = Settings.model_validate({k: v for k, v in values.items() if k in known and v != ""})
    except ValidationError as error:
        lines = [f"{item['loc'][0]}: {item['msg'].removeprefix('Value error, ')}" for item in error.errors()]
        raise SettingsError("\n".join(lines)) from None
    if settings.workers > 1 and not (settings.redis_url and settings.database_url.startswith("postgresql")):
        raise SettingsError("MENTORHUB_WORKERS: more than 1 needs DATABASE_URL (PostgreSQL) and REDIS_URL")
    if settings.live and settings.calendar_hosts:
        raise SettingsError("MENTORHUB_CALENDAR_HOSTS: is for tests and must be empty in live mode")
    if settings.live and (missing := _needed_in_live(settings)):
        raise SettingsError("live mode needs\n" + "\n".join(missing))
    return settings


@lru_cache(maxsize=1)
def current() -> Settings:
    """The settings of this process, parsed once."""
    return parse()
