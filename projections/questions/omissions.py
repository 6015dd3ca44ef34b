"""What a draft may lack, which no arithmetic shows: holdings, purchases, the right name or number.

These are hints, never findings: a filer may have sold what is left out, or be new. Each rests
on a habit of the filer's own, the last form of the same owners, and names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

from ledger.statements import SENSES
from ledger.types import grouped
from projections.desk import Hint
from projections.filings.dates import known_on
from projections.filings.records import ZERO, Dossier, Line
from projections.filings.signatures import is_stranger
from projections.identity.names import company_key, person_key
from projections.identity.securities import class_tokens, same_class
from projections.judgement import Judged
from projections.positions.entries import Posting, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.origins import beside
from projections.positions.position import Position
from projections.questions.corrections import may_be_of
from projections.questions.other_sides import asked, other_sides, sizes_passed

_LEEWAY = timedelta(days=15)
"""How much longer than ever before may pass between two purchases before one is missed."""


def omissions(draft: Dossier, judged: Judged, here: list[Dossier]) -> Iterator[Hint]:
    """What a draft may lack, holdings first, in the order of its rows.

    `here` are the issuer's filings that the draft is judged against.
    """
    if not draft.amends:
        sides = list(other_sides(draft, judged))
        yield from asked(draft, sides, judged)
        passed = {other for side in sides for other in side.others}
        yield from _left_out(draft, judged, passed)
        yield from _plans(draft, judged)
        yield from _withholdings(draft, judged, here)
        yield from _told_before(draft, judged, here)
        yield from _joint_filers(draft, judged, here)
    yield from _new_holdings(draft, judged)
    yield from _received(draft, judged)
    yield from _other_titles(draft, judged)
    yield from _other_names(draft, here)
    yield from _other_numbers(draft, here)
    yield from _strange_signers(draft, judged, here)


def _own(draft: Dossier, judged: Judged) -> list[Position]:
    """The positions that a draft's rows stand on, each once."""
    found = (judged.folded.position_of.get(id(line)) for line in draft.lines)
    return list(dict.fromkeys(position for position in found if position is not None))


def _may_be_of(draft: Dossier, judged: Judged) -> dict[Position, Posting]:
    """Holdings that no row of a draft names, and the row that may be of each."""
    found: dict[Position, Posting] = {}
    for line in draft.lines:
        entry, stray = judged.folded.entry_of.get(id(line)), judged.folded.position_of.get(id(line))
        if entry is not None and stray is not None:
            found |= dict.fromkeys(may_be_of(entry, stray, judged), entry)
    return found


def _left_out(draft: Dossier, judged: Judged, passed: set[Position]) -> Iterator[Hint]:
    """Stock of a class that the draft reports, which the last form of that class listed beside it.

    Column 5 of Table I asks for all that is owned of a class after what is reported, on a
    line for each form of ownership. Whoever listed a holding in which nothing moved does so
    by habit; of a class that the draft has in Table II alone, as what its rows are over, that is
    a habit only where nothing of it moved on the last form of the kind either. A holding that a
    row under another name may be of is asked after with that row, and one that `passed` shares
    by a note is asked after with that.
    """
    own, here = _own(draft, judged), judged.folded.people.keys(draft)
    reported = [p.tokens for p in own if p.table == "I"]
    over = [class_tokens(p.underlying) for p in own if p.table == "II" and p.underlying]
    earlier = {
        position: before
        for position in judged.folded.positions_of(here)
        if position.table == "I"
        and any(same_class(position.tokens, tokens) for tokens in (*reported, *over))
        and (before := [e for e in position.entries if e.dossier.known.at < draft.known.at])
    }
    forms = (entry.dossier for before in earlier.values() for entry in before)
    last = max(forms, key=lambda d: (d.known.at, d.stream), default=None)
    unasked = last is not None and (
        last.base_form == draft.base_form
        and not any(e.dossier is last and not e.line.holding for b in earlier.values() for e in b)
    )
    in_doubt = _may_be_of(draft, judged)
    for position, row in in_doubt.items():
        last_told = position.entries[-1]
        words = (
            f"{grouped(row.claim or ZERO)} here may be of {position.security}, "
            f"{_held(position, last_told)}, {grouped(last_told.balance or ZERO)} by its last report: "
            "no row of this form names it"
        )
        yield Hint("left-out", row.line.ref, words, reference(last_told))
    for position, before in earlier.items():
        entry, balance = before[-1], before[-1].balance
        if position in in_doubt or position in passed:
            continue
        if position in own or entry.dossier is not last or not entry.line.holding or not balance:
            continue
        if not unasked and not any(same_class(position.tokens, tokens) for tokens in reported):
            continue
        words = (
            f"{grouped(balance)} {position.security}, {_held(position, entry)}: "
            "the last form lists it, this one does not"
        )
        yield Hint("left-out", None, words, reference(entry))


