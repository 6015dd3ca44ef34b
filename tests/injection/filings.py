"""Errors of whole filings: missing, repeated, late, under a wrong name, wrongly amended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

from ledger.types import plain
from tests.injection.making import Injection, rewritten
from tests.injection.papers import Paper, Sheet
from tests.injection.places import Place, Undetectable, Unfit
from tests.simulator import names, slips


def filing_missing(place: Place, rng: Random) -> Injection:
    """A filing is not there; the next total on its position jumps."""
    place.between()
    if place.same_day or not place.alone or not place.entry.delta:
        raise Unfit
    if _only_the_form_changed(place):
        raise Undetectable("a change in the form of ownership, which needs no report")
    papers = [one for one in place.sequence.papers if one is not place.paper]
    return Injection(papers, place.after.dossier.id if place.after else "", _followers(place))


def _only_the_form_changed(place: Place) -> bool:
    """Whether all that a paper tells went from one of the owner's holdings to others (Rule 16a-13).

    Later totals of them all show it then, and no report of it is due.
    """
    rows = [line for line in place.entry.dossier.lines if not line.holding]
    return {line.code for line in rows} <= {"G", "J"} and not sum(line.movement for line in rows)


def filing_repeated(place: Place, rng: Random) -> Injection:
    """The same form is filed twice."""
    _first_row(place)
    again = place.paper.rewritten(_nothing, accession=_accession(place, rng))
    return Injection([*place.sequence.papers, again], again.filing.id, frozenset({_id(place)}))


def filed_late(place: Place, rng: Random) -> Injection:
    """A form is filed weeks after its deadline."""
    _first_row(place)
    if place.paper.filing.form != "4" or place.line.form_type == "5":
        raise Unfit
    day, following = place.paper.day, _next_paper(place)
    room = (following.day - day).days if following and following.day and day else 60
    if day is None or room < 20 or place.line.code == "G":
        raise Unfit
    if any(f.kind == "LATE_FILING" and f.filing == _id(place) for f in place.sequence.findings):
        raise Undetectable("the filing was late already")
    late = place.paper.filed(day + timedelta(days=min(room - 2, 40)))
    papers = [late if one is place.paper else one for one in place.sequence.papers]
    return Injection(papers, late.filing.id)


def wrong_issuer(place: Place, rng: Random) -> Injection:
    """The form carries another company's name and symbol beside the right CIK."""
    _first_row(place)
    owners = {o.cik for o in place.paper.filing.owners}
    known = [p for p in place.sequence.papers if owners & {o.cik for o in p.filing.owners}]
    if len(known) < 3 or place.paper in (known[0], known[-1]):
        raise Undetectable("no filing before or after to tell the name by")
    name = names.company_name(rng)

    def edit(sheet: Sheet) -> None:
        sheet.text("issuerName", name)
        sheet.text("issuerTradingSymbol", names.symbol(name, rng))

    return rewritten(place, edit)


def wrong_owner(place: Place, rng: Random) -> Injection:
    """The form is filed under a stranger's CIK and name; the signature is the owner's own."""
    _first_row(place)
    filing = place.paper.filing
    if len(filing.owners) != 1 or not filing.signatures:
        raise Unfit
    if _next_paper(place) is None and not any(
        one is not place.paper and {o.cik for o in one.filing.owners} == {filing.owners[0].cik}
        for one in place.sequence.papers
    ):
        raise Undetectable("the owner files nothing else")
    own = {word for word in (filing.owners[0].name or "").lower().split() if len(word) > 2}
    signed = filing.signatures[0].name or ""
    if not own & set(signed.lower().replace(",", " ").replace(".", " ").split()):
        raise Undetectable("the signature does not name the owner")
    first, middle, last = names.person_name(rng)
    if {first.lower(), last.lower()} & own:
        raise Unfit

    def edit(sheet: Sheet) -> None:
        sheet.text("rptOwnerCik", str(rng.randrange(10**9, 10**10)))
        sheet.text("rptOwnerName", f"{last} {first} {middle}".upper())

    found = rewritten(place, edit)
    return Injection(found.papers, found.filing, found.also | _followers(place))


def amended_wrongly(place: Place, rng: Random) -> Injection:
    """An amendment restates the form with another total in one row."""
    place.between()
    if place.claim < 1500 or place.paper.filing.form not in ("4", "5") or place.paper.day is None:
        raise Unfit
    shift = slips.arbitrary_shift(rng, place.claim, place.entry.delta)
    if shift is None:
        raise Unfit

    def edit(sheet: Sheet) -> None:
        sheet.put(place.ref, shares_after=plain(place.claim + Decimal(shift)))

    return _amending(place, rng, edit, original=0)


def amendment_of_nothing(place: Place, rng: Random) -> Injection:
    """An amendment whose original was never filed."""
    _first_row(place)
    if place.paper.filing.form not in ("4", "5"):
        raise Unfit
    amended = place.paper.rewritten(lambda sheet: _amend(sheet, place, original=-400))
    papers = [amended if one is place.paper else one for one in place.sequence.papers]
    return Injection(papers, amended.filing.id)


def _amending(place: Place, rng: Random, edit: object, *, original: int) -> Injection:
    def whole(sheet: Sheet) -> None:
        _amend(sheet, place, original=original)
        edit(sheet)  # type: ignore[operator]

    again = place.paper.rewritten(whole, accession=_accession(place, rng))
    shown = {_id(place)} | ({place.after.dossier.id} if place.after else set())
    return Injection([*place.sequence.papers, again], again.filing.id, frozenset(shown))


def _amend(sheet: Sheet, place: Place, *, original: int) -> None:
    """Turn a form into its amendment."""
    day = place.paper.day
    if day is None:
        raise Unfit
    kind = next(sheet.root.iter("documentType"))
    sheet.text("documentType", f"{place.paper.filing.form}/A")
    for node in list(sheet.root.iter("dateOfOriginalSubmission")):
        sheet.root.remove(node)
    date_node = kind.makeelement("dateOfOriginalSubmission")
    date_node.text = (day + timedelta(days=original)).isoformat()
    kind.addnext(date_node)


def _first_row(place: Place) -> None:
    """Whole filings are taken up once, at their first row."""
    if place.line.holding or place.ref != "I.1":
        raise Unfit


def _next_paper(place: Place) -> Paper | None:
    mine = {o.cik for o in place.paper.filing.owners}
    later = [
        one
        for one in place.sequence.papers
        if one.day
        and place.paper.day
        and one.day > place.paper.day
        and mine & {o.cik for o in one.filing.owners}
    ]
    return min(later, key=lambda one: (one.day, one.filing.id), default=None)


def _followers(place: Place) -> frozenset[str]:
    """The next filings on every position of the paper: a missing one shows there."""
    shown = set()
    for position in place.sequence.judged.folded.book.positions:
        ids = [entry.dossier.id for entry in position.entries]
        if _id(place) in ids:
            last = len(ids) - 1 - ids[::-1].index(_id(place))
            shown.update(ids[last + 1 : last + 2])
    return frozenset(shown)


def _id(place: Place) -> str:
    return place.paper.filing.id


def _accession(place: Place, rng: Random) -> str:
    number = place.paper.filing.accession or "0000000000-00-000000"
    return f"{number[:13]}-{int(number[14:]) % 899999 + 100000 + rng.randrange(1, 99):06d}"


def _nothing(sheet: Sheet) -> None:
    """Leave a document as it is."""
