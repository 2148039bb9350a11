"""`mentorhub ledger`: the books, for a person and for a monitor."""

import typer

from mentorhub import database, settings
from mentorhub.domain.payments.queries import ledger_check

app = typer.Typer(help="The books.", no_args_is_help=True)


@app.callback()
def ledger() -> None:
    """The books."""


@app.command()
def check() -> None:
    """Print the figures; exit with 1 when a group, a booking or a payment does not balance."""
    database.connect(settings.current().database_url)
    with database.reading() as db:
        found = ledger_check(db)
    typer.echo(f"{found.entries} entries in {found.groups} groups of {found.bookings} bookings")
    for balance in found.balances:
        typer.echo(f"{balance.account.value:16}{balance.amount.format():>24}")
    for difference in found.differences:
        typer.echo(f"DIFFERENCE {difference}")
    count = len(found.differences)
    typer.echo(f"{count} difference{'' if count == 1 else 's'}.")
    if found.differences:
        raise typer.Exit(1)
