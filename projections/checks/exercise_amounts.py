"""What makes one side of an exercise differ in number from the other one, by its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from ledger.figures import as_number, figures_in
from ledger.footnotes.compared import parts_in
from ledger.footnotes.dollars import sums
from ledger.footnotes.exchanges import DEPOSITARY, represented
from ledger.footnotes.number_words import CARDINALS
from ledger.footnotes.parties import of_the_owner
from ledger.footnotes.text import sentences
from projections.filings.dates import gap_between
from projections.filings.records import ZERO, Dossier, Line
from projections.positions.traces import Split

_MOST_AMOUNTS = 6
"""Amounts of the notes that are tried together: more would close a difference by chance."""


def told_between(rows: list[tuple[Dossier, Line]], given: Decimal, got: Decimal) -> bool:
    """Whether the notes of the rows tell why so many came for so many that were given up."""
    notes = {of_the_owner(dossier.text_of(note)) for dossier, line in rows for note in line.notes}
    beside = set().union(*map(_in_words, notes))
    if got - given in beside or _reckoned(rows, got - given):
        return True
    if any(_names(text, got - given) for text in notes):
        return True
    if abs(got - given) <= len(rows) // 2 and any(map(_ROUNDED.search, notes)):
        return True
    at_a_rate = any(_paid_at(rows, got - more, given) for more in (ZERO, *beside))
    return (
        at_a_rate
        or _both_told(rows, got, given)
        or _in_part(notes, got, given)
        or _in_periods(notes, got, given)
        or _in_depositary(rows, notes, got, given)
        or any(given * many == got for text in notes for many in _each_brings(text))
        or _at_its_part(notes, got, given)
        or (not beside and _within_bounds(notes, got, given))
    )


_SIZE = re.compile(r"(?<![\w.,$/-])(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+|(?<=\d))(?![\w%/-]|[.,]\d)")
_CAME_ON_TOP = re.compile(
    r"\bdividends?\b|\badditional\b|\b(?:above|over|beyond|exceed\w*|in\s+excess\s+of)\s+(?:the\s+)?target",
    re.IGNORECASE,
)
_WENT_OTHERWISE = re.compile(
    r"\bcash\b|\bround(?:ed|ing)\b|\bwithheld\b|\bforfeit|\bcancell?ed\b|\bdefer(?:s|red|ral|ring)?\b|\bnot\s+earned\b"
    r"|\bfraction",
    re.IGNORECASE,
)

_ROUNDED = re.compile(r"\bround(?:ed|ing)\b|\bfraction", re.IGNORECASE)
_LAPSED = re.compile(
    r"\b(?:units?|rights?|awards?|psus?|remainder|rest|balance)\s+(?:(?:has|have|was|were)\s+)?(?:lapsed|expired|not\s+earned)\b",
    re.IGNORECASE,
)
_OF_TERMS = re.compile(
    r"\b(?:vests?|vesting\s+(?:date|schedule|period)s?|exercisable|expires?|prices?|granted|anniversar\w+|instal\w+|reported)\b",
    re.IGNORECASE,
)
"""Words of sentences whose numbers are of an award's terms, not of what became of it."""


_ACTED = re.compile(
    r"\b(?:withh[eo]ld|with(?:holding|drawn)|surrender|retain|cancel|forfeit|sold\b|sale\b|tender|deliver|deduct|appl(?:y|ied)\b|used\b|defer|donat|gift|gave\b|given\b|transferr"
    r"|paid\b|payment|settle|reduc|less\b|net\b|remaining\b(?!\s+outstanding)|remainder|balance\b|rest\b|exclud|issu|receiv|acquir|purchas|additional|dividend|lapse|expire|conver|redeem|repurchas"
    r"|credit|exercised\b|distribut|return|earn|adjust|increas|decreas|add(?:ed|ition)|accru|bonus|premium|held\s+back|escrow|tax(?:es)?\b|satisf|kept\b|owed\b|turned\b|exchang)",
    re.IGNORECASE,
)
"""Verbs and nouns by which a number is of something done, and not of an award's size or a plan's."""


