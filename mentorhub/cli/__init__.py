"""The `mentorhub` command; each subcommand lives in a module of its own and loads only what it needs."""

import importlib
from typing import Any

import click
import typer
from typer.main import get_command

_COMMANDS = {
    "db": ("mentorhub.cli.db", "app", "The database's history."),
    "worker": ("mentorhub.cli.worker", "worker", "Do the jobs in a process of their own."),
    "ledger": ("mentorhub.cli.ledger", "app", "The books: `ledger check` exits with 1 on a difference."),
}


class _Lazy(click.Group):
    """Loads a subcommand's module when it is called, so that `slots` never pays for the web."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        target: Any = getattr(importlib.import_module(module), name)
        if isinstance(target, typer.Typer):
            return get_command(target)
        single = typer.Typer(add_completion=False)
        single.command(name=cmd_name)(target)
        return get_command(single)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in sorted(_COMMANDS)])


app = _Lazy(name="mentorhub", help="MentorHub: a mentorship marketplace where the meeting happens.")
