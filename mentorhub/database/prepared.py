"""Statements that are compiled once and then go to the driver as they are, for the few that every booking waits for.

Finding a long statement's compiled form, walking its parameters and naming the columns of its answer cost more than
SQLite takes to answer it.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import CompilerElement


class _Compiled(NamedTuple):
    text: str
    order: tuple[str, ...] | None
    write: Mapping[str, Callable[[Any], Any] | None]

    def given(self, parameters: Mapping[str, Any]) -> Any:
        """The parameters as the driver wants them."""
        named = {name: to(parameters[name]) if to else parameters[name] for name, to in self.write.items()}
        return tuple(map(named.__getitem__, self.order)) if self.order else named


class Prepared:
    """A statement made by `build` for the name of a dialect; answers come as the driver gives them."""

    def __init__(self, build: Callable[[str], CompilerElement]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Execute and fetch what it answers; raises KeyError for a missing parameter, DBAPIError as any statement."""
        with closing(self._run(connection, parameters)) as cursor:
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def count(self, connection: Connection, *parameters: Mapping[str, Any]) -> int:
        """Execute with each of the parameters and tell how many rows that wrote; raises as `rows`."""
        with closing(self._run(connection, *parameters)) as cursor:
            written: int = cursor.rowcount
        return written

    def _run(self, connection: Connection, *parameters: Mapping[str, Any]) -> Any:
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        given = [compiled.given(each) for each in parameters]
        text, cursor, many = compiled.text, connection.connection.cursor(), len(given) > 1
        connection.dispatch.before_cursor_execute(connection, cursor, text, given if many else given[0], None, many)
        try:
            if many:
                cursor.executemany(text, given)
            else:
                cursor.execute(text, given[0])
        except dialect.loaded_dbapi.Error as error:
            cursor.close()
            kind = dialect.loaded_dbapi.Error
            raise DBAPIError.instance(text, None, error, kind, hide_parameters=True, dialect=dialect) from error
        return cursor

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = cast(SQLCompiler, self._build(dialect.name).compile(dialect=dialect))
        write = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
        order = tuple(compiled.positiontup) if compiled.positiontup else None
        # psycopg names the type of a time itself, and reads a statement of over 4,096 characters anew each time.
        text = " ".join(str(compiled).replace("::TIMESTAMP WITH TIME ZONE", "").split())
        made = self._compiled[dialect.name] = _Compiled(text, order, write)
        return made
