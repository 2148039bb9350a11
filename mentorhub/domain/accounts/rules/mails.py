"""Topics of the outbox for mails about an account; the subject is the id of a user or of a link."""

from typing import Final

VERIFY_MAIL: Final = "mail.verify"
ALREADY_MAIL: Final = "mail.already_have_account"
RESET_MAIL: Final = "mail.reset"
PASSWORD_CHANGED_MAIL: Final = "mail.password_changed"  # noqa: S105 a topic, no secret
CHANGE_EMAIL_MAIL: Final = "mail.change_email"
EMAIL_CHANGED_MAIL: Final = "mail.email_changed"
