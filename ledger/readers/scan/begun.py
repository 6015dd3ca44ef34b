"""What the pieces of a row begun say of those to come: whether it lacks any, and which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ledger.readers.scan.candidates import NOUGHT, STROKES, letter_in
from ledger.readers.scan.lines import Line
from ledger.readers.scan.tokens import Token

FIGURES = frozenset({"number", "broken", "marks"})
"""Kinds of pieces that only a row has, and no words between rows."""

TITLE = re.compile(
    r"(?i)(?:class|common|series|preferred|ordinary|stock|restricted|employee|option|warrant)"
)
"""How the title of a security begins, and no heading above it ends."""

_NATURE = re.compile(r"(?i)(?:by|see|held|through)\b")
"""How most natures of ownership begin."""

_PAR = re.compile(r"(?i)(?:\bpar va\w{2,3}|^value)(?: of)?\W*$")
"""How a title ends whose next line begins with what its shares are worth at par."""

_PAR_BEHIND = re.compile(r"(?i)par(?: value\b(?!(?: of)?\W*\d)|\W*$)")
"""How words go on behind what a share is worth at par."""

_WORTH = re.compile(r"[$S8]?(?:0?[.,]\d{2,5}|\d{1,3}\.\d{1,3})|\$\d{1,3}")
"""What a share is worth at par, and no number of shares."""

_PER = re.compile(r"(?i)per(?: share)?\b")

_PAR_ALONE = re.compile(r"(?i)par value(?: per share| each)?\W*")

_STOCK = re.compile(r"(?i)\b(?:stock|shares?|units?|interests?)\W*$")

_DATED = re.compile(r"\d\W?(?:19|20)\d\d\W*$")
"""How what is left of a day ends."""

_AT_PAR = re.compile(r"[$S8]?\d*[.,]\d{2,}(?: per| each|$)")


def worth_at_par(
    tokens: list[Token], above: Sequence[Token], below: Line | None = None
) -> list[Token]:
    """Pieces of a line, the figure that a share is worth at par taken for words.

    It stands before `par value` on its line, or behind a title where the line below begins so; or it
    begins the line, where a title above waits for it.
    """
    tokens = _before_par(tokens)
    if below is not None and any(_PAR_ALONE.fullmatch(cell.text) for cell in below.cells):
        tokens = _above_par(tokens)
    figures = [at for at, token in enumerate(tokens) if token.kind != "text"]
    if len(figures) != 1 or tokens[figures[0]].kind not in {"number", "broken"}:
        return tokens
    (at,) = figures
    titles = [token.text for token in [*above, *tokens[:at]] if token.kind == "text"]
    waits = any(map(_PAR.search, titles[-3:]))
    worth = _WORTH.fullmatch(tokens[at].text)
    per = worth and any(_PER.match(token.text) for token in tokens[at + 1 : at + 2])
    if not (waits and (worth or not at)) and not per:
        return tokens
    beside = [token for token in tokens[at:] if token.cell is tokens[at].cell]
    return [*tokens[:at], _one(beside), *tokens[at + len(beside) :]]


def _before_par(tokens: list[Token]) -> list[Token]:
    """Pieces with every figure before `par value` part of the words about it."""
    for at, (figure, words) in enumerate(pairwise(tokens)):
        if _WORTH.fullmatch(figure.text) and _PAR_BEHIND.match(words.text):
            front = tokens[at - 1 : at] if at and tokens[at - 1].kind == "text" else []
            return _before_par(
                [*tokens[: at - len(front)], _one([*front, figure, words]), *tokens[at + 2 :]]
            )
    return tokens


def _above_par(tokens: list[Token]) -> list[Token]:
    """Pieces with the only figure behind a title that a share may be worth at par part of it."""
    found = [
        at
        for at, (title, figure) in enumerate(pairwise(tokens))
        if title.kind == "text" and _STOCK.search(title.text) and _WORTH.fullmatch(figure.text)
    ]
    if len(found) != 1:
        return tokens
    at = found[0]
    return [*tokens[:at], _one(tokens[at : at + 2]), *tokens[at + 2 :]]


def _one(pieces: Sequence[Token]) -> Token:
    """Pieces as the words of one."""
    marks = tuple(dict.fromkeys(mark for piece in pieces for mark in piece.marks))
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        text += f"{',' * (f'{before.text},' in before.cell.text)} {piece.text}"
    return pieces[0]._replace(kind="text", number=None, money=False, text=text, marks=marks)


def sold(tokens: list[Token]) -> list[Token]:
    """Pieces of a line, a dollar sign alone between a day and a number of shares taken for the S it is.

    A price's sign stands behind the amount, and that of an exercise price before the day.
    """
    found = list(tokens)
    for at, (day, sign, amount) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        dated = day.kind == "date" or _DATED.search(day.text)
        counted = amount.kind in {"number", "broken"} and not amount.money
        if sign.text.strip() == "$" and dated and counted:
            found[at + 1] = sign._replace(kind="shred")
    return found


def says_par(token: Token) -> bool:
    """Whether words are what a share is worth at par."""
    return token.kind == "text" and bool(_AT_PAR.match(token.text))


def owning_nothing(tokens: list[Token]) -> list[Token]:
    """A holding of none: a title, what is left of a nought and of an I, and a nature of ownership."""
    kinds = [token.kind for token in tokens]
    if (
        kinds[:1] + kinds[-1:] != ["text", "text"]
        or set(kinds[1:-1]) != {"shred"}
        or len(kinds) > 5
    ):
        return tokens
    nought = NOUGHT.fullmatch(tokens[1].text) and any(
        STROKES.fullmatch(t.text) for t in tokens[2:-1]
    )
    if not nought or not TITLE.match(tokens[0].text) or not _NATURE.match(tokens[-1].text):
        return tokens
    return [tokens[0], tokens[1]._replace(kind="broken"), *tokens[2:]]


def is_sign(token: Token) -> bool:
    """Whether a piece is a sign without letter or figure."""
    return token.kind == "shred" and not any(c.isalnum() for c in token.text)


def says_indirect(token: Token) -> bool:
    """Whether a row's last piece is the I of ownership, so that its nature may follow."""
    found = letter_in("ownership", token.text) if token.kind in {"shred", "letter"} else None
    return found is not None and found[0] == "I"


