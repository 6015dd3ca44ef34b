"""A finding, a row, a filing or a holding told as a memo; a kind of finding by its reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from ledger import Ledger
from ledger.addresses import note_ref
from ledger.errors import UnknownReference
from ledger.types import eastern_day, grouped, plain
from projections.answers import Holding, Story, StoryLine
from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.findings.kinds import KINDS
from projections.issuer import Folded
from projections.judgement import Judged
from projections.positions.entries import Posting, reference
from projections.positions.origins import beside, why_apart
from projections.positions.position import Position
from projections.positions.rulings import Rulings
from projections.questions.arithmetic import arithmetic, titled
from projections.questions.history import event_name
from projections.questions.reconcile import as_grave
from projections.questions.reviews import gone, remarks, reviewed
from projections.questions.subject import (
    Derived,
    Moment,
    Subject,
    derived,
    judged_issuers,
    moment_of,
    named,
)
from projections.snapshots.snapshot import Snapshots, position_name
from projections.views.catching_up import current
from projections.views.waiting import naming


def explain(
    ledger: Ledger,
    ref: str,
    *,
    known_at: Moment = None,
    severities: Mapping[str, str] | None = None,
) -> Story:
    """Tell the story of a filing, a row (`FILING#I.1`), a note, a finding, a holding or a kind.

    Args:
        ledger: The log to answer from.
        ref: A finding's id, a filing's name or a row of it, the `position` of a holding, or a
            kind of finding.
        known_at: Only what was public then; a day means its end.
        severities: Kinds that are graver, or less grave, to who asks.

    Raises:
        UnknownReference: Nothing here answers to the name.
    """
    moment, _ = moment_of(known_at)
    ref = named(ref, "reference", "give a finding's id, a filing or a row of it as text")
    if re.fullmatch("[A-Za-z]|[A-Za-z][A-Za-z_-]{3,}", ref) and (word := _word(ledger, ref)):
        return word
    if re.match("[^/#]*/(I|II)/", ref):
        return _holding(ledger, ref, moment)
    name, _, row = ref.partition("#")
    if re.fullmatch("[0-9a-f]{4,8}", name) and not row:
        return _finding(ledger, name, moment, severities or {})
    filing = ledger.filing(name)
    judged = _judged(ledger, filing.stream, moment)
    dossier = judged.folded.by_id.get(filing.id)
    if dossier is None:
        if told := retracted(ledger, filing.id, moment):
            title = f"Form {filing.form}, retracted"
            return Story(ref, title, tuple(told), tuple[Finding, ...]())
        raise UnknownReference(f"{filing.id} was not public then")
    own = [f for f in judged.findings if f.filing == dossier.id]
    found = reviewed(ledger, own, moment)
    return _row(judged, dossier, row, found) if row else _filing(judged, dossier, found)


def retracted(ledger: Ledger, filing: str, moment: datetime | None) -> list[StoryLine]:
    """That a filing was away at a moment: since when, why, by which event; none where it was not."""
    return [
        StoryLine(
            "Retracted",
            None,
            f"{eastern_day(away.at).isoformat()}, by event {position}: {away.why}",
            filing,
        )
        for position, away in ledger.retractions(filing)
        if (moment is None and away.until is None)
        or (moment and away.at <= moment and (away.until is None or moment < away.until))
    ]


def _judged(ledger: Ledger, stream: str, moment: datetime | None) -> Judged:
    issuer = current(ledger).issuer_of(stream)
    asked = Subject(frozenset([issuer] if issuer else []), None)
    told = list(judged_issuers(ledger, asked, known_at=moment))
    if not told:
        raise UnknownReference(f"{stream} is not judged yet", remedy="ask again")
    return next((j for j in told if any(d.stream == stream for d in j.folded.dossiers)), told[0])


def _word(ledger: Ledger, word: str) -> Story | None:
    """A kind of finding or a code told; None where the word may be the id of a finding."""
    from projections.questions.glossary import kinds_like, meaning  # noqa: PLC0415  (seldom asked)

    told = meaning(word, ledger)
    if told is None and not re.fullmatch("[0-9a-f]{4,8}", word):
        like = kinds_like(word)
        remedy = (
            f"the nearest kinds: {', '.join(like)}"
            if like
            else "name a finding by its id, a filing, a row of one, a kind, or a code"
        )
        raise UnknownReference(
            f"{word!r} is no kind of finding, and names nothing else", remedy=remedy
        )
    return told


def _holding(ledger: Ledger, name: str, moment: datetime | None) -> Story:
    """A holding told by its name: what is held, what that rests on, and what was found."""
    owners = name.partition("/")[0].split("+")
    everybody = current(ledger).everybody(naming(owners))
    concerned = {row.issuer for owner in owners for row in everybody.by_key.get(owner, ())}
    for judged in judged_issuers(ledger, Subject(frozenset(concerned), None), known_at=moment):
        shown = Snapshots(judged)
        for position in shown.positions:
            if position_name(position) == name and (held := shown.of(position, None)):
                rests = find(judged.folded, *_place(held.evidence[0])) if held.evidence else None
                told = () if rests is None else arithmetic(*rests, judged.folded.rulings)
                about = [f for f in judged.findings if f.id in held.findings]
                found = tuple(reviewed(ledger, about, moment))
                return Story(name, _held_title(held), (_held(held), *told, *_noted(found)), found)
    raise UnknownReference(
        f"no holding is called {name!r}",
        remedy="`ledger holdings --format json` has their names as `position`",
    )


def _place(ref: str) -> tuple[str, str | None]:
    filing, _, row = ref.partition("#")
    return filing, row or None


def _held_title(held: Holding) -> str:
    whose = f"{held.person['name'] or 'Somebody'} at {held.issuer['name'] or 'an issuer'}"
    return (
        f"{whose}: {held.security or 'untitled'}, {held.nature or held.ownership or 'unknown form'}"
    )


def _held(held: Holding) -> StoryLine:
    bounds = (
        ""
        if held.shares is not None or held.shares_low is None or held.shares_high is None
        else f"from {grouped(held.shares_low)} to {grouped(held.shares_high)}: "
    )
    since = f" since {held.since}" if held.since else ""
    number = held.shares if held.value is None else held.value
    source = held.evidence[0] if held.evidence else ""
    return StoryLine("Held", number, f"{bounds}{held.basis}{since}", source)


def _noted(found: Iterable[Finding]) -> Iterator[StoryLine]:
    for finding in found:
        rest = " (accepted)" if finding.status == "accepted" else ""
        yield StoryLine("Finding", None, f"{finding.kind}: {finding.message}{rest}", finding.id)


def _finding(
    ledger: Ledger, name: str, moment: datetime | None, severities: Mapping[str, str]
) -> Story:
    issuers = current(ledger).issuers_with(name) or (None if moment else frozenset())
    for story in derived(ledger, Subject(issuers, None), _MEMOS, known_at=moment):
        if story.ref.startswith(name):
            return _as_it_stands(ledger, story, moment, severities)
    if no_more := gone(ledger, name):
        one, why = no_more
        raise UnknownReference(
            f"finding {one} is found no more: {why}",
            remedy=f"`ledger review {one}` shows what was said of it",
        )
    raise UnknownReference(
        f"no finding is called {name!r}", remedy="`ledger reconcile` lists them with their ids"
    )


def memos(
    ledger: Ledger,
    names: Iterable[str],
    *,
    known_at: Moment = None,
    severities: Mapping[str, str] | None = None,
) -> Iterator[Story]:
    """The stories of several findings by their ids, each issuer judged once; in no order.

    A finding of another moment may be about a filing that counts as another issuer's today.
    """
    moment, _ = moment_of(known_at)
    wanted = set(names)
    model = current(ledger)
    likely = frozenset(issuer for name in wanted for issuer in model.issuers_with(name))
    rest = frozenset(model.issuers) - likely if moment else frozenset[str]()
    for issuers in (likely, rest) if wanted else ():
        for story in derived(ledger, Subject(issuers, None), _MEMOS, known_at=moment):
            if story.ref not in wanted:
                continue
            wanted.discard(story.ref)
            yield _as_it_stands(ledger, story, moment, severities or {})
            if not wanted:
                return


def bare(finding: Finding) -> Story:
    """A finding told by what it says of itself alone."""
    place = f"{finding.filing}{'#' + finding.row if finding.row else ''}"
    line = StoryLine("Found", finding.difference, finding.message, place)
    evidence = (StoryLine("Evidence", None, "", source) for source in finding.evidence)
    lines = (line, *evidence, *_made_of_it(finding))
    return Story(finding.id, _titled_by_kind(finding), lines, (finding,))


def _titled_by_kind(finding: Finding) -> str:
    return f"{finding.kind}: {KINDS[finding.kind].meaning}"


def _memos(judged: Judged) -> Iterator[Story]:
    """The story of each finding about an issuer, as far as the judgement tells it."""
    return (_memo(judged, finding) for finding in judged.findings)


_MEMOS = Derived("memos", Story, _memos)


def _memo(judged: Judged, finding: Finding) -> Story:
    lines = tuple(_steps(judged, finding))
    return Story(finding.id, _titled_by_kind(finding), lines, (finding,))


def _as_it_stands(
    ledger: Ledger, story: Story, moment: datetime | None, severities: Mapping[str, str]
) -> Story:
    """A finding's story with how grave it is to who asks, and what people made of it."""
    (finding,) = reviewed(ledger, [as_grave(one, severities) for one in story.findings], moment)
    weight = StoryLine("Weight", None, f"{finding.severity}: {KINDS[finding.kind].meaning}")
    lines = (*story.lines, weight, *_made_of_it(finding))
    return msgspec.structs.replace(story, lines=lines, findings=(finding,))


