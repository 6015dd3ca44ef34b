"""What was done to a filing that was taken back, and what that leaves of others."""

from __future__ import annotations

import msgspec

from ledger import Ledger
from ledger.errors import UnknownReference
from ledger.events import FilingRestored, FilingRetracted
from projections.desk import Retraction
from projections.filings.owners import People
from projections.filings.records import Dossier
from projections.filings.standing import roll
from projections.views.catching_up import current


def retraction(ledger: Ledger, filing: str) -> Retraction:
    """What was done last to a filing that was taken back, or brought back.

    Raises:
        UnknownReference: No filing has this name, or it was never taken back.
        AmbiguousReference: Several have.
    """
    head = ledger.filing(filing)
    done = [
        (position, fact)
        for position, fact in ledger.events(stream=head.stream)
        if isinstance(fact, FilingRetracted | FilingRestored)
    ]
    if not done:
        raise UnknownReference(f"{head.id} was never taken back", where=ledger.name)
    position, fact = done[-1]
    amended_by, amends = _amendments(ledger, head.stream)
    owner = next(iter(head.owners), None)
    return Retraction(
        filing=head.id,
        form=head.form,
        person={"cik": owner.cik, "name": owner.name} if owner else None,
        issuer=head.issuer.model_dump(include={"cik", "name", "symbol"}),
        status="retracted" if isinstance(fact, FilingRetracted) else "restored",
        at=fact.at,
        why=fact.why,
        event=position,
        amended_by=amended_by,
        amends=amends,
    )


def _amendments(ledger: Ledger, stream: str) -> tuple[tuple[str, ...], str | None]:
    """The amendments of a filing, and the filing that it amends, as if it had not been taken back."""
    model = current(ledger)
    home = model.issuer_of(stream)
    filings = [d for _, own, _ in model.filings_of([home] if home else []) for d in own]
    whole = (_unretracted(d) if d.stream == stream else d for d in filings)
    counted = [d for d in whole if d.known_by(None)]
    changes = roll(counted, People(counted)).amended
    own = (c.target for c in changes if c.amendment.stream == stream)
    return (
        tuple(c.amendment.id for c in changes if c.target and c.target.stream == stream),
        next((target.id for target in own if target), None),
    )


def _unretracted(dossier: Dossier) -> Dossier:
    return msgspec.structs.replace(dossier, retracted=())
