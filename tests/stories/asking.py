"""What a story asks, and whether the answer is the one that it must be.

    quiet [b [I.1]]               nothing above a remark: anywhere, in the second filing, at a row
    finds b I.1 KIND ~ words      a finding there, of a kind (a pattern), with words
    never KIND ~ words            none such
    most 1 [b]                    no more than so many
    held DAY words = 100          one holding that the words fit has so many: also `0..100`,
                                  `unknown`, `none`; several answers stand between ` or `
    sum DAY words = 100           all that fit come to so many together
    nothing DAY words             none that fits is certainly above zero
    doubted DAY words             each that fits is unknown, a range, zero, or cites a finding
    verdict b I.1 explained       the verdict on a total; `not` before those it must not be
    adds up                       each balance is the one before it and what moved

`info` or `major` before a kind is the least severity, `minor` unless said; a late filing is a
remark where no kind is named. `known DAY` asks with what was public then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from projections.answers import Holding
from projections.judgement import Judged
from projections.questions.history import history_of
from projections.questions.holdings import held
from projections.questions.reconcile import judged_filings
from projections.questions.subject import day_of, moment_of
from tests.alarms import is_alarm
from tests.invariants import Count
from tests.stories.telling import Story

_GRAVITY = {"info": 0, "minor": 1, "major": 2, "critical": 3}
_SPEC = re.compile(
    r"(?:(?P<filing>[a-z])(?: |$))?(?:(?P<row>II?\.\d+)(?: |$))?(?:(?P<least>info|major)(?: |$))?"
    r"(?:(?P<kind>[A-Z_|$0-9]+)(?: |$))?(?:~ (?P<words>.*))?"
)
_KNOWN = re.compile(r" ?known (\d{4}-\d\d-\d\d)")


class Asked:
    """A story, judged, and asked one thing after another."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.judged = cache(self._judge)

    def _judge(self, known: str | None) -> list[Judged]:
        return list(judged_filings(self.story.filings, moment_of(known)[0]))

    def wrong(self, question: str) -> str | None:
        """What is answered instead of what must be; None where the answer is right."""
        verb, _, rest = question.partition(" ")
        found = _KNOWN.search(rest)
        known = found[1] if found else None
        answer: str | None = getattr(self, f"_{verb}")(_KNOWN.sub("", rest), known)
        return answer

    # --- findings ------------------------------------------------------------------------

    def findings(self, spec: str = "", known: str | None = None) -> Iterator[str]:
        """The findings that a description fits, in words."""
        want = _SPEC.fullmatch(spec.strip())
        assert want is not None, spec
        for judged in self.judged(known):
            for finding in judged.findings:
                at = f"{self._letter(finding.filing)} {finding.row or ''}"
                if want["filing"] and not at.startswith(want["filing"]):
                    continue
                if want["row"] and finding.row != want["row"]:
                    continue
                if want["kind"] and not re.search(want["kind"], finding.kind):
                    continue
                told = finding.severity if want["kind"] or is_alarm(finding) else "info"
                if _GRAVITY[told] < _GRAVITY[want["least"] or "minor"]:
                    continue
                if want["words"] and not re.search(want["words"], finding.message, re.IGNORECASE):
                    continue
                yield f"{finding.severity} {finding.kind} {at}: {finding.message}"

    def _letter(self, filing: str) -> str:
        ids = [one.accession for one in self.story.filings]
        return chr(ord("a") + ids.index(filing)) if filing in ids else "?"

    def _quiet(self, spec: str, known: str | None) -> str | None:
        return "; ".join(self.findings(spec, known)) or None

    _never = _quiet

    def _finds(self, spec: str, known: str | None) -> str | None:
        if any(any(self.findings(one, known)) for one in spec.split(" or ")):
            return None
        return "not found; there is: " + ("; ".join(self.findings("info", known)) or "nothing")

    def _most(self, spec: str, known: str | None) -> str | None:
        count, _, rest = spec.partition(" ")
        there = list(self.findings(rest, known))
        return "; ".join(there) if len(there) > int(count) else None

    # --- holdings ------------------------------------------------------------------------

    def _holdings(self, day: str, known: str | None) -> list[Holding]:
        return [h for judged in self.judged(known) for h in held(judged, day_of(day), None)]

    def _like(self, spec: str, known: str | None) -> tuple[list[Holding], str]:
        day, _, words = spec.partition(" ")
        there = self._holdings(day, known)
        fits = [h for h in there if all(_says(h, word) for word in words.split())]
        return fits, "held: " + "; ".join(map(_shown, there))

    def _held(self, spec: str, known: str | None) -> str | None:
        words, _, wanted = spec.partition("=")
        fits, shown = self._like(words, known)
        return None if any(_is(fits, want.strip()) for want in wanted.split(" or ")) else shown

    def _sum(self, spec: str, known: str | None) -> str | None:
        words, _, want = spec.partition("=")
        fits, shown = self._like(words, known)
        known_all = all(h.shares is not None for h in fits)
        total = sum((h.shares or Decimal() for h in fits), Decimal())
        return None if known_all and total == _number(want) else shown

    def _nothing(self, spec: str, known: str | None) -> str | None:
        fits, shown = self._like(spec, known)
        return shown if any((h.shares_low or 0) > 0 for h in fits) else None

    def _doubted(self, spec: str, known: str | None) -> str | None:
        fits, shown = self._like(spec, known)
        return None if all(h.findings or not h.shares for h in fits) else shown

    # --- history -------------------------------------------------------------------------

    def _verdict(self, spec: str, known: str | None) -> str | None:
        letter, row, want = spec.split(" ", 2)
        allowed, avoided = want.removeprefix("not ").split(" or "), want.startswith("not ")
        seen = [
            entry.verdict
            for judged in self.judged(known)
            for position in judged.folded.book.positions
            for entry in history_of(judged, position).entries
            if (self._letter(entry.filing), entry.row) == (letter, row) and entry.verdict
        ]
        wrong = not seen or any((verdict in allowed) == avoided for verdict in seen)
        return f"the verdict is {seen}" if wrong else None

    def _adds(self, _: str, known: str | None) -> str | None:
        count = Count()
        for judged in self.judged(known):
            count.add(judged)
        return "; ".join(count.faults) or None


def _says(one: Holding, word: str) -> bool:
    """Whether a holding's own words have a word; `direct` is the form, not part of `indirect`."""
    if word in ("direct", "indirect"):
        return one.ownership == word
    parts = (
        *(one.person["name"], one.issuer["symbol"], one.security, one.nature),
        *(str(one.exercise_price or ""), str(one.expires_on or "")),
    )
    return re.search(word, " ".join(part or "" for part in parts), re.IGNORECASE) is not None


def _is(fits: list[Holding], want: str) -> bool:
    """Whether one of some holdings has so many shares."""
    if want == "none":
        return not any(h.shares_high or h.shares for h in fits)
    if want == "unknown":
        return bool(fits) and all(h.shares is None for h in fits)
    if ".." in want:
        low, high = (_number(bound) for bound in want.split(".."))
        return any((h.shares_low, h.shares_high) == (low, high) for h in fits)
    return any(h.shares == _number(want) for h in fits)


def _number(text: str) -> Decimal:
    return Decimal(text.strip().replace(",", ""))


def _shown(one: Holding) -> str:
    number = one.shares if one.shares is not None else f"{one.shares_low}..{one.shares_high}"
    return f"{one.security}, {one.nature or one.ownership}: {number} ({one.basis})"
