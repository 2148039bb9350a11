"""`mentorhub seed`: a reproducible demo marketplace; never in live mode."""

from contextlib import suppress
from datetime import datetime

import typer
from sqlmodel import Session, col, select

from mentorhub import database, settings
from mentorhub.adapters.argon2_hasher import Argon2Hasher
from mentorhub.cli.demo_world.asking import ask_kabir
from mentorhub.cli.demo_world.build import ADDRESS, build
from mentorhub.cli.demo_world.cv import store_cv
from mentorhub.cli.demo_world.gathering import gather
from mentorhub.cli.demo_world.story import keep_a_door_open
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.service import StoredFile
from mentorhub.domain.common import clock
from mentorhub.domain.common.errors import StoreAway
from mentorhub.domain.common.ports import FileStore

SIZE, RANDOM_STATE = 64, 7
PASSWORD = "demo mentorhub"  # noqa: S105 - printed on every start; the demo's accounts hold nothing of anyone
SIGN_INS = f"""Demo sign-ins, all with the password "{PASSWORD}":
  mentee  riya@{ADDRESS}      mentor  kabir@{ADDRESS}
  admin   admin@{ADDRESS}     mentor who is always free  robin@{ADDRESS}"""


def seed(size: int = SIZE, random_state: int = RANDOM_STATE) -> None:
    """Fill an empty database with SIZE mentors; the same random state gives the same people."""
    from mentorhub.cli.db import bring_up_to_date

    here = settings.current()
    clock.use_offset_file(here.clock_offset_file)
    database.connect(here.database_url)
    if here.live:
        typer.echo("Live mode holds real people only; nothing was seeded.", err=True)
        raise typer.Exit(2)
    bring_up_to_date()
    if not seed_if_empty(clock.utc_now(), size=size, random_state=random_state):
        typer.echo("The database holds people already; nothing was changed.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Seeded {size} mentors.\n{SIGN_INS}")


def prepare_demo(now: datetime, *, files: FileStore | None) -> None:
    """Before the demo serves: fill an empty database, with a request and groups ahead, and see that a door is open.

    The request has a CV where there are `files` to keep it.
    """
    is_new = seed_if_empty(now)
    keep_the_demo_open(now)
    if is_new:
        cv = None if files is None else _stored_cv(files)
        with database.transaction() as db:
            ask_kabir(db, cv=cv, now=now)
            gather(db, now=now)


def _stored_cv(files: FileStore) -> StoredFile | None:
    """A demo starts without the CV of its request where the file store is away."""
    with suppress(StoreAway):
        return store_cv(files)
    return None


def keep_the_demo_open(now: datetime) -> None:
    """See that one session's door is open; one that nobody came to is moved on."""
    with database.transaction() as db:
        keep_a_door_open(db, now)


def seed_if_empty(now: datetime, *, size: int = SIZE, random_state: int = RANDOM_STATE) -> bool:
    """Seed a database in which nobody lives yet; False when somebody does."""
    with database.reading() as db:
        if not _is_empty(db):
            return False
    password_hash = Argon2Hasher().hash(PASSWORD)
    with database.transaction() as db:
        if _is_empty(db):
            build(db, size=size, random_state=random_state, password_hash=password_hash, now=now)
    return True


def holds_invented_people(db: Session) -> bool:
    """Whether people of the demo live here, whose password everybody knows.

    Nobody else can have a confirmed address there: the ending .example belongs to no one (RFC 2606).
    """
    theirs = select(User.id).where(col(User.email).endswith(f"@{ADDRESS}"), col(User.email_verified_at).is_not(None))
    return db.exec(theirs.limit(1)).first() is not None


def _is_empty(db: Session) -> bool:
    return db.exec(select(User.id).limit(1)).first() is None
