"""Finds the documents under files, folders, archives and standard input.

Everything met is yielded, also what no reader will take: the reader says why it is set
aside, so that nothing given disappears without a word. Nothing here follows a symbolic
link inside a folder, or waits on a pipe. `ledger.ingestion.archives` opens archives.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from operator import attrgetter
from pathlib import Path

from ledger.ingestion.document import (
    ARCHIVES,
    LINK,
    Document,
    accession_of,
    number_in,
    refused,
    shown_path,
    unopened,
    why,
)
from ledger.ingestion.table_sets import found_in
from ledger.readers.limits import SIZE_LIMIT, TOO_LARGE, TOO_LARGE_REMEDY
from ledger.types import normal_accession

__all__ = ["Document", "accession_of", "documents", "number_of"]

_STDIN = "-"
_ARCHIVES = tuple(ARCHIVES)
_ABOVE = 2
"""Folders above a file whose names may carry its accession number."""

_AT_ONCE = 100_000
"""Entries of a folder held in memory; of one with more, the next are found by reading it again."""


def documents(paths: Iterable[str | Path]) -> Iterator[Document]:
    """Every document under these paths, in order: folders sorted, archives as packed.

    A path of `-` is standard input. What cannot be opened is yielded with its problem;
    nothing here raises for the sake of one file.
    """
    for path in paths:
        place = path if isinstance(path, Path) else Path(path)
        if str(path) == _STDIN:
            yield _standard_input()
        elif place.is_dir():
            yield from _folder(place)
        else:
            yield from _file(place)


def number_of(paths: Iterable[str | Path]) -> int | None:
    """How many documents lie under these paths; None where they would have to be opened for it.

    That is so of archives and data sets. A document may hold several forms all the same.
    """
    number = 0
    waiting = [Path(path) for path in paths]
    while waiting:
        place = waiting.pop()
        for name in _names_in(place, waiting) if place.is_dir() else (place.name,):
            if name.lower().endswith(_ARCHIVES) or found_in((name,)).tables:
                return None
            number += 1
    return number


def _names_in(folder: Path, waiting: list[Path]) -> Iterator[str]:
    """The names of all in a folder but the folders in it, which are put where they wait."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    yield entry.name
    except OSError:  # which is said of it as one document
        yield folder.name


def _standard_input() -> Document:
    try:
        content = sys.stdin.buffer.read(SIZE_LIMIT + 1)
    except (OSError, ValueError, AttributeError) as error:
        what = f"standard input cannot be read: {why(error)}"
        return unopened(_STDIN, what, "name a file instead")
    if len(content) > SIZE_LIMIT:
        return unopened(_STDIN, TOO_LARGE, TOO_LARGE_REMEDY)
    return Document(_STDIN, content=content)


def _folder(folder: Path) -> Iterator[Document]:
    """The files of a folder and of those below it, sorted by name at each level."""
    levels = [_level(folder)]
    while levels:
        entries, above = levels[-1]
        found = next(entries, None)
        if found is None:
            levels.pop()
        elif isinstance(found, Document):
            yield found
        elif found.is_file(follow_symlinks=False):
            if found.name.lower().endswith(_ARCHIVES):
                yield from _regular(Path(found.path), shown_path(found.path))
            else:
                number = normal_accession(found.name) or above
                yield Document(shown_path(found.path), number, path=found.path)
        elif found.is_symlink():
            yield unopened(shown_path(Path(found.path)), LINK, "give its target")
        elif found.is_dir(follow_symlinks=False):
            levels.append(_level(Path(found.path)))
        else:
            yield from _file(Path(found.path))


def _level(folder: Path) -> tuple[Iterator[os.DirEntry[str] | Document], str | None]:
    """What a folder holds, and the accession number that it, or the folder above it, carries."""
    return _entries(folder), number_in(folder.absolute().parts[-_ABOVE:])


def _entries(folder: Path) -> Iterator[os.DirEntry[str] | Document]:
    """What a folder holds, by name, in constant memory; where it cannot be opened, that."""
    try:
        with os.scandir(folder) as entries:
            plain = (e.name for e in entries if e.is_file(follow_symlinks=False))
            of_sets = found_in(plain)
        for tables in of_sets.tables:
            yield Document(shown_path(folder), path=folder, tables=tables)
        page = _page(folder, "")
        while page:
            yield from (entry for entry in page if entry.name not in of_sets.names)
            page = _page(folder, page[-1].name) if len(page) == _AT_ONCE else []
    except OSError as error:
        yield refused(shown_path(folder), error)


def _page(folder: Path, after: str) -> list[os.DirEntry[str]]:
    """The next entries of a folder behind a name: all that are left, or as many as fit in memory."""
    with os.scandir(folder) as entries:
        later = (entry for entry in entries if entry.name > after)
        return nsmallest(_AT_ONCE, later, key=attrgetter("name"))


def _file(path: Path) -> Iterator[Document]:
    """A file as one document, or an archive as those in it."""
    name = shown_path(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if path.is_symlink():
            yield unopened(name, f"a symbolic link to nothing ({why(error)})", "mend the link")
        else:
            yield refused(name, error)
        return
    if not stat.S_ISREG(mode):
        what = "no regular file (a pipe, socket or device), so it is not opened"
        yield unopened(name, what, "save what it holds in a file, or give it as `-`")
    else:
        yield from _regular(path, name)


def _regular(path: Path, name: str) -> Iterator[Document]:
    """A regular file as one document, or an archive as those in it."""
    if path.suffix.lower() in ARCHIVES:
        from ledger.ingestion.archives import archive  # noqa: PLC0415  (most files are none)

        yield from archive(path, name)
    else:
        whole = path if len(path.parts) > _ABOVE else path.absolute()
        yield Document(name, accession_of(whole), path=path)