def _plans(draft: Dossier, judged: Judged) -> Iterator[Hint]:
    """Purchases that notes used to tell of, and of which none was told for longer than ever."""
    for position in _own(draft, judged):
        told = sorted(_purchases(position), key=lambda found: found[0])
        days = [day for day, _, _ in told]
        waits = [later - day for day, later in pairwise(days) if later > day]
        mine = [e for e in position.entries if e.dossier is draft]
        now = max((e.day for e in mine if e.day), default=None)
        if len(waits) < 2 or now is None or now - days[-1] <= max(waits) + _LEEWAY:
            continue
        if told[-1][2].startswith(f"{draft.id}#"):
            continue  # the draft tells of the last itself
        words = (
            f"notes tell of shares {SENSES[told[-1][1]].meaning} up to {days[-1].isoformat()}, "
            f"every {max(waits).days} days at the latest, and of none since"
        )
        yield Hint("plan", mine[0].line.ref, words, told[-1][2])


def _purchases(position: Position) -> Iterator[tuple[date, str, str]]:
    """Each purchase that a note of a position's lines tells of: its day, its kind, its place."""
    for dossier in _dossiers(position):
        cited = {note for e in position.entries if e.dossier is dossier for note in e.line.notes}
        for said in dossier.statements:
            day = said.effective_to or said.effective_from or dossier.day
            if SENSES[said.kind].from_plan and said.note in cited and day is not None:
                yield day, said.kind, f"{dossier.id}#{said.ref}"


def _withholdings(draft: Dossier, judged: Judged, here: list[Dossier]) -> Iterator[Hint]:
    """Units that vest with nothing withheld for tax, where something always was before.

    An officer new to it is held to what the other officers do: directors are no employees, and
    nobody withholds of them.
    """
    people = judged.folded.people
    owners = people.keys(draft)
    mine = [d for d in here if people.keys(d) & owners]
    if _is_officers(draft) and not any(_vests(line) for d in mine for line in d.lines):
        mine = [d for d in here if _is_officers(d)]
    kept = {
        ln.effective_on: f"{d.id}#{ln.ref}"
        for d in [draft, *mine]
        for ln in d.lines
        if ln.code == "F" and not ln.holding
    }
    vested = {ln.effective_on for d in mine for ln in d.lines if _vests(ln)}
    alike = f"of all {len(vested)} vestings before, some were"
    if len(vested) < _HABIT:
        vested &= _of_these_awards(draft, judged)
        alike = "of what vested of the award before, some were"
    if not vested or not vested <= kept.keys():
        return
    for line in draft.lines:
        if _vests(line) and line.effective_on not in kept:
            words = f"{grouped(line.shares or ZERO)} vested and none withheld for tax: {alike}"
            last = max(day for day in vested if day)
            yield Hint("withheld", line.ref, words, kept[last])
            return


