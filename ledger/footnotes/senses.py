"""What an amount of shares is: bought under a plan, given to a trust, part of a total."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.footnotes.adjustments import adjustment
from ledger.footnotes.clauses import Segment
from ledger.footnotes.families import Family, any_phrase
from ledger.footnotes.gains import (
    CAME,
    a_fraction_in_cash,
    came_back,
    may_have_come,
    told_until,
    turned_into,
)
from ledger.footnotes.happenings import happened, of_its_own
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.losses import (
    FORFEITURE,
    GONE,
    WITHHELD,
    is_held,
    may_be_lost,
    may_have_gone,
    stays,
)
from ledger.footnotes.meanings import (
    Sense,
    came_alike,
    came_long_ago,
    come_here,
    counted_here,
    counts_another,
    left_over,
    named_in_order,
    only_tells_of,
    open_to_its_clause,
    reconciled,
    rose_by,
    under_one_verb,
)
from ledger.footnotes.modality import done, permits, real, supposed
from ledger.footnotes.parties import holder
from ledger.footnotes.phrases import (
    COMPOSITION,
    COURT,
    EXCLUSION,
    PLAN_UNITS,
    regards,
    told_already,
)
from ledger.footnotes.plan_exits import came_here, gained_there, lies_there, paid_out, put_in
from ledger.footnotes.scope_changes import came_since, came_to, entered, left, no_interest
from ledger.footnotes.text import Sentence, Stated
from ledger.footnotes.told_moves import told_move
from ledger.footnotes.topics import Themes
from ledger.footnotes.transfer_verbs import Verb, moved
from ledger.footnotes.transfers import transfer
from ledger.statements import SENSES

_OVER_TIME = any_phrase(
    "years|course|time|date|previously|prior|previous|past|earlier|historically|cumulative|since",
    r"\b(?:over\s+(?:the\s+(?:years|course(?!\s+of\s+(?:\w+\s+){0,2}?(?:19|20)\d\d))|time|several\s+years)|(?<!(?:19|20)\d\d\s)to\s+date|through\s+the\s+years|from\s+time\s+to\s+time"
    r"|previously\s+(?:acquired|purchased|bought)(?![^.;]{0,80}?\bnot\s+(?:yet\s+|previously\s+)?(?:been\s+)?reported)"
    r"|(?:in|during)\s+(?:prior|previous|past|earlier)\s+(?:years|periods)|historically|cumulative(?:ly)?"
    r"|since\s+(?:joining|becoming|inception|(?:his|her)\s+(?:hire|employment|election)))\b",
)
"""What came in over the years is what a total is made of, not what moved since the last."""
_GAINS = pattern(
    r"\b(?:received|receipt|acquired|from\s+(?:his|her|the)\s+(?:former|ex))\b"
    r"|\b(?:awarded|(?:awarded|transferred|assigned|conveyed|allocated)\s+(?:by\s+[^.;]{0,50}?\s)?to)\s+(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned|him|her)\b"
    r"(?!'s|\s+(?:former|ex|then|husband|wife|spouse)\b)",
    re.IGNORECASE,
)
_ONLY_DATED = pattern(
    r"(?:\s|[,;:.()]|\b(?:of|common|stock|shares?|purchased|acquired|bought|received|issued|on|in|during|and|the"
    r"|were|for|an?|total|aggregate|respectively|additional|purchase|offering|enrol?lment|periods?"
    r"|window|through|to|from|ended|ending|beginning|began|that|each)\b)*",
    re.IGNORECASE,
)
_LATER = any_phrase(
    "later|subsequently|then|thereafter|turn",
    r"[,\s]\s*(?<=\s)(?:which|and|that)\s+(?:(?:were|was|have\s+been|has\s+been)\s+)?"
    r"(?:subsequently|then|later|thereafter|in\s+turn)\b",
)
_STOCK = pattern(r"\b(?:restricted|unvested|RSUs?|PSUs?|deferred)\b", re.IGNORECASE)
_IN_A_FUND = pattern(r"\b(?:held|credited)\b.*\b(?:fund|plan|account)\b", re.IGNORECASE)
_ANEW = pattern(
    r"\b(?:person|owner|undersigned|he|she|they|it|plan|trust)\s+(?:\w+\s+)?(?:acquired|purchased|bought|received)\b",
    re.IGNORECASE,
)
"""What leads to an amount by words that begin a sentence anew: the one before is none of its kind."""
_RECEIVED = pattern(r"\breceived\b")
_AGO = pattern(
    r"[^.;]{0,60}?,?\s+(?:that|which|whom)\s+(?:[\w']+\s+){0,4}?had\s+|"
    r"[^.;,]{0,40}?\s+(?:previously|formerly|earlier|originally|theretofore)\s+",
    re.IGNORECASE,
)
"""How words go on that say what had happened to shares before what a sentence tells."""
_TO_OWNER = pattern(
    r"^(?:\s+of\s+(?:common\s+)?stock)?\s+to\s+(?:the\s+)?(?:reporting\s+(?:person|owner)(?!'s)|him\b|her\b(?!\s+\w)|undersigned)"
    r"|\bof\s+(?:which|them|these|those)\s+to\s+(?:the\s+)?(?:reporting\s+(?:person|owner)(?!'s)|him\b|her\b(?!\s+\w)|undersigned)"
    r"|\b(?:received|taken|retained|kept)\s+by\s+(?:the\s+)?(?:reporting|him|her|undersigned)\b"
    r"|\b(?:went|passed|came|distributed|delivered|allocated|issued)\s+to\s+(?:the\s+)?(?:reporting|him|her|undersigned)\b",
    re.IGNORECASE,
)
"""Words after an amount by which it came to the owner, of what was given to several."""


_EX_GOT = pattern(r"\b(?:former|ex)[- ]\w+,?\s+(?:\w+\s+)?(?:received|acquired)\b", re.IGNORECASE)
_PAID_OVER = pattern(r"\b(?:deliver|issu|receiv|releas|remain|balance|rest)\w*", re.IGNORECASE)
"""What stands before the shares that were left when others had been withheld."""
_OWN_VERB = pattern(
    r"[^.;,]{0,40}?\b(?:(?:were|was)\b(?!\s+(?:\w+ly\s+)?(?:purchased|acquired|bought|received|credited|allocated)\b)|remain|vest)",
    re.IGNORECASE,
)
"""How words after an amount go on that tell what was done with it: not what was with another."""


def senses(
    sentence: Sentence, cut: Sequence[Segment], themes: Themes, earlier: Sequence[Stated]
) -> list[Sense | None]:
    """What each amount of a sentence is, None where the sentence does not say.

    One that is only dated is what the amount after it is called: "400 shares on May 1 and
    300 shares on June 1 under the plan". `earlier` is what the note stated before.
    """
    found: list[Sense | None] = []
    for index, part in enumerate(cut):
        before = found[-1] if found else None
        listed = index > 0 and part.shared and cut[index - 1].shared
        found.append(before if listed else _sense(sentence, part, before, themes, earlier))
    for index in range(len(cut) - 2, -1, -1):
        after = found[index + 1]
        if (
            after
            and after.near
            and _as_the_next(sentence, cut[index : index + 2], found[index], after)
        ):
            found[index] = after
    return named_in_order(sentence, cut, found)


def _as_the_next(
    sentence: Sentence, two: Sequence[Segment], this: Sense | None, after: Sense
) -> bool:
    """Whether the words behind an amount are said of the one before it as well."""
    part, following = two
    if this is not None and not SENSES[this.kind].describes_total:
        return False
    if after.direction == "disposed" and under_one_verb(sentence, part, following):
        return True
    sort = SENSES[after.kind]
    return (
        (sort.from_plan or (sort.only_adds and following.alike))
        and (this is None or this.kind == "composition")
        and bool(part.dated)
        and _ONLY_DATED.fullmatch(part.undated_tail) is not None
        and not _ANEW.search(following.lead)
    )


def _sense(
    sentence: Sentence,
    part: Segment,
    before: Sense | None,
    themes: Themes,
    earlier: Sequence[Stated],
) -> Sense | None:
    """What the amount of a segment is: by the phrases around it, and by its clause where they say nothing.

    Where both tell of a movement and each the other way, neither is sure of its direction.
    """
    if only_tells_of(sentence, part):
        ended = no_interest(sentence, part)
        return _of_family(ended, sentence, part) if ended else _weak(sentence, part, themes)
    told = come_here(part, _by_phrases(sentence, part, before, themes, earlier))
    if themes.framed and open_to_its_clause(told):
        framed = told_move(sentence, part)
        told = reconciled(told, framed) if framed else told
    return came_long_ago(sentence, part, told) if told else None


def _by_phrases(
    sentence: Sentence,
    part: Segment,
    before: Sense | None,
    themes: Themes,
    earlier: Sequence[Stated],
) -> Sense | None:
    """What the phrases around the amount of a segment say that it is.

    The words after it decide; then, for a later amount, what was said of the amount
    before it; then the words before it; and last what a total may simply consist of.
    """
    text = sentence.text
    adjusted = adjustment(text, sentence.start, part.amount, part.end)
    if adjusted:
        return Sense("composition", adjusted.direction, None)
    changed = _changed(sentence, part, themes)
    if changed:
        return changed
    near = _strong(sentence, part, part.amount.end, part.end, themes)
    if near and _AGO.match(text, part.amount.unit_end, part.end):
        stays = near if SENSES[near.kind].sign >= 0 or SENSES[near.kind].keeps_interest else None
        near = _strong(sentence, part, part.start, part.amount.end, themes) or stays
    if near and near.kind == "previously-reported":
        near = _strong(sentence, part, part.start, part.end, themes)
    if near:
        return near._replace(near=True)
    if part.place and before and not before.near and not part.lead.strip():
        return _renewed(sentence, part, before)
    lead = _strong(sentence, part, part.start, part.end, themes)
    if lead:
        return lead
    own = _weak(sentence, part, themes)
    if before and came_alike(part):
        return before
    if (
        part.place
        and before
        and not SENSES[before.kind].describes_total
        and _same_still(part, before, own)
    ):
        return _renewed(sentence, part, before)
    if own is None and part.place and before and SENSES[before.kind].describes_total:
        return before._replace(counterpart=holder(text, part.amount.end, part.end))
    if own is None or own.kind == "composition":
        passed_on = _passed_on(part, earlier)
        own = passed_on or own
    return own


def _changed(sentence: Sentence, part: Segment, themes: Themes) -> Sense | None:
    """Shares that a note says entered a total, or left it, beside what earlier reports had.

    Where it says what became of them, that is what it tells: "were forfeited and are no longer
    included" is a forfeiture, and what a plan bought on a day is its purchase.
    """
    text, first = sentence.text, sentence.start if part.place == 0 else part.start
    held_by = holder(text, part.amount.unit_end, part.end)
    if out := left(text, first, part.end):
        stretches = ((first, out.start()), (out.start() + len("no longer"), part.end))
        around = (_strong(sentence, part, *stretch, themes) for stretch in stretches)
        told = next((one for one in around if one and _went(one)), None)
        return told or Sense("exclusion", "disposed", held_by)
    if entered(text, first, part.end):
        came = _strong(sentence, part, part.amount.end, part.end, themes) if part.dated else None
        dated = came and SENSES[came.kind].from_plan and came.direction == "acquired"
        return came if dated else Sense("composition", "acquired", held_by)
    return None


def _went(told: Sense) -> bool:
    sense = SENSES[told.kind]
    where = told.direction == "disposed" or (told.direction is None and told.counterpart)
    return sense.moves and not sense.from_plan and bool(where)


def _same_still(part: Segment, before: Sense, own: Sense | None) -> bool:
    """Whether an amount with no words of its own kind is of the kind before it.

    What was said before the first amount goes for the next; what was said after it, of a
    plan, only for one that just adds a date.
    """
    if own and _STOCK.search(part.tail):
        return False
    if before.near and SENSES[before.kind].from_plan:
        return _ONLY_DATED.fullmatch(part.undated_tail) is not None
    return True


def _renewed(sentence: Sentence, part: Segment, before: Sense) -> Sense | None:
    """The sense of the amount before, with the other side's name read anew.

    None where the words of this amount deny it: "the other 200 shares were not".
    """
    if before.kind == CAME.kind and not may_have_come(part.text, sentence.start, part.amount):
        return None
    sense_of_before = SENSES[before.kind]
    if sense_of_before.moves and (
        counts_another(sentence, part)
        or (before.kind == "withheld-note" and left_over(sentence, part))
        or is_held(part.text, sentence.start, part.amount)
        or (before.kind == "withheld-note" and _PAID_OVER.search(part.lead))
        or (not sense_of_before.keeps_interest and _OWN_VERB.match(part.tail))
        or not real(sentence, part.amount.start, part.amount.unit_end)
    ):
        return None
    if sense_of_before.describes_total or sense_of_before.from_plan:
        return before._replace(counterpart=holder(part.text, part.amount.end, part.end))
    behind = part.text[part.amount.unit_end : part.end]
    if before.kind == "distribution" and _TO_OWNER.search(behind):
        return before._replace(direction="acquired", counterpart=None)
    if sense_of_before.keeps_interest:
        again = transfer(part.text, part.amount.end, part.end, verb=None)
        if again and again.counterpart:
            return before._replace(kind=again.kind, counterpart=again.counterpart)
        if before.kind == "distribution" and _RECEIVED.search(part.lead):
            return before._replace(direction="acquired", counterpart=None)
    return before


def _passed_on(part: Segment, earlier: Sequence[Stated]) -> Sense | None:
    """Shares "received" after a distribution are part of it, those in a plan's fund units."""
    given = earlier[-1] if earlier else None
    if given and given.kind == "plan-units" and _IN_A_FUND.search(part.tail):
        return Sense("plan-units", None, holder(part.text, part.amount.end, part.end))
    if given and given.kind == "distribution" and _RECEIVED.search(part.lead):
        return Sense("distribution", "acquired", holder(part.text, part.amount.end, part.end))
    return None


