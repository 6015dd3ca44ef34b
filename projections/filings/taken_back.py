"""Which reported lines a later filing takes back in so many words.

An amendment that leaves a line out may say that it never belonged there; then the line
falls, as of the original. Its words tell which: by its numbers, its place, its holder, or
what kind of line it is. Where they fit several lines alike, none falls, and the arithmetic
decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ledger.figures import as_number
from ledger.footnotes.retractions import Retraction, may_retract, retractions
from projections.filings.records import Dossier, Line, Told
from projections.identity.vehicles import holder_words, vehicle_key

_CODES_OF = {
    "sale": "S", "sold": "S", "purchase": "P", "bought": "P", "grant": "A", "award": "A",
    "gift": "G", "donation": "G", "exercise": "MXC", "conversion": "MXC", "withholding": "F",
    "withheld": "F",
}  # fmt: skip
_ANY = re.compile(r"\b(?:lines?|rows?|entr(?:y|ies)|items?)\b", re.IGNORECASE)
_MOVED = re.compile(r"\b(?:transactions?|trades?)\b", re.IGNORECASE)
_HELD = re.compile(r"\b(?:holdings?|held|owned|accounts?)\b", re.IGNORECASE)
_PRICE = re.compile(r"\$\s?(?P<price>\d[\d,]*(?:\.\d+)?)")
_JOINED = re.compile(r"\b(?:both|each|and)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:lines|rows|entries|transactions|trades|sales|purchases|grants|gifts|holdings)\b",
    re.IGNORECASE,
)


def retracted_by(dossier: Dossier) -> Iterator[Retraction]:
    """What the notes and the remarks of a filing take back.

    Of a form that amends nothing only words count that say outright that something is wrong.
    """
    for _, said in _retracting(dossier):
        yield said


def retracting_notes(dossier: Dossier) -> tuple[str, ...]:
    """The notes that take something back, `remarks` for the remarks, each once."""
    return tuple(dict.fromkeys(note for note, _ in _retracting(dossier)))


def _retracting(dossier: Dossier) -> Iterator[tuple[str, Retraction]]:
    may_say = may_retract if dossier.amends else _may_outright
    for note in dossier.notes:
        for said in retractions(note.text) if may_say(note.text) else ():
            yield note.id, said


_OUTRIGHT = (
    "rror",
    "istak",
    "nadvert",
    "wice",
    "uplicat",
    "ithdr",
    "isregard",
    "escind",
    "not occur",
    "ancel",
    "ettle",
    "evers",
    "nwound",
)
"""Fragments, in small letters, of one of which a form that amends nothing must have a word."""


@lru_cache(maxsize=4096)  # filers repeat their notes for years
def _may_outright(text: str) -> bool:
    """Whether a note is worth reading for what it takes back of other forms: a cheap question."""
    folded = text.casefold()
    return any(stem in folded for stem in _OUTRIGHT) and may_retract(text)


def designated(said: Retraction, open_lines: Sequence[Told], kept: Sequence[Line]) -> list[Told]:
    """The lines, of those that a new filing leaves out, that its words take back.

    `kept` are the lines that stand beside them: who says that something was told twice takes
    back what repeats one of these.
    """
    for rule in (*_NAMING, _by_repetition, _by_code, _by_title, _all_of_them):
        found = rule(said, open_lines, kept)
        if found and rule in _NAMED_APART:
            found += [
                t for other in _NAMED_APART for t in other(said, open_lines, kept) if t not in found
            ]
        if found:
            return found
    return list(open_lines) if len(open_lines) == 1 and _fits(said, open_lines[0][1]) else []


def named_by(retractions: Sequence[Retraction], lines: Sequence[Told]) -> set[int]:
    """The identities of lines that the words name by a number, a place or a holder."""
    return {
        id(line) for said in retractions for rule in _NAMING for _, line in rule(said, lines, ())
    }


def _fits(said: Retraction, line: Line) -> bool:
    """Whether words that name no line in particular can mean this one."""
    kind = _HELD if line.holding else _MOVED
    return not said.twice and bool(_ANY.search(said.words) or kind.search(said.words))


def _by_number(said: Retraction, lines: Sequence[Told], _: Sequence[Line]) -> list[Told]:
    """The lines with a number that the words name: of those with one, the places it names."""
    moved = [t for t in lines if t[1].shares in said.numbers]
    found = moved or [t for t in lines if t[1].shares_after in said.numbers]
    return [t for t in found if t[1].line in said.lines] or found


def _by_strike(said: Retraction, lines: Sequence[Told], _: Sequence[Line]) -> list[Told]:
    """The lines of a series whose exercise price the words name, where it is that of one alone."""
    prices = {as_number(m["price"]) for m in _PRICE.finditer(said.words)}
    named = [t for t in lines if t[1].exercise_price in prices] if prices else []
    return named if len({t[1].exercise_price for t in named}) == 1 else []


def _by_title(said: Retraction, lines: Sequence[Told], kept: Sequence[Line]) -> list[Told]:
    """The one line whose title the words name, where none that stays has it as well."""
    words = set(_title_words(said.words))
    fits = [t for t in lines if (own := set(_title_words(t[1].security))) and own <= words]
    there = {frozenset(_title_words(line.security)) for line in kept}
    return (
        fits if len(fits) == 1 and frozenset(_title_words(fits[0][1].security)) not in there else []
    )


def _title_words(text: str | None) -> list[str]:
    """The words of a title, or of a note, each without its plural; what a bracket adds is left out."""
    plain = re.sub(r"\([^)]*\)", " ", text or "").casefold()
    return [word.removesuffix("s") for word in re.findall(r"[a-z]+", plain)]


def _by_place(said: Retraction, lines: Sequence[Told], _: Sequence[Line]) -> list[Told]:
    table = "II" if re.search(r"\btable\s+(?:II|2)\b|\bderivative\b", said.words) else None
    found = [t for t in lines if t[1].line in said.lines and table in (None, t[1].table)]
    return found if len({t[1].table for t in found}) < 2 else []


def _by_repetition(said: Retraction, lines: Sequence[Told], kept: Sequence[Line]) -> list[Told]:
    if not said.twice:
        return []
    there = {_told(line) for line in kept}
    return [t for t in lines if _told(t[1]) in there]


def _told(line: Line) -> tuple[object, ...]:
    """What a line tells, however many it leaves: of a holding, its number too."""
    return (
        line.table, line.holding, line.effective_on, line.code, line.shares, line.value, line.direction,
        line.price, line.ownership, vehicle_key(line.nature), line.exercise_price,
        line.expires_on, line.shares_after if line.holding else None,
    )  # fmt: skip


def _by_holder(said: Retraction, lines: Sequence[Told], _: Sequence[Line]) -> list[Told]:
    """The lines whose holder the words name, written out or short: of several, where the words join them."""
    words = {*holder_words(said.words).split(), *vehicle_key(said.words).split()}
    named = [t for t in lines if (own := set(vehicle_key(t[1].nature).split())) and own <= words]
    several = len({vehicle_key(t[1].nature) for t in named}) > 1
    return named if not several or _JOINED.search(said.words) else []


def _by_code(said: Retraction, lines: Sequence[Told], _: Sequence[Line]) -> list[Told]:
    """The one line of the kind that the words name, or all where they name several."""
    words = said.words.casefold()
    codes = "".join(code for word, code in _CODES_OF.items() if word in words)
    found = [t for t in lines if t[1].code and t[1].code in codes]
    if not codes and _HELD.search(words):
        found = [t for t in lines if t[1].holding]
    return found if len(found) == 1 or _SEVERAL.search(words) else []


def reports_meant(said: Retraction, earlier: Sequence[Dossier]) -> list[Dossier]:
    """The earlier filings that a later form's words take back, or lines of which they do.

    By the days they were filed or signed on; else the last one, where the words say so.
    """
    dated = [d for d in earlier if said.days & {d.day, d.head.filed_on, d.signed_on}]
    if dated or said.days:
        return dated
    return [earlier[-1]] if earlier and _LAST.search(said.words) else []


def _all_of_them(said: Retraction, lines: Sequence[Told], _: Sequence[Line]) -> list[Told]:
    """Every transaction, where the words speak of them all and name none."""
    if said.twice or said.numbers & {t[1].shares for t in lines} or not _ALL.search(said.words):
        return []
    return [t for t in lines if not t[1].holding]


_ALL = re.compile(
    r"\b(?:the|these|those|all|such|both)\s+(?:of\s+the\s+|other\s+)?(?:transactions|trades|rows|lines|entries)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:previous|prior|last|preceding|most\s+recent)(?:ly\s+filed)?\s+(?:form\s*[345]|reports?|filings?)\b",
    re.IGNORECASE,
)


def taken_back_of(said: Retraction, told: Sequence[Told]) -> list[Told]:
    """The lines of filed reports that the words of a later form take back, and no others."""
    if said.twice:
        seen: set[tuple[object, ...]] = set()
        again = []
        for one in told:
            (again.append(one) if _told(one[1]) in seen else seen.add(_told(one[1])))
        return again
    if said.whole:
        return list(told)
    named = next((found for rule in _NAMING if (found := rule(said, told, ()))), [])
    return named if len(named) == 1 else []


_NAMING = (_by_number, _by_strike, _by_holder, _by_place)
_NAMED_APART = (_by_strike, _by_holder, _by_title)
"""What is named by what it is: several lines may be, each in a sentence of its own."""
