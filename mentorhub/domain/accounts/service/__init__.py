"""Verbs of the accounts: come in, prove an address, sign in and out, change what is one's own."""

from mentorhub.domain.accounts.service.address import (
    confirm_address,
    confirm_email_change,
    request_email_change,
    send_verification_again,
)
from mentorhub.domain.accounts.service.links import IssuedLink, issue_link, recipient, request_link
from mentorhub.domain.accounts.service.passwords import change_password, request_reset, reset_password
from mentorhub.domain.accounts.service.profile import choose_clock, grant_admin, switch_hat, update_profile
from mentorhub.domain.accounts.service.sessions import (
    open_session,
    revoke_other_sessions,
    revoke_session,
    sign_out,
    sweep,
    touch_session,
)
from mentorhub.domain.accounts.service.sign_up import add_account, sign_up
from mentorhub.domain.accounts.service.throttle import forgive, forgive_one, is_known_address, take_try

__all__ = [
    "IssuedLink",
    "add_account",
    "change_password",
    "choose_clock",
    "confirm_address",
    "confirm_email_change",
    "forgive",
    "forgive_one",
    "grant_admin",
    "is_known_address",
    "issue_link",
    "open_session",
    "recipient",
    "request_email_change",
    "request_link",
    "request_reset",
    "reset_password",
    "revoke_other_sessions",
    "revoke_session",
    "send_verification_again",
    "sign_out",
    "sign_up",
    "sweep",
    "switch_hat",
    "take_try",
    "touch_session",
    "update_profile",
]