def _strong(
    sentence: Sentence, part: Segment, start: int, end: int, themes: Themes
) -> Sense | None:
    """The sense that a family of what happened, or a transfer, gives a stretch of words."""
    text = sentence.text
    later = _LATER.search(text, max(start, part.amount.end), end)
    end = later.start() if later else end
    if supposed(text, part.amount.end, end):
        return None
    for family in themes.happened:
        if _told(family, sentence, part, start, end):
            return _of_family(family, sentence, part)
    verb = moved(sentence, start, end) if themes.transfers else None
    held = verb is not None and verb.start < part.amount.start
    if held and is_held(text, sentence.start, part.amount):
        verb = None
    if verb and verb.start < part.amount.start and of_its_own(text, verb.start, part, end):
        verb = None
    if verb and not _to_a_plan(verb, text, start, end):
        led = max(part.amount.start, verb.start)
        lead = text[max(sentence.start, led - _LEAD) : led]
        after = min(verb.start, part.amount.start)
        found = transfer(text, min(part.start, start), end, verb=verb, after=after, lead=lead)
        if found:
            return Sense(*found)
    for family in themes.regarded:
        if regards(family, text, start, end):
            plan_only = family is PLAN_UNITS and permits(sentence)
            return None if plan_only else _of_family(family, sentence, part)
    return None


