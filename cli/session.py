"""What every command shares: which ledger is asked, and how much is said on the way."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.terminal import LOGS, log_as, logs_json, tell

if TYPE_CHECKING:
    from ledger import Ledger

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT = "ledger.db"
_BESIDE = ("-wal", "-shm", "-journal", "-holdings", "-sql", "-new")
"""What SQLite keeps beside a database, and who builds what answers rest on takes turns by."""


class Place(click.Path):
    """A file, a folder or an address: never "", which a variable that is not set leaves.

    Taken for a path it would mean the folder one stands in, which would be recorded or written into.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The place a text names."""
        if not str(value).strip():
            self.fail("it is empty; is a variable not set?", param, ctx)
        return super().convert(value, param, ctx)


class Session:
    """The ledger that is asked, in how many processes, and whether to say less or more."""

    def __init__(self) -> None:
        self.database = DEFAULT
        self.quiet = self.verbose = False
        self.jobs = 1
        self._shown = False

    def ledger(self, *, create: bool = False, read_only: bool = False) -> Ledger:
        """Open the ledger; it is closed when the command ends.

        One that may not be written can still be asked.

        Raises:
            StoreUnavailable: There is none, or it is out of reach.
        """
        opened = self.opened(create=create, read_only=read_only)
        return click.get_current_context().with_resource(opened)

    def opened(self, *, create: bool = False, read_only: bool = False) -> Ledger:
        """Open the ledger, for whoever closes it: as `ledger` does, with the same errors."""
        from ledger import Ledger  # noqa: PLC0415  (so that an interrupt finds us listening)
        from ledger.processes import Labour  # noqa: PLC0415

        path = Path(self.database)
        if not create and path.exists():
            read_only |= not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        tell_log(logging.INFO if self.verbose else logging.WARNING)
        with self.timed(f"opening {self.name}"):
            opened = Ledger.open(self.database, create=create, read_only=read_only)
        opened.labour = Labour(self.jobs, self.progress)
        return opened

    def to_record_in(self) -> Callable[[], Ledger]:
        """What opens the ledger, once, and makes one where there is none; one that is here is opened now."""
        opening = cache(partial(self.ledger, create=True))
        if self.is_there:
            opening()
        return opening

    @property
    def is_there(self) -> bool:
        """Whether there is such a ledger, or a server that says."""
        return "://" in self.database or Path(self.database).exists()

    def is_the_ledger(self, path: Path) -> bool:
        """Whether a file is the one the ledger is kept in, or one that lies beside it for it."""
        here, kept = os.path.realpath(path), os.path.realpath(self.database)
        return here in {kept, *(kept + ending for ending in _BESIDE)}

    @property
    def name(self) -> str:
        """The ledger without what nobody is to see: a server's address has a password in it."""
        return "the server" if "://" in self.database else self.database

    @contextmanager
    def timed(self, doing: str) -> Iterator[None]:
        """Say how long something took, where more is to be said."""
        begun = perf_counter()
        yield
        if self.verbose:
            tell(f"{doing}: {perf_counter() - begun:.3f} s")

    @contextmanager
    def progress(self, doing: str) -> Iterator[Callable[..., None] | None]:
        """A function to tell how many of how many are done; None where nobody watches, or something else is shown."""
        watched = sys.stderr.isatty() and not logs_json()
        if self._shown or self.quiet or not (watched or self.verbose):
            yield None
            return
        from cli.progress import bar, lines  # noqa: PLC0415  (seldom needed)

        self._shown = True
        try:
            with (bar if watched else lines)(doing) as advance:
                yield advance
        finally:
            self._shown = False


class _Teller(logging.Handler):
    """Tells a user what the packages below warn of, or do."""

    def emit(self, record: logging.LogRecord) -> None:
        note = "Note: " if record.levelno >= logging.WARNING else ""
        tell(f"{note}{record.getMessage()}")


def tell_log(level: int) -> None:
    """Tell what the packages below say at least so gravely."""
    for package in ("ledger", "projections"):
        logger = logging.getLogger(package)
        logger.setLevel(level)
        if not any(isinstance(handler, _Teller) for handler in logger.handlers):
            logger.addHandler(_Teller())


def keep_sql(ledger: Ledger) -> None:
    """Bring the views for SQL to the end of the log, where somebody made them."""
    if ledger.has_view("sql"):
        from projections.sql.tables import sql  # noqa: PLC0415  (what few have, few load)

        sql(ledger)


def everywhere(command: Command) -> Command:
    """Give a command, or the program, the options that stand before or after its name."""
    for option in (
        click.option(
            "-q",
            "--quiet",
            is_flag=True,
            expose_value=False,
            callback=_quiet,
            help="Say less on stderr.",
        ),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            expose_value=False,
            callback=_verbose,
            help="Say on stderr what is done, and how long it took.",
        ),
        click.option(
            "--log",
            type=click.Choice(LOGS),
            expose_value=False,
            callback=_log,
            help="How lines on stderr are written. [default: text]",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            metavar="N",
            expose_value=False,
            callback=_jobs,
            help="Processes for what is read, or judged anew. [default: 1]",
        ),
        click.option(
            "--db",
            metavar="PATH_OR_URL",
            type=Place(),
            expose_value=False,
            callback=_database,
            help=f"The ledger: a file, or postgresql://... [default: {DEFAULT}; env: LEDGER_DB]",
        ),
    ):
        command = option(command)
    return command


def _session(context: click.Context) -> Session:
    return context.ensure_object(Session)


def _database(context: click.Context, _: click.Parameter, value: str | None) -> None:
    session = _session(context)
    if value or context.parent is None:
        session.database = value or os.environ.get("LEDGER_DB") or DEFAULT


def _jobs(context: click.Context, _: click.Parameter, value: int | None) -> None:
    if value:
        _session(context).jobs = value


def _verbose(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _session(context).verbose = True


def _log(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value:
        log_as(value)


def _quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _session(context).quiet = True
