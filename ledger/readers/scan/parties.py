"""Who a misread page names: the company, the owners, and the day somebody signed, each doubted.

What a program makes of a name looks like a name. What stands around it tells: the form's own
labels are none, a name that stands elsewhere on the page with one letter changed was misread in
one of the two places, and nobody signs long after what is reported, or before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from ledger.filing import Issuer, Owner, Repair, Signature
from ledger.readers.scan.boxes import BESIDE, is_label
from ledger.readers.scan.chart import is_form_wording
from ledger.readers.scan.labels import edits, letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.run_together import begins, divided
from ledger.readers.scan.turns import DUE, look_alike
from ledger.readers.scan.wordings import apart
from ledger.types import Effect

_JUNK = " ‘’'\"“”|[]{}!?*°®©¢~^_`=«»<>:;\\-,"
_BRACKETED = re.compile(
    r"\s*[|\[{(]\s*[A-Z]{1,6}(?:\s*[|\]}).]+|\s+[JIl1])*\s*$|\s+(?:[fFIlt1]\s+)?[A-Z]{1,6}\s*[|\]})]\s*$"
)
"""A symbol behind a name, its brackets read as other signs and letters, one of them whole."""

_FRONTLESS = re.compile(r"[a-z]+\b")
"""A first word that lost its capital, and what else stood before it."""

_RULED = re.compile(r"^[l|!1](?=[A-Z])")
"""What a ruling line beside a name is read as: no name begins so."""

_NOUGHT = re.compile(r"(?<=\s)0(?=[\s.,]|$)")
"""An initial read as a nought."""

_INITIAL = re.compile(r"\s[|!©®°]\W*$")
"""A sign alone behind a name, as an I or an O is read, and as a ruled line is."""

_SHORTEST = 5
"""Letters of the shortest name of an owner (of 298, none has fewer than six)."""

_GLUED = re.compile(r"\b([A-Z]{3,})[-_]?(INC|CORP|LTD|LLC)$")
_ENDING = re.compile(r"(?i)(?<=\s)[il1t]n[cgeé](?:[.,:;]|$)")
_STUMP = re.compile(
    r"\s(?!(?:inc|corp|co|com|ltd|plc|llc|llp|lp|nv|sa|ag|se|spa|bv|ab|asa|oyj|new|de|net|pty)\W*$)[a-z]{1,3}\W*$"
)
"""A short last word without a capital that no company's name ends in: what `Inc` may be read as."""

_ADDRESS = re.compile(r"(?i)\d{2,}\s+\w|\bc/o\b|\bcio\b|\b(?:avenue|street|boulevard|suite)\b")
_EXCLAIMED = re.compile(r"(?i)(?<!\byahoo)!")
_SPECK = re.compile(r"\s[a-zà-ÿ]$")
"""A small letter alone behind a name: no initial is one."""

_LONG = 7
"""Letters of a word that is like another but for two by no accident."""

_TWO = 2
_LEAST, _TOLD = 3, 4
_LATE = timedelta(days=60)

_NEVER = timedelta(days=3_653)
"""How long after what it reports no form is signed: ten years."""

_SOON = timedelta(days=10)
"""How soon after the last transaction most forms are signed."""


class Told(NamedTuple):
    """A name or a day as far as it is believed, and what is to be said of it."""

    issuer: Issuer
    owners: tuple[Owner, ...]
    signatures: tuple[Signature, ...]
    repairs: tuple[Repair, ...]


def parties(
    issuer: Issuer,
    owners: Sequence[Owner],
    signatures: Sequence[Signature],
    lines: Sequence[Line],
    days: Sequence[date],
    period: date | None = None,
) -> Told:
    """The company, the owners and the signatures of a misread page, doubted by what is around.

    `days` are those of the transactions; where there are none, the form's period stands for
    them. A name that is no name, or was read in two ways, is unknown; so is a day of signing
    that lies before what is reported, or beyond any day on which it can have been.
    """
    said = Counter(letters(word) for line in lines for word in line.text.split())
    repairs: list[Repair] = []
    issuer, owners = _apart(issuer, owners, signatures, lines, repairs)
    names = [owner.name for owner in owners if owner.name]
    if issuer.name:
        company, effect, why = _company(issuer.name, names, said)
        if why:
            repairs.append(_repair("issuer", issuer.name, effect, why))
            issuer = issuer.model_copy(update={"name": company})
    if issuer.symbol and re.search(r"\d", issuer.symbol):
        why = "no symbol has figures; a letter of it is misread"
        repairs.append(_repair("issuer symbol", issuer.symbol, "field unknown", why))
        issuer = issuer.model_copy(update={"symbol": None})
    elif issuer.symbol and issuer.name and (astray := _foreign(issuer.symbol, issuer.name)):
        why = f"the company's name has no {astray}, which may be misread"
        repairs.append(_repair("issuer symbol", issuer.symbol, "doubtful", why))
    elif issuer.symbol and (other := _other_symbol(issuer.symbol, lines)):
        why = f"the page has {other} too, one of the two misread"
        repairs.append(_repair("issuer symbol", issuer.symbol, "doubtful", why))
    found = []
    for owner in owners:
        name, effect, why = _person(owner.name, said) if owner.name else (None, "repaired", "")
        if name and not why and (other := _beside(name, lines, said)):
            effect, why = "doubtful", f"the page has {other} too, one of them misread"
        if why:
            repairs.append(_repair("owner", owner.name or "", effect, why))
        found.append(owner.model_copy(update={"name": name}) if why else owner)
    if owners and owners[0].officer and not owners[0].officer_title:
        why = "an officer's title stands below the box, and none is legible"
        repairs.append(_repair("relationship", "", "doubtful", why))
    signed = []
    for one in signatures:
        doubt = _signed(one.signed_on, days, period)
        if doubt is not None:
            repairs.append(doubt)
        unknown = doubt is not None and doubt.effect == "field unknown"
        signed.append(one.model_copy(update={"signed_on": None}) if unknown else one)
    return Told(issuer, tuple(found), tuple(signed), tuple(repairs))