def _names(text: str, difference: Decimal) -> bool:
    """Whether a sentence tells something done with the very difference, and its words do not go the other way."""
    other = _WENT_OTHERWISE if difference > 0 else _CAME_ON_TOP
    return any(
        abs(difference) in figures_in(said.words, dollars=False)
        for said in sentences(text)
        if abs(difference) >= _TELLING
        if not other.search(said.words) and not _OF_TERMS.search(said.words)
        if _ACTED.search(said.words)
    )


_TELLING = 20
"""The least difference that a note hardly names by chance."""
_OF_THE_PRICE = re.compile(
    r"\bof\s+(?:the|its|his|her|such)\s+(?:[\w-]+\s+){0,3}?(?:price|cost|tax(?:es)?)\b",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"\s+of\s+(?:the|these|those|such|his|her)\s+(?:total\s+of\s+)?", re.IGNORECASE
)
_ENDS = re.compile(r"[.;]\s|\b(?:and|less|plus|minus|so)\b|\badditional\s*$", re.IGNORECASE)


def _in_words(text: str) -> set[Decimal]:
    """What the amounts of a note come to that its words say came on top, or were not paid in stock.

    The words that follow an amount, up to the next one, say what became of it, else those before.
    Those that follow "450 of the 2,000" are the first one's too.
    """
    amounts: list[Decimal] = []
    found = [m for m in _SIZE.finditer(text) if m[0]]
    for n, size in enumerate(found[: 2 * _MOST_AMOUNTS]):
        before = text[found[n - 1].end() if n else 0 : size.start()]
        ends = [m.start() for m in found[n + 1 :]] + [len(text)]
        after = text[size.end() : ends[0]]
        if len(ends) > 1 and _OF_THOSE.fullmatch(after):
            after = text[found[n + 1].end() : ends[1]]
        shares = as_number(size[0])
        for words in (_ENDS.split(after)[0], _ENDS.split(before)[-1]):
            if more := _CAME_ON_TOP.search(words):
                less = _WENT_OTHERWISE.search(words)
                amounts.append(-shares if less and less.start() < more.start() else shares)
                break
            if _WENT_OTHERWISE.search(words):
                amounts.append(-shares)
                break
    some = amounts[:_MOST_AMOUNTS]
    return {sum(few, ZERO) for size in range(1, len(some) + 1) for few in combinations(some, size)}


def _reckoned(rows: list[tuple[Dossier, Line]], difference: Decimal) -> bool:
    """Whether the notes of the two sides give amounts that come to their difference exactly.

    Dividend equivalents and what performance earned above the target come on top, what is
    withheld, forfeited or rounded off is taken away.
    """
    stated = {
        (dossier.id, said.ref): said.shares if said.direction != "disposed" else -said.shares
        for dossier, line in rows
        for said in dossier.statements
        if said.shares and said.note in line.notes
    }
    amounts = list(stated.values())[:_MOST_AMOUNTS]
    return any(
        sum(some) == difference
        for size in range(1, len(amounts) + 1)
        for some in combinations(amounts, size)
    )


_AT = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)\s?(?:%|percent)[^.;]{0,40}?\b(?:target|payout|performance|award)"
    r"|\b(?:target|payout|performance|maximum|levels?|achiev\w+|earned|paid\s+out)\b[^.;%]{0,40}?"
    r"(?<![\d.])(?P<after>\d+(?:\.\d+)?)\s?(?:%|percent)",
    re.IGNORECASE,
)
"""A rate at which units reported at their target are paid out."""


