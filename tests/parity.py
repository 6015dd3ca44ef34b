"""What two readings of one filing have in common, where both of their sources have the field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ledger.filing import Filing

_OF_THE_READING = {"sha256", "format", "reader_version", "recovered", "repairs", "statements"}
_BOXES = {"director", "officer", "ten_percent_owner", "other"}
LACKING: dict[str, dict[str, set[str]]] = {
    "data-set": {
        "filing": {"schema_version", "accepted_at"},
        "issuer": {"foreign_symbol", "fiscal_year_end", "former_names"},
        "owner": {"good_address", "non_us_address", "non_us_state", "country", "former_names"},
        "row": {"printed"},
    },
    "html": {
        "filing": {"schema_version", "accepted_at", "filed_on"},
        "issuer": {"fiscal_year_end", "former_names"},
        "owner": {"good_address", "non_us_address", "former_names"},
        "row": {"printed", "form_type", "timeliness"},
    },
}
"""The fields that a source has no place for: of the filing, its issuer, owners and rows."""


def alike(filing: Filing, source: str) -> dict[str, Any]:
    """All of a filing that a reading from that source can say, to compare two by."""
    lacking = LACKING[source]
    said = _without(filing, _OF_THE_READING | lacking["filing"])
    for box in ("no_securities_owned", "not_subject_to_section16", "plan_10b5_1"):
        said[box] = said[box] or None
    for box in ("form3_holdings_reported", "form4_transactions_reported"):
        said[box] = said[box] or None
    said["issuer"] = _without(filing.issuer, lacking["issuer"])
    said["owners"] = [
        {k: v or None if k in _BOXES else v for k, v in _without(o, lacking["owner"]).items()}
        for o in filing.owners
    ]
    if source == "html":
        for joint in said["owners"][1:]:
            joint.update(dict.fromkeys((*_BOXES, "officer_title", "other_text")))
    said["rows"] = [_without(r, lacking["row"] | {"repairs"}) for r in filing.rows]
    for row in said["rows"]:
        if source == "data-set":
            row |= {k: round(v, 2) for k, v in row.items() if isinstance(v, Decimal)}
        row["equity_swap"] = row["equity_swap"] or None
        row["cited"] = {field: sorted(notes) for field, notes in sorted(row["cited"].items())}
    said["footnotes"] = [(note.id, " ".join(note.text.split())) for note in filing.footnotes]
    said["remarks"] = " ".join((filing.remarks or "").split())
    return said


def _without(part: Any, names: set[str]) -> dict[str, Any]:
    said = {name: getattr(part, name) for name in type(part).model_fields if name not in names}
    return {k: " ".join(v.split()) if isinstance(v, str) else v for k, v in said.items()}
