"""Identity over plain HTTP: the forms that set, use and end the session's HttpOnly cookie."""

from typing import Final

from starlette.routing import Route

from mentorhub.adapters import Outside
from mentorhub.api.auth import entry, links, own_account
from mentorhub.api.auth.form import Desk, Form
from mentorhub.settings import Settings

_FORMS: Final = {
    "/auth/sign-up": Form("sign-up", "/sign-up", entry.sign_up, ("name", "email"), ("next", "as")),
    "/auth/sign-in": Form("sign-in", "/sign-in", entry.sign_in, ("email",)),
    "/auth/sign-out": Form("sign-out", "/", entry.sign_out),
    "/auth/verify": Form("verify", "/verify", links.verify, carries=("token",)),
    "/auth/verify/again": Form("email", "/account", links.verify_again),
    "/auth/forgot": Form("forgot", "/forgot", links.forgot, ("email",)),
    "/auth/reset": Form("reset", "/reset", links.reset, carries=("token",)),
    "/auth/confirm-email": Form("confirm-email", "/confirm-email", links.confirm_email, carries=("token",)),
    "/auth/password": Form("password", "/account", own_account.change_password),
    "/auth/email": Form("email", "/account", own_account.change_email, ("email",)),
    "/auth/sessions/revoke": Form("sessions", "/account", own_account.revoke),
}

_SIGNED_IN: Final = ("/auth/verify/again", "/auth/password", "/auth/email", "/auth/sessions/revoke")
ACCESS: Final = {path: "signed in" if path in _SIGNED_IN else "everyone" for path in _FORMS}
"""Who may post which form."""


def routes(here: Settings, out: Outside) -> list[Route]:
    """The routes of all forms."""
    desk = Desk(here, out)
    return [desk.route(path, form) for path, form in _FORMS.items()]
