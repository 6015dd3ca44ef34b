"""The folder that filings are fetched into: each under EDGAR's name for it, and EDGAR's lists.

`filings/2024/0001209191-24-000001.txt` are full submissions, which `ledger ingest` reads like any
other; `lists/` holds what was listed and how far the days have been followed. A file appears
whole or not at all, so whatever ends a run, the next one goes on from what is here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from ledger.edgar.client import Validators
from ledger.edgar.lists import Listed
from ledger.errors import OutputUnwritable, UsageError

_THIS_CENTURY = 93
"""EDGAR's first accession numbers are of 1993."""


class Folder:
    """A folder for what comes from EDGAR; made where there is none.

    Raises:
    OutputUnwritable: It cannot be made, or is something else.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._filings, self._lists = self.path / "filings", self.path / "lists"
        try:
            for folder in (self._filings, self._lists / "days"):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputUnwritable(
                f"no folder for filings ({error.strerror})",
                where=str(self.path),
                remedy="name one that can be made and written, with --into",
            ) from None

    # --- filings ---

    def file_of(self, listed: Listed) -> Path:
        """Where a filing stands, or will."""
        two = int(listed.accession.split("-")[1])
        year = (1900 if two >= _THIS_CENTURY else 2000) + two
        return self._filings / str(year) / f"{listed.accession}.txt"

    def keep(self, listed: Listed, body: bytes) -> None:
        """Put a filing in its place, whole."""
        _write(self.file_of(listed), body)

    # --- lists ---

    def list_of(self, name: str) -> tuple[bytes | None, Validators]:
        """A list as it last came, and what its server said of it; None where it never did."""
        try:
            body = (self._lists / name).read_bytes()
            told = json.loads((self._lists / f"{name}.told").read_text("utf-8"))
            return body, Validators(str(told["etag"]), str(told["modified"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None, Validators()

    def keep_list(self, name: str, body: bytes, validators: Validators) -> None:
        """Put a list in its place, to be asked for again only where it has changed."""
        (self._lists / f"{name}.told").unlink(missing_ok=True)
        _write(self._lists / name, body)
        told = {"etag": validators.etag, "modified": validators.modified}
        _write(self._lists / f"{name}.told", json.dumps(told).encode())

    # --- days ---

    @property
    def since(self) -> date | None:
        """The day from which days are followed here; None where none ever was.

        Raises:
            UsageError: It stands there and cannot be read: from today on would leave a gap.
        """
        file = self._lists / "since"
        try:
            return date.fromisoformat(file.read_text("ascii").strip())
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise UsageError(
                "the day from which days are followed cannot be read",
                where=str(file),
                remedy="remove that file, and say --since DAY again",
            ) from None

    def follow_since(self, day: date) -> None:
        """Follow the days from one on."""
        _write(self._lists / "since", f"{day}\n".encode())

    def unfinished(self, days: Iterable[date]) -> list[date]:
        """Those of some days of which a filing may be missing here, oldest first."""
        return sorted(day for day in days if not self._day(day).exists())

    def finish(self, day: date, index: bytes, left: Collection[str] = ()) -> None:
        """Keep a day's index, now that every filing of it is here; those `left` could not be recorded."""
        if left:
            _write(self._left(day), "\n".join(sorted(left)).encode())
        _write(self._day(day), index)

    def finished(self, day: date) -> tuple[bytes, frozenset[str]]:
        """The index of a day that was finished, and which of its filings could not be recorded then."""
        try:
            left = self._left(day).read_text("ascii").split()
        except (OSError, ValueError):
            left = []
        return self._day(day).read_bytes(), frozenset(left)

    def _left(self, day: date) -> Path:
        return self._lists / "left" / f"form.{day:%Y%m%d}"

    def _day(self, day: date) -> Path:
        return self._lists / "days" / f"form.{day:%Y%m%d}.idx"


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
