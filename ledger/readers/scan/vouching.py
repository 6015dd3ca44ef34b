"""Which words of a misread page are sure: titles as forms have them, natures that stand there twice.

Words that were mended, or put together of the lines of a cell, may lack a word or hold one of
another column, and read no worse for it. A title is sure where it is built as titles are, or
stands on the page again; a nature of ownership, which is the filer's own, where it is made of
the words that most are, or stands there again. What is not stays as it was read, and is told
as doubtful.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.filing import Repair, Row
from ledger.readers.scan.labels import letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.wordings import TITLE_WORDS
from ledger.types import Table

_KIND = r"(?:class|series|cl) [a-z]{1,2} ?\d{0,2}"
_STOCK = "(?:stock|shares?|units?)"
_MADE = (
    rf"(?:(?:{_KIND} )?(?:convertible |voting |nonvoting |non voting |participating )*"
    rf"(?:common|ordinary|preferred|preference|capital|restricted|phantom|deferred|subordinate voting"
    rf"|depositary) {_STOCK}"
    rf"|(?:{_KIND} )?common units?"
    r"|(?:(?:performance|time|market)(?: (?:based|vesting|vested))? )?(?:vested |unvested )?"
    r"(?:restricted |phantom |deferred |performance )+(?:stock|share) (?:units?|awards?|rights?)"
    r"|(?:performance|deferred|phantom|restricted|dividend equivalent) (?:units?|rights?|shares?)"
    r"|(?:performance (?:based )?)?(?:(?:employees?|directors?|incentive|nonqualified|non qualified"
    r"|nonstatutory|non statutory|qualified) )*(?:stock|share) options?(?: grants?)?"
    r"|(?:(?:common|ordinary) (?:stock|share) )?(?:purchase )?warrants?"
    r"|stock appreciation rights?|(?:american )?depositary (?:shares?|receipts?))"
)
_BEHIND = (
    r"(?: (?:rights? to (?:buy|purchase|acquire)|obligation to (?:buy|sell)|rsus?|psus?|dsus?|sars?"
    rf"|adss?|adrs?|{_KIND}|(?:no )?par value.*|\d+ par value.*|without par value))*"
)
_TITLE = re.compile(_MADE + _BEHIND)
"""How titles of securities are built, in small letters without signs."""

_OF_A_CLASS = re.compile(rf"(?:common|ordinary|preferred|capital) {_STOCK}")
_CLASS_ALONE = re.compile(rf"{_KIND}(?:$| ?\d)")
"""A line of a title that names its class and nothing else, or figures behind it."""

_CLASS_LAST = re.compile(rf"((?:common|ordinary|preferred) {_STOCK}) ({_KIND})")
"""A title with its class behind it, as those of two lines are read that stand in the wrong order."""

_ENDS_IN_CLASS = re.compile(rf".+ {_KIND}")
"""A title whose last line may be the first of the row below it."""

_LOOSE = frozenset({"restricted stock", "restricted share", "restricted shares", "deferred stock"})
"""Titles of Table I that are the beginning of one in Table II: its last word may be lost."""

_HANGING = re.compile(r"\)\s+(?:[Ss]tock|[Ss]hares?|[Uu]nits?|[Oo]ptions?)$")
"""A word of another column behind what stands in brackets."""

_MIXED = re.compile(
    r"\b(?:by|see|funds?|trust|irrevocable|llc|l?lp|inc)\b|\b(?:[a-z]\d|\d[a-z])\b"
    rf"|\b{_STOCK}\b.*\b(?:class|series)\b.*\b{_STOCK}\b|\bstock stock\b"
)
"""Words of a title and of another column, or of two titles, in one."""

_CROSSED = re.compile(rf"\b(?:see footnotes?|by [a-z]+) (?:[a-z0-9]+ )*{_STOCK}$")
"""Words of a nature of ownership amid those of a title."""

_CUT = re.compile(
    r"(?:value|par|no par|without par|per share|rights? to|representing)\b.*|.*\b(?:no|no par|par|without|representing|of)"
)
"""A title that begins amid another, or ends in a word that more follows, in small letters."""

_WORTH = re.compile(r" (?:no |without |\d+ )?par value.*")

_AT_PAR = re.compile(r"(?i)(?<!no )(?<!without )\bpar value\W*$")
"""Words behind which a price stands."""

_WORDED = ("security", "underlying", "nature")
_SURE = frozenset({"repaired", "inferred"})

_PLAIN = frozenset(
    "a an and as beneficiary below by child children custodian daughter explanation family father"
    " foundation footnote footnotes for foundation his her husband in ira irrevocable joint limited"
    " living mother note of partnership plan revocable see self son sons spouse the through trust"
    " trustee trusts wife 401k esop".split()
)
"""Words that natures of ownership are made of that name nobody."""


def vouched(rows: Sequence[Row], lines: Sequence[Line], *, worn: bool) -> Iterator[Row]:
    """Rows in which the titles and natures that nothing vouches for are told as doubtful.

    Where the page was not misread as a whole (`worn`), those are that were told of at all.
    """
    page = _Page(rows, lines)
    for row in rows:
        found = row
        for name in _WORDED:
            text = getattr(row, name)
            told = next((repair for repair in row.repairs if repair.field == name), None)
            bare = _folded(text or "")
            crossed = name != "nature" and _CROSSED.search(bare)
            if not bare or (told.effect not in _SURE if told else not (worn or crossed)):
                continue
            printed = told.printed if told else ""
            sure = page.nature if name == "nature" else page.title
            cut = name != "nature" and told is not None and page.cut(bare, told)
            if crossed or cut or not _closed(text) or not sure(text, printed, row.table):
                found = _doubted(found, name, text, told)
        yield found


class _Page:
    """What a page says more than once."""

    def __init__(self, rows: Sequence[Row], lines: Sequence[Line]) -> None:
        self._lines = [bare for line in lines if (bare := _folded(line.text))]
        self._text = f" {' '.join(self._lines)} "
        named = ((row, name) for row in rows for name in _WORDED if getattr(row, name))
        self._seen = Counter((name == "nature", _folded(getattr(row, name))) for row, name in named)

    def nature(self, text: str, printed: str, _: Table) -> bool:
        """Whether a nature of ownership is made of common words, or stands on the page again."""
        bare = _folded(text)
        begun = re.match("(?:by|see) ", bare)
        if re.search(r"(?i)otnotes[^\w\s]", printed):
            return False  # the s is one, or what is left of a mark's figure
        if bare.endswith("otnotes") and self._seen[True, bare[:-1]] > self._seen[True, bare]:
            return False
        if set(bare.split()) <= _PLAIN or self._seen[True, bare] > 1 or (begun and not printed):
            return True
        return begun is not None and self._text.count(f" {bare[begun.end() :]} ") > 1

    def title(self, text: str, printed: str, table: Table) -> bool:
        """Whether a title is built as titles are, of what is printed, or stands on the page again."""
        bare = _folded(text)
        if _HANGING.search(text) or (table == "II" and bare in _LOOSE) or _CUT.fullmatch(bare):
            return False
        if any(
            not nature and other.startswith(bare) and _WORTH.fullmatch(other, len(bare))
            for nature, other in self._seen
        ):
            return False  # what its shares are worth may be lost
        if (printed and _guessed(bare, _folded(printed))) or self._unclassed(bare):
            return False
        built, print_ = bool(_TITLE.fullmatch(bare)), _folded(printed)
        if bare != print_ and sorted(bare.split()) == sorted(print_.split()):
            return built  # in another order than printed
        turned = _CLASS_LAST.fullmatch(bare)
        if len(re.findall(rf"\b{_KIND}", bare)) > 1 or (
            turned and not self._so_stands(turned, printed)
        ):
            return False
        return built or (not _MIXED.search(bare) and self._again(bare))

    def cut(self, bare: str, told: Repair) -> bool:
        """Whether a title that was mended is the end of another of the page, or its class was put last.

        The line of its class may be lost, or be one that stands above it. Where lines were put together
        it must be built as titles are, for all rows of a page mix their columns alike.
        """
        if told.effect == "inferred" and not _TITLE.fullmatch(bare):
            return True
        longer = any(
            not nature and other != bare and other.endswith(f" {bare}")
            for nature, other in self._seen
        )
        joined = told.effect == "inferred" and not any(bare in line for line in self._lines)
        turned = _CLASS_LAST.fullmatch(bare) and bare not in _folded(told.printed)
        return longer or bool(turned) or (joined and bool(_ENDS_IN_CLASS.fullmatch(bare)))

    def _unclassed(self, bare: str) -> bool:
        """Whether a title says no class where classes stand on lines of their own: one may be lost."""
        return bool(_OF_A_CLASS.fullmatch(bare)) and any(map(_CLASS_ALONE.match, self._lines))

    def _so_stands(self, title: re.Match[str], printed: str) -> bool:
        """Whether a title's class is printed behind it, as it is here, on one line, and nowhere before it.

        Where they stand on lines of their own, the class may be the first line of the row below.
        """
        behind, before = title[0], f"{title[2]} {title[1]}"
        lines = [*self._lines, _folded(printed)]
        return any(behind in line for line in lines) and not any(before in line for line in lines)

    def _again(self, bare: str) -> bool:
        places = (found.span() for found in re.finditer(rf" {bare}(?= )", self._text))
        whole = sum(
            not {self._text[:start].split(" ")[-1], self._text[end + 1 :].split(" ")[0]}
            & TITLE_WORDS
            for start, end in places
        )
        return " " in bare and (self._seen[False, bare] > 1 or whole > 1)


def _guessed(title: str, printed: str) -> bool:
    """Whether the letter of a title's class, or all of it but a word, was taken from elsewhere."""
    letter = re.search(r"\b(?:class|series) ([a-z]{1,2})\b", title)
    known = f"(?:{letter[1]}{'|[68]|13' if letter[1] == 'b' else ''})" if letter else ""
    lost = letter and not re.search(rf"(?:cl|ser)[a-z]* ?{known}", printed)
    return bool(lost) or (" " not in printed and printed in TITLE_WORDS and " " in title)