_MODIFIED = re.compile(
    r"\b(?:decreased|reduced|lowered|adjusted\s+downwards?)\s+by\s+(?:an\s+additional\s+|a\s+further\s+)?(?P<down>\d+(?:\.\d+)?)\s?(?:%|percent)"
    r"|\b(?:increased|raised|adjusted\s+upwards?)\s+by\s+(?:an\s+additional\s+|a\s+further\s+)?(?P<up>\d+(?:\.\d+)?)\s?(?:%|percent)",
    re.IGNORECASE,
)
"""By how much more, or less, a rate was that another goal modified."""
_MODIFIED_TO = re.compile(
    r"%[^.;]{0,60}?\b(?:increased|raised|decreased|reduced|adjusted|modified|resulting|result(?:ed|s)?)\b[^.;%]{0,60}?\b(?:to|in|of)\s+"
    r"(?:an?\s+)?(?:(?:final|overall|total)\s+)?(?:\w+\s+(?:of\s+)?)?(?P<to>\d+(?:\.\d+)?)\s?(?:%|percent)",
    re.IGNORECASE,
)
"""To what another goal modified a rate."""


_TIMES = re.compile(
    r"\b(?:pay-?out|performance|achievement|earn(?:ed|ing)?|settlement|vesting)\s+(?:factor|multiplier|multiple)\s+"
    r"(?:(?:of|was|is|at|equal(?:ed)?(?:\s+to)?)\s+)+(?P<factor>\d*\.?\d+)(?![\d%]|\s?percent)"
    r"|(?<![\d.])(?P<times>\d+(?:\.\d+)?)\s?(?:x|times)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?target"
    r"|\b(?P<words>one\s+and\s+(?:a|one)[\s-]half\s+times|two\s+times|twice|double|three\s+times)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+){0,2}?target",
    re.IGNORECASE,
)
"""The same rate as a factor."""


def _as_factor(one: re.Match[str]) -> Decimal:
    if one["words"]:
        first = one["words"].split()[0].lower()
        return {"one": Decimal("1.5"), "three": Decimal(3)}.get(first, Decimal(2))
    return Decimal(one["factor"] or one["times"])


_AT_MOST = re.compile(
    r"(?:\b(?:up\s+to|(?:an?|the)\s+maximum\s+of)|(?:\bzero|\bnone|(?<![\d.])0\s?%?)\s*(?:to|and|-|through))\s+"
    r"(?:(?P<most>\d+(?:\.\d+)?)\s?(?:%|percent)|(?P<many>two|three|\d(?:\.\d+)?)\s+(?:\w+\s+){0,3}?shares\b)"
    r"|\bshares\s+(?:\w+\s+)?(?:from|between|of)\s+(?:0|zero|none)\s+(?:to|and)\s+(?P<number>\d(?:\.\d+)?|two|three)(?![\d,%])",
    re.IGNORECASE,
)
_EARNED = re.compile(
    r"\b(?:target|perform\w*|payout|earn(?:ed)?|goals?|(?:each|one|every)\s+(?:\w+\s+){0,3}?(?:units?|[rp]sus?|rights?|awards?))\b",
    re.IGNORECASE,
)
"""The most that an award may be paid out at, by its terms; beside these words."""


def _within_bounds(notes: Iterable[str], got: Decimal, given: Decimal) -> bool:
    """Whether the notes give only the bounds of a payout, and what came lies within them.

    Where one tells the rate itself, or what came on top, that is asked instead.
    """
    most: set[Decimal] = set()
    for said in (one.words for text in notes for one in sentences(text)):
        bounds = list(_AT_MOST.finditer(said)) if _EARNED.search(said) else []
        inside = {m[0] for m in _RATE.finditer(" ".join(m[0] for m in bounds))}
        if _TIMES.search(said) or any(
            rate not in inside for m in _AT.finditer(said) for rate in _RATE.findall(m[0])
        ):
            return False
        most |= {_as_rate(one) for one in bounds}
    return any(100 * got <= given * rate for rate in most)