def _apart(
    issuer: Issuer,
    owners: Sequence[Owner],
    signatures: Sequence[Signature],
    lines: Sequence[Line],
    repairs: list[Repair],
) -> tuple[Issuer, Sequence[Owner]]:
    """The company and the owners, the two names of a line on which they run together told apart."""
    found = divided(lines, [one.name for one in signatures if one.name])
    if found is None:
        if issuer.name and issuer.name.count(" ") > 1 and begins(lines, issuer.name):
            why = "another name runs together with the issuer's"
            repairs.append(_repair("issuer", issuer.name, "field unknown", why))
            issuer = issuer.model_copy(update={"name": None})
        return issuer, owners
    if issuer.name != found.company:
        repairs.append(_repair("issuer", found.printed, "inferred", found.why))
        issuer = issuer.model_copy(update={"name": found.company})
    first, *others = owners or (Owner(),)
    if first.name != found.owner:
        repairs.append(_repair("owner", found.printed, "inferred", found.why))
        owners = [first.model_copy(update={"name": found.owner}), *others]
    return issuer, owners


def _company(
    printed: str, owners: Sequence[str], said: Counter[str]
) -> tuple[str | None, Effect, str]:
    name = _BRACKETED.sub("", printed).strip(_JUNK)
    name = _GLUED.sub(r"\1 \2", name)
    name = _ENDING.sub("INC" if name.isupper() else "Inc.", name)
    for owner in owners:
        if len(letters(owner)) > 5 and letters(name).startswith(letters(owner)):
            name = name[len(owner) :].strip(_JUNK)
    if _ADDRESS.search(name):
        name = _repeated(name.split())
    if not _is_name(name) or (len(letters(name)) < 5 and said[letters(name)] < 2):
        return None, "field unknown", "what stands with its label is no name"
    if (first := _FRONTLESS.match(name)) and said[letters(first.group())] < 2:
        return None, "field unknown", "its first letters are lost: no capital is left of them"
    name = " ".join(_mended(word, said, least=2) for word in name.split())
    if _EXCLAIMED.search(name):
        return name, "doubtful", f"read as {name}: a sign in it may be a letter"
    if other := next((near for word in name.split() if (near := _other_print(word, said))), ""):
        return name, "doubtful", f"read as {name}: the page has {other} too, one of them misread"
    if _STUMP.search(name) or printed.rstrip().endswith(","):
        return name, "doubtful", f"read as {name}: its last word is misread or lost"
    alike = letters(name) == letters(printed) and printed[:1] == name[:1]
    if alike and name.count(" ") == printed.strip(_JUNK).count(" "):
        return printed, "repaired", ""
    return name, "repaired", f"read as {name}: what else stands there is no part of the name"


def _foreign(symbol: str, name: str) -> str:
    """The first letter of a symbol that its company's name lacks, or nothing (of 41 symbols 6 have one)."""
    return next((sign for sign in symbol.upper() if sign not in name.upper()), "")


def _other_symbol(symbol: str, lines: Sequence[Line]) -> str:
    """A word in capitals that is a symbol of four letters and more but for one of them, or nothing."""
    words = {word.strip(_JUNK) for line in lines for word in line.text.split() if word.isupper()}
    alike = (one for one in sorted(words) if len(one) == len(symbol) >= _TOLD and one.isalpha())
    near = (one for one in alike if apart(letters(one), letters(symbol)) == 1)
    return next((one for one in near if not is_form_wording(one)), "")


def _repeated(words: Sequence[str]) -> str:
    """The end of some words that stands at their beginning too, in whatever letters."""
    bare = [letters(word) for word in words]
    for at in range(1, len(words)):
        if "".join(bare[at:]) in "".join(bare[:at]) and len("".join(bare[at:])) > 4:
            return " ".join(words[at:])
    return ""


_STROKE = "il"
"""Letters that a ruled line before a name is read as."""