def _closed(text: str) -> bool:
    """Whether nothing is lost behind a title: a bracket, or what a share is worth at par."""
    return not _AT_PAR.search(text) and all(
        text.count(one) == text.count(other) for one, other in ("()", "[]", "{}")
    )


def ending(title: str) -> str | None:
    """The title that misread words end in, where no word of titles stands before it."""
    words = title.split()
    for at in range(1, len(words) - 1):
        if _TITLE.fullmatch(_folded(" ".join(words[at:]))):
            before = {letters(word) for word in words[:at]}
            return None if before & TITLE_WORDS else " ".join(words[at:])
    return None


def is_built(title: str) -> bool:
    """Whether words are a whole title, built as titles of securities are."""
    bare = _folded(title)
    return bool(_TITLE.fullmatch(bare)) and len(re.findall(rf"\b{_KIND}", bare)) < 2


def alien(title: Sequence[str], words: Sequence[str]) -> bool:
    """Whether what a title of several words leaves of more words is no word of titles."""
    return len(title) > 1 and not set(Counter(words) - Counter(title)) & TITLE_WORDS


def _doubted(row: Row, name: str, text: str, told: Repair | None) -> Row:
    why = "nothing else on the misread page bears its words out"
    if told is not None:
        why = f"{told.why}; {why}"
    printed = told.printed if told is not None else row.printed.get(name, text)
    kept = tuple(repair for repair in row.repairs if repair is not told)
    doubt = Repair(field=name, printed=printed, effect="doubtful", why=why)
    return row.model_copy(update={"repairs": (*kept, doubt)})


def _folded(text: str) -> str:
    """Words in small letters without signs, those that a hyphen joins as two."""
    return " ".join(bare for word in re.split(r"[\s-]+", text) if (bare := letters(word)))