_MANY = r"(?P<many>one\s+and\s+(?:a|one)[\s-]half|two|three|four|five|ten|\d+(?:\.\d+)?)"
_ONE_UNIT = r"\b(?:each|every|per|one)\s+(?:(?!shares?\b)\w+\s+){0,3}?(?:units?|[rpd]sus?|rights?|awards?|warrants?|notes?|preferred\s+shares?)\b"
_EACH = re.compile(
    rf"{_ONE_UNIT}\s+(?!(?:[\w-]+\s+){{0,9}}?(?:up\s+to|between|zero|nil|none)\b)(?:(?!shares?\b|one\b)[\w-]+\s+){{0,9}}?{_MANY}\s+(?:(?!per\b)\w+\s+){{0,3}}?shares\b",
    re.IGNORECASE,
)
_FOR_EACH = re.compile(
    rf"(?<!up to ){_MANY}\s+(?:(?!per\b)\w+\s+){{0,3}}?shares\b[^.;]{{0,60}}?{_ONE_UNIT}",
    re.IGNORECASE,
)
"""How many shares each unit brings, by its terms: "each unit brought two shares", "two shares for each"."""


_AT_A_RATIO = re.compile(
    r"\b(?:ratio|rate|multiple)\s+of\s+(?P<many>\d+(?:\.\d+)?)(?:\s+shares?)?\s*(?:to|for|:)\s*(?:1|one|each)\b",
    re.IGNORECASE,
)


def _each_brings(text: str) -> Iterator[Decimal]:
    for one in (*_EACH.finditer(text), *_FOR_EACH.finditer(text), *_AT_A_RATIO.finditer(text)):
        word = one["many"].lower()
        half = word.startswith("one")
        yield Decimal("1.5" if half else CARDINALS.index(word) if word in CARDINALS else word)


_NOT_OF_THE_UNITS = re.compile(
    r"\b(?:vests|will|shall|may|would|vesting\s+(?:date|schedule|period)s?|instal\w+|tranches?|anniversar\w+|exercisable|expires?|granted|annually|each\s+year|up\s+to|between|maximum"
    r"|minimum|threshold|subject\s+to|tax\s+(?:rates?|at)|outstanding|owns?|owned|ownership|interest|voting|discount|market|prices?|dividend\s+rate|yield|per\s+annum)\b",
    re.IGNORECASE,
)
"""Words of sentences whose parts are of an award's terms, of a price, or of what somebody owns."""
_WHOLES = re.compile(r"(?<![\d.])(?P<rate>[1-9]\d\d(?:\.\d+)?)\s?(?:%|per\s?cent)", re.IGNORECASE)


def _at_its_part(notes: Iterable[str], got: Decimal, given: Decimal) -> bool:
    """Whether a sentence on what became of the units gives the very part, or multiple, of them that came.

    Or the part that did not, whatever its verb: "twenty-five percent was lost".
    """
    said = [one.words for text in notes for one in sentences(text)]
    told = [words for words in said if not _NOT_OF_THE_UNITS.search(words)]
    parts = {part for words in told for part in parts_in(words) if part < 1}
    rates = {Fraction(one["rate"]) / 100 for words in told for one in _WHOLES.finditer(words)}
    came = {*rates, *parts, *(1 - part for part in parts)}
    return any(abs(Fraction(given) * part - Fraction(got)) < 1 for part in came)


_RATE = re.compile(r"\d+(?:\.\d+)?(?=\s?(?:%|percent))")


def _as_rate(bound: re.Match[str]) -> Decimal:
    """The bound of a payout in percent."""
    if bound["most"]:
        return Decimal(bound["most"])
    many = (bound["many"] or bound["number"]).lower()
    return 100 * Decimal({"two": "2", "three": "3"}.get(many, many))