def awaits_underlying(tokens: Sequence[Token]) -> bool:
    """Whether a row so far has days or marks for them and no words after, as in Table II."""
    days = [place for place, token in enumerate(tokens) if token.kind in {"date", "marks"}]
    return bool(days) and not any(token.kind == "text" for token in tokens[days[0] :])


def _held_indirectly(tokens: Sequence[Token]) -> bool:
    """Whether a holding's pieces end in a figure, the stroke of an I, and a nature."""
    kinds = [token.kind for token in tokens]
    return (
        "date" not in kinds
        and kinds[-2:] == ["shred", "text"]
        and kinds[-3:-2] in (["number"], ["broken"])
        and says_indirect(tokens[-2])
    )


def is_traded(tokens: Sequence[Token]) -> bool:
    """Whether a row of Table I so far has a day and all figures behind it, so that a day begins another."""
    start = next((i for i, token in enumerate(tokens) if token.kind == "date"), None)
    behind = tokens[start + 1 :] if start is not None else ()
    figures = [token for token in behind if token.kind in {"number", "broken"}]
    owned = sum(token.number is not None and not token.money for token in figures)
    return owned > 1 and len({token.line for token in behind if token in figures}) == 1


def complete(tokens: Sequence[Token]) -> bool:
    """Whether the D or I of a row's ownership has been seen, so that only a nature may follow."""
    if _held_indirectly(tokens):
        return True
    last = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].kind == "letter"), None)
    if last is None or tokens[last].letter not in {"D", "I"}:
        return False
    kinds = [token.kind for token in tokens]
    if any(kind in {"number", "broken", "date"} for kind in kinds[last:]):
        return False
    start = next((i for i, kind in enumerate(kinds) if kind == "date"), None)
    if start is None or "text" in kinds[start + 1 : last]:
        return bool(FIGURES & set(kinds[:last]))
    body = range(start, last)
    amount = next((i for i in body if kinds[i] in FIGURES), last)
    directed = any(tokens[i].letter in {"A", "D"} for i in range(amount, last))
    figures = [i for i in body if kinds[i] in {"number", "broken"}]
    if directed:
        return len(figures) > 1
    return len(figures) > 2 or (len(figures) > 1 and any(tokens[i].money for i in figures))
