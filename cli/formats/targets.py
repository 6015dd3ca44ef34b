"""Files that answers are written to: which none may overwrite, and how one is replaced whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from cli.session import Session
from ledger.errors import OutputUnwritable, UsageError

_DATABASE = b"SQLite format 3\0"
"""How every SQLite database begins, so every ledger and every copy of one."""


def require_free(path: Path) -> None:
    """Refuse a file that no answer may take the place of, before anything is asked.

    That is the ledger with the files beside it, whatever else this command line reads or
    writes, and any database: a ledger or a backup is never an answer's to replace.

    Raises:
        UsageError: It is one of these.
    """
    context = click.get_current_context()
    if context.ensure_object(Session).is_the_ledger(path):
        raise UsageError("the answer would overwrite the ledger", where=str(path))
    if any(_same(path, other) for other in _named(context)):
        raise UsageError(
            "the answer would overwrite what this command reads or writes",
            where=str(path),
            remedy="name another file",
        )
    _require_no_database(path)


def _require_no_database(path: Path) -> None:
    with suppress(OSError), path.open("rb") as file:
        if file.read(len(_DATABASE)) == _DATABASE:
            raise UsageError(
                "a database is there, which no answer overwrites",
                where=str(path),
                remedy="name another file",
            )


def _named(context: click.Context) -> Iterator[Path]:
    """The files and folders that the command line names, except where its answer goes."""
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        if isinstance(parameter.type, click.Path) and parameter.name != "output" and value:
            yield from map(Path, value if isinstance(value, tuple) else (value,))


def _same(path: Path, other: Path) -> bool:
    """Whether two names are one file, or the first is a file in the folder that is the second."""
    here, there = Path(os.path.realpath(path)), Path(os.path.realpath(other))
    return here == there or (path.exists() and there.is_dir() and there in here.parents)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A draft beside the file that takes its place when all went well.

    Raises:
        UsageError: A database is there.
        OutputUnwritable: Nothing can be written there.
    """
    _require_no_database(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
            draft.chmod(0o666 & ~_umask())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputUnwritable(
            f"the answer could not be written: {error.strerror or error}",
            where=str(path),
            remedy="nothing was written there; choose another file or folder",
        ) from error


@contextmanager
def adding(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """A draft of what comes to stand in a folder under new names: all of it, or nothing.

    Raises:
        UsageError: One of the names is taken.
        OutputUnwritable: Nothing can be written there.
    """
    for name in names:
        if (folder / name).exists():
            raise UsageError(
                "there is something of this name already",
                where=str(folder / name),
                remedy="name another folder, or take it away",
            )
    fresh = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft, placed = Path(tempfile.mkdtemp(prefix=".export.", dir=folder)), list[Path]()
        try:
            yield draft
            for one in sorted(draft.iterdir()):
                one.chmod((0o777 if one.is_dir() else 0o666) & ~_umask())
                placed.append(one.rename(folder / one.name))
            placed.clear()
        finally:
            for one in placed:
                one.rename(draft / one.name)
            shutil.rmtree(draft, ignore_errors=True)
            if fresh:
                with suppress(OSError):  # where something came to stand in it
                    folder.rmdir()
    except OSError as error:
        raise OutputUnwritable(
            f"the tables could not be written: {error.strerror or error}",
            where=str(folder),
            remedy="nothing was written there; choose another folder",
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
