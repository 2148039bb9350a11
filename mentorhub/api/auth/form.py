"""What every form post has in common: who sent it, from where, what was in it, and how it is answered.

Forms are the browser's own, so that signing in works without script and the session's cookie is never in the
reach of any. A post must come from one of our own pages.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.api.own_pages import OwnPages
from mentorhub.domain.accounts import queries
from mentorhub.domain.accounts.queries import ViewerView
from mentorhub.domain.accounts.rules import (
    FLASH_LASTS,
    SESSION_LASTS,
    Flash,
    device_name,
    flash_cookie_name,
    safe_path,
    session_cookie_name,
    write_flash,
)
from mentorhub.domain.common import habits
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError, FieldError
from mentorhub.domain.common.ids import new_id
from mentorhub.settings import Settings

_LARGEST_BODY: Final = 16 * 1024
_MOST_FIELDS: Final = 20
_FORM_TYPE: Final = "application/x-www-form-urlencoded"
_NEXT_COOKIE: Final = "mh_next"
_NEXT_LASTS: Final = 24 * 3600


class SignInFirst(Exception):
    """The form belongs to a signed-in person, and nobody is."""


class FormRefused(Exception):
    """Several fields are wrong at once."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__()


def check_all(*checks: Callable[[], object]) -> None:
    """Run all checks and raise one FormRefused with every FieldError among them."""
    errors: dict[str, str] = {}
    for check in checks:
        try:
            check()
        except FieldError as error:
            errors.setdefault(error.field, error.message)
    if errors:
        raise FormRefused(errors)


@dataclass(frozen=True)
class Visit:
    """One form post: its fields, and what is known of the browser that sent it."""

    fields: Mapping[str, str]
    address: str
    device: str
    token: str
    remembered_next: str
    clock_hours: int

    def text(self, name: str) -> str:
        """What was typed into a field; empty when it was not sent."""
        return self.fields.get(name, "")

    @property
    def next(self) -> str:
        """Where to go on to, on our own site; empty when the form does not say."""
        return safe_path(self.text("next"), otherwise="")


@dataclass(frozen=True)
class Done:
    """How a form ends well: where to go, what to say there, and what becomes of the cookies."""

    path: str
    form: str = ""
    notice: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    session: str = ""
    signs_out: bool = False
    remember_next: str = ""


@dataclass(frozen=True)
class Form:
    """A form: the page it stands on, the fields that are given back after a refusal, and who answers it."""

    name: str
    page: str
    answer: Callable[["Desk", Visit], Done]
    keeps: tuple[str, ...] = ()
    carries: tuple[str, ...] = ("next",)


class Desk:
    """Where forms are handed in: knows the settings, the outside, and which pages are ours."""

    def __init__(self, here: Settings, out: Outside) -> None:
        self._here = here
        self.out = out
        self._own_pages = OwnPages(here)

    def viewer(self, visit: Visit) -> ViewerView | None:
        """Who is signed in, by the cookie of the post."""
        if not visit.token:
            return None
        with database.reading() as db:
            return queries.viewer(db, token=visit.token, now=utc_now())

    def require_viewer(self, visit: Visit) -> ViewerView:
        """Who is signed in; raises SignInFirst."""
        viewer = self.viewer(visit)
        if viewer is None:
            raise SignInFirst
        return viewer

    def route(self, path: str, form: Form) -> Route:
        """The route that takes a form."""

        async def endpoint(request: Request) -> Response:
            if not self._own_pages.sent(request):
                return _plain(HTTPStatus.FORBIDDEN, "This form did not come from one of our pages.")
            if request.headers.get("content-type", "").partition(";")[0].strip() != _FORM_TYPE:
                return _plain(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Please send this as a form.")
            body = await _read_body(request)
            if body is None:
                return _plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is more than this form takes.")
            fields = _parse(body)
            if fields is None:
                return _plain(HTTPStatus.BAD_REQUEST, "We could not read this form.")
            return await asyncio.to_thread(self._answer, form, self._visit(request, fields))

        return Route(path, endpoint, methods=["POST"])

    def _answer(self, form: Form, visit: Visit) -> Response:
        try:
            return self._done(form.answer(self, visit))
        except SignInFirst:
            return _to(f"/sign-in?{urlencode({'next': form.page})}")
        except FormRefused as refusal:
            return self._refused(form, visit, refusal.errors)
        except FieldError as refusal:
            return self._refused(form, visit, {refusal.field: refusal.message})
        except DomainError as refusal:
            return self._refused(form, visit, {"": refusal.message})

    def _done(self, done: Done) -> Response:
        response = _to(done.path)
        if done.notice or done.kept:
            self._flash(response, Flash(done.form, new_id().hex, done.notice, {}, done.kept))
        else:
            self._forget(response, flash_cookie_name(self._here.secure))
        if done.session:
            name, lasts = session_cookie_name(self._here.secure), int(SESSION_LASTS.total_seconds())
            self._set(response, name, done.session, lasts)
            self._forget(response, _NEXT_COOKIE)
        if done.signs_out:
            self._forget(response, session_cookie_name(self._here.secure))
        if done.remember_next:
            self._set(response, _NEXT_COOKIE, done.remember_next, _NEXT_LASTS)
        return response

    def _refused(self, form: Form, visit: Visit, errors: Mapping[str, str]) -> Response:
        carried = {name: visit.text(name) for name in form.carries if visit.text(name)}
        response = _to(form.page + (f"?{urlencode(carried)}" if carried else ""))
        kept = {name: visit.text(name) for name in form.keeps}
        self._flash(response, Flash(form.name, new_id().hex, "", errors, kept))
        return response

    def _flash(self, response: Response, flash: Flash) -> None:
        name = flash_cookie_name(self._here.secure)
        self._set(response, name, write_flash(flash), int(FLASH_LASTS.total_seconds()))

    def _set(self, response: Response, name: str, value: str, lasts: int) -> None:
        response.set_cookie(
            name, value, max_age=lasts, path="/", secure=self._here.secure, httponly=True, samesite="lax"
        )

    def _forget(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self._here.secure, httponly=True, samesite="lax")

    def _visit(self, request: Request, fields: Mapping[str, str]) -> Visit:
        return Visit(
            fields=fields,
            address=_address(request, self._here.trusted_proxies),
            device=device_name(request.headers.get("user-agent", "")),
            token=request.cookies.get(session_cookie_name(self._here.secure), "")[:200],
            remembered_next=safe_path(request.cookies.get(_NEXT_COOKIE, ""), otherwise=""),
            clock_hours=habits.hours_named(request.cookies.get(habits.KEPT_IN, "")) or habits.USUAL_HOURS,
        )


async def _read_body(request: Request) -> bytes | None:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_BODY:
            return None
    return body


def _parse(body: bytes) -> dict[str, str] | None:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return dict(pairs)


def _address(request: Request, proxies: int) -> str:
    """The network address of the browser: as seen, or as the nearest trusted proxies wrote it down."""
    seen = request.client.host if request.client else ""
    told = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    return (told[-proxies] if 0 < proxies <= len(told) else seen)[:64]


def _plain(status: HTTPStatus, sentence: str) -> Response:
    return PlainTextResponse(sentence, status, headers={"Cache-Control": "no-store"})


def _to(path: str) -> Response:
    return RedirectResponse(path, HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-store"})
