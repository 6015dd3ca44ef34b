"""Signatures, tickers, names and classes that belong to someone or something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.records import Dossier, Line, Told
from projections.filings.signatures import kin_of
from projections.findings.finding import Finding, about
from projections.identity.names import symbol_key
from projections.identity.securities import class_tokens, designators
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.misfiled import Misfiled


@asked_of("others' names")
def owner_conflicts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A filing that is signed for, or goes on from the balance of, someone who is no owner here."""
    principal, wrong = folded.misnamed.get(dossier.stream), folded.misfiled.get(dossier.stream)
    if wrong is not None and wrong.issuer:
        return
    if not principal and wrong is None:
        return
    names = ", ".join(o.name or "?" for o in dossier.head.owners)
    words = [f"signed for “{principal}”, filed under {names}"] if principal else []
    if wrong is not None and wrong.owner is not None and not principal:
        signed = (
            bare
            for key, bare in kin_of(dossier, folded.people)
            if folded.people.scope_of(key) == wrong.owner
        )
        words += [f"signed by “{bare}”, filed under {names}" for bare in islice(signed, 1)]
    if wrong is not None and wrong.signer is not None:
        if not principal:
            words.append(f"signed by “{wrong.signer}”, filed under {names}")
        words.append(_apart(wrong, names))
    elif wrong is not None and wrong.owner is None:
        words.append(f"filed under the number of the issuer, {names}, which owns none of itself")
    elif wrong is not None:
        (_, mine), (_, theirs) = wrong.because[:2]
        whose = folded.people.names.get(wrong.owner or "") or wrong.owner
        words.append(
            f"its rows go on from the {_had(theirs)} of {whose}, not from the {_had(mine)} of {names}"
        )
        if wrong.again is not None:
            words.append(f"told under the right number by {wrong.again.id}")
    if wrong is not None:
        words.append("set aside as a whole")
    told = () if wrong is None else (*wrong.because, *_own_lines(wrong))
    refs = tuple(f"{d.id}#{line.ref}" for d, line in told if d is not dossier)
    yield about(dossier, None, "OWNER_IDENTITY_CONFLICT", "; ".join(words), evidence=refs)


def _apart(wrong: Misfiled, names: str) -> str:
    """Words for rows that no total of their owner leads to, nor goes on from."""
    (_, line), (_, mine), *after = wrong.because[:3]
    words = f"its rows end at {_had(line)} and go on from no {_had(mine)}, the balance of {names}"
    return words + "".join(f", from which {later.id} goes on" for later, _ in after)


def _had(line: Line) -> str:
    return "nothing known" if line.shares_after is None else grouped(line.shares_after)


def _own_lines(wrong: Misfiled) -> list[Told]:
    """The lines that tell the same under the right number."""
    return [] if wrong.again is None else [(wrong.again, ln) for ln in wrong.again.lines]