def _steps(judged: Judged, finding: Finding) -> Iterator[StoryLine]:
    found = find(judged.folded, finding.filing, finding.row)
    if found is not None and _is_its_total(found[0], finding, judged.folded.rulings):
        yield from arithmetic(*found, judged.folded.rulings)
        yield from _counted(*found, judged.folded.rulings)
    else:
        place = f"{finding.filing}{'#' + finding.row if finding.row else ''}"
        yield StoryLine("Found", finding.difference, finding.message, place)
        for source in finding.evidence:
            yield StoryLine("Evidence", None, quoted(judged.folded, source), source)
        if found is not None and finding.row:
            yield from _line(*found)
    if finding.revised_by:
        words = _what_came_later(found, finding)
        yield StoryLine("Later", None, words, finding.revised_by)


def _made_of_it(finding: Finding) -> Iterator[StoryLine]:
    """What people made of a finding."""
    for number, words in enumerate(remarks(finding)):
        yield StoryLine("" if number else "Review", None, words)


def _counted(entry: Posting, position: Position, rulings: Rulings) -> Iterator[StoryLine]:
    """What the published balance makes of a total that nothing explains."""
    if entry.residual and entry.aside:
        yield StoryLine("Balance", None, "this total is set aside: no balance rests on it")
    elif rulings.stands_open(entry, position):
        words = "in doubt from here on: it is this total, until a later one goes back behind it"
        if rulings.on(entry).meant is not None:
            words = "in doubt from here on: it is this total, which no later one goes on from"
        yield StoryLine("Balance", None, words)