def _paid_at(rows: list[tuple[Dossier, Line]], got: Decimal, given: Decimal) -> bool:
    """Whether a note of the two sides gives the rate that makes the one of the other."""
    texts = [dossier.text_of(note) for dossier, line in rows for note in line.notes]
    found = (found for text in texts for found in _AT.finditer(text))
    rates = {Decimal(one["rate"] or one["after"]) for one in found}
    rates |= {100 * _as_factor(one) for text in texts for one in _TIMES.finditer(text)}
    if rates:
        rates |= {Decimal(m["to"]) for text in texts for m in _MODIFIED_TO.finditer(text)}
    changed = [m for text in texts for m in _MODIFIED.finditer(text)]
    if len(changed) == 1:
        more = Decimal(changed[0]["up"] or -Decimal(changed[0]["down"]))
        rates |= {rate * (100 + more) * Decimal("0.01") for rate in rates}
    return any(abs(given * rate - 100 * got) < 100 for rate in rates)


_RATE_OF = re.compile(
    r"(?<![\d.])(?P<rate>\d+(?:\.\d+)?)\s?(?:%|percent)\s+of\s+(?:the\s+)?(?P<units>\d{1,3}(?:,\d{3})+|\d+)(?![\d%])",
    re.IGNORECASE,
)


def _in_periods(notes: Iterable[str], got: Decimal, given: Decimal) -> bool:
    """Whether a note gives each part of the units its own rate: "150% of 2,000 and 100% of 2,000"."""
    for text in notes:
        parts = [(Decimal(m["rate"]), as_number(m["units"])) for m in _RATE_OF.finditer(text)]
        paid = sum((rate * units for rate, units in parts), ZERO)
        whole = sum((units for _, units in parts), ZERO) == given
        if len(parts) > 1 and whole and abs(paid - 100 * got) < 100 * len(parts):
            return True
    return False


def _in_part(notes: Iterable[str], got: Decimal, given: Decimal) -> bool:
    """Whether a note names the part that came in stock, or went otherwise: "one-half in cash".

    A part of the price that was paid in cash is none of the shares.
    """
    said = [one.words for text in notes for one in sentences(text)]
    went = (w for w in said if _WENT_OTHERWISE.search(w) or _LAPSED.search(w))
    told = (w for w in went if not _OF_THE_PRICE.search(w))
    parts = {part for words in told for part in parts_in(words)}
    came = {one for part in parts if part < 1 for one in (part, 1 - part)}
    return any(abs(Fraction(given) * part - Fraction(got)) < 1 for part in came)


def _in_depositary(
    rows: list[tuple[Dossier, Line]], notes: Iterable[str], got: Decimal, given: Decimal
) -> bool:
    """Whether what came are depositary shares, each so many of those given up, by a note or a title."""
    titles = {line.security or "" for _, line in rows if line.table == "I"}
    if not any(DEPOSITARY.search(title) for title in titles):
        return False
    many = {number for text in (*notes, *titles) for number in represented(text)}
    return any(abs(got * number - given) < number for number in many)


_TURNED = re.compile(
    r"\b(?:conver|exchang|settle|redeem|received|issued|earned|delivered)", re.IGNORECASE
)
_MOVING = re.compile(
    r"\b(?:conversion|exchange|adjustment)\s+(?:ratio|rate|factor)\b|\bratio\s+(?:then\s+)?in\s+effect\b",
    re.IGNORECASE,
)
"""A ratio that is another one on another day, and which nobody can reckon from the rows."""


def _both_told(rows: list[tuple[Dossier, Line]], got: Decimal, given: Decimal) -> bool:
    """Whether a sentence of the notes gives both numbers, or the one and that a ratio makes the other."""
    texts = dict.fromkeys(d.text_of(note) for d, line in rows for note in line.notes)
    for said in (one.words for text in texts for one in sentences(text)):
        told = figures_in(said, dollars=False)
        if given in told and (_MOVING.search(said) or (got in told and _TURNED.search(said))):
            return True
    return False