def _of_these_awards(draft: Dossier, judged: Judged) -> set[date | None]:
    """The days on which units vested before of the awards of which a draft has some vest."""
    return {
        entry.line.effective_on
        for position in _own(draft, judged)
        for entry in position.entries
        if position.table == "II" and entry.line.code == "M" and entry.dossier is not draft
    }


def _is_officers(dossier: Dossier) -> bool:
    return any(owner.officer for owner in dossier.head.owners)


_HABIT = 2
"""How many vestings before make a habit of withholding; of the same award, one does."""


def _vests(line: Line) -> bool:
    """Whether a row is stock from units that vest: nothing is paid for it."""
    return line.table == "I" and line.code == "M" and line.movement > 0 and not line.price


def _dossiers(position: Position) -> list[Dossier]:
    return list({entry.dossier.stream: entry.dossier for entry in position.entries}.values())


_SOON = timedelta(days=15)
"""Within how many days a trade is told again: by who reports when it settled, or sees it unfiled."""


def _told_before(draft: Dossier, judged: Judged, here: list[Dossier]) -> Iterator[Hint]:
    """Trades of the number and at the price, rounded or not, of one told days before, alone or in lots.

    They may be others: who sells by a plan may well sell the same again, and a total that
    counts it follows either way.
    """
    if any(f.filing == draft.id and f.kind in _TOLD_TWICE for f in judged.findings):
        return
    people = judged.folded.people
    owners = people.keys(draft)
    before = [
        (d, line) for d in here if people.keys(d) & owners for line in d.lines if _traded(line)
    ]
    rows = [line for line in draft.lines if _traded(line)]
    lots = [list(group) for _, group in groupby(sorted(rows, key=_of_one_day), key=_of_one_day)]
    for told in [*([row] for row in rows), *(several for several in lots if len(several) > 1)]:
        for dossier, line in before:
            if _may_be(told, line):
                at = f" at {line.price}" if line.price else ""
                words = (
                    f"{grouped(line.shares or ZERO)} {line.direction}{at} on {line.effective_on} (code {line.code}) "
                    "stand in a form already: another trade, or the same again"
                )
                yield Hint("told", told[0].ref, words, f"{dossier.id}#{line.ref}")
                break


_TOLD_TWICE = ("DOUBLE_REPORTED", "DUPLICATE_FILING", "DUPLICATE_ROW")


def _traded(line: Line) -> bool:
    return bool(not line.holding and line.effective_on and line.shares)


def _of_one_day(line: Line) -> tuple[str, str, str, date]:
    return line.table, line.code or "", line.direction or "", line.effective_on or date.min


def _may_be(lots: list[Line], told: Line) -> bool:
    """Whether some rows come to what another row told, on the same day where nothing was paid."""
    first, prices = lots[0], [lot.price or ZERO for lot in lots]
    if _of_one_day(first)[:3] != _of_one_day(told)[:3]:
        return False
    apart = abs((first.effective_on or date.min) - (told.effective_on or date.max))
    same = sum((lot.shares or ZERO for lot in lots), ZERO) == told.shares
    near = apart <= (_SOON if told.price else timedelta(0))
    price = told.price or ZERO
    return same and near and (min(prices) <= price <= max(prices) or _rounded(prices, price))


def _rounded(prices: list[Decimal], price: Decimal) -> bool:
    """Whether all prices are one, to as many places as the coarsest of them has and a hundredth part."""
    places = min(-int(p.normalize().as_tuple().exponent) for p in (*prices, price))
    unit = Decimal(1).scaleb(-max(places, 0))
    same = {p.quantize(unit, ROUND_HALF_UP) for p in (*prices, price)}
    return len(same) == 1 and all(abs(p - price) * 100 <= price for p in prices)


