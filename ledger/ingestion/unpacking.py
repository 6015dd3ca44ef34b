"""How much may be unpacked: the limits of every archive, in one place.

Whatever an archive claims of itself, bytes are counted as they come.
"""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ledger.readers.limits import SIZE_LIMIT

UNPACKED_LIMIT = 200 * 1024 * 1024
"""Bytes that all members of a zip may unpack to, those of archives in it included."""

FEED_LIMIT = 16 * 1024**3
"""Bytes of a tar: EDGAR's daily feed has all filings of a day, read one after the other."""

MEMBER_LIMIT = 250_000
"""Members of one archive, those of archives in it included."""

DEPTH_LIMIT = 3
"""Archives within one another: a zip of daily feeds has their gzip and its tar in it."""

RATIO_LIMIT = 200
"""Times its packed size that one member may unpack to; XML packs about ten to one."""

RATIO_FREE = 64 * 1024
"""Bytes below which the ratio does not matter: a short file of blanks packs very well."""

BLOCK = 64 * 1024

DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    struct.error,
    ValueError,
    OSError,
)
"""What the libraries raise on an archive that is none, or no longer one."""


class TooLarge(Exception):
    """A member unpacks to more than it may; the message says than what."""


class Allowance:
    """What is left of an archive's bytes and members, for it and all archives in it."""

    def __init__(self, size: int) -> None:
        self.bytes = size
        self.members = MEMBER_LIMIT

    @contextmanager
    def for_one(self, packed: int) -> Iterator[None]:
        """While it lasts no more may be taken than an archive of this size in it may have.

        What such an archive claims, or is refused for, costs those beside it no more than that.
        """
        kept = max(0, self.bytes - max(RATIO_FREE, RATIO_LIMIT * packed))
        self.bytes -= kept
        try:
            yield
        finally:
            self.bytes = max(0, self.bytes) + kept

    def unpack(self, file: BinaryIO, packed: int) -> bytes:
        """All bytes of a member, taken off the allowance.

        Raises:
            TooLarge: It is larger than a document, the rest of the allowance, or than what
                its packed size lets it be.
        """
        blocks: list[bytes] = []
        size = 0
        while block := file.read(BLOCK):
            blocks.append(block)
            size += len(block)
            self.bytes -= len(block)
            if size > SIZE_LIMIT or self.bytes < 0:
                raise TooLarge("larger than 50 MB, or than its archive may be")
            if size > max(RATIO_FREE, RATIO_LIMIT * packed):
                raise TooLarge(f"unpacks to more than {RATIO_LIMIT} times its packed size")
        return b"".join(blocks)
