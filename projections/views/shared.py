"""What issuers share, in buckets with a digest each: none that shares a name or a mark stays hidden.

Kin, and who bears a name, are looked up among what the filings of all issuers say. A row of another
issuer that was altered is not found there, and a digest of that issuer's own is not asked for. So
each name and each mark lies in a bucket, and whoever looks into a bucket checks all that lies in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice

from projections.views.digests import Query, altered, digest_of

SCHEMA = "CREATE TABLE IF NOT EXISTS view_shared (bucket INTEGER PRIMARY KEY, digest TEXT NOT NULL)"
TABLE = "view_shared"
SAID = {"view_names": "name_key", "view_marks": "mark"}
"""The tables that lie in buckets, and the column by which their rows do."""

_ALL = "SELECT bucket, digest FROM view_shared"
_AT_ONCE = 4
"""Buckets read together: a sixtieth of all that is shared, which grows as the ledger does."""


def bucket_of(text: str) -> int:
    """In which of 256 buckets a name or a mark lies."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[0]


def digest_of_all(query: Query) -> str:
    """What stands for the digests of all buckets."""
    return digest_of(query(_ALL, ()))


class Shared:
    """The buckets as they were before what is new is written to them, each checked when it is asked for."""

    def __init__(self, query: Query, before: str | None) -> None:
        self._query = query
        self._before = before
        self._written: dict[int, str] | None = None
        self._sound: set[int] = set()
        self._changed: set[int] = set()
        self._bearing: dict[str, list[frozenset[str]]] = {}
        self._now: dict[int, str] = {}

    @property
    def fresh(self) -> bool:
        """Whether all that lies there was written just now."""
        return self._before is None

    def require(self, buckets: Iterable[int]) -> None:
        """Make sure that these hold what was written there.

        Raises:
            IntegrityFailure: A row that lies in one of them was altered, removed or added.
        """
        if self.fresh:
            return
        if self._written is None:
            if digest_of_all(self._query) != self._before:
                raise altered("what issuers share")
            self._written = {row[0]: row[1] for row in self._query(_ALL, ())}
        wanted = iter(sorted({*buckets} - self._sound))
        while some := list(islice(wanted, _AT_ONCE)):
            for bucket, rows in self._rows(some).items():
                if _digest(rows) != self._written.get(bucket, ""):
                    raise altered("what issuers share")
            self._sound.update(some)

    def bearing(self, issuer: str, buckets: Iterable[int]) -> Sequence[frozenset[str]]:
        """The issuers with which one bears a mark that lies in any of these buckets, once for each mark.

        By the very index by which a bucket is checked, and all marks of a bucket at once: to look them up
        one after the other took as long for each issuer as that takes for all of them.
        """
        for bucket in buckets:
            if bucket not in self._now:
                self._read(bucket)
        return self._bearing.get(issuer, ())

    def _read(self, bucket: int) -> None:
        """Take in who shares the marks of a bucket with whom, and what stands for all that lies there."""
        rows = self._rows([bucket])[bucket]
        self._now[bucket] = _digest(rows)
        borne: dict[str, set[str]] = {}
        for table, issuer, text in rows:
            if table == "view_marks":
                borne.setdefault(text, set()).add(issuer)
        for issuers in {frozenset(some) for some in borne.values() if len(some) > 1}:
            for issuer in issuers:
                self._bearing.setdefault(issuer, []).append(issuers)

    def change(self, buckets: Iterable[int]) -> None:
        """Something will be written to these."""
        told = {*buckets}
        self.require(told)
        self._changed |= told
        self._bearing.clear()
        self._now.clear()

    def settle(self) -> str:
        """Write the digests of what was changed; what stands for all of them."""
        for bucket in sorted(self._changed):
            self._query(
                "INSERT INTO view_shared VALUES (?, ?) "
                "ON CONFLICT (bucket) DO UPDATE SET digest = excluded.digest",
                (bucket, self._now.get(bucket) or _digest(self._rows([bucket])[bucket])),
            )
        return digest_of_all(self._query)

    def _rows(self, buckets: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
        """All that lies in each of some buckets: the table, the issuer, and the name or mark."""
        holes = ",".join("?" * len(buckets))
        found: dict[int, list[tuple[str, str, str]]] = {bucket: [] for bucket in buckets}
        for table, column in SAID.items():
            sql = f"SELECT bucket, issuer, {column} FROM {table} WHERE bucket IN ({holes})"  # noqa: S608 - our own names
            for bucket, issuer, text in self._query(sql, tuple(buckets)):
                found[bucket].append((table, issuer, text))
        return found


def _digest(rows: Sequence[Sequence[object]]) -> str:
    """What stands for all that lies in a bucket; "" for one with nothing in it."""
    return digest_of(rows) if rows else ""
