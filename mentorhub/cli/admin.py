"""`mentorhub admin`: who may use the admin's pages; there is no other way to become one."""

import typer

from mentorhub import database, settings
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.common.errors import DomainError

app = typer.Typer(help="Who is an admin.", no_args_is_help=True)


@app.callback()
def admins() -> None:
    """Who is an admin."""


@app.command()
def grant(email: str) -> None:
    """Make the person with this address an admin."""
    database.connect(settings.current().database_url)
    try:
        with database.transaction() as db:
            name = accounts.grant_admin(db, email=email)
    except DomainError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{name} is now an admin.")
