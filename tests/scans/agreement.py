"""How far a reading of paper agrees with the same filing's XML, field by field.

A field is `exact`, `unknown` (left open), `told` (wrong, and marked as repaired, inferred or doubtful)
or `silent` (wrong, with nothing said of that field). A doubt about the row as a whole excuses
none of its fields. A row that the filing lacks is as many silent fields as it states.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.filing import Filing, Repair, Row
from tests.scans.accuracy import paired

KEY = ("shares", "shares_after", "direction", "effective_on", "code")
WORDS = frozenset({"security", "nature", "underlying", "name", "symbol", "officer_title"})
OTHER = (
    *("security", "price", "ownership", "nature", "exercise_price", "exercisable_on"),
    *("expires_on", "underlying", "underlying_shares", "timeliness", "deemed_execution_on"),
)
BOXES = ("director", "officer", "ten_percent_owner")


class Field(NamedTuple):
    """One field of one filing: whether it is one of the five that matter most, and its verdict."""

    name: str
    key: bool
    verdict: str
    effect: str
    meant: Any
    said: Any


def fields(truth: Filing, read: Filing) -> Iterator[Field]:
    """Every field that either of the two states."""
    for table in ("I", "II"):
        meant = [row for row in truth.rows if row.table == table]
        found = [row for row in read.rows if row.table == table]
        for one, other in paired(meant, found):
            yield from _row(one, other)
    yield from _head(truth, read)


def _row(truth: Row | None, read: Row | None) -> Iterator[Field]:
    told = {repair.field: repair for repair in read.repairs} if read else {}
    for name in (*KEY, *OTHER):
        meant, said = getattr(truth, name, None), getattr(read, name, None)
        repair = told.get(name)
        yield from _field(name, name in KEY, meant, said, repair)


def _head(truth: Filing, read: Filing) -> Iterator[Field]:
    told = {repair.field: repair for repair in read.repairs}
    for name in ("form", "period"):
        yield from _field(
            name, False, getattr(truth, name), getattr(read, name, None), told.get(name)
        )
    for name in ("name", "symbol"):
        repair = told.get("issuer") or told.get(f"issuer {name}")
        said = getattr(read.issuer, name)
        yield from _field(name, False, getattr(truth.issuer, name), said, repair)
    if truth.owners and read.owners:
        meant, said = truth.owners[0], read.owners[0]
        yield from _field("owner", False, meant.name, said.name, told.get("owner"))
        for name in BOXES:
            wanted, ticked = getattr(meant, name), getattr(said, name)
            yield from _field(name, False, bool(wanted), ticked, told.get("relationship"))
        title = told.get("officer_title") or told.get("relationship")
        yield from _field("officer_title", False, meant.officer_title, said.officer_title, title)
    signed = [{s.signed_on for s in one.signatures if s.signed_on} for one in (truth, read)]
    if signed[0]:
        said = next(iter(sorted(signed[0] & signed[1]) or sorted(signed[1])), None)
        meant = said if said in signed[0] else min(signed[0])
        yield from _field("signed_on", False, meant, said, told.get("signature"))


def _field(name: str, key: bool, meant: Any, said: Any, repair: Repair | None) -> Iterator[Field]:
    one, other = _plain(name, meant), _plain(name, said)
    if one is None and other is None:
        return
    effect = repair.effect if repair else ""
    if one == other:
        verdict = "exact"
    elif other is None:
        verdict = "unknown"
    else:
        verdict = "told" if repair else "silent"
    yield Field(name=name, key=key, verdict=verdict, effect=effect, meant=meant, said=said)


def _plain(name: str, value: Any) -> Any:
    """A value as it is compared: words without regard to case and blanks, nothing as None."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return re.sub(r"\s+", " ", value).strip(" .").lower()
    return value


class Score:
    """Verdicts summed over filings."""

    def __init__(self) -> None:
        self.key: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.sure: Counter[tuple[str, str]] = Counter()
        self.rows: Counter[str] = Counter()
        self.refused = 0

    def add(self, truth: Filing, read: Filing | None) -> list[Field]:
        """Counts one filing; None for one that was set aside."""
        self.refused += read is None
        found = list(fields(truth, read or _nothing(truth)))
        for field in found:
            self.all[field.verdict] += 1
            self.key[field.verdict] += field.key
            if field.key and field.effect in {"repaired", "inferred"}:
                self.sure[field.effect, field.verdict] += 1
        for table in ("I", "II"):
            meant = [row for row in truth.rows if row.table == table]
            said = [row for row in read.rows if row.table == table] if read else []
            for one, other in paired(meant, said):
                self.rows["invented" if one is None else "lost" if other is None else "found"] += 1
        return found

    def line(self) -> str:
        """Key fields exact, unknown, told, silent; all fields exact, silent; rows."""
        key, every = sum(self.key.values()) or 1, sum(self.all.values()) or 1
        shares = [f"{self.key[v] / key:8.3f}" for v in ("exact", "unknown", "told")]
        shares.append(f"{self.key['silent'] / key:8.4f}")
        shares += [f"{self.all[v] / every:8.3f}" for v in ("exact", "silent")]
        rows = "/".join(str(self.rows[name]) for name in ("found", "lost", "invented"))
        right = sum(n for (_, verdict), n in self.sure.items() if verdict == "exact")
        claimed = sum(n for (_, verdict), n in self.sure.items() if verdict != "unknown")
        sure = f"{right}/{claimed}"
        return "".join(shares) + f"  {rows:>10}{sure:>10}{self.refused:>5}"


def calibration(found: Iterable[Field]) -> Iterator[str]:
    """How many of the values told of, by how they are told, are right, in all and by field.

    `repaired` is sure of what the print said, `inferred` less so; `doubtful` says that a value
    stands at its print and may be misread.
    """
    told: dict[str, Counter[tuple[str, bool]]] = {
        effect: Counter() for effect in ("repaired", "inferred", "doubtful")
    }
    for field in found:
        if field.effect in told and field.verdict != "unknown":
            told[field.effect][field.name, field.verdict == "exact"] += 1
    for effect, counted in told.items():
        for name in ("", *sorted({name for name, _ in counted})):
            right, amiss = (
                sum(n for (one, exact), n in counted.items() if name in {"", one} and exact is said)
                for said in (True, False)
            )
            if right + amiss:
                share = f"{right} of {right + amiss} right, {right / (right + amiss):.3f}"
                yield f"    {name:20}{share}" if name else f"told as {effect}: {share}"


HEADING = (
    f"{'':34}{'key':>8}{'':>24}{'all':>8}\n"
    f"{'variant':34}{'exact':>8}{'unknown':>8}{'told':>8}{'silent':>8}{'exact':>8}{'silent':>8}"
    f"  {'rows f/l/i':>10}{'told ok':>10}{'out':>5}"
)


def _nothing(truth: Filing) -> Filing:
    return truth.model_copy(
        update={
            "rows": (),
            "repairs": (),
            "signatures": (),
            "period": None,
            "form": None,
            "owners": (),
            "issuer": truth.issuer.model_copy(update={"name": None, "symbol": None}),
        }
    )
