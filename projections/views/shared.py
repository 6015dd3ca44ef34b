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
        self._bearing: dict[int, dict[str, list[frozenset[str]]]] = {}

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
            for bucket, digest in self._digests(some).items():
                if digest != self._written.get(bucket, ""):
                    raise altered("what issuers share")
            self._sound.update(some)

    def bearing(self, bucket: int) -> dict[str, list[frozenset[str]]]:
        """Issuers that bear a mark of this bucket with others: with whom, by issuer, once for each mark.

        By the very index by which the bucket is checked, and looked up one mark after the other no
        more: that took as long for each issuer as all marks of a bucket take for all of them.
        """
        if bucket not in self._bearing:
            borne: dict[str, set[str]] = {}
            sql = "SELECT mark, issuer FROM view_marks WHERE bucket = ?"
            for mark, issuer in self._query(sql, (bucket,)):
                borne.setdefault(mark, set()).add(issuer)
            found: dict[str, list[frozenset[str]]] = {}
            for issuers in {frozenset(some) for some in borne.values() if len(some) > 1}:
                for issuer in issuers:
                    found.setdefault(issuer, []).append(issuers)
            self._bearing[bucket] = found
        return self._bearing[bucket]

    def change(self, buckets: Iterable[int]) -> None:
        """Something will be written to these."""
        told = {*buckets}
        self.require(told)
        self._changed |= told
        self._bearing.clear()

    def settle(self) -> str:
        """Write the digests of what was changed; what stands for all of them."""
        changed = sorted(self._changed)
        for start in range(0, len(changed), _AT_ONCE):
            for bucket, digest in self._digests(changed[start : start + _AT_ONCE]).items():
                self._query(
                    "INSERT INTO view_shared VALUES (?, ?) "
                    "ON CONFLICT (bucket) DO UPDATE SET digest = excluded.digest",
                    (bucket, digest),
                )
        return digest_of_all(self._query)

    def _digests(self, buckets: Sequence[int]) -> dict[int, str]:
        """What stands for all that lies in each of some buckets; "" for one with nothing in it."""
        holes = ",".join("?" * len(buckets))
        found: dict[int, list[Sequence[object]]] = {bucket: [] for bucket in buckets}
        for table, column in SAID.items():
            sql = f"SELECT bucket, issuer, {column} FROM {table} WHERE bucket IN ({holes})"  # noqa: S608 - our own names
            for bucket, *row in self._query(sql, tuple(buckets)):
                found[bucket].append((table, *row))
        return {bucket: digest_of(rows) if rows else "" for bucket, rows in found.items()}