def _is_its_total(entry: Posting, finding: Finding, rulings: Rulings) -> bool:
    """Whether a finding is about the difference between a total and what it should be."""
    if finding.explanation is not None:
        return finding.explanation == rulings.on(entry).explanation
    numbers = (finding.expected, finding.difference)
    return finding.expected is not None and numbers == (entry.expected, entry.residual)


def _what_came_later(found: tuple[Posting, Position] | None, finding: Finding) -> str:
    """What the filing that confirmed or changed a finding has to do with it."""
    entry, on = (None, None) if found is None else (found[0], found[1].confirming(found[0]))
    if entry is not None and entry.settled:
        return "this filing reports what the total had counted"
    if entry is not None and entry.returned and entry.returned.dossier.id == finding.revised_by:
        return "a total of this filing returns to the line before"
    if on is not None and on.dossier.id == finding.revised_by:
        return "a total of this filing goes on from here"
    return "this filing bears the judgement out"


def find(folded: Folded, filing: str, row: str | None) -> tuple[Posting, Position] | None:
    """The entry of a row, and its position."""
    return next(
        (
            (e, p)
            for p in folded.book.positions
            for e in p.entries
            if e.dossier.id == filing and e.line.ref == row
        ),
        None,
    )


def quoted(folded: Folded, source: str) -> str:
    """The words at a reference: the note's, what the row reports, or what the filing is."""
    filing, _, place = source.partition("#")
    dossier = folded.by_id.get(filing)
    if dossier is None:
        return ""
    if not place:
        return _heading(dossier)
    for said in dossier.statements:
        if said.ref == place:
            return dossier.quote(said)
    for note in dossier.notes:
        if note_ref(note.id, 1, 1) == place:
            return " ".join(note.text.split())
    for line in dossier.lines:
        if line.ref == place:
            return f"{line.security}, {line.code or 'holding'} {plain(line.shares) if line.shares is not None else ''}".strip()
    return ""