@asked_of("others' names")
def issuer_conflicts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A copy of a report about another issuer, or a ticker or name used neither before nor after."""
    wrong = folded.misfiled.get(dossier.stream)
    if wrong is not None and wrong.issuer and wrong.again is not None:
        there = wrong.again.head.issuer
        words = (
            f"the same rows and totals stand in {wrong.again.id} about {there.name or there.cik}, where "
            "they belong; nothing here goes on from them: a copy under another issuer's number, set aside as a whole"
        )
        refs = tuple(f"{wrong.again.id}#{line.ref}" for line in wrong.again.lines)
        yield about(dossier, None, "ISSUER_IDENTITY_CONFLICT", words, evidence=refs)
        return
    if wrong is not None and wrong.issuer and wrong.because[0][0] is dossier:
        names = ", ".join(o.name or "?" for o in dossier.head.owners)
        either = "a report about another company, or of a holding it does not name"
        odd = folded.odd_names.get(dossier.stream)
        if odd is not None:
            either = f"a report about another company, that of “{odd.mine}”, as it says where others say “{odd.usual}”"
        elif wrong.doubtful:
            either = "a report about another company, of a holding it does not name, or of a trade that came to nothing"
        words = f"{_apart(wrong, names)}: {either}, set aside as a whole"
        refs = tuple(f"{d.id}#{line.ref}" for d, line in wrong.because if d is not dossier)
        grave = "minor" if wrong.doubtful and odd is None else "major"
        yield about(dossier, None, "ISSUER_IDENTITY_CONFLICT", words, severity=grave, evidence=refs)
        return
    if wrong is not None and wrong.issuer:
        yield about(
            dossier,
            None,
            "ISSUER_IDENTITY_CONFLICT",
            _belongs_elsewhere(dossier, wrong) + (_UNFOLLOWED if wrong.doubtful else ""),
            severity="major" if wrong.doubtful else "",
            evidence=tuple(f"{d.id}#{line.ref}" for d, line in wrong.because),
        )
        return
    odd = folded.odd_names.get(dossier.stream)
    if odd is None:
        return
    whose = None if odd.by_name else folded.strangers.get(odd.mine)
    more = f", that of {whose}" if whose else ""
    words = (
        f"{odd.what} “{odd.mine}”, where filings before and after say “{odd.usual}”: "
        f"another company's report{more}, or what this one is called at other times"
    )
    sure = _elsewhere(dossier, folded, told=odd.by_name or whose is not None)
    yield about(dossier, None, "ISSUER_IDENTITY_CONFLICT", words, severity="" if sure else "minor")


_UNFOLLOWED = "; its prices are those of that stock, and no later report shows it yet"


def _belongs_elsewhere(dossier: Dossier, wrong: Misfiled) -> str:
    """Words for a filing whose ticker, and all that moves in it, are another company's."""
    (there, left), *rest = wrong.because
    own = [line for d, line in rest if d.head.issuer.cik == dossier.head.issuer.cik]
    not_from = f", not from the {_had(own[0])} here" if own else ""
    whose, symbol = there.head.issuer.name or there.head.issuer.cik, dossier.head.issuer.symbol
    theirs = symbol_key(symbol) == symbol_key(there.head.issuer.symbol)
    bears = f"it bears the ticker “{symbol}” of {whose}, and its rows" if theirs else "its rows"
    place = "there" if theirs else f"about {whose}"
    return (
        f"{bears} go on from the {_had(left)} of {there.id} {place}{not_from}: "
        "a report about that company under this one's number, set aside as a whole"
    )


def _elsewhere(dossier: Dossier, folded: Folded, *, told: bool) -> bool:
    """Whether a filing under another name or ticker is likely about another issuer.

    Not one that goes on from balances here. A ticker alone tells little: filers type it, and
    the old one, or the new one too early, where a merger renames a company that keeps its
    number. It takes a total that contradicts those here, or `told` another mark.
    """
    entries = [
        entry
        for position in folded.positions_of(folded.people.keys(dossier))
        for entry in position.entries
        if entry.dossier is dossier
    ]
    if any(entry.follows and entry.prior for entry in entries):
        return False
    return told or any(entry.residual for entry in entries)


@asked_of("other titles")
def lone_classes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A line whose title names another class than the lines before and after it."""
    for before, entry in _lone(dossier, folded):
        if entry.moved_here:
            continue  # told where it was found to stand wrong
        kind = "WRONG_CLASS" if _letters(entry) and _letters(before) else "CLASS_AMBIGUOUS"
        yield about(
            entry.dossier,
            entry.line,
            kind,
            f"titled “{entry.line.security}”, but its balance follows from “{before.line.security}”",
        )


def under_another_title(entry: Posting, folded: Folded) -> bool:
    """Whether a line stands under the title of a class that its position is not of."""
    lone = (other for _, other in _lone(entry.dossier, folded))
    return entry.moved_here or any(other.line is entry.line for other in lone)


def _lone(dossier: Dossier, folded: Folded) -> Iterator[tuple[Posting, Posting]]:
    """The lines of a filing whose class is not the one before and after, and those before them.

    Nor is a letter that of the balance where the line before has none, and the one after another.
    """
    for before, entry, after in folded.neighbours.get(dossier.stream, ()):
        own, told, then = _letters(before), _letters(entry), _letters(after)
        if told != own == then or (not own and told and then and told.isdisjoint(then)):
            yield before, entry


def _letters(entry: Posting) -> frozenset[str]:
    return designators(
        class_tokens(entry.line.security or "", entry.dossier.head.issuer.name or "")
    )


CHECKS: tuple[Check, ...] = (owner_conflicts, issuer_conflicts, lone_classes)
