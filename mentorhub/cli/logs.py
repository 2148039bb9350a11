"""Structured logs: one line an event, never a payload, a cookie or a query string."""

import logging
import sys

import structlog

_QUIET = ("granian", "_granian", "aioice", "aiortc", "httpx", "httpcore", "engineio", "socketio", "stripe")
# Without a level of their own these two would write past the product's logs.
_SELF_WILLED = ("engineio.server", "socketio.server")
_QUOTES_BROWSERS = frozenset({"reflex", "reflex_base", "engineio", "socketio"})


class _WithoutWords(logging.Filter):
    """Keeps of a framework's message where it comes from: its words may quote an event, its headers and cookies."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, those of the frameworks without their words."""
        if record.name.partition(".")[0] in _QUOTES_BROWSERS:
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "message"
            record.msg, record.args = f"{kind} of {record.name}, {record.funcName} line {record.lineno}", ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def set_up(*, as_json: bool) -> None:
    """Send every log of this process to standard error, as JSON or as lines for a person."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, last] if as_json else [*shared, last],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    handler.addFilter(_WithoutWords())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in (*_QUIET, *_SELF_WILLED):
        logging.getLogger(name).setLevel(logging.ERROR)
