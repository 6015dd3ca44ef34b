"""The data sets in a folder or archive, and their tables opened one at a time.

A set is whatever has a table SUBMISSION; its other tables, and the description the SEC packs
with them, belong to it and are no documents of their own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from ledger.errors import ReadError
from ledger.ingestion.document import UNSTEADY, WRITTEN, Document, opened, remedy, state_of, why
from ledger.loading import later
from ledger.readers.datasets.columns import SHEETS, SUBMISSION

if TYPE_CHECKING:
    import zipfile

    from ledger.ingestion import unpacking
    from ledger.readers.datasets.sheets import Opener
else:  # most files are of no data set
    zipfile, unpacking = later("zipfile"), later("ledger.ingestion.unpacking")

TABLE_LIMIT = 1024 * 1024 * 1024
"""Bytes of one table; the largest of a quarter takes about 30 MB."""

_DESCRIPTIONS = {"FORM_345_METADATA.JSON", "FORM_345_README.HTM"}
_ENDINGS = frozenset({".TSV", *(name[-4:] for name in _DESCRIPTIONS)})
"""The last letters of whatever may be part of a set: most files are told by them to be none."""


class Found(NamedTuple):
    """The tables of each set, by the table's name, and the names of all that is part of one."""

    tables: tuple[tuple[tuple[str, str], ...], ...]
    names: frozenset[str]


def found_in(names: Iterable[str]) -> Found:
    """The data sets among the names in a folder, or the members of an archive."""
    folders: dict[str, dict[str, str]] = {}
    descriptions: dict[str, list[str]] = {}
    for name in names:
        if name[-4:].upper() not in _ENDINGS:
            continue
        path = PurePosixPath(name)
        folder, upper = str(path.parent), path.name.upper()
        if upper.endswith(".TSV") and upper.removesuffix(".TSV") in SHEETS:
            folders.setdefault(folder, {}).setdefault(upper.removesuffix(".TSV"), name)
        elif upper in _DESCRIPTIONS:
            descriptions.setdefault(folder, []).append(name)
    sets = {folder: tables for folder, tables in folders.items() if SUBMISSION in tables}
    parts = [name for tables in sets.values() for name in tables.values()]
    parts += [name for folder in sets for name in descriptions.get(folder, ())]
    return Found(tuple(tuple(tables.items()) for tables in sets.values()), frozenset(parts))


def folder_of(tables: tuple[tuple[str, str], ...]) -> str:
    """The folder of an archive in which the tables of a set lie; "" where it is the outermost."""
    folder = str(PurePosixPath(tables[0][1]).parent)
    return "" if folder == "." else folder


class Measured:
    """A table's lines, counted as they are read, whatever its archive claims of its size.

    `handle` is that of a table that lies open in a folder: somebody may write to it meanwhile.
    """

    def __init__(self, file: BinaryIO, name: str, limit: int, handle: int | None = None) -> None:
        self._file, self._name, self._left = file, name, limit
        self._handle, self._state = handle, None if handle is None else state_of(handle)

    def readline(self, limit: int) -> bytes:
        """The next line, or as much of it as this many bytes.

        Raises:
            ReadError: The table is damaged, larger than one may be, or was written to meanwhile.
        """
        try:
            line = self._file.readline(limit)
        except unpacking.DAMAGED as error:
            what = f"a damaged table: {why(error)}"
            raise ReadError(what, where=self._name, remedy="fetch the set again") from error
        self._left -= len(line)
        if self._left < 0:
            what = "larger than a table may be, or than its packed size allows"
            raise ReadError(what, where=self._name, remedy="check what it is")
        if not line and self._handle is not None and state_of(self._handle) != self._state:
            raise ReadError(UNSTEADY, where=self._name, remedy=WRITTEN)
        return line


def openers(document: Document) -> dict[str, Opener]:
    """How to open each table of a data set, by its name."""
    return {
        table: partial(_table, document, place, f"{document.name}:{table}")
        for table, place in document.tables
    }


@contextmanager
def _table(document: Document, place: str, name: str) -> Iterator[Measured]:
    try:
        with ExitStack() as opening:
            if document.path is not None and (folder := Path(document.path)).is_dir():
                file = opening.enter_context(opened(folder / place))
                yield Measured(file, name, TABLE_LIMIT, file.fileno())
                return
            packed: BinaryIO = io.BytesIO(document.content or b"")
            if document.path is not None:
                packed = opening.enter_context(opened(document.path))
            archive = opening.enter_context(zipfile.ZipFile(packed))
            size = max(
                unpacking.RATIO_FREE, archive.getinfo(place).compress_size * unpacking.RATIO_LIMIT
            )
            member = opening.enter_context(archive.open(place))
            yield Measured(cast("BinaryIO", member), name, min(size, TABLE_LIMIT))
    except (*unpacking.DAMAGED, NotImplementedError, RuntimeError) as error:
        raise ReadError(why(error), where=name, remedy=remedy(error)) from error
