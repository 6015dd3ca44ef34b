"""A Filing out of what was gathered of it, whatever it was gathered from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from pydantic import ValidationError

from ledger.codes import CODES
from ledger.errors import ReadError
from ledger.filing import Filing, Repair
from ledger.footnotes.recognition import statements
from ledger.readers.ownership_xml.gathering import Gathering, Line


def assembled(gathering: Gathering, source_says: Mapping[str, Any], *, source: str) -> Filing:
    """The filing that a gathering amounts to.

    Args:
        gathering: The form's own fields, rows, owners, footnotes and signatures.
        source_says: What the document cannot say of itself: hash, format, reader version,
            accession number, and whatever else stands around the form. It outranks the form.
        source: What to call the document in an error.

    Raises:
        ReadError: Its fields do not fit together.
    """
    gathering.repairs.extend(_omissions(gathering))
    footnotes = tuple(gathering.footnotes)
    try:
        return Filing.model_validate(
            gathering.filing
            | {
                "issuer": gathering.issuer,
                "owners": gathering.owners,
                "footnotes": footnotes,
                "signatures": gathering.signatures,
                "repairs": gathering.repairs,
                "rows": [line.row() for line in gathering.lines],
                "statements": statements(footnotes, gathering.filing.get("remarks")),
            }
            | dict(source_says)
        )
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " ".join(str(part) for part in first["loc"])
        raise ReadError(
            f"its fields do not fit together: {first['msg']}",
            where=f"{source}:{place}" if place else source,
            remedy="compare it with the filing on EDGAR; if it is the same, please report this",
        ) from error


def _omissions(gathering: Gathering) -> Iterator[Repair]:
    """What a complete form would have had and this one lacks."""
    if "cik" not in gathering.issuer:
        yield _unnamed("issuer cik")
    if not gathering.owners:
        yield _unnamed("owner 1 cik")
    for number, owner in enumerate(gathering.owners, start=1):
        if "cik" not in owner:
            yield _unnamed(f"owner {number} cik")
    known = {note.id for note in gathering.footnotes}
    for line in gathering.lines:
        code = line.fields.get("code")
        if code is not None and code not in CODES:
            why = "the form has no such transaction code"
            line.repairs.append(Repair(field="code", printed=code, effect="row kept", why=why))
        if line.cited and gathering.notes_at_hand:
            line.repairs.extend(_uncited(line, known))


def _uncited(line: Line, known: AbstractSet[str]) -> Iterator[Repair]:
    """The footnotes that a row cites and the document does not have."""
    for field, ids in line.cited.items():
        for note_id in dict.fromkeys(ids):
            if note_id not in known:
                why = "the footnote it cites is not in the document"
                yield Repair(field=field, printed=note_id, effect="row kept", why=why)


def _unnamed(field: str) -> Repair:
    why = "the document gives none"
    return Repair(field=field, printed="", effect="field unknown", why=why)
