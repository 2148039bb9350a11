"""`mentorhub db`: bring the database up to date, show where it stands, draft a new step."""

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


def bring_up_to_date() -> None:
    """Run every step the connected database has not seen; cheap when there is none."""
    with database.engine().begin() as connection:
        config = _config(connection)
        newest = ScriptDirectory.from_config(config).get_current_head()
        if MigrationContext.configure(connection).get_current_revision() != newest:
            command.upgrade(config, "head")


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
