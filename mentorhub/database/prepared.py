"""Statements that are compiled once and then go to the driver as they are, for the few that every booking waits for.

Finding a long statement's compiled form and walking its parameters costs more than SQLite takes to answer it.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, CursorResult
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import CompilerElement

_KEEPS_COUNT = {"preserve_rowcount": True}


class _Compiled(NamedTuple):
    text: str
    order: tuple[str, ...] | None
    write: Mapping[str, Callable[[Any], Any] | None]


class Prepared:
    """A statement made by `build` for the name of a dialect; answers come as the driver gives them."""

    def __init__(self, build: Callable[[str], CompilerElement]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, parameters: Mapping[str, Any]) -> CursorResult[Any]:
        """Execute with these parameters; raises KeyError when one of the statement's is missing."""
        dialect = connection.dialect
        text, order, write = self._compiled.get(dialect.name) or self._compile(dialect)
        given = {name: to(parameters[name]) if to else parameters[name] for name, to in write.items()}
        ordered = tuple(map(given.__getitem__, order)) if order else given
        return connection.exec_driver_sql(text, ordered, execution_options=_KEEPS_COUNT)

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = cast(SQLCompiler, self._build(dialect.name).compile(dialect=dialect))
        write = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
        order = tuple(compiled.positiontup) if compiled.positiontup else None
        # psycopg names the type of a time itself, and reads a statement of over 4,096 characters anew each time.
        text = " ".join(str(compiled).replace("::TIMESTAMP WITH TIME ZONE", "").split())
        made = self._compiled[dialect.name] = _Compiled(text, order, write)
        return made
