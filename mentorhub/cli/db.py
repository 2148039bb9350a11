"""`mentorhub db`: bring the database up to date, show where it stands, draft a new step."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from mentorhub import database, settings

app = typer.Typer(help="The database's history.", no_args_is_help=True)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _migrating() -> Iterator[Connection]:
    """One transaction for all steps. SQLite changes a table by making it anew, which its foreign keys would
    take for a removal of every row: they are checked at the end instead, and a broken one undoes everything.
    """
    with database.engine().connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            _set_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError("a step of the history left rows that point nowhere")
        finally:
            if is_sqlite:
                _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    """Outside any transaction, where alone the setting has an effect."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


def bring_up_to_date() -> None:
    """Run every step the connected database has not seen; cheap when there is none."""
    with _migrating() as connection:
        newest = ScriptDirectory.from_config(_config(connection)).get_current_head()
        if MigrationContext.configure(connection).get_current_revision() != newest:
            command.upgrade(_config(connection), "head")


def bring_up_to(step: str) -> None:
    """Run the steps up to this one, and none after it."""
    with _migrating() as connection:
        command.upgrade(_config(connection), step)


@app.command()
def upgrade() -> None:
    """Bring the database up to date."""
    database.connect(settings.current().database_url)
    bring_up_to_date()
    typer.echo("The database is up to date.")


@app.command()
def draft(message: str) -> None:
    """Write a new step from the difference between the models and an up-to-date database."""
    database.connect(settings.current().database_url)
    bring_up_to_date()
    with database.engine().begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


@app.command()
def drift() -> None:
    """Exit with 1 when the models and the history disagree."""
    database.connect(settings.current().database_url)
    bring_up_to_date()
    with database.engine().begin() as connection:
        command.check(_config(connection))
