"""No field of an answer is for show: each says something in some story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from ledger import Ledger
from projections import (
    answers,
    check,
    desk,
    diff,
    explain,
    filed,
    history,
    holdings,
    issuers,
    people,
    reconcile,
    registers,
    replay,
    review,
    stakes,
    stats,
)
from projections.findings import explanations
from tests.projections.building import filing, held, opening, sold
from tests.projections.kinds.stories import STORIES
from tests.projections.kinds.stories import told as told_of
from tests.projections.rare import RARE
from tests.simulator import as_xml

RECORDED = {answers.Event, answers.Events}
"""What is recorded, not judged; another test holds it equal to the log's own records."""

SHAPES = {
    shape
    for module in (answers, explanations, registers)
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct) and shape is not msgspec.Struct
} | {desk.Check, desk.Draft, desk.DraftDue, desk.DraftRow, desk.Hint}
EVERY = {(shape, name) for shape in SHAPES - RECORDED for name in shape.__struct_fields__}


def asked(ledger: Ledger) -> Iterator[msgspec.Struct]:
    """Every answer that there is about a ledger."""
    known = sorted(ledger.filing(name[5:]).known.at for name in ledger.streams())
    first, last = known[0], known[-1]
    told = reconcile(ledger, known_at=last)
    yield from (told, stats(ledger), people(ledger), issuers(ledger))
    yield from (replay(ledger), diff(ledger, known_from=first, known_to=last))
    yield from (history(ledger, known_at=last), holdings(ledger))
    yield from (stakes(ledger, known_at=last), filed(ledger, known_at=last))
    yield holdings(ledger, as_of=last.date(), known_at=last)
    yield from (explain(ledger, finding.id) for finding in told.findings)


def taken_back(ledger: Ledger) -> Iterator[msgspec.Struct]:
    """What changes when the first filing of a ledger is taken back."""
    first = ledger.filing(ledger.streams()[0][5:])
    ledger.retract(first.id, why="recorded by mistake")
    yield stats(ledger)
    yield diff(
        ledger, known_from=max(first.known.at, datetime(2026, 1, 1, tzinfo=UTC)), known_to=None
    )


def put_to_rest(ledger: Ledger) -> Iterator[msgspec.Struct]:
    """The break of a ledger, accepted, and then read anew."""
    worst = reconcile(ledger).findings[0]
    review(ledger, worst.id, accept=True, assign="ben", note="a slip", by="anna")
    yield from (reconcile(ledger, status="all"), stats(ledger))
    read = ledger.filing(worst.filing)
    row = read.rows[0].model_copy(update={"shares_after": Decimal(910)})
    ledger.record([read.model_copy(update={"reader_version": 2, "rows": (row,)})])
    yield reconcile(ledger)


DRAFTED = {
    (shape, name)
    for shape, name in EVERY
    if shape.__name__ in ("Check", "Draft", "DraftDue", "DraftRow", "Hint")
}


def drafted(ledger: Ledger, folder: Path) -> Iterator[msgspec.Struct]:
    """Every filing of a ledger as a draft, one as a document, and one that is no form."""
    for name in sorted(ledger.streams()):
        filing = ledger.filing(name[5:])
        yield check(ledger, filing, known_at=filing.known.at)
    (folder / "draft.xml").write_bytes(as_xml(filing))
    (folder / "letter.txt").write_bytes(b"Dear Sirs")
    yield check(ledger, folder)


def said(value: Any) -> Iterator[tuple[type, str]]:
    """The fields within an answer that say something else than nothing at all."""
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            inner = getattr(value, field.name)
            if inner != field.default and inner not in (None, "", (), 0, False):
                yield type(value), field.name
            yield from said(inner)
    elif isinstance(value, tuple | list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from said(inner)


def apart(told: Callable[..., Ledger]) -> Iterator[msgspec.Struct]:
    """Answers about what no story below has."""
    marked = filing(sold(70, 930, marked="acquired"), on="2024-03-01")
    yield check(told(opening(1_000)), marked)
    trust = {"how": "By Family Trust"}
    direct = filing(sold(70, 3_102), on="2024-03-01")
    yield check(told(opening(1_000, held(3_172, **trust))), direct)
    nameless = direct.model_copy(update={"accession": None})
    yield stats(told(direct, nameless))
    none = filing(on="2024-03-01", form="3", no_securities_owned=True)
    yield holdings(told(none))
    yield from taken_back(told(opening(1_000), direct))
    yield from put_to_rest(told(opening(1_000), filing(sold(70, 900), on="2024-03-01")))


def test_every_field_of_every_answer_says_something_in_some_story(told, tmp_path):
    waiting = set(EVERY)
    for answer in apart(told):
        waiting -= set(said(answer))
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    worlds = chain((rare.filings for rare in RARE.values()), (told_of(k)[0] for k in STORIES))
    while waiting and (filings := next(worlds, None)):
        ledger = told(*filings)
        for answer in asked(ledger):
            waiting -= set(said(answer))
        for answer in drafted(ledger, drafts) if waiting & DRAFTED else ():
            waiting -= set(said(answer))

    assert sorted(f"{shape.__name__}.{name}" for shape, name in waiting) == []