def _line(entry: Posting, position: Position) -> Iterator[StoryLine]:
    """What the line itself says: what it moved, and the total it claims."""
    line, here = entry.line, reference(entry)
    if entry.delta:
        yield StoryLine("The line", entry.delta, event_name(entry), here, signed=True)
    if entry.claim is not None:
        said = entry.line.total
        yield StoryLine("" if entry.delta else "The line", said, titled(entry, position), here)
    elif line.holding:
        yield StoryLine("The line", None, titled(entry, position), here)


def _row(judged: Judged, dossier: Dossier, row: str, own: Iterable[Finding]) -> Story:
    ref = f"{dossier.id}#{row}"
    found = find(judged.folded, dossier.id, row)
    if found is None:
        words = quoted(judged.folded, ref)
        if not words:
            raise UnknownReference(
                f"{dossier.id} has no row or note {row!r}", remedy="`ledger show` lists them"
            )
        became = _became(judged.folded, dossier, row)
        return Story(ref, row, (StoryLine("Stated", None, words, ref), *became))
    findings = tuple(f for f in own if f.row == row or f.doubts_filing)
    lines = (
        *arithmetic(*found, judged.folded.rulings),
        *_read(found[0]),
        *_apart(found[1], judged),
        *_noted(findings),
    )
    return Story(ref, f"Form {dossier.head.form}, {row}", lines, findings)


def _read(entry: Posting) -> Iterator[StoryLine]:
    """What of a line was not taken at its word: the print, what was made of it, and what decided."""
    label = "Read"
    for repair in entry.line.repairs:
        said = f" “{repair.printed}”" if repair.printed else ""
        words = f"{repair.field.replace('_', ' ')}{said}: {repair.why} [{repair.effect}]"
        yield StoryLine(label, None, words, reference(entry))
        label = ""


def _apart(position: Position, judged: Judged) -> Iterator[StoryLine]:
    """What else of the class is held in the same form, and why that is another holding."""
    label = "Apart from"
    for other in beside(position, judged.folded.book.positions):
        if not other.balance:
            continue
        why = why_apart(position, other) or "nothing tells the two apart"
        held = " ".join(filter(None, (other.security, other.nature or other.form)))
        yield StoryLine(label, other.balance, f"{held}: {why}", reference(other.entries[-1]))
        label = ""


def _filing(judged: Judged, dossier: Dossier, findings: Sequence[Finding]) -> Story:
    lines = [StoryLine("Known", None, f"{dossier.known.words} ({dossier.known.basis})", dossier.id)]
    fates = {row: fate.how for fate in judged.folded.roll.fates(dossier) for row in fate.rows}
    dropped = {id(ln) for s in judged.folded.roll.standing for _, ln in s.unmentioned}
    for line in dossier.lines:
        found = find(judged.folded, dossier.id, line.ref)
        without = "left out by an amendment" if id(line) in dropped else "set aside with the filing"
        verdict = (
            judged.folded.rulings.on(found[0]).verdict if found else fates.get(line.ref, without)
        )
        moved = f"{line.change:+,f}" if line.moved is not None and not line.holding else "holding"
        lines.append(
            StoryLine(
                line.ref,
                line.total,
                f"{line.security}: {moved}; {verdict or 'no total'}",
                f"{dossier.id}#{line.ref}",
            )
        )
    lines += _became(judged.folded, dossier)
    lines += _noted(findings)
    return Story(dossier.id, _heading(dossier), tuple(lines), tuple(findings))


def _heading(dossier: Dossier) -> str:
    names = ", ".join(owner.name or "?" for owner in dossier.head.owners)
    return f"Form {dossier.head.form} of {names} about {dossier.head.issuer.name}"


def _became(folded: Folded, dossier: Dossier, row: str = "") -> Iterator[StoryLine]:
    """By which filing lines were restated, taken back in what words, or told before."""
    for fate in folded.roll.fates(dossier):
        if row and row not in fate.rows:
            continue
        label, rows = fate.how.capitalize(), row or ", ".join(fate.rows)
        for note in fate.notes:
            source = f"{fate.by.id}#{note_ref(note, 1, 1)}"
            yield StoryLine(label, None, f"{rows}: “{quoted(folded, source)}”", source)
        if not fate.notes:
            yield StoryLine(label, None, f"{rows}, with the lines of this filing", fate.by.id)
