"""One document that was found, and its bytes when they are asked for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ledger.errors import ReadError
from ledger.problems import Problem
from ledger.readers.limits import SIZE_LIMIT, check_size
from ledger.types import normal_accession

_BLOCK = 64 * 1024
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

LINK = "a symbolic link, which is not followed"
UNSTEADY = "written to while it was read"
WRITTEN = "ingest it again once it is written"
"""What to do about what is unsteady."""

ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz"})
"""How the name of an archive ends; what else is packed is refused by what it is."""


@dataclass(frozen=True)
class Document:
    """One document found, not read yet.

    `name` is what to call it: its path, or `archive.zip:member`. `accession` is the
    accession number its name or its folder carries. `problem` says why it cannot be
    opened, where that is known; then `payload` raises. `tables` says that it is a whole data
    set instead, read table by table: each table's name, and where it lies in the folder or
    archive that `path` or `content` is. `unchanged` says how many filings of it the log has
    already, where it was looked for and is there whole.
    """

    name: str
    accession: str | None = None
    problem: Problem | None = None
    path: str | Path | None = None
    content: bytes | None = None
    tables: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0

    @property
    def payload(self) -> bytes:
        """The document's bytes, read when asked for and not kept.

        Raises:
            ReadError: It cannot be opened, is no regular file, or is larger than 50 MB.
        """
        if self.problem is not None:
            what, _, advice = self.problem.problem.partition("; ")
            raise ReadError(what, where=self.name, remedy=advice)
        if self.path is None:
            return self.content or b""
        try:
            payload = _bytes_of(self.path)
        except OSError as error:
            raise ReadError(why(error), where=self.name, remedy=remedy(error)) from error
        check_size(payload, self.name)
        return payload

    def digest(self, payload: bytes) -> str:
        """What a document is recognised by: 32 hex digits over its bytes and its accession number.

        `payload` is its bytes, or of a data set none: those are read here, table by table or
        as they are packed. "" where they cannot be.
        """
        told = sha256(payload)
        try:
            for block in self._blocks() if self.tables else ():
                told.update(block)
        except OSError:
            return ""
        told.update(f"\0{self.accession}".encode())
        return told.hexdigest()[:32]

    def _blocks(self) -> Iterator[bytes]:
        """Of a data set, which tables are read, and the bytes that they are in."""
        yield repr(self.tables).encode()
        if self.path is None:
            yield self.content or b""
            return
        whole = Path(self.path)
        for path in [whole / at for _, at in self.tables] if whole.is_dir() else [whole]:
            with opened(path) as file:
                while block := file.read(_BLOCK):
                    yield block


class Unsteady(OSError):
    """A file that somebody writes to while it is read: what was read is neither of its states."""


def accession_of(path: str | Path) -> str | None:
    """The accession number a file's name carries, or else one of the two folders above it.

    Dashed, or as 18 digits on their own: `0001209191-13-014365__doc4.xml`,
    `000120919113014365/doc4.xml`.
    """
    return number_in(os.fspath(path).replace(os.sep, "/").rstrip("/").split("/")[-3:])


def number_in(names: Sequence[str]) -> str | None:
    """The accession number that the last of some names carries of those that carry one."""
    return next(filter(None, map(normal_accession, reversed(names))), None)


def _bytes_of(path: str | Path) -> bytes:
    """The bytes of a regular file, of a very large one only as many as prove that it is."""
    handle = _handle(path)
    try:
        before = state_of(handle)
        blocks: list[bytes] = []
        left = SIZE_LIMIT + 1
        while left > 0 and (block := os.read(handle, min(left, _BLOCK))):
            blocks.append(block)
            left -= len(block)
        if left > 0 and state_of(handle) != before:
            raise Unsteady(UNSTEADY)
    finally:
        os.close(handle)
    return b"".join(blocks)


def state_of(handle: int) -> tuple[int, int]:
    """How large a file that is open is, and when it was last written to."""
    told = os.fstat(handle)
    return told.st_size, told.st_mtime_ns


def opened(path: str | Path) -> BinaryIO:
    """A regular file opened for reading in places."""
    return os.fdopen(_handle(path), "rb")


def _handle(path: str | Path) -> int:
    """A regular file's open handle; what has become a pipe meanwhile is refused."""
    handle = os.open(path, _READING)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no regular file")
    return handle


def unopened(name: str, what: str, advice: str) -> Document:
    """A document that will not be opened, and what to do about it."""
    return Document(name, problem=Problem.set_aside(name, what, remedy=advice))


def refused(name: str, error: Exception) -> Document:
    """A document that the system would not open."""
    return unopened(name, why(error), remedy(error))


def why(error: BaseException) -> str:
    """An error in words, without the path, which stands before it already."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error) or type(error).__name__


def remedy(error: BaseException) -> str:
    """What to do when the system will not open a file or folder."""
    if isinstance(error, Unsteady):
        return WRITTEN
    if isinstance(error, PermissionError):
        return "allow this user to read it, or run this as one who may"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "check how the path is written"
    return "check the path and the disk it is on"


def shown_path(path: str | Path) -> str:
    """A path as text that can be printed and stored, whatever bytes its name has."""
    if isinstance(path, str) and path.isascii():
        return printable(path)
    return printable(os.fsencode(path).decode("utf-8", "replace"))


def printable(text: str) -> str:
    """A name without line breaks or terminal codes, each shown as `?`."""
    if text.isprintable():
        return text
    return "".join("?" if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 else c for c in text)
