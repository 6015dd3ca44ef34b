"""Which words of a misread page are believed: titles, natures of ownership, and the letter by them.

A title that a program misread looks like any words. But titles are made of few words, in an
order, and end in what is held; a form prints the same ones again in other rows and in its notes.
So a title is believed when its words are such words or stand elsewhere on the page too; one that
is not may be the only other title of the page that its words fit; else it is unknown. A nature
of ownership is the filer's own words: signs and figures that no name has make it unknown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ledger.filing import Repair, Row
from ledger.readers.scan.chart import is_form_wording
from ledger.readers.scan.doubts import NO_TITLE
from ledger.readers.scan.labels import letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.vouching import alien, ending
from ledger.readers.scan.wordings import TITLE_WORDS, mended, rounded
from ledger.types import Effect

_JUNK = " ‘’'\"“”|[]{}!?*°®©¢~^_`=«»<>:;\\"  # what lines, marks and specks are read as

_JOINING = frozenset(
    "a an and at beneficial by call capital due for forward in interest interests junior market no"
    " non of on or par per put receipt receipts senior statutory stated term the time to value"
    " variable with without buy sell obligation based vesting vested unvested prepaid contract swap"
    " appreciation dividend equivalent equivalents earnout founder founders grant director"
    " directors plan adr ads rsu rsus psu psus ltip membership partner general profits trust".split()
)
_HELD = frozenset(
    "stock share shares unit units option options warrant warrants right rights note notes award"
    " awards adr ads debenture debentures interest interests contract swap obligation receipts rsu"
    " rsus psu psus equivalents sars".split()
)
"""What a title ends in, or has in it: the thing that is held."""

_ALONE = frozenset({"common", "ordinary", "preferred"})
_NAMED_BY = frozenset({"class", "series", "type", "tranche", "cl"})
_NUMERAL = re.compile(
    r"[IVX]{1,4}|[ivx]{1,4}|(?:[A-Z]{1,2}|[a-z]{1,2})(?:-?\d{1,2})?|[A-Z]{1,2}-[a-z]|\d{1,2}"
)
_LINKING = frozenset("a an and at by for forward in of on or per the to with without".split())
"""Words that end no title; in capitals among small letters they are what is left of a mark."""

_LINKED = frozenset(
    "acquire as at buy by for in into of on per purchase sell to with without".split()
)
"""Words behind which an article stands."""

_UNITS = frozenset("option options right rights rsus to unit units warrant warrants".split())
"""Words behind which no `stock` stands: that is a line of another column."""
_AMOUNT = re.compile(r"\$?\.?0?\.\d{1,6}|\$?0?\.\d+|(?:19|20)\d\d|\d{1,2}(?:\.\d+)?%|401\(?k\)?")
_NATURE_WORDS = frozenset(
    "footnote footnotes spouse trust trusts family children foundation partnership limited below"
    " living revocable irrevocable holdings llc plan held through custodian explanation".split()
)
_ENDS = frozenset("footnote footnotes spouse trust llc lp inc ltd llp family children fund".split())
"""Words behind which a nature may be whole."""

_STRUCK = re.compile(r"^[I|l1!\[\]{}/]{1,2}(?=(?:By|See)\b)")
"""What is left of a ruling line, or of the I of ownership, glued to the words behind it."""

_NOTED = ({"footnote"}, {"footnotes"})
_MARKED = re.compile(r"(?i)(footnote)(?:[lI|!]{1,2}\d?|[^A-Za-z()]+)\)?")
_PLURAL = re.compile(r"(?i)(footnotes)[^A-Za-z]*\d")
_NUMBERED = frozenset(
    "fund partners capital ventures venture holdings investors associates".split()
)
_STROKED = re.compile(r"(V?)((?<=V)[Iil1tfT|!]|[Iil1tfT|!]{2,3})(,?)")
"""A Roman II, III or VI behind the name of a fund, its strokes read as other letters."""

_LIABLE = re.compile(r"L[il1I|!][cCe]e?|Luce|Lic")
_LIMITED = re.compile(r"(LL[CP]|LP)[O0Q®©]")

_VEHICLES = frozenset("lp llc llp inc corp ltd fund funds growth partners ventures".split())
"""What the end of a nature by a fund or a company is: where others begin with `By`, it does."""

_WHOLE = frozenset(
    "trust trusts lp llc llp inc corp ltd co company corporation plc gmbh bv sa nv ag foundation"
    " partnership estate spouse wife husband mother father son sons daughter daughters child"
    " children parent parents brother sister self minor minors ira iras plan esop"
    " savings custodian custodianship guardian grat grats grantor account accounts footnote"
    " footnotes below trustee remarks broker agent grandchild grandchildren associates".split()
)
"""What a nature of ownership by somebody ends in: 157 of 158 of the corpus end so."""

_FOLLOWED = frozenset(
    "living revocable irrevocable charitable grantor retained through the of".split()
)
"""Words behind which another stands in every nature."""

_SMALL = frozenset(
    "by see of to in as the and for llc lp llp inc co ltd ii iii iv jr sr gp ira".split()
)
_BEFORE = frozenset("by see the of and held for through to in with its".split())
"""Words that stand before a name and are none of it."""

_RUN_IN = re.compile(r"[A-Z]{2}[a-z]+[A-Z]|['’][a-rt-z]{1,2}$")
"""Letters as no name has them: small ones amid capitals, a mark behind an apostrophe."""

_MARK_BEHIND = re.compile(r"(?<=[A-Za-z.])\([^()A-Za-z]{0,2}[A-Za-z]?[^()A-Za-z]{0,2}\)?$")
_WORDED = re.compile(r"[(\"]?[A-Za-z][A-Za-z.'&-]*[),.\"]*|[&/-]|\(\d{1,2}\)")


class Page:
    """The words of a page, and the titles that its rows print whole."""

    def __init__(self, lines: Sequence[Line], rows: Sequence[Row]) -> None:
        self.said = Counter(letters(word) for line in lines for word in line.text.split())
        self._orders: dict[int, dict[tuple[str, ...], set[str]]] = {}
        self._lines = [[word for word in line.text.split() if letters(word)] for line in lines]
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, line in enumerate(self._lines):
            for at, word in enumerate(line):
                self._places[letters(word)].append((number, at))
        self._told: dict[tuple[str, str, bool], bool] = {}
        self._words = [word for line in lines for word in line.text.split() if letters(word)]
        self._pairs = set(pairwise(letters(word) for word in self._words))
        self.by = any(re.match(r"By\b", row.nature) for row in rows)
        found = [_plain(text) for row in rows for text in (row.security, row.underlying) if text]
        self.titles = {_folded(text): text for text in found if self.believes(text)}

    def believes(self, title: str) -> bool:
        """Whether a title is made of words of titles, in an order that titles have."""
        words = title.split()
        bare = [letters(word) for word in words]
        if not set(bare) & _HELD and not (len(bare) == 1 and bare[0] in _ALONE):
            return False
        if bare[-1] == "trust" or any(one == other for one, other in pairwise(bare)):
            return False  # a trust ends a nature, a line of which stands under the title
        if (bare[-1] in _LINKING and set(bare[-2:-1]).isdisjoint(_NAMED_BY)) or any(
            other == "stock" and one in _UNITS for one, other in pairwise(bare)
        ):
            return False
        if bare[0] in {"stock", "shares"} and not set(bare[1:]) & (_HELD | {"appreciation"}):
            return False
        return all(self._fits(words, bare, at) for at in range(len(words)))

    def _fits(self, words: Sequence[str], bare: Sequence[str], at: int) -> bool:
        word, small = words[at], bare[at]
        before = bare[at - 1] if at else ""
        if before in _NAMED_BY:
            return bool(_NUMERAL.fullmatch(word.strip('"(),.')))
        if small in _NAMED_BY:
            return at + 1 < len(words)
        if small in _LINKING and _astray(words, at):
            return False
        if re.search(r"\d", word):
            return bool(_AMOUNT.fullmatch(word.strip("(),"))) or self.said[small] > 1
        if not small:
            return word in {"&", "-", "/"}
        if small in TITLE_WORDS or small in _JOINING or small in _HELD:
            return True
        # The company's name stands before what is held, or behind an `of`.
        named = not set(bare[:at]) & _HELD or "of" in bare[:at]
        return named and len(small) > 2 and self.said[small] > 1

    def ordered(self, title: str) -> str | None:
        """A title in the only other order in which its words stand side by side on the page."""
        words = title.split()
        if len(words) not in self._orders:
            found: dict[tuple[str, ...], set[str]] = defaultdict(set)
            for at in range(len(self._words) - len(words) + 1):
                said = self._words[at : at + len(words)]
                bare = [letters(word) for word in said]
                if set(bare) & _HELD:
                    found[tuple(sorted(bare))].add(" ".join(bare))
            self._orders[len(words)] = found
        orders = self._orders[len(words)].get(tuple(sorted(letters(word) for word in words)), set())
        whole = [
            order
            for order in orders
            if self.believes(order)
            and order.split()[-1] in _HELD
            and not order.startswith("right to")
            and order.split()[0] not in _VEHICLES
        ]
        if len(whole) != 1 or whole[0] == _folded(title):
            return None
        shown = {letters(word): word for word in words}
        return " ".join(shown[word] for word in whole[0].split())

    def goes_before(self, one: str, other: str) -> bool:
        """Whether another word of a name stands before two words on a line."""
        key = (one, other, True)
        if key not in self._told:
            self._told[key] = any(
                at > 0
                and [letters(word) for word in self._lines[line][at + 1 : at + 2]] == [other]
                and re.fullmatch(r"[A-Z][a-z]{2,}", before := self._lines[line][at - 1])
                and letters(before) not in _BEFORE
                for line, at in self._places[one]
            )
        return self._told[key]

    def parts(self, one: str, other: str) -> bool:
        """Whether two words stand a word or two of a name apart on a line, and nowhere side by side."""
        key = (one, other, False)
        if key not in self._told:
            self._told[key] = (one, other) not in self._pairs and any(
                self._between(line, at, other) for line, at in self._places[one]
            )
        return self._told[key]

    def _between(self, line: int, at: int, other: str) -> bool:
        behind = self._lines[line][at + 1 : at + 4]
        bare = [letters(word) for word in behind]
        words = behind[: bare.index(other)] if other in bare[1:] else []
        return bool(words) and all(re.fullmatch(r"[A-Z][A-Za-z.]*,?", word) for word in words)

    def nearest(self, title: str) -> str | None:
        """The only title of the page that misread words can be.

        They are the same words in another order, a part of them, or more, none of titles.
        """
        words = _folded(title).split()
        found = [
            text
            for known, text in self.titles.items()
            if sorted(known.split()) == sorted(words)
            or _within(words, known.split())
            or (_within(known.split(), words) and alien(known.split(), words))
        ]
        return found[0] if len(found) == 1 else None

    def part(self, title: str) -> bool:
        """Whether a title of one word is the beginning of another that the page prints."""
        bare = _folded(title)
        return bare in _ALONE and any(
            known != bare and f" {bare} " in f" {known} " for known in self.titles
        )


def _astray(words: Sequence[str], at: int) -> bool:
    """Whether a small word of a title is none: in capitals alone, or an article behind no `of`."""
    word, before = words[at], letters(words[at - 1]) if at else ""
    shouted = word.isupper() and len(word) > 1 and not " ".join(words).isupper()
    article = letters(word) in {"a", "an"} and before not in _LINKED | _NAMED_BY
    return shouted or article


def believed(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[Row, ...]:
    """Rows of a misread page with the words that nothing confirms left unknown, and said so."""
    page = Page(lines, rows)
    found = []
    for printed in rows:
        row = printed
        for name in ("security", "underlying"):
            row = _title(row, name, page)
        found.append(_owned(_nature(row, page)))
    return tuple(found)


def _title(row: Row, name: str, page: Page) -> Row:
    text = getattr(row, name)
    if not text:
        return row
    plain = _plain(rounded(text))
    if order := page.ordered(plain):
        why = f"read as {order}: in this order its words stand elsewhere on the page"
        return _with(row, _told(name, text, "repaired", why), order)
    if page.believes(plain) and not page.part(plain):
        why = f"read as {plain}: what stands beside it is no part of the words"
        return row if plain == text else _with(row, _told(name, text, "repaired", why), plain)
    words = plain.split()
    rest = " ".join(
        word
        for at, word in enumerate(words)
        if letters(word) not in _LINKING or not _astray(words, at)
    )
    if rest != plain and page.believes(rest) and not page.part(rest):
        why = f"read as {rest}: what stands among the words is left of a mark"
        return _with(row, _told(name, text, "repaired", why), rest)
    near = page.nearest(plain)
    if near is not None:
        why = f"read as {near}: the only title of the page that its words can be"
        return _with(row, _told(name, text, "repaired", why), near)
    if last := ending(plain):
        why = f"read as {last}: what stands before it are no words of titles"
        return _with(row, _told(name, text, "doubtful", why), last)
    return _with(row, _told(name, text, "field unknown", NO_TITLE), None)


def _nature(row: Row, page: Page) -> Row:
    text = row.nature
    if not text:
        return row
    words = _untitled([_word(word, page) for word in _plain(_STRUCK.sub("", text)).split()])
    words = _titled_anew(words)
    plain = " ".join(words)
    if (
        words
        and not is_form_wording(plain)
        and all(_natural(word, page) for word in words)
        and not _cut(words, page)
        and not _part(words)
        and not _torn(words, page)
        and not (page.by and letters(words[0]) != "by" and letters(words[-1]) in _VEHICLES)
    ):
        if any(page.parts(*map(letters, pair)) for pair in pairwise(words)):
            why = "a line of the page has another word of the name between two of its words"
            return _with(row, _told("nature", text, "doubtful", why), plain)
        why = f"read as {plain}: what stands beside it is no part of the words"
        return row if plain == text else _with(row, _told("nature", text, "repaired", why), plain)
    why = "signs and pieces stand among its words that no name has"
    return _with(row, _told("nature", text, "field unknown", why), "")


def _untitled(words: list[str]) -> list[str]:
    """A nature without the words behind it that begin the title of the next row."""
    end = len(words)
    while end and letters(words[end - 1]) in TITLE_WORDS | {"a", "b", "c"}:
        end -= 1
    whole = end > 0 and letters(words[end - 1]) in _ENDS
    return words[:end] if whole else words


def _word(word: str, page: Page) -> str:
    """A word of a nature, mended where it is nearly one that most natures are made of."""
    if plural := _PLURAL.match(word):
        return plural[1]
    if noted := _MARKED.fullmatch(word):
        return noted[1]
    if page.said[letters(word)] > 1:
        return word
    front = mended(word[:8], frozenset({"footnote"}))
    run_on = len(word) > 8 and letters(word) != "footnotes" and letters(front) == "footnote"
    return front if run_on else mended(word, _NATURE_WORDS)


def _titled_anew(words: list[str]) -> list[str]:
    """A nature with the numeral of a fund and the form of a company that strokes were read for."""
    found = list(words)
    for at in range(1, len(found)):
        if letters(found[at - 1]) in _NUMBERED and (strokes := _STROKED.fullmatch(found[at])):
            found[at] = strokes[1] + "I" * len(strokes[2]) + strokes[3]
    if len(found) > 2 and _LIABLE.fullmatch(found[-1]):
        found[-1] = "LLC"
    elif len(found) > 2 and (limited := _LIMITED.fullmatch(found[-1])):
        found[-1] = limited[1]
    return ["See", max(found, key=len)] if {*map(letters, found)} - {"see"} in _NOTED else found


def _part(words: Sequence[str]) -> bool:
    """Whether a nature names somebody by a name of which the end may stand on another line."""
    last = letters(words[-1])
    if any(word in {"By", "See"} for word in words[1:]):
        return True
    if last in {"stock", "shares"} and letters(words[0]) in {"see", *TITLE_WORDS}:
        return True
    if [letters(word) for word in words] == ["by", "fund"]:
        return False
    return letters(words[0]) == "by" and last not in _WHOLE and not re.search(r"\d", words[-1])


def _torn(words: Sequence[str], page: Page) -> bool:
    """Whether a nature is a lone word where others are not, or another word of its name stands before it."""
    if letters(words[0]) in {"by", "see"}:
        return False
    if len(words) == 1:
        return page.by and letters(words[0]) not in _NATURE_WORDS | _WHOLE
    return page.goes_before(letters(words[0]), letters(words[1]))


def _natural(word: str, page: Page) -> bool:
    if re.search("monthdayyear|instr", letters(word)) or _RUN_IN.search(word):
        return False
    if _WORDED.fullmatch(word):
        return True
    bare = letters(word)
    return bool(_AMOUNT.fullmatch(word.strip("(),")) or re.fullmatch(r"\d{1,2}", bare)) or (
        len(bare) > 2 and page.said[bare] > 1
    )


def _cut(words: Sequence[str], page: Page) -> bool:
    """Whether a nature is, or ends in, a short piece that is no word, or one that more follows."""
    last = letters(words[-1])
    if last in _FOLLOWED and len(words) > 1:
        return True
    if last in {"stock", "shares"} and letters(words[0]) not in {"by", "see"}:
        return True
    if any(_lowly(word, page) for word in words):
        return True
    short = len(last) < 4 and not words[-1].isupper() and last not in _SMALL
    return (short and page.said[last] < 2) or all(len(letters(word)) < 4 for word in words)


def _lowly(word: str, page: Page) -> bool:
    """Whether a word is a few small letters that no other word of the page or of natures is."""
    bare = letters(word)
    return (
        word.islower()
        and len(bare) < 4
        and bare not in _SMALL | _NATURE_WORDS | _WHOLE
        and page.said[bare] < 2
    )


def _owned(row: Row) -> Row:
    """The letter of ownership beside a nature: shares held directly have none printed."""
    letter = next((repair for repair in row.repairs if repair.field == "ownership"), None)
    sure = bool(re.match(r"(?i)(?:by|see)\b", row.nature))
    if sure and row.ownership != "indirect":
        why = "a nature of indirect ownership is printed beside it"
        return _with(
            row, _told("ownership", letter.printed if letter else "", "inferred", why), "indirect"
        )
    bare = row.ownership == "indirect" and not row.nature and not row.cited.get("nature")
    if bare and letter is not None and letter.effect == "repaired":
        why = "only a stroke is left of its letter, and no nature is printed beside it"
        return _with(row, _told("ownership", letter.printed, "field unknown", why), None)
    return row


def _plain(text: str) -> str:
    """Words without the signs at their edges, and marks behind them, that are no part of them."""
    words = (_MARK_BEHIND.sub("", piece.strip(_JUNK)) for piece in text.split())
    whole = " ".join(word for word in words if word)
    return whole if whole.count("(") == whole.count(")") else whole.strip("() ")


def _folded(text: str) -> str:
    return " ".join(bare for word in text.split() if (bare := letters(word)))


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether some words stand among others in the same order, and say enough to be known."""
    if not any(len(word) > 4 for word in part) and not set(part) & _NAMED_BY:
        return False
    rest = iter(whole)
    return all(word in rest for word in part)


def _told(name: str, printed: str, effect: Effect, why: str) -> Repair:
    return Repair(field=name, printed=printed, effect=effect, why=why)


def _with(row: Row, told: Repair, value: object) -> Row:
    """A row in which one field is told anew."""
    name = told.field
    kept = tuple(repair for repair in row.repairs if repair.field != name)
    lost = told.effect == "field unknown"
    shown = row.printed | {name: told.printed} if lost else row.printed
    return row.model_copy(update={name: value, "repairs": (*kept, told), "printed": shown})
