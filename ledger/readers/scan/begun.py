"""What the pieces of a row begun say of those to come: whether it lacks any, and which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.readers.scan.candidates import NOUGHT, STROKES, letter_in
from ledger.readers.scan.tokens import Token

FIGURES = frozenset({"number", "broken", "marks"})
"""Kinds of pieces that only a row has, and no words between rows."""

TITLE = re.compile(
    r"(?i)(?:class|common|series|preferred|ordinary|stock|restricted|employee|option|warrant)"
)
"""How the title of a security begins, and no heading above it ends."""

_NATURE = re.compile(r"(?i)(?:by|see|held|through)\b")
"""How most natures of ownership begin."""

_PAR = re.compile(r"(?i)\bpar va\w{2,3}(?: of)?\W*$")
"""How a title ends whose next line begins with what its shares are worth at par."""

_AT_PAR = re.compile(r"[$S8]?\d*[.,]\d{2,}(?: per| each|$)")


def worth_at_par(tokens: list[Token], above: Sequence[Token]) -> list[Token]:
    """Pieces of a line, the figure that begins it taken for words where a title above waits for it."""
    figure = tokens[0] if tokens else None
    if figure is None or figure.kind not in {"number", "broken"}:
        return tokens
    titles = [token.text for token in above if token.kind == "text"]
    words = all(token.kind == "text" for token in tokens[1:])
    if not words or not any(map(_PAR.search, titles[-2:])):
        return tokens
    beside = [token for token in tokens if token.cell is figure.cell]
    whole = figure._replace(kind="text", number=None, text=" ".join(t.text for t in beside))
    return [whole, *tokens[len(beside) :]]


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
