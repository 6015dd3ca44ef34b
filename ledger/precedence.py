"""Which of two readings of one filing stands. Pure: it knows no store and no order of arrival.

A submission outranks bare XML, which outranks the SEC's data set, which outranks its HTML
rendering, which outranks a scan (`ledger.filing.FORMAT_RANK`); a whole set outranks one that
lacks tables or columns; of one document, the newer reader outranks the older. What stands in
the end is therefore the same in whatever order the documents arrive, but for one case nobody
can decide for the filer: two documents of the same kind that say different things under one
name. Then the first is kept, loudly.

A day of filing that the better source has no place for is kept from the lesser: bare XML has
none, the data set has, and what was signed on a Friday may have been public on Tuesday only.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from ledger.loading import later
from ledger.types import Format

if TYPE_CHECKING:
    from ledger import filing as models
    from ledger.filing import Filing
else:
    models = later("ledger.filing")

Status = Literal["recorded", "already recorded", "reread", "conflicting"]

_PROVENANCE = {"sha256", "format", "reader_version"}


class Verdict(NamedTuple):
    """What becomes of a reading that arrives: its status, why in a few words, what then stands."""

    status: Status
    detail: str = ""
    stands: Filing | None = None


def judge(standing: Filing, arriving: Filing) -> Verdict:
    """What a reading that arrives amounts to beside the one that stands.

    Two readings are the same when they say the same, whatever they were read from and
    by which version of which reader. `stands` is there where something is read again.
    """
    arriving = _dated_by(standing, arriving)
    if all(getattr(standing, name) == getattr(arriving, name) for name in _content(type(standing))):
        return Verdict("already recorded")
    if arriving.rank < standing.rank:
        dated = _dated_by(arriving, standing)
        if dated is not standing:
            return Verdict("reread", f"the {_NOUN[arriving.format]} brought the filing date", dated)
        return Verdict("already recorded", f"the {_NOUN[standing.format]} stands")
    if arriving.rank > standing.rank:
        return Verdict("reread", _brought(standing, arriving), arriving)
    if standing.sha256 != arriving.sha256:
        return Verdict(
            "conflicting",
            f"{standing.id} is already recorded with other content, from the document with "
            f"sha256 {standing.sha256[:12]}…; that one stands, this one is left out",
        )
    if arriving.reader_version > standing.reader_version:
        return Verdict("reread", f"read again by reader {arriving.reader_version}", arriving)
    return Verdict("already recorded", f"the reading of reader {standing.reader_version} stands")


def _dated_by(other: Filing, filing: Filing) -> Filing:
    """A reading with the day of filing that another has and its own source does not give."""
    if filing.filed_on is not None or other.filed_on is None:
        return filing
    told = next((repair for repair in other.repairs if repair.field == "filed_on"), None)
    told = told or models.Repair(
        field="filed_on",
        printed="",
        effect="inferred",
        why=f"this source does not give it; the {_NOUN[other.format]} of this filing does",
    )
    kept = (repair for repair in filing.repairs if repair.field != "filed_on")
    return filing.model_copy(update={"filed_on": other.filed_on, "repairs": (*kept, told)})


@cache
def _content(shape: type[Filing]) -> tuple[str, ...]:
    """The fields of a filing that say what it says, not where it was read."""
    return tuple(name for name in shape.model_fields if name not in _PROVENANCE)


_NOUN: dict[Format, str] = {
    "submission": "submission",
    "ownership-xml": "XML",
    "data-set": "data set",
    "html": "rendering",
    "scanned": "scan",
}


def _brought(standing: Filing, arriving: Filing) -> str:
    """Why a better source was worth reading, as the log will tell it."""
    itself = f"the {_NOUN[arriving.format]} itself"
    if arriving.format == standing.format:
        return f"{itself} brought what was missing"
    if arriving.accepted_at and not standing.accepted_at:
        return f"{itself} brought the acceptance time"
    return f"{itself} arrived"
