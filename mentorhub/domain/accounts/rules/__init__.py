"""What is always true of accounts: passwords, names, addresses, sessions, throttles, flashes."""

from mentorhub.domain.accounts.rules.flash import (
    FLASH_LASTS,
    Flash,
    flash_cookie_name,
    read_flash,
    write_flash,
)
from mentorhub.domain.accounts.rules.mails import (
    ALREADY_MAIL,
    CHANGE_EMAIL_MAIL,
    EMAIL_CHANGED_MAIL,
    PASSWORD_CHANGED_MAIL,
    RESET_MAIL,
    VERIFY_MAIL,
)
from mentorhub.domain.accounts.rules.passwords import check_password
from mentorhub.domain.accounts.rules.people import (
    PORTRAITS,
    check_clock,
    check_name,
    check_portrait,
    check_zone,
    normal_email,
)
from mentorhub.domain.accounts.rules.sessions import (
    IDLE_FOR,
    LINK_LASTS,
    SEEN_EVERY,
    SESSION_LASTS,
    cookie_value,
    device_name,
    is_touch_due,
    safe_path,
    session_cookie_name,
)
from mentorhub.domain.accounts.rules.throttling import Allowance, Tries, minutes_left, next_try

__all__ = [
    "ALREADY_MAIL",
    "CHANGE_EMAIL_MAIL",
    "EMAIL_CHANGED_MAIL",
    "FLASH_LASTS",
    "IDLE_FOR",
    "LINK_LASTS",
    "PASSWORD_CHANGED_MAIL",
    "PORTRAITS",
    "RESET_MAIL",
    "SEEN_EVERY",
    "SESSION_LASTS",
    "VERIFY_MAIL",
    "Allowance",
    "Flash",
    "Tries",
    "check_clock",
    "check_name",
    "check_password",
    "check_portrait",
    "check_zone",
    "cookie_value",
    "device_name",
    "flash_cookie_name",
    "is_touch_due",
    "minutes_left",
    "next_try",
    "normal_email",
    "read_flash",
    "safe_path",
    "session_cookie_name",
    "write_flash",
]
