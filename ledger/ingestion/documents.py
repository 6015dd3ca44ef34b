"""Finds the documents under files, folders, archives and standard input.

Everything met is yielded, also what no reader will take: the reader says why it is set
aside, so that nothing given disappears without a word. Nothing here follows a symbolic
link inside a folder, waits on a pipe, or unpacks an archive to disk.

Limits: 50 MB a document; of one archive 200 MB unpacked and 250,000 members (the SEC's
own bulk archives hold tens of thousands), and no member more than 200 times its packed
size. An archive within an archive is set aside.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ledger.errors import ReadError
from ledger.filing import Problem
from ledger.readers.limits import SIZE_LIMIT, TOO_LARGE, TOO_LARGE_REMEDY, check_size
from ledger.types import normal_accession

UNPACKED_LIMIT = 200 * 1024 * 1024
"""Bytes that all members of one archive may unpack to."""

MEMBER_LIMIT = 250_000
"""Members of one archive."""

RATIO_LIMIT = 200
"""Times its packed size that one member may unpack to; XML packs about ten to one."""

_RATIO_FREE = 64 * 1024
"""Bytes below which the ratio does not matter: a short file of blanks packs very well."""

_LINK = "a symbolic link, which is not followed"
_UNPACK = "unpack it first"

_BLOCK = 64 * 1024
_STDIN = "-"
_DASHED = re.compile(r"(?<![0-9])[0-9]{10}-[0-9]{2}-[0-9]{6}(?![0-9])")
_UNDASHED = re.compile(r"(?<![0-9A-Za-z])[0-9]{18}(?![0-9A-Za-z])")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OSError)


@dataclass(frozen=True)
class Document:
    """One document found, not read yet.

    `name` is what to call it: its path, or `archive.zip:member`. `accession` is the
    accession number its name or its folder carries. `problem` says why it cannot be
    opened, where that is known; then `payload` raises.
    """

    name: str
    accession: str | None = None
    problem: Problem | None = None
    path: Path | None = None
    content: bytes | None = None

    @property
    def payload(self) -> bytes:
        """The document's bytes, read when asked for and not kept.

        Raises:
            ReadError: It cannot be opened, is no regular file, or is larger than 50 MB.
        """
        if self.problem is not None:
            what, _, remedy = self.problem.problem.partition("; ")
            raise ReadError(what, where=self.name, remedy=remedy)
        if self.path is None:
            return self.content or b""
        try:
            payload = _bytes_of(self.path)
        except OSError as error:
            raise ReadError(_why(error), where=self.name, remedy=_remedy(error)) from error
        check_size(payload, self.name)
        return payload


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


def accession_of(path: str | Path) -> str | None:
    """The accession number a file's name carries, or else one of the two folders above it.

    Dashed, or as 18 digits on their own: `0001209191-13-014365__doc4.xml`,
    `000120919113014365/doc4.xml`.
    """
    for part in reversed(Path(path).parts[-3:]):
        if found := _accession_in(part):
            return found
    return None


def _accession_in(name: str) -> str | None:
    found = _DASHED.search(name) or _UNDASHED.search(name)
    return normal_accession(found[0]) if found else None


def _standard_input() -> Document:
    try:
        content = sys.stdin.buffer.read(SIZE_LIMIT + 1)
    except (OSError, ValueError, AttributeError) as error:
        what = f"standard input cannot be read: {_why(error)}"
        return _unopened(_STDIN, what, "name a file instead")
    if len(content) > SIZE_LIMIT:
        return _unopened(_STDIN, TOO_LARGE, TOO_LARGE_REMEDY)
    return Document(_STDIN, content=content)


def _folder(folder: Path) -> Iterator[Document]:
    """The files of a folder and of those below it, sorted by name at each level."""
    levels = [_entries(folder)]
    while levels:
        found = next(levels[-1], None)
        if found is None:
            levels.pop()
        elif isinstance(found, Document):
            yield found
        elif found.is_symlink():
            yield _unopened(_shown(Path(found.path)), _LINK, "give its target")
        elif found.is_dir(follow_symlinks=False):
            levels.append(_entries(Path(found.path)))
        else:
            yield from _file(Path(found.path))


def _entries(folder: Path) -> Iterator[os.DirEntry[str] | Document]:
    """What a folder holds, by name; where it cannot be opened, that."""
    try:
        with os.scandir(folder) as entries:
            return iter(sorted(entries, key=lambda entry: entry.name))
    except OSError as error:
        return iter([_refused(_shown(folder), error)])


def _file(path: Path) -> Iterator[Document]:
    """A file as one document, or an archive as those in it."""
    name = _shown(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if path.is_symlink():
            yield _unopened(name, f"a symbolic link to nothing ({_why(error)})", "mend the link")
        else:
            yield _refused(name, error)
        return
    if not stat.S_ISREG(mode):
        what = "no regular file (a pipe, socket or device), so it is not opened"
        yield _unopened(name, what, "save what it holds in a file, or give it as `-`")
    elif path.suffix.lower() == ".zip":
        yield from _archive(path, name)
    else:
        yield Document(name, _accession_in(path.name) or accession_of(path.absolute()), path=path)


def _archive(path: Path, name: str) -> Iterator[Document]:
    """The members of an archive, unpacked one at a time and only in memory."""
    try:
        with _opened(path) as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MEMBER_LIMIT:
                yield _unopened(name, f"more than {MEMBER_LIMIT:,} members", "split the archive")
                return
            left = UNPACKED_LIMIT
            for number, member in enumerate(members):
                if member.is_dir():
                    continue
                document, size = _member(archive, member, name, left)
                left -= size
                yield document
                if left <= 0:
                    rest = len(members) - number - 1
                    what = f"unpacks to more than 200 MB, so that {rest} members are not read"
                    yield _unopened(name, what, "split the archive")
                    return
    except _DAMAGED as error:
        yield _unopened(name, f"a damaged archive: {_why(error)}", "fetch the archive again")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, left: int
) -> tuple[Document, int]:
    """One member, and how many bytes it cost, whatever the archive claims of its size."""
    shown = f"{name}:{_printable(member.filename)}"
    if member.flag_bits & 1:
        return _unopened(shown, "encrypted", _UNPACK), 0
    if stat.S_ISLNK(member.external_attr >> 16):
        return _unopened(shown, _LINK, "give its target"), 0
    blocks: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as file:
            while block := file.read(_BLOCK):
                blocks.append(block)
                size += len(block)
                if size > min(SIZE_LIMIT, left):
                    what = f"{TOO_LARGE}, or than its archive may be"
                    return _unopened(shown, what, TOO_LARGE_REMEDY), size
                if size > max(_RATIO_FREE, RATIO_LIMIT * member.compress_size):
                    what = f"unpacks to more than {RATIO_LIMIT} times its packed size"
                    return _unopened(shown, what, _UNPACK), size
    except (*_DAMAGED, NotImplementedError, RuntimeError) as error:
        what = f"cannot be unpacked: {_why(error)}"
        return _unopened(shown, what, "fetch the archive again"), size
    content = b"".join(blocks)
    if content.startswith(b"PK\x03\x04"):
        return _unopened(shown, "an archive within an archive", _UNPACK), size
    accession = accession_of(member.filename) or accession_of(name)
    return Document(shown, accession, content=content), size


def _bytes_of(path: Path) -> bytes:
    """The bytes of a regular file, of a very large one only as many as prove that it is."""
    handle = _handle(path)
    try:
        blocks: list[bytes] = []
        left = SIZE_LIMIT + 1
        while left > 0 and (block := os.read(handle, min(left, _BLOCK))):
            blocks.append(block)
            left -= len(block)
    finally:
        os.close(handle)
    return b"".join(blocks)


def _opened(path: Path) -> BinaryIO:
    """A regular file opened for reading in places."""
    return os.fdopen(_handle(path), "rb")


def _handle(path: Path) -> int:
    """A regular file's open handle; what has become a pipe meanwhile is refused."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no regular file")
    return handle


def _unopened(name: str, what: str, remedy: str) -> Document:
    return Document(name, problem=Problem.set_aside(name, what, remedy=remedy))


def _refused(name: str, error: Exception) -> Document:
    return _unopened(name, _why(error), _remedy(error))


def _why(error: BaseException) -> str:
    """An error in words, without the path, which stands before it already."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error) or type(error).__name__


def _remedy(error: BaseException) -> str:
    """What to do when the system will not open a file or folder."""
    if isinstance(error, PermissionError):
        return "allow this user to read it, or run this as one who may"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "check how the path is written"
    return "check the path and the disk it is on"


def _shown(path: Path) -> str:
    """A path as text that can be printed and stored, whatever bytes its name has."""
    return _printable(os.fsencode(path).decode("utf-8", "replace"))


def _printable(text: str) -> str:
    """A name without line breaks or terminal codes, each shown as `?`."""
    if text.isprintable():
        return text
    return "".join("?" if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 else c for c in text)
