"""Counts, field by field, what a reading of a scan got right, left open, or got wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ledger.errors import ReadError
from ledger.filing import Filing, Repair, Row
from ledger.readers.scan import reader as scanned
from tests.scans.filings import filing
from tests.scans.renderer import LAYOUTS, LEVELS, render

ROW_FIELDS = (
    *("security", "effective_on", "deemed_execution_on", "code", "timeliness", "shares", "price"),
    *("direction", "shares_after", "ownership", "nature", "exercise_price", "exercisable_on"),
    *("expires_on", "underlying", "underlying_shares", "holding"),
)
OWNER_FIELDS = ("name", "director", "officer", "ten_percent_owner", "officer_title")


def judged(truth: Any, said: Any, reported: bool) -> str:
    """Whether a field is exact, unknown (and said so), unseen, wrong but told, or silently so."""
    nothing = (None, "", ())
    unticked = truth is None and said is False
    if truth == said or unticked or (truth in nothing and said in nothing):
        return "exact"
    if said is None or said == "":
        return "unknown" if reported else "unseen"
    return "told" if reported else "silent"


def count(truth: Filing, read: Filing) -> Iterator[tuple[str, str, Any, Any]]:
    """Every field as (field, verdict, what was meant, what was read)."""
    told = {repair.field for repair in read.repairs}
    for name in ("form", "period", "original_on"):
        yield _one(name, getattr(truth, name), getattr(read, name), name in told)
    for name in ("name", "symbol"):
        reported = bool({"issuer", "issuer symbol"} & told)
        yield _one(
            f"issuer.{name}", getattr(truth.issuer, name), getattr(read.issuer, name), reported
        )
    yield from _owners(truth, read, told)
    notes = {note.id: note.text for note in read.footnotes}
    for note in truth.footnotes:
        yield _one("footnote", note.text, notes.pop(note.id, None), f"note {note.id}" in told)
    for number, text in notes.items():
        yield _one("footnote", None, text, f"note {number}" in told)
    yield _one("remarks", truth.remarks, read.remarks, "remarks" in told)
    yield _one("signature", truth.signatures, read.signatures or None, "signature" in told)
    for table in ("I", "II"):
        meant = [row for row in truth.rows if row.table == table]
        found = [row for row in read.rows if row.table == table]
        yield from _rows(meant, found, read.repairs)


def _one(name: str, truth: Any, said: Any, reported: bool) -> tuple[str, str, Any, Any]:
    return name, judged(truth, said, reported), truth, said


def _owners(truth: Filing, read: Filing, told: set[str]) -> Iterator[tuple[str, str, Any, Any]]:
    for at, owner in enumerate(truth.owners):
        found = read.owners[at] if at < len(read.owners) else None
        for name in OWNER_FIELDS[: 5 if at == 0 else 1]:
            reported = bool({"owner", "relationship", "officer_title"} & told)
            yield _one(f"owner.{name}", getattr(owner, name), getattr(found, name, None), reported)
    for owner in read.owners[len(truth.owners) :]:
        yield _one("owner.name", None, owner.name, "owner" in told)


def _rows(
    meant: list[Row], found: list[Row], repairs: tuple[Repair, ...]
) -> Iterator[tuple[str, str, Any, Any]]:
    pairs = paired(meant, found)
    aside = any(repair.field == "row" for repair in repairs)
    for truth, read in pairs:
        if truth is None and read is not None:
            yield _one("row", None, read.ref, any(r.field == "row" for r in read.repairs))
        elif read is None:
            yield _one("row", "a row", None, aside)
        else:
            assert truth is not None
            told = {repair.field for repair in read.repairs}
            whole = any(r.field == "row" and r.effect != "repaired" for r in read.repairs)
            for name in ROW_FIELDS:
                reported = name in told or whole
                yield _one(name, getattr(truth, name), getattr(read, name), reported)
            for name in {*truth.cited, *read.cited}:
                reported = bool(told & {name, "row"})
                yield _one("cited", truth.cited.get(name), read.cited.get(name), reported)


def paired(meant: list[Row], found: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """Rows in order, so that as many fields as possible are equal."""
    score = [[0] * (len(found) + 1) for _ in range(len(meant) + 1)]
    for i in range(len(meant) - 1, -1, -1):
        for j in range(len(found) - 1, -1, -1):
            same = 1 + sum(getattr(meant[i], n) == getattr(found[j], n) for n in ROW_FIELDS)
            score[i][j] = max(score[i + 1][j], score[i][j + 1], score[i + 1][j + 1] + same)
    pairs: list[tuple[Row | None, Row | None]] = []
    i = j = 0
    while i < len(meant) or j < len(found):
        if i == len(meant) or (j < len(found) and score[i][j] == score[i][j + 1]):
            pairs.append((None, found[j]))
            j += 1
        elif j == len(found) or score[i][j] == score[i + 1][j]:
            pairs.append((meant[i], None))
            i += 1
        else:
            pairs.append((meant[i], found[j]))
            i, j = i + 1, j + 1
    return pairs


def tally(layout: str, level: str, seeds: range) -> tuple[Counter[str], list[tuple[Any, ...]]]:
    """The verdicts over many filings, and every one that is silently wrong or unseen."""
    verdicts: Counter[str] = Counter()
    wrong: list[tuple[Any, ...]] = []
    for seed in seeds:
        truth = filing(seed)
        text = render(truth, layout=layout, noise=LEVELS[level], seed=seed)
        try:
            read = scanned.read(text.encode(), source=f"{layout}/{level}/{seed}").filing
        except ReadError:
            verdicts["refused"] += 1
            continue
        for name, verdict, meant, said in count(truth, read):
            verdicts[verdict] += 1
            if verdict in {"silent", "unseen"}:
                wrong.append((verdict, seed, name, meant, said))
    return verdicts, wrong


def table(seeds: range) -> str:
    """Layout by level: fields exact, unknown, unseen, wrong but told, silently wrong."""
    lines = [
        f"{'layout':10}{'level':10}{'fields':>8}{'exact':>9}{'unknown':>9}{'unseen':>8}{'told':>6}{'silent':>8}"
    ]
    for layout in LAYOUTS:
        for level in LEVELS:
            found, _ = tally(layout, level, seeds)
            total = sum(found.values()) - found["refused"]
            share = f"{100 * found['exact'] / total:.2f}%"
            lines.append(
                f"{layout:10}{level:10}{total:>8}{share:>9}{found['unknown']:>9}"
                f"{found['unseen']:>8}{found['told']:>6}{found['silent']:>8}"
            )
    return "\n".join(lines)
