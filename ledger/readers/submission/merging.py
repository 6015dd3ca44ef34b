"""One filing from its document and its header, with a repair wherever the two differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ledger.filing import Filing, Issuer, Owner, Repair
from ledger.readers.submission.header import Header, Party


def merged(filing: Filing, top: Header, *, suggested: str | None, version: int) -> Filing:
    """The filing with what its header adds, and a repair wherever the two differ.

    `suggested` is the accession number that the file's name carries; `version` the reader's
    own, to which that of the document's reader is added.
    """
    notes: list[Repair] = []
    accession = top.accession or filing.accession
    if suggested and accession and suggested != accession:
        why = "the file's name says so; the header's own number stands"
        notes.append(Repair(field="accession", printed=suggested, effect="repaired", why=why))
    if top.form and top.form.upper() != filing.form:
        notes.append(_differs("form", top.form))
    period = filing.period or top.period
    if filing.period is None and top.period is not None:
        notes.append(_inferred("period"))
    elif top.period is not None and top.period != filing.period:
        notes.append(_differs("period", top.period.isoformat()))
    issuer = _issuer(filing.issuer, top.issuer, notes)
    owners = _owners(filing.owners, top.owners, notes)
    filled = {note.field for note in notes if note.effect == "inferred"}
    kept = [r for r in filing.repairs if r.field not in filled or r.effect != "field unknown"]
    said: dict[str, Any] = {"accession": accession, "period": period, "format": "submission"}
    said |= {"issuer": issuer, "owners": owners, "repairs": (*kept, *notes)}
    said |= {"accepted_at": top.accepted_at, "filed_on": top.filed_on}
    said |= {"reader_version": version + filing.reader_version}
    return filing.model_copy(update=said)


def _issuer(issuer: Issuer, party: Party | None, notes: list[Repair]) -> Issuer:
    if party is None:
        return issuer
    if issuer.cik and party.cik and issuer.cik != party.cik:
        notes.append(_differs("issuer cik", f"{party.cik} {party.name or ''}".strip()))
        return issuer
    return issuer.model_copy(
        update=_identity(issuer, party, "issuer", notes)
        | {"fiscal_year_end": party.fiscal_year_end, "former_names": party.former_names}
    )


def _owners(
    owners: Sequence[Owner], parties: Sequence[Party], notes: list[Repair]
) -> tuple[Owner, ...]:
    """The owners with their header's identity, matched by number, then name, then default."""
    if not owners and parties:
        notes.append(_inferred("owner 1 cik"))
        return tuple(Owner(cik=p.cik, name=p.name, former_names=p.former_names) for p in parties)
    left = list(parties)
    paired: dict[int, Party] = {}
    for match in (_same_cik, _same_name, _only_one):
        for index, owner in enumerate(owners):
            if index in paired:
                continue
            waiting = [o for i, o in enumerate(owners) if i not in paired and o.cik is None]
            fitting = [party for party in left if match(owner, party, len(left), len(waiting))]
            if len(fitting) == 1:
                paired[index] = fitting[0]
                left.remove(fitting[0])
    merged = []
    for index, owner in enumerate(owners):
        party = paired.get(index)
        place = f"owner {index + 1}"
        if party is None:
            if parties:
                why = "the submission's header does not name this owner"
                shown = " ".join(filter(None, (owner.cik, owner.name)))
                notes.append(Repair(field=place, printed=shown, effect="row kept", why=why))
            merged.append(owner)
            continue
        update: dict[str, Any] = dict(_identity(owner, party, place, notes))
        if party.former_names:
            update["former_names"] = party.former_names
        merged.append(owner.model_copy(update=update) if update else owner)
    for party in left:
        shown = " ".join(filter(None, (party.cik, party.name)))
        notes.append(_differs("owners", shown))
    return tuple(merged)


def _same_cik(owner: Owner, party: Party, _left: int, _waiting: int) -> bool:
    return owner.cik is not None and owner.cik == party.cik


def _same_name(owner: Owner, party: Party, _left: int, _waiting: int) -> bool:
    return owner.cik is None and bool(owner.name) and _folded(owner.name) == _folded(party.name)


def _only_one(owner: Owner, _party: Party, left: int, waiting: int) -> bool:
    return owner.cik is None and left == 1 and waiting == 1


def _identity(
    said: Issuer | Owner, party: Party, place: str, notes: list[Repair]
) -> dict[str, str]:
    """The number and name that the document lacks and the header has."""
    filled: dict[str, str] = {}
    if said.cik is None and party.cik:
        filled["cik"] = party.cik
        notes.append(_inferred(f"{place} cik"))
    if said.name is None and party.name:
        filled["name"] = party.name
        notes.append(_inferred(f"{place} name"))
    elif party.name and party.name != said.name and _folded(said.name) != _folded(party.name):
        notes.append(_differs(f"{place} name", party.name))
    return filled


def _folded(name: str | None) -> str:
    """A name without what EDGAR prints differently from place to place."""
    return re.sub(r"[^a-z0-9]+", "", (name or "").casefold())


def _differs(field: str, said: str) -> Repair:
    why = "the submission's header says so; the document's own word stands"
    return Repair(field=field, printed=said, effect="row kept", why=why)


def _inferred(field: str) -> Repair:
    why = "the document does not say; taken from the submission's header"
    return Repair(field=field, printed="", effect="inferred", why=why)
