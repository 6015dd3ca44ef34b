"""Seals to keep elsewhere: how many events a log had, and what they were sealed as.

Written as others write the checkpoints of a log (C2SP tlog-checkpoint, without signatures):

    ownership-ledger/5f2c0b1e9a7d4c33
    1204
    p3W1...base64 of the root...=
    at 2026-03-01T09:30:00Z

"""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import datetime
from typing import NamedTuple

from ledger.errors import UsageError
from ledger.store.seals import FIRST
from ledger.types import instant

_HASH = re.compile("[0-9a-f]{64}")
_LONGEST = 10_000


class Checkpoint(NamedTuple):
    """The state of a log at a moment.

    `origin` names the log, by the seal of its first append; `size` counts its events; `root`
    is the seal of the last append, 64 hex digits; `at` says when it was taken, None where
    only the root was kept.
    """

    origin: str
    size: int | None
    root: str
    at: datetime | None

    @property
    def text(self) -> str:
        """The lines to keep."""
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        lines = [self.origin, str(self.size), root]
        if self.at:
            lines.append(f"at {instant(self.at)}")
        return "".join(f"{line}\n" for line in lines)

    @property
    def called(self) -> str:
        """What to call it in a sentence."""
        return f"the seal of {instant(self.at)}" if self.at else f"the seal {self.root[:12]}"


def origin_of(first: str) -> str:
    """The name of the log whose first append has this seal."""
    return f"ownership-ledger/{first[:16]}"


def parsed(text: str, where: str = "") -> Checkpoint:
    """A checkpoint from its lines, from `ledger.seal/1`, or from a root alone.

    Raises:
        UsageError: It is none of these.
    """
    found = text.strip()
    try:
        if _HASH.fullmatch(found):
            return Checkpoint("", 0 if found == FIRST else None, found, None)
        if len(found) > _LONGEST:
            raise ValueError
        return _of_json(json.loads(found)) if found.startswith("{") else _of_lines(found)
    except (ValueError, KeyError, TypeError, IndexError):
        raise UsageError(
            "this is no seal",
            where=where,
            remedy="give a file that `ledger seal` wrote, or the 64 hex digits that `verify` prints",
        ) from None


def _of_json(said: dict[str, object]) -> Checkpoint:
    if said["schema"] != "ledger.seal/1" or not _HASH.fullmatch(str(said["root"])):
        raise ValueError
    at = said.get("at")
    return Checkpoint(
        str(said["origin"]),
        int(str(said["size"])),
        str(said["root"]),
        datetime.fromisoformat(str(at)) if at else None,
    )


def _of_lines(text: str) -> Checkpoint:
    origin, size, root, *more = text.split("\n\n", maxsplit=1)[0].splitlines()
    try:
        digest = base64.b64decode(root, validate=True).hex()
    except binascii.Error:
        raise ValueError from None
    if len(digest) != len(FIRST) or not size.isdigit():
        raise ValueError
    at = next((line[3:] for line in more if line.startswith("at ")), None)
    return Checkpoint(origin, int(size), digest, datetime.fromisoformat(at) if at else None)
