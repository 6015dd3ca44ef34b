"""What was filed: when each filing was due and when it came, and how the totals in it fare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

import msgspec

from ledger import Ledger
from projections.filings.dates import public_on
from projections.filings.records import Dossier
from projections.findings.pile import Pile
from projections.judgement import Judged
from projections.questions.subject import Derived, Moment, Who, derived, moment_of, subject
from projections.registers import Filed, FiledOnes
from projections.section16.lateness import first_due


def filed(
    ledger: Ledger, *, person: Who = None, issuer: Who = None, known_at: Moment = None
) -> FiledOnes:
    """Each filing of a person, about an issuer, or of all, by the day on which it was filed.

    A total counts for the filing that gives it, so that those of all filings are those of a
    reconciliation. `late` is what the findings say.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    answer, found = listed(ledger, person=person, issuer=issuer, known_at=known_at)
    return msgspec.structs.replace(answer, filed=tuple(found))


def listed(
    ledger: Ledger, *, person: Who = None, issuer: Who = None, known_at: Moment = None
) -> tuple[FiledOnes, Pile[Filed]]:
    """The same for whoever needs no more than a filing at a time: the answer, and what was filed."""
    moment, shown = moment_of(known_at)
    asked = subject(ledger, person=person, issuer=issuer)
    question = Derived("filed", Filed, partial(_filed, asked.persons))
    found = Pile[Filed](
        Filed, lambda one: (one.filed_on or date.min, one.issuer["cik"] or "", one.filing)
    )
    found.extend(derived(ledger, asked, question, known_at=moment))
    return FiledOnes(shown, ()), found


def _filed(persons: frozenset[str] | None, judged: Judged) -> Iterator[Filed]:
    """The filings about one judged issuer, by these persons or by everybody."""
    fares = _fares(judged, persons)
    named: dict[str, list[str]] = {}
    for finding in judged.findings:
        named.setdefault(finding.filing, []).append(finding.id)
    late = {f.filing for f in judged.findings if f.kind == "LATE_FILING"}
    for dossier in judged.folded.dossiers:
        keys = judged.folded.people.keys(dossier)
        if persons is not None and not keys & persons:
            continue
        came, (due, row) = public_on(dossier), _due(dossier, judged)
        told = fares.get(dossier.id, Counter())
        on_time = came is not None and due is not None and came <= due
        yield Filed(
            filing=dossier.id,
            form=dossier.head.form,
            issuer=judged.issuer_on(None),
            owners=judged.folded.people.persons(keys),
            filed_on=came,
            due_on=due,
            row=row,
            late=True if dossier.id in late else False if on_time else None,
            checked=told.total() - told["opening"],
            **{verdict: told[verdict] for verdict in _VERDICTS},
            findings=tuple(named.get(dossier.id, ())),
            address=dossier.address,
        )


_VERDICTS = ("agreed", "explained", "ambiguous", "unexplained", "opening")


def _fares(judged: Judged, persons: frozenset[str] | None) -> dict[str, Counter[str]]:
    """By filing, how many of its totals have which verdict."""
    fares: dict[str, Counter[str]] = {}
    for position in judged.folded.book.positions:
        if persons is None or position.owners & persons:
            verdicts = judged.verdicts[position.number]
            for entry, verdict in zip(position.entries, verdicts, strict=True):
                if verdict:
                    fares.setdefault(entry.dossier.id, Counter())[verdict] += 1
    return fares


def _due(dossier: Dossier, judged: Judged) -> tuple[date | None, str | None]:
    """When it was due and the row that was due first; None of an amendment, and where nothing was."""
    due, line = first_due(dossier, judged.folded)
    if dossier.amends or due == date.max:
        return None, None
    return due, line.ref if line else None
