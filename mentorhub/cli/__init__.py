"""The `mentorhub` command; each subcommand lives in a module of its own and loads only what it needs."""

import importlib
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

_COMMANDS = {
    "admin": ("mentorhub.cli.admin", "app", "Who is an admin."),
    "db": ("mentorhub.cli.db", "app", "The database's history."),
    "ledger": ("mentorhub.cli.ledger", "app", "Check that every unit of money is where it should be."),
    "media": ("mentorhub.cli.media", "media", "Run the media process of the video rooms."),
    "routes": ("mentorhub.cli.routes", "routes", "Every page, route and event handler, with who may call it."),
    "seed": ("mentorhub.cli.seed", "seed", "Fill an empty database with a demo marketplace."),
    "serve": ("mentorhub.cli.serve", "serve", "Serve the product on one port."),
    "slots": ("mentorhub.cli.slots", "slots", "Compute start times from JSON on standard input."),
    "worker": ("mentorhub.cli.worker", "worker", "Run the job worker as a process of its own."),
}


class _Lazy(TyperGroup):
    """Loads a subcommand's module when it is called, so that `slots` never pays for the web."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        target: Any = getattr(importlib.import_module(module), name)
        if isinstance(target, typer.Typer):
            return get_command(target)
        single = typer.Typer(add_completion=False)
        single.command(name=cmd_name)(target)
        return get_command(single)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in sorted(_COMMANDS)])


# The rich help page would load every subcommand only to list their names.
app = _Lazy(
    name="mentorhub",
    help="MentorHub: a mentorship marketplace where the meeting happens.",
    rich_markup_mode=None,
)