_GAIN = re.compile(
    r"appreciation right|\bsars?\b|\bnet[ -](?:exercise|settle|share)|\bcashless(?:ly)?\b"
    r"|\bnet of (?:the |its )?(?:aggregate )?(?:base|exercise|strike|option|warrant)[ -]price"
    r"|\bprofits? interests?\b|\b(?:participation|distribution|hurdle|profits?) (?:threshold|amount|price)\b"
    r"|\bexcess of the (?:fair market |then )?(?:value|price)\b",
    re.IGNORECASE,
)
"""Titles and notes of rights that pay the gain alone: the shares that the price is worth never come."""


def for_the_gain(
    rows: list[tuple[Dossier, Line]], units: list[tuple[Dossier, Line]], got: Decimal
) -> bool:
    """Whether what was exercised is settled by fewer shares, by its nature or its notes.

    So many, at the most, as the gain is worth at the highest price that the notes of the rows give.
    """
    texts = dict.fromkeys(d.text_of(note) for d, ln in rows for note in ln.notes)
    if not any(map(_GAIN.search, texts)) and not all(
        _GAIN.search(ln.security or "") for _, ln in units
    ):
        return False
    bases = {ln.exercise_price for _, ln in units}
    base = bases.pop() if len(bases) == 1 else None
    price = max((one for text in texts for one in sums(text)), default=ZERO)
    if not base or price <= base:
        return True
    given = sum((ln.shares or ZERO for _, ln in units), ZERO)
    return got * price <= given * (price - base) + price * len(units)


def paid_in_stock(
    rows: list[tuple[Dossier, Line]], units: list[tuple[Dossier, Line]], got: Decimal
) -> bool:
    """Whether a debt, counted in dollars, was converted at its price into the shares that came.

    Where no price is told, so many shares for so many dollars say nothing. Interest that a note
    says was converted as well adds to them, up to a half.
    """
    prices = {ln.exercise_price for _, ln in units if _DEBT.search(ln.security or "")}
    if len(prices) != 1 or len(units) != sum(
        bool(_DEBT.search(ln.security or "")) for _, ln in units
    ):
        return False
    price = prices.pop()
    if not price:
        return True
    owed, paid = sum((ln.shares or ZERO for _, ln in units), ZERO), got * price
    notes = {d.text_of(note) for d, ln in rows for note in ln.notes}
    if _in_dollars(notes, owed, price, paid):
        return True
    more = any("interest" in text.casefold() for text in notes)
    least, most = owed - len(units) * price, owed + len(units) * price
    return least <= paid <= most or (more and owed <= paid and 2 * paid <= 3 * owed)


def _in_dollars(notes: Iterable[str], units: Decimal, price: Decimal, paid: Decimal) -> bool:
    """Whether notes count in dollars both what shares a debt stood for, and what was paid in them.

    Principal and interest "of $500,000 and $20,000" at $4.00 are 130,000 shares, of a note that
    stood for 125,000.
    """
    told = [one for text in notes if "$" in text for one in sums(text) if one > price]
    some = told[:_MOST_AMOUNTS] if units * price in told else []
    sizes = range(1, len(some) + 1)
    return any(abs(sum(few) - paid) < price for size in sizes for few in combinations(some, size))


_DEBT = re.compile(
    r"\b(?:notes?|debentures?|bonds?|loans?|indebtedness|debt|obligations?)\b", re.IGNORECASE
)
"""What is converted by its principal, in dollars."""


def unsplit(
    units: list[tuple[Dossier, Line]], given: Decimal, got: Decimal, splits: Iterable[Split]
) -> bool:
    """Whether units are counted as before a split of late, and what came for them as after it.

    That the split is left out is told of their total.
    """
    days = [line.effective_on for _, line in units if line.effective_on]
    return any(
        split.ratio * Fraction(given) == Fraction(got)
        and split.after <= day
        and not gap_between(split.before, day)
        for split in splits
        for day in days
    )