def _new_holdings(draft: Dossier, judged: Judged) -> Iterator[Hint]:
    """Rows that go on from nothing here, beside what they might be meant to go on from.

    Not what a note or a row of the draft says to have come from another holding of the owner's.
    """
    if draft.base_form == "3" or draft.amends:
        return
    everything = judged.folded.positions_of(judged.folded.people.keys(draft))
    known = any(entry.dossier is not draft for p in everything for entry in p.entries)
    sizes = sizes_passed(draft) if known else set()
    for position in _own(draft, judged):
        first = position.entries[0]
        if first.dossier is not draft or not position.opened:
            continue
        if position.opened in sizes:
            continue
        if not known:
            words = f"no report here of {_names_of(draft)} about this company: the initial statement, Form 3, comes first"
            yield Hint("unknown", first.line.ref, words)
            return
        tables = _in_the_other_table(position, everything, draft)
        if any(balance == position.opened for _, _, balance in tables):
            continue
        others = (p for p in everything if p is not position and p.table == position.table == "I")
        near = tables or _told_of(beside(position, everything), draft) or _told_of(others, draft)
        words, source = f"no report here of {position.security} held so before", ""
        if near:
            other, entry, balance = near[-1]
            words += f"; {grouped(balance)} {other.security}, {_held(other, entry)}, are"
            words += f" in Table {other.table}" if tables else ""
            source = reference(entry)
        yield Hint("new-holding", first.line.ref, words, source)


def _in_the_other_table(
    position: Position, others: Iterable[Position], draft: Dossier
) -> list[tuple[Position, Posting, Decimal]]:
    """Holdings by the words of a new one, as it is held, that earlier forms have in the other table.

    The one nearest in number comes last.
    """
    alike = (
        other
        for other in others
        if other.table != position.table
        and (other.form, other.vehicle) == (position.form, position.vehicle)
        and same_class(other.tokens, position.tokens) is True
    )
    opened = position.opened or ZERO
    return sorted(_told_of(alike, draft), key=lambda told: -abs(told[2] - opened))


def _names_of(draft: Dossier) -> str:
    return " and ".join(o.name or f"CIK {o.cik}" for o in draft.head.owners) or "its owner"


def _received(draft: Dossier, judged: Judged) -> Iterator[Hint]:
    """Vehicles of which nothing was known, with another number than a note of theirs says went in.

    Rows of days before it went in, a note that tells of more or stands at several of them, one that
    only includes what went in, and what went in before an earlier form say nothing of what there is.
    """
    everything = judged.folded.positions_of(judged.folded.people.keys(draft))
    before = [e.dossier for p in everything for e in p.entries if e.dossier is not draft]
    new = [p for p in _own(draft, judged) if p.form == "indirect" and p.opened]
    new = [p for p in new if p.entries[0].dossier is draft]
    for told in draft.statements:
        citing = [p for p in new if any(told.note in e.line.notes for e in p.entries)]
        if told.shares is None or told.of > 1 or len(citing) != 1:
            continue
        if not SENSES[told.kind].own_vehicle or told.direction == "acquired":
            continue
        first, held = citing[0].entries[0], citing[0].opened or ZERO
        day = told.effective_from
        early = day and first.day and first.day < day
        old = day and any(known_on(dossier) >= day for dossier in before)
        includes = held > told.shares and "includ" in draft.quote(told).casefold()
        if early or old or includes or held == told.shares:
            continue
        opening = "" if first.line.holding else " before this row"
        went = f"{grouped(told.shares)} went into it by {told.ref.replace('.', ' ', 1)}"
        words = f"{went}, and by its total it held {grouped(held)}{opening}"
        yield Hint("received", first.line.ref, words)


def _told_of(
    positions: Iterable[Position], draft: Dossier
) -> list[tuple[Position, Posting, Decimal]]:
    """Positions with what was held at the last report of each before a draft, where anything was."""
    found = []
    for position in positions:
        before = [e for e in position.entries if e.dossier is not draft]
        if before and before[-1].balance:
            found.append((position, before[-1], before[-1].balance))
    return found


