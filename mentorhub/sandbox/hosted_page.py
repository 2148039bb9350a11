"""The provider's own page, where the buyer types a card: what they see, and what each answer leads to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from mentorhub.sandbox.amounts import shown
from mentorhub.sandbox.cards import TEST_CARDS, read_card
from mentorhub.sandbox.checkout_sessions import find, intent_of
from mentorhub.sandbox.payment_attempts import Result, answer_of_the_bank, pay
from mentorhub.sandbox.payment_methods import Payer
from mentorhub.sandbox.store import Book, Json, Store

_HERE = Path(__file__).parent
_LONGEST_FORM = 8_192
_FIELDS = ("email", "number", "expiry", "code", "holder")
_PAID = ("This is paid", "Your payment went through, and nothing will be charged twice.")
_EXPIRED = ("This page has expired", "Nothing was charged. Choose a time again to start over.")
_UNKNOWN = ("We do not know this payment", "Please go back to where you came from and start again.")


@dataclass(frozen=True)
class Typed:
    """What the buyer typed and may be shown again: never the number, never the security code."""

    email: str = ""
    holder: str = ""
    expiry: str = ""


class HostedPage:
    """The routes below `/checkout`; `base` is the path the whole sandbox is reached under."""

    def __init__(self, store: Store, *, base: str, fonts: Path | None) -> None:
        self._store = store
        self._base = base
        self._fonts = fonts
        self._pages = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
        )

    def routes(self) -> list[BaseRoute]:
        """The pages, their style sheets, and the fonts if a folder of them was handed over."""
        return [
            Route("/checkout/pay/{id}", self._show, methods=["GET"]),
            Route("/checkout/pay/{id}", self._try_card, methods=["POST"]),
            Route("/checkout/pay/{id}/bank", self._show_bank, methods=["GET"]),
            Route("/checkout/pay/{id}/bank", self._hear_bank, methods=["POST"]),
            Route("/checkout/till.css", _sheet("till.css")),
            Route("/checkout/fonts.css", _sheet("fonts.css")),
            *([Mount("/checkout/fonts", StaticFiles(directory=self._fonts))] if self._fonts else []),
        ]

    async def _show(self, request: Request) -> Response:
        return await run_in_threadpool(self._page, request.path_params["id"])

    async def _show_bank(self, request: Request) -> Response:
        return await run_in_threadpool(self._bank_page, request.path_params["id"])

    async def _try_card(self, request: Request) -> Response:
        form = await _form(request)
        return await run_in_threadpool(self._pay, request.path_params["id"], form)

    async def _hear_bank(self, request: Request) -> Response:
        approved = (await _form(request)).get("answer") == "approve"
        return await run_in_threadpool(self._bank_answers, request.path_params["id"], approved)

    def _page(self, session_id: str) -> Response:
        with self._store.book() as book:
            session = find(book, session_id)
            if session is None or session["status"] != "open":
                return self._closed(session)
            intent = intent_of(book, session)
            error = (intent and intent["last_payment_error"]) or {}
            typed = _typed_before(error) if error else Typed(email=session["customer_email"] or "")
            return self._form_page(book, session, typed, refusal=error.get("message", ""))

    def _pay(self, session_id: str, form: dict[str, str]) -> Response:
        with self._store.book() as book:
            session = find(book, session_id)
            if session is None or session["status"] == "expired":
                return self._closed(session)
            if session["status"] == "complete":
                return RedirectResponse(session["success_url"], status_code=303)
            now = datetime.fromtimestamp(book.now, UTC)
            card, wrong = read_card(form["number"], form["expiry"], form["code"], now=now)
            typed = Typed(form["email"].strip(), form["holder"].strip(), form["expiry"].strip())
            wrong |= _wrong_words(typed)
            if card is None or wrong:
                return self._form_page(book, session, typed, wrong=wrong)
            bank = f"{book.house.public_base}/checkout/pay/{session_id}/bank"
            return self._next(session, pay(book, session, card, Payer(typed.email, typed.holder), bank))

    def _bank_answers(self, session_id: str, approved: bool) -> Response:
        with self._store.book() as book:
            session = find(book, session_id)
            if session is None:
                return self._closed(session)
            return self._next(session, answer_of_the_bank(book, session, approved=approved))

    def _next(self, session: Json, result: Result) -> Response:
        page = f"{self._base}/checkout/pay/{session['id']}"
        paid = result is Result.PAID or session["status"] == "complete"
        goes_to = session["success_url"] if paid else page
        return RedirectResponse(page + "/bank" if result is Result.ASKS_THE_BANK else goes_to, status_code=303)

    def _bank_page(self, session_id: str) -> Response:
        with self._store.book() as book:
            session = find(book, session_id)
            if session is None or session["status"] != "open":
                return self._closed(session)
            intent = intent_of(book, session)
            if intent is None or intent["status"] != "requires_action":
                return RedirectResponse(f"{self._base}/checkout/pay/{session_id}", status_code=303)
            last4 = book.get("payment_method", intent["payment_method"])["card"]["last4"]
            total = shown(session["amount_total"], session["currency"])
            return self._html("bank.html", session, session_id=session_id, total=total, last4=last4)

    def _form_page(
        self,
        book: Book,
        session: Json,
        typed: Typed,
        *,
        refusal: str = "",
        wrong: dict[str, str] | None = None,
    ) -> Response:
        kept = book.get("checkout.lines", f"{session['id']}.lines")
        lines = [
            {
                "title": line["description"],
                "detail": detail,
                "quantity": line["quantity"],
                "amount": shown(line["amount_total"], line["currency"]),
            }
            for line, detail in zip(kept["data"], kept["details"], strict=True)
        ]
        return self._html(
            "pay.html",
            session,
            status=422 if wrong else 200,
            session_id=session["id"],
            lines=lines,
            total=shown(session["amount_total"], session["currency"]),
            cancel_url=session["cancel_url"],
            time_left=_time_left(session["expires_at"] - book.now),
            typed=typed,
            refusal=refusal,
            wrong={name: (wrong or {}).get(name, "") for name in _FIELDS},
            wrong_count=len(wrong or {}),
            test_cards=TEST_CARDS,
        )

    def _closed(self, session: Json | None) -> Response:
        if session is None:
            return self._html("closed.html", None, status=404, title=_UNKNOWN[0], text=_UNKNOWN[1], link="")
        paid = session["status"] == "complete"
        title, text = _PAID if paid else _EXPIRED
        link = session["success_url"] if paid else session["cancel_url"] or ""
        words = {"title": title, "text": text, "link": link, "link_text": "Continue" if paid else "Go back"}
        return self._html("closed.html", session, status=200 if paid else 410, **words)

    def _html(self, page: str, session: Json | None, *, status: int = 200, **values: Any) -> Response:
        text = self._pages.get_template(page).render(base=self._base, has_fonts=bool(self._fonts), **values)
        return HTMLResponse(text, status, headers=_headers(session))


def _time_left(seconds: int) -> str:
    minutes = -(-seconds // 60)
    amount, word = (minutes, "minute") if minutes < 120 else (minutes // 60, "hour")
    return f"{amount} {word}" if amount == 1 else f"{amount} {word}s"


def _headers(session: Json | None) -> dict[str, str]:
    # A form's answer redirects to the shop, and browsers hold that to form-action as well.
    shop = {f"{to.scheme}://{to.netloc}" for to in map(urlsplit, (session or {}).get("success_url", "").split())}
    policy = (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {' '.join(sorted(shop))}"
    )
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def _sheet(name: str) -> Any:
    async def serve(request: Request) -> Response:
        del request
        headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return FileResponse(_HERE / "static" / name, headers=headers)

    return serve


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return dict.fromkeys(_FIELDS, "")
    given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return dict.fromkeys(_FIELDS, "") | {name: values[-1] for name, values in given.items()}


def _typed_before(error: Json) -> Typed:
    method = error["payment_method"]
    expiry = f"{method['card']['exp_month']:02} / {method['card']['exp_year'] % 100:02}"
    return Typed(method["billing_details"]["email"], method["billing_details"]["name"], expiry)


def _wrong_words(typed: Typed) -> dict[str, str]:
    wrong = {}
    name, at, place = typed.email.rpartition("@")
    if not (name and at and "." in place) or " " in typed.email or len(typed.email) > 320:
        wrong["email"] = "Please write an email address, such as name@example.org."
    if not typed.holder or len(typed.holder) > 120:
        wrong["holder"] = "Please write the name on the card."
    return wrong
