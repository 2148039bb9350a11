"""The provider's webhook: check the signature, keep the notice once, answer; the work is the job worker's."""

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mentorhub import database
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.errors import NoticeForged
from mentorhub.domain.payments.ports import PaymentGateway

PATH = "/webhooks/payments"
_LARGEST = 256 * 1024
_log = structlog.get_logger(__name__)


def routes(gateway: PaymentGateway) -> list[Route]:
    """The one route; a failure answers 500 so that the provider tries again."""

    def keep(body: bytes, signature: str) -> None:
        notice = gateway.read_notice(body, signature)
        with database.transaction() as db:
            fresh = payments.keep_notice(db, notice=notice, now=utc_now())
        _log.info("webhook.kept", notice=notice.notice_id, word=notice.word, fresh=fresh)

    async def receive(request: Request) -> Response:
        body = await request.body()
        if len(body) > _LARGEST:
            return PlainTextResponse("too large", 413)
        try:
            await run_in_threadpool(keep, body, request.headers.get("stripe-signature", ""))
        except NoticeForged:
            return PlainTextResponse("not signed by the provider", 400)
        return PlainTextResponse("kept")

    return [Route(PATH, receive, methods=["POST"])]
