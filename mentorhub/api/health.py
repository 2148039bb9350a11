"""`/healthz` says the process lives; `/readyz` says whether what it leans on answers."""

import asyncio
from collections.abc import Callable

import httpx
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from mentorhub import database


def _database_answers() -> bool:
    with database.reading() as db:
        return db.execute(text("SELECT 1")).scalar() == 1


async def _answers(check: Callable[[], bool]) -> bool:
    try:
        return await asyncio.wait_for(asyncio.to_thread(check), 3)
    except Exception:
        return False


def routes(*, media_url: str, bus_answers: Callable[[], bool], jobs_answer: Callable[[], bool]) -> list[Route]:
    """The two routes; the callables say whether bus and job worker are well."""

    async def healthz(request: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    def media_answers() -> bool:
        return httpx.get(f"{media_url}/healthz", timeout=2).status_code == 200

    async def readyz(request: Request) -> JSONResponse:
        checks = {
            "database": _database_answers,
            "bus": bus_answers,
            "jobs": jobs_answer,
            "media": media_answers,
        }
        answers = await asyncio.gather(*(_answers(check) for check in checks.values()))
        found = dict(zip(checks, answers, strict=True))
        return JSONResponse({"ready": all(answers), **found}, 200 if all(answers) else 503)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