def _person(printed: str, said: Counter[str]) -> tuple[str | None, Effect, str]:
    name = re.sub(r"(?<=[a-z]{3})[.,;:](?=\s)", "", printed.strip(_JUNK))
    name = _SPECK.sub("", _NOUGHT.sub("O", _RULED.sub("", name)))
    if not _is_name(name) or len(letters(name)) < _SHORTEST:
        return None, "field unknown", "what stands with its label is no name"
    first = letters(name.split()[0])
    if first[0] in _STROKE and len(first) > _LEAST and said[first] < 2 and said[first[1:]]:
        name = re.sub(r"^\W*\w", "", name)
        return name, "repaired", f"read as {name}: a line before it was read as a letter"
    for word in name.split():
        bare = letters(word)
        if len(bare) > 3 and said[bare] < 2 and next(_variants(bare, said), None):
            return None, "field unknown", "it stands elsewhere on the page with a letter changed"
    if _INITIAL.search(printed) and not re.search(r"\s[A-Z]\.?$", name):
        return name, "doubtful", f"read as {name}: the sign behind it may be an initial"
    if accented := next((sign for sign in name if sign.isalpha() and not sign.isascii()), ""):
        return name, "doubtful", f"read as {name}: the {accented} may be a letter beside a speck"
    same = letters(name) == letters(printed) and name == printed.strip()
    return name, "repaired", "" if same else f"read as {name}: the signs are no part of it"


def _beside(name: str, lines: Sequence[Line], said: Counter[str]) -> str:
    """What stands beside a word of a name elsewhere and is like another of its words, which stands nowhere else."""
    words = {letters(word) for word in name.split()}
    once = [word for word in words if len(word) >= _LEAST and said[word] < 2]
    for line in lines if once else ():
        bare = [letters(word) for word in line.text.split()]
        for at, known in enumerate(bare):
            near = bare[max(0, at - _TOLD) : at + _TOLD]
            if known not in words or len(known) < _TOLD or words & {*once} & {*near}:
                continue
            for word, other in product(once, near):
                alike = len(word) == len(other) and word[0] == other[0] and other not in words
                if other[:-1] == word or (alike and edits(word, other) <= _TWO):
                    return f"{known} beside {other}"
    return ""


def _is_name(name: str) -> bool:
    words = [word for word in name.split() if len(letters(word)) > 1]
    if not words or is_label(name) or BESIDE.search(name) or not re.search(r"[A-Z]", name):
        return False
    odd = re.search(r"[^\w\s.,&'’()/+!-]|_", name)
    return not is_form_wording(name) and not odd


def _mended(word: str, said: Counter[str], *, least: int) -> str:
    bare = letters(word)
    if len(bare) < 5 or said[bare] > 1:
        return word
    near = [other for other in _variants(bare, said) if said[other] >= least]
    if len(near) != 1 or not re.fullmatch(r"[A-Za-z]+", word):
        return word
    return near[0].upper() if word.isupper() else near[0].title()


def _other_print(word: str, said: Counter[str]) -> str:
    """A word of the page that a long one is but for two letters, which stands there once itself, or nothing."""
    bare = letters(word)
    if len(bare) < _LONG or said[bare] > 1:
        return ""
    near = (other for other in said if other != bare and other[-3:] == bare[-3:])
    return next((other for other in near if edits(bare, other) <= _TWO), "")


def _variants(bare: str, said: Counter[str]) -> Iterator[str]:
    """Other words of the page that differ from one in a single letter."""
    for other in said:
        if other != bare and len(other) == len(bare) and apart(bare, other) == 1:
            yield other


def _signed(day: date | None, days: Sequence[date], period: date | None) -> Repair | None:
    last = max(days, default=period)
    if day is None or last is None:
        return None
    if day < last and days:
        why = "it lies before a transaction that the form reports"
        return _repair("signature", day.isoformat(), "field unknown", why)
    if day > last + _NEVER:
        why = "it lies more than ten years after what is reported; a digit of it is misread"
        return _repair("signature", day.isoformat(), "field unknown", why)
    if _misread(day, last):
        why = "all but a digit of it is a day soon after what is reported; one of them is misread"
        return _repair("signature", day.isoformat(), "field unknown", why)
    due = (last + timedelta(days=at) for at in range(DUE.days + 1))
    if days and day > last + DUE and any(edits(f"{day}", f"{other}") == 1 for other in due):
        why = "all but a digit of it is a day on which the form was due; it may be misread"
        return _repair("signature", day.isoformat(), "doubtful", why)
    if day > last + _LATE:
        why = "it lies so long after what is reported that a digit of it may be misread"
        return _repair("signature", day.isoformat(), "doubtful", why)
    return None


def _misread(day: date, last: date) -> bool:
    """Whether a late day is in all but a digit one on which most forms would be signed.

    The two digits are such that a program takes one for the other.
    """
    if day <= last + _LATE:
        return False
    soon = (last + timedelta(days=at) for at in range(_SOON.days + 1))
    return any(look_alike(day, other) for other in soon)


def _repair(field: str, printed: str, effect: Effect, why: str) -> Repair:
    return Repair(field=field, printed=printed, effect=effect, why=why)
