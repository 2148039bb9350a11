"""What a signed-in person changes about the account: password, address, open sessions."""

from mentorhub import database
from mentorhub.api.auth.form import Desk, Done, Visit
from mentorhub.domain.accounts import queries, rules, service
from mentorhub.domain.accounts.queries import ViewerView
from mentorhub.domain.accounts.rules import Allowance
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError


def change_password(desk: Desk, visit: Visit) -> Done:
    """Set a new password, given the present one; ends the person's other sessions."""
    viewer, password = desk.require_viewer(visit), visit.text("password")
    rules.check_password(password, name=viewer.name, email=viewer.email)
    _require_password(desk, viewer, visit.text("present"), field="present")
    password_hash = desk.out.hasher.hash(password)
    with database.transaction() as db:
        service.change_password(
            db, user_id=viewer.user_id, password_hash=password_hash, keep=viewer.token_hash, now=utc_now()
        )
    return Done("/account", "password", "Your password is changed, and your other browsers are signed out.")


def change_email(desk: Desk, visit: Visit) -> Done:
    """Ask a new address for its consent, given the password."""
    viewer = desk.require_viewer(visit)
    email = rules.normal_email(visit.text("email"))
    _require_password(desk, viewer, visit.text("present"), field="email_present")
    with database.transaction() as db:
        service.take_try(db, allowances=(Allowance(f"new address {viewer.user_id}", 5),), now=utc_now())
        service.request_email_change(db, user_id=viewer.user_id, email=email, now=utc_now())
    return Done("/account", "email", f"We sent a link to {email}. Your address changes once you use it.")


def revoke(desk: Desk, visit: Visit) -> Done:
    """End one of the person's sessions by its reference, or all but this one ("others")."""
    viewer, reference = desk.require_viewer(visit), visit.text("reference")
    with database.transaction() as db:
        if reference == "others":
            service.revoke_other_sessions(db, user_id=viewer.user_id, keep=viewer.token_hash, now=utc_now())
        else:
            service.revoke_session(db, user_id=viewer.user_id, reference=reference, now=utc_now())
    return Done("/account", "sessions", "Signed out there.")


def _require_password(desk: Desk, viewer: ViewerView, present: str, *, field: str) -> None:
    """Check the present password, counted like a sign-in; raises FieldError and TooManyTries."""
    key = f"password {viewer.user_id}"
    with database.transaction() as db:
        service.take_try(db, allowances=(Allowance(key, 5),), now=utc_now())
        kept = queries.credentials_by_id(db, user_id=viewer.user_id)
    if kept is None or not desk.out.hasher.verify(present, kept.password_hash):
        raise FieldError(field, "That is not your present password.")
    with database.transaction() as db:
        service.forgive(db, keys=(key,))
