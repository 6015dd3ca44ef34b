"""By which rules issuers were judged: a fingerprint of every module that a judgement may go through.

What only reads, asks or shows is outside: a change there has nothing judged anew. A test derives
both sides from the imports of the modules.
"""

from __future__ import annotations

from functools import cache

from ledger.editions import fingerprint, folder_of

BESIDE = {
    "ledger": ("edgar", "ingestion", "readers"),
    "projections": ("bulk", "charts", "questions", "sql"),
}
"""The rooms of each package that no judgement goes through."""


@cache
def edition() -> str:
    """By which rules what is stored was judged: what others judged is judged again."""
    return fingerprint({folder_of(package): rooms for package, rooms in BESIDE.items()})


@cache
def program() -> str:
    """By which program, the whole of it, something was worked out from what was judged."""
    return fingerprint(dict.fromkeys(map(folder_of, BESIDE), ()))
