"""Mails about an account."""

from datetime import datetime
from urllib.parse import quote

from mentorhub.domain.accounts.service import IssuedLink
from mentorhub.domain.notifications.ports import OutgoingMail
from mentorhub.domain.notifications.service.letter import Letter, write


def write_verify(link: IssuedLink, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Ask whether the address is the person's own."""
    letter = Letter(
        "verify",
        "Please confirm your address",
        {"name": link.name},
        ("Confirm this address", f"{site}/verify?token={quote(link.secret)}"),
    )
    return write(letter, key=key, to=link.email, site=site, now=now)


def write_already_have_account(name: str, email: str, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Tell the owner of an address that somebody tried to use it."""
    letter = Letter(
        "already_have_account", "You already have an account", {"name": name}, ("Sign in", f"{site}/sign-in")
    )
    return write(letter, key=key, to=email, site=site, now=now)


def write_reset(link: IssuedLink, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Send the link for a new password."""
    letter = Letter(
        "reset",
        "Choose a new password",
        {"name": link.name},
        ("Choose a new password", f"{site}/reset?token={quote(link.secret)}"),
    )
    return write(letter, key=key, to=link.email, site=site, now=now)


def write_password_changed(name: str, email: str, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Tell the owner that the password is another now."""
    letter = Letter(
        "password_changed", "Your password was changed", {"name": name}, ("It was not me", f"{site}/forgot")
    )
    return write(letter, key=key, to=email, site=site, now=now)


def write_change_email(link: IssuedLink, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Ask the new address for its consent."""
    letter = Letter(
        "change_email",
        "Please confirm your new address",
        {"name": link.name, "email": link.email, "account_email": link.account_email},
        ("Use this address", f"{site}/confirm-email?token={quote(link.secret)}"),
    )
    return write(letter, key=key, to=link.email, site=site, now=now)


def write_email_changed(link: IssuedLink, *, key: str, site: str, now: datetime) -> OutgoingMail:
    """Tell the old address, with a way back."""
    letter = Letter(
        "email_changed",
        "Your address was changed",
        {"name": link.name, "email": link.email, "account_email": link.account_email},
        ("Put this address back", f"{site}/confirm-email?token={quote(link.secret)}"),
    )
    return write(letter, key=key, to=link.email, site=site, now=now)