def _other_titles(draft: Dossier, judged: Judged) -> Iterator[Hint]:
    """Rows of stock under words that no row of their position was reported under before.

    A class that is renamed is so from one form on; a row under another class by mistake looks
    the same until the next.
    """
    for position in _own(draft, judged) if not draft.amends else ():
        before = [e for e in position.entries if e.dossier is not draft and e.line.security]
        known = {_title_of(e.line.security, e.dossier) for e in before}
        for entry in position.entries if before and position.table == "I" else ():
            title = entry.line.security
            if entry.dossier is draft and title and _title_of(title, draft) not in known:
                words = f"“{title}”, and so far “{before[-1].line.security}”"
                yield Hint("title", entry.line.ref, words, reference(before[-1]))
                break


def _title_of(title: str | None, dossier: Dossier) -> frozenset[str]:
    issuer = dossier.head.issuer
    return class_tokens(title or "", issuer.name or "", issuer.symbol or "")


def _other_names(draft: Dossier, here: list[Dossier]) -> Iterator[Hint]:
    """An issuer under a name by which no filing about its number calls it: EDGAR knows the right one."""
    issuer, told = draft.head.issuer, [d for d in here if d.head.issuer.name]
    known = {company_key(d.head.issuer.name or "") for d in told}
    known |= {company_key(name) for d in told for name in d.head.issuer.former_names}
    if issuer.cik and issuer.name and told and company_key(issuer.name) not in known:
        last = max(told, key=lambda d: (d.known.at, d.stream))
        usual = ", ".join(filter(None, (last.head.issuer.name, last.head.issuer.symbol)))
        words = f"“{issuer.name}”, and so far the filings about CIK {issuer.cik} say “{usual}”"
        yield Hint("issuer", None, words, last.id)


def _joint_filers(draft: Dossier, judged: Judged, here: list[Dossier]) -> Iterator[Hint]:
    """Who filed the last form on a draft's holdings as well and is no owner of it, unless by habit."""
    people = judged.folded.people
    mine = people.keys(draft)
    told = [e.dossier for p in _own(draft, judged) for e in p.entries if e.dossier is not draft]
    if not told or any(people.keys(d) == mine for d in here):
        return
    last = max(told, key=lambda d: (d.known.at, d.stream))
    gone = [o for o in last.head.owners if people.key(o) not in mine]
    if gone and mine < people.keys(last):
        names = " and ".join(owner.name or f"CIK {owner.cik}" for owner in gone)
        words = f"{names} filed the last form on these holdings jointly, and {'is' if len(gone) == 1 else 'are'} no owner of this one"
        yield Hint("owner", None, words, last.id)


def _strange_signers(draft: Dossier, judged: Judged, here: list[Dossier]) -> Iterator[Hint]:
    """A signature of somebody who is no owner, signs for none, and signed no form here before."""
    people = judged.folded.people
    owners = people.keys(draft)
    mine = [d for d in here if people.keys(d) & owners]
    for signature in draft.head.signatures if mine else ():
        if is_stranger(signature.name or "", draft, here):
            words = f"signed by “{signature.name}”, who is no owner and signed no form about this issuer"
            yield Hint("signer", None, words, mine[-1].id)


def _held(position: Position, entry: Posting) -> str:
    """How a holding is held: by the holder that the notes of a line name, else in the filer's words."""
    holder = holder_in_notes(entry.dossier, entry.line)
    return holder or position.nature or position.form or "form of ownership not stated"


def _other_numbers(draft: Dossier, here: list[Dossier]) -> Iterator[Hint]:
    """Owners whose name stands here under another CIK, and their own CIK under no name."""
    known = {owner.cik for d in here for owner in d.head.owners if owner.cik}
    names = {
        person_key(owner.name or ""): (owner.cik, d.id)
        for d in here
        for owner in d.head.owners
        if owner.cik and owner.name
    }
    for owner in draft.head.owners:
        cik, filing = names.get(person_key(owner.name or ""), (None, ""))
        if owner.cik and owner.cik not in known and cik:
            words = f"{owner.name} reports here as CIK {cik}, not {owner.cik}"
            yield Hint("owner", None, words, filing)
