"""Reflex's own configuration, filled from the product's settings."""

import os

os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
os.environ.setdefault("REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE", "262144")

import reflex as rx
from reflex.plugins import SitemapPlugin, TailwindV4Plugin

from mentorhub import settings, theme

_now = settings.current()
if _now.redis_url:
    # A worker keeps the lock of a tab that is connected to it: a third of the cost of an event on Redis.
    os.environ.setdefault("REFLEX_OPLOCK_ENABLED", "true")

config = rx.Config(
    app_name="mentorhub",
    frontend_port=_now.port,
    backend_port=_now.port,
    backend_host=_now.host,
    api_url=_now.public_url,
    deploy_url=_now.public_url,
    cors_allowed_origins=[_now.public_url],
    redis_url=_now.redis_url,
    state_manager_mode="redis" if _now.redis_url else "memory",
    trusted_proxy_hops=_now.trusted_proxies,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[TailwindV4Plugin(theme.TAILWIND)],
    disable_plugins=[SitemapPlugin],
)
