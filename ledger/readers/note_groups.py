"""Totals with their parts, within one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ledger.readers.note_text import Stated

_LISTS_PARTS = re.compile(
    r"\b(?:including|consisting\s+of|comprised\s+of|comprising|as\s+follows|of\s+which|being)\b|:", re.I
)


def grouped(text: str, stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """The statements of a sentence with each total resolved into its parts.

    Where the amounts after a total sum to it, or those before one, each part carries the
    total and the total goes. Where parts are announced ("including") and do not sum, the
    total alone stands, for some of its parts are not given.
    """
    if len(stated) < 2:
        return tuple(stated)
    for index, whole in enumerate(stated):
        same = [other for other in stated if other is not whole and other.kind == whole.kind]
        after = [other for other in stated[index + 1 :] if other.kind == whole.kind]
        rest = [other for other in stated if other not in (whole, *after)]
        for parts in (after, same):
            if len(parts) > 1 and whole.shares == sum(part.shares or 0 for part in parts):
                kept = [part._replace(group_total=whole.shares) for part in parts]
                others = [other for other in rest if other not in parts]
                return tuple(sorted([*others, *kept], key=lambda item: item.start))
        if after and whole.kind not in ("composition", "exclusion"):
            between = text[whole.start : after[0].end]
            announced = _LISTS_PARTS.search(between) is not None
            if announced and whole.shares == after[0].shares and len(after) == 1:
                return (*rest, after[0])
            if announced and sum(part.shares or 0 for part in after) < (whole.shares or Decimal(0)):
                return (*rest, whole._replace(end=after[-1].end))
    return tuple(stated)
