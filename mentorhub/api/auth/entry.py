"""Signing up, in and out."""

from mentorhub import database
from mentorhub.api.auth.form import Desk, Done, Visit, check_all
from mentorhub.domain.accounts import queries, rules, service
from mentorhub.domain.accounts.errors import WrongCredentials
from mentorhub.domain.accounts.models import Hat
from mentorhub.domain.accounts.rules import Allowance
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import FieldError


def sign_up(desk: Desk, visit: Visit) -> Done:
    """Begin an account; the answer is the same whether or not the address has one."""
    name, email, password = (visit.text(field) for field in ("name", "email", "password"))
    check_all(
        lambda: rules.check_name(name),
        lambda: rules.normal_email(email),
        lambda: rules.check_password(password, name=name, email=email.strip()),
    )
    with database.transaction() as db:
        service.take_try(db, allowances=(Allowance(f"sign-up from {visit.address}", 20),), now=utc_now())
    password_hash = desk.out.hasher.hash(password)
    with database.transaction() as db:
        service.sign_up(
            db,
            name=name,
            email=email,
            password_hash=password_hash,
            hat=Hat.MENTOR if visit.text("as") == Hat.MENTOR else Hat.MENTEE,
            time_zone=_zone(visit.text("zone")),
            clock_hours=visit.clock_hours,
            now=utc_now(),
        )
    return Done("/verify", "verify", kept={"email": email.strip()}, remember_next=visit.next)


def _zone(text: str) -> str:
    try:
        return rules.check_zone(text)
    except FieldError:
        return "UTC"


def sign_in(desk: Desk, visit: Visit) -> Done:
    """Open a session for e-mail and password; refused in the same words and time whatever was wrong."""
    email, password = visit.text("email").strip(), visit.text("password")
    if not email or not password:
        raise WrongCredentials
    with database.reading() as db:
        found = queries.credentials_of(db, email=email)
    pair, account, place = _keys(email, visit.address)
    _count_try(visit, found, (pair, account, place))
    hasher = desk.out.hasher
    kept = found.password_hash if found else None
    if not hasher.verify(password, kept) or found is None or kept is None:
        raise WrongCredentials
    new_hash = hasher.hash(password) if hasher.is_outdated(kept) else None
    with database.transaction() as db:
        service.forgive(db, keys=(pair, account))
        service.forgive_one(db, key=place)
        secret = service.open_session(
            db,
            user_id=found.user_id,
            device=visit.device,
            address=visit.address,
            replaces=visit.token,
            new_hash=new_hash,
            now=utc_now(),
        )
    return Done(visit.next or "/home", session=secret)


def _keys(email: str, address: str) -> tuple[str, str, str]:
    account = f"sign-in {email.casefold()}"
    return f"{account} from {address}", account, f"sign-in from {address}"


def _count_try(visit: Visit, found: queries.CredentialsView | None, keys: tuple[str, str, str]) -> None:
    """Count before checking. Where the person has signed in before, strangers' tries do not keep them out."""
    pair, account, place = keys
    allowances = [Allowance(pair, 5), Allowance(place, 30)]
    with database.transaction() as db:
        if found is None or not service.is_known_address(db, user_id=found.user_id, address=visit.address):
            allowances.append(Allowance(account, 10))
        service.take_try(db, allowances=tuple(allowances), now=utc_now())


def sign_out(desk: Desk, visit: Visit) -> Done:
    """End this browser's session."""
    if visit.token:
        with database.transaction() as db:
            service.sign_out(db, token=visit.token, now=utc_now())
    return Done("/", signs_out=True)
