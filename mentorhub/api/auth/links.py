"""What links in mails lead to: a confirmed address, a new password.

The link opens a page with one button, since mail scanners follow links but press no buttons.
"""

from mentorhub import database
from mentorhub.api.auth.form import Desk, Done, Visit
from mentorhub.domain.accounts import queries, rules, service
from mentorhub.domain.accounts.models import TokenPurpose
from mentorhub.domain.accounts.rules import Allowance
from mentorhub.domain.common.clock import utc_now


def verify(desk: Desk, visit: Visit) -> Done:
    """Confirm an address and, since the mail reached its owner, sign this browser in if nobody is."""
    viewer = desk.viewer(visit)
    secret = ""
    with database.transaction() as db:
        user_id = service.confirm_address(db, secret=visit.text("token"), now=utc_now())
        if user_id is not None and viewer is None:
            secret = service.open_session(
                db, user_id=user_id, device=visit.device, address=visit.address, now=utc_now()
            )
    if viewer is None and not secret:
        notice = "Your address was confirmed before. Please sign in."
        return Done("/sign-in", "sign-in", notice)
    return Done(visit.remembered_next or "/home", session=secret)


def verify_again(desk: Desk, visit: Visit) -> Done:
    """Send the verifying mail to the signed-in person once more."""
    viewer = desk.require_viewer(visit)
    with database.transaction() as db:
        service.take_try(db, allowances=(Allowance(f"verify {viewer.user_id}", 3),), now=utc_now())
        service.send_verification_again(db, user_id=viewer.user_id, now=utc_now())
    return Done("/account", "email", f"We sent the link to {viewer.email} again.")


def forgot(desk: Desk, visit: Visit) -> Done:
    """Mail a link for a new password; the answer is the same whether or not the address has an account."""
    email = rules.normal_email(visit.text("email"))
    allowances = (Allowance(f"forgot {email}", 3), Allowance(f"forgot from {visit.address}", 20))
    with database.transaction() as db:
        service.take_try(db, allowances=allowances, now=utc_now())
        service.request_reset(db, email=email, now=utc_now())
    notice = "If that address has an account, a link for a new password is on its way."
    return Done("/forgot", "forgot", notice, {"email": visit.text("email").strip()})


def reset(desk: Desk, visit: Visit) -> Done:
    """Set a new password with the link of a mail; ends every session of the account."""
    secret, password = visit.text("token"), visit.text("password")
    with database.reading() as db:
        link = queries.link(db, secret=secret, purpose=TokenPurpose.RESET, now=utc_now())
    rules.check_password(password, name=link.name, email=link.email)
    password_hash = desk.out.hasher.hash(password)
    with database.transaction() as db:
        service.reset_password(db, secret=secret, password_hash=password_hash, now=utc_now())
    notice = "Your new password is set. Please sign in with it."
    return Done("/sign-in", "sign-in", notice, {"email": link.email})


def confirm_email(desk: Desk, visit: Visit) -> Done:
    """Move the account to the address whose link this is."""
    with database.transaction() as db:
        service.confirm_email_change(db, secret=visit.text("token"), now=utc_now())
    notice = "Your new address is confirmed."
    if desk.viewer(visit) is None:
        return Done("/sign-in", "sign-in", f"{notice} Please sign in with it.")
    return Done("/account", "email", notice)