def _told(family: Family, sentence: Sentence, part: Segment, start: int, end: int) -> bool:
    """Whether a stretch of words tells of an amount what a family names."""
    if family is CAME:
        return _came(sentence, part, start, end)
    text = sentence.text
    if family in _LOSSES and stays(text, sentence.start, part.amount, part.end):
        return False
    since = max(sentence.start, part.amount.start - _REACH // 2)
    if family is COURT and (
        _KEPT.search(text, since, end) or is_held(text, sentence.start, part.amount)
    ):
        return False
    if family is WITHHELD and left_over(sentence, part):
        return False
    if SENSES[family.kind].sized and a_fraction_in_cash(text, part.amount, since, end):
        return False
    whole = (text, sentence.start, part.amount, sentence.end)
    if family in _LOSSES:
        start = max(start, text.rfind(";", start, max(start, part.amount.start)) + 1)
        ends = text.find(";", max(start, part.amount.end), end)
        end = ends if ends >= 0 else end
    if family is GONE and (came_back(text, since, end) or not may_have_gone(*whole)):
        return False
    if family is FORFEITURE and not may_be_lost(*whole):
        return False
    return happened(family, sentence, start, end)


_LOSSES = (GONE, FORFEITURE)
_KEPT = pattern(
    r"\b(?:leaves?|left|retain(?:s|ed)?|kept|keeps?|remain(?:s|ed)?|continues?|entitled|confirm(?:s|ed))\b",
    re.IGNORECASE,
)
"""What a court let the owner keep, or gave another a right to."""
_LEAD = 1_000
"""How many characters before a movement can say that a total includes the shares."""
_REACH = 240
"""How far before an amount the change of companies stands by which other shares became it."""


def _came(sentence: Sentence, part: Segment, start: int, end: int) -> bool:
    """Whether an amount is told as shares that came in a merger or the like."""
    text, amount = sentence.text, part.amount
    if not may_have_come(text, sentence.start, amount):
        return False
    turned = turned_into(text, sentence.start, amount)
    if turned is not None and not done(sentence, turned):
        return False
    last = told_until(text, amount, end, sentence.end) if end >= part.end else end
    if happened(CAME, sentence, turned.start() if turned else start, last):
        return True
    since = max(sentence.start, amount.start - _REACH)
    return turned is not None and happened(CAME, sentence, since, amount.start + 1)


def _to_a_plan(verb: Verb, text: str, start: int, end: int) -> bool:
    """Whether a contribution is one to a savings plan, which is a purchase there."""
    return verb.sort == "contribution" and PLAN_UNITS.cue.search(text, start, end) is not None


def _of_family(family: Family, sentence: Sentence, part: Segment) -> Sense:
    text, direction = sentence.text, family.direction
    since = part.start if family is CAME else part.amount.end
    if family.kind == "dividend-reinvestment" and (plan := put_in(part)):
        return Sense("form-change", "disposed", plan)
    around = text[part.start : part.end]
    if SENSES[family.kind].only_adds and told_already(text, since, part.end):
        return Sense("previously-reported", None, holder(text, part.amount.end, part.end))
    composed = family is CAME and not (part.dated or came_back(text, part.start, part.end))
    made_of = COMPOSITION.cue.search(text, sentence.start, part.amount.start) if composed else None
    if made_of or (SENSES[family.kind].from_plan and _OVER_TIME.search(around)):
        return Sense("composition", None, holder(text, part.amount.end, part.end))
    if family.kind == "plan-units" and paid_out(part):
        plan = holder(text, part.amount.end, part.end)
        here = came_here(part, sentence.end)
        return Sense("distribution", "acquired" if here else "disposed", plan)
    if family.kind == "plan-units":
        direction = "acquired" if gained_there(sentence, part) or rose_by(part) else None
    elif family.kind == "espp-purchase" and lies_there(sentence, part):
        return Sense("composition", None, holder(text, part.amount.end, part.end))
    elif family is COURT and _GAINS.search(around) and not _EX_GOT.search(around):
        direction = "acquired"
    return Sense(family.kind, direction, holder(text, part.amount.end, part.end))


def _weak(sentence: Sentence, part: Segment, themes: Themes) -> Sense | None:
    """Exclusion or composition: what a total leaves out, or is made of."""
    text = sentence.text
    first = sentence.start if part.place == 0 else part.start
    held_by = holder(text, part.amount.unit_end, part.end)
    if themes.excludes and EXCLUSION.cue.search(text, first, part.end):
        return Sense("exclusion", None, held_by)
    if not themes.composes:
        return None
    if counted_here(part) or COMPOSITION.cue.search(text, sentence.start, part.amount.start):
        came = came_since(text, part.amount.unit_end, part.end)
        return Sense("composition", came or came_to(text, first, part.amount.start), held_by)
    return None
