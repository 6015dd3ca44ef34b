"""The documents in an archive: a zip, a tar as EDGAR's daily feed is, gzip, one in another.

Members are unpacked one at a time and only in memory; one that fails is set aside by name
and takes no other with it. `ledger.ingestion.unpacking` has the limits.
"""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self, cast

from ledger.ingestion.document import (
    ARCHIVES,
    LINK,
    Document,
    accession_of,
    opened,
    printable,
    unopened,
    why,
)
from ledger.ingestion.table_sets import folder_of, found_in
from ledger.ingestion.unpacking import (
    BLOCK,
    DAMAGED,
    DEPTH_LIMIT,
    FEED_LIMIT,
    MEMBER_LIMIT,
    RATIO_FREE,
    RATIO_LIMIT,
    UNPACKED_LIMIT,
    Allowance,
    TooLarge,
)
from ledger.readers.limits import SIZE_LIMIT, TOO_LARGE, TOO_LARGE_REMEDY

_UNPACK = "unpack it first"
_TAR_MARK = slice(257, 262)


class _Place(NamedTuple):
    """An archive: what to call it, where its bytes are, what it may take, and how deep it is."""

    name: str
    path: Path | None
    content: bytes | None
    allowance: Allowance
    depth: int


def archive(path: Path, name: str) -> Iterator[Document]:
    """The documents of an archive, and a problem for each member that is none."""
    size = UNPACKED_LIMIT if path.suffix.lower() == ".zip" else FEED_LIMIT
    place = _Place(name, path, None, Allowance(size), 1)
    try:
        with opened(path) as file:
            yield from _members(file, place)
    except DAMAGED as error:
        yield _damaged(name, error)


def _members(file: BinaryIO, place: _Place) -> Iterator[Document]:
    """The members of an archive, told by how its name ends."""
    ending = Path(place.name).suffix.lower()
    if ending == ".zip":
        yield from _zip(file, place)
    elif ending == ".tar":
        yield from _tar(file, place)
    else:
        yield from _gzip(file, place)


def _zip(file: BinaryIO, place: _Place) -> Iterator[Document]:
    with zipfile.ZipFile(file) as whole:
        members = whole.infolist()
        if len(members) > place.allowance.members:
            what = f"more than {MEMBER_LIMIT:,} members"
            yield unopened(place.name, what, "split the archive")
            return
        place.allowance.members -= len(members)
        sets = found_in(m.filename for m in members if not m.flag_bits & 1)
        for tables in sets.tables:
            shown = ":".join(filter(None, (place.name, printable(folder_of(tables)))))
            yield Document(shown, path=place.path, content=place.content, tables=tables)
        for number, member in enumerate(members):
            if member.is_dir() or member.filename in sets.names:
                continue
            yield from _zip_member(whole, member, place)
            if place.allowance.bytes <= 0:
                rest = len(members) - number - 1
                what = f"unpacks to more than an archive may, so that {rest} members are not read"
                yield unopened(place.name, what, "split the archive")
                return


def _zip_member(
    whole: zipfile.ZipFile, member: zipfile.ZipInfo, place: _Place
) -> Iterator[Document]:
    shown = f"{place.name}:{printable(member.filename)}"
    if member.flag_bits & 1:
        yield unopened(shown, "encrypted", _UNPACK)
        return
    if stat.S_ISLNK(member.external_attr >> 16):
        yield unopened(shown, LINK, "give its target")
        return
    try:
        with whole.open(member) as file:
            content = place.allowance.unpack(cast("BinaryIO", file), member.compress_size)
    except TooLarge as error:
        yield unopened(shown, str(error), TOO_LARGE_REMEDY if "50 MB" in str(error) else _UNPACK)
    except (*DAMAGED, NotImplementedError, RuntimeError) as error:
        yield unopened(shown, f"cannot be unpacked: {why(error)}", "fetch the archive again")
    else:
        yield from _document(shown, member.filename, content, place)


class _Member(tarfile.TarInfo):
    """A member of a tar; a header that is none, or cut short, is damage and not the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """The member whose header this is."""
        try:
            return super().frombuf(buf, encoding, errors)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error


def _tar(file: BinaryIO, place: _Place) -> Iterator[Document]:
    """The members of a tar, in one pass, as it comes."""
    with tarfile.open(fileobj=file, mode="r|", tarinfo=_Member) as whole:
        while (member := whole.next()) is not None:
            whole.members.clear()  # type: ignore[attr-defined]  # it keeps all, to find links by
            place.allowance.members -= 1
            place.allowance.bytes -= member.size
            shown = f"{place.name}:{printable(member.name)}"
            if place.allowance.members < 0 or place.allowance.bytes < 0:
                what = f"more than {MEMBER_LIMIT:,} members, or larger than a daily feed can be"
                yield unopened(shown, f"{what}; it is not read further", "split the archive")
                return
            if member.isdir():
                continue
            if not member.isfile():
                yield unopened(shown, "a link or device, which is not followed", "give its target")
            elif member.size > SIZE_LIMIT:
                yield unopened(shown, TOO_LARGE, TOO_LARGE_REMEDY)
            elif (content := whole.extractfile(member)) is not None:
                yield from _document(shown, member.name, content.read(), place)


def _gzip(file: BinaryIO, place: _Place) -> Iterator[Document]:
    """What a gzip holds: a tar's members, or one document."""
    packed = file.seek(0, io.SEEK_END)
    file.seek(0)
    with gzip.GzipFile(fileobj=file) as unpacked:
        if unpacked.peek(512)[_TAR_MARK] == b"ustar":
            allowed = max(RATIO_FREE, RATIO_LIMIT * packed)
            place.allowance.bytes = min(place.allowance.bytes, allowed)
            _proven(unpacked, place.allowance.bytes)
            yield from _tar(cast("BinaryIO", unpacked), place)
            return
        name = place.name.removesuffix(".gz").removesuffix(".GZ")
        try:
            content = place.allowance.unpack(cast("BinaryIO", unpacked), packed)
        except TooLarge as error:
            yield unopened(place.name, str(error), _UNPACK)
            return
    yield from _document(name, Path(name).name, content, place)


def _proven(unpacked: gzip.GzipFile, most: int) -> None:
    """Unpack a tar once for its checksum: it ends before that, and its members have none.

    One that is cut short is read up to there, and what is cut off is said then.

    Raises:
        OSError: Its content is not what was packed.
    """
    with suppress(EOFError):
        while most > 0 and (block := unpacked.read(BLOCK)):
            most -= len(block)
    unpacked.seek(0)


def _document(shown: str, name: str, content: bytes, place: _Place) -> Iterator[Document]:
    """A member as a document, or as the archive that it is."""
    if Path(name).suffix.lower() not in ARCHIVES:
        accession = accession_of(name) or accession_of(place.name)
        yield Document(shown, accession, content=content)
    elif place.depth == DEPTH_LIMIT:
        yield unopened(shown, f"an archive within {DEPTH_LIMIT} others", _UNPACK)
    else:
        inner = _Place(shown, None, content, place.allowance, place.depth + 1)
        with place.allowance.for_one(len(content)):
            try:
                yield from _members(io.BytesIO(content), inner)
            except DAMAGED as error:
                yield _damaged(shown, error)


def _damaged(name: str, error: Exception) -> Document:
    return unopened(name, f"a damaged archive: {why(error)}", "fetch the archive again")
