"""What became of a filing's lines that do not stand as filed, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from ledger import Ledger
from ledger.errors import UnknownReference
from projections.findings.finding import Finding
from projections.findings.kinds import SEVERITIES
from projections.questions.reviews import reviewed
from projections.questions.subject import Derived, Subject, derived
from projections.views.catching_up import current

if TYPE_CHECKING:
    from projections.judgement import Judged


class Became(msgspec.Struct, frozen=True):
    """What became of some lines of a filing: `how` and `notes` are as a `Fate`'s, `by` the name of the other filing."""

    stream: str
    how: str
    rows: tuple[str, ...]
    by: str
    notes: tuple[str, ...] = ()


def aftermath(ledger: Ledger, filing: str, stream: str) -> tuple[list[Became], list[Finding]]:
    """What became of a filing's lines that do not stand there any more, and what was found in it.

    Args:
        ledger: The log to answer from.
        filing: Its name.
        stream: Its stream.

    Raises:
        UnknownReference: It was recorded, and is not judged yet.
    """
    model = current(ledger)
    issuer = model.issuer_of(stream)
    if issuer is None:
        raise UnknownReference(f"{filing} is not judged yet", remedy="ask again")
    question = Derived("aftermath", Became, _became)
    told = derived(ledger, Subject(frozenset({issuer}), None), question)
    fates = [one for one in told if one.stream == stream]
    own = [
        found
        for verdicts in model.verdicts([issuer], None)
        for found in verdicts.findings
        if found.filing == filing
    ]
    return fates, reviewed(ledger, sorted(own, key=_gravest_first))


def _gravest_first(found: Finding) -> tuple[object, ...]:
    return -SEVERITIES.index(found.severity), found.row or "", found.kind, found.id


def _became(judged: Judged) -> Iterator[Became]:
    """What became of lines of each filing about a judged issuer, filing by filing."""
    roll = judged.folded.roll
    touched = {repeat.dossier.stream for repeat in roll.repeated}
    for change in roll.amended:
        touched |= {dossier.stream for (dossier, _), _ in change.restated}
        touched |= {dossier.stream for dossier, _ in change.taken_back}
    for dossier in judged.folded.dossiers:
        for fate in roll.fates(dossier) if dossier.stream in touched else ():
            yield Became(dossier.stream, fate.how, fate.rows, fate.by.id, fate.notes)
