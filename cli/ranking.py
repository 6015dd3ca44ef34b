"""How grave kinds of findings are to whoever asks: a small file that raises or lowers them.

`ledger.toml` beside the ledger, or the file that `LEDGER_CONFIG` names:

    [severity]
    LATE_FILING = "major"
    SHORT_SWING_CANDIDATE = "minor"

What it does not name is as grave as the kind is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from projections.answers import Holding, Holdings

_NAME = "ledger.toml"
_LARGEST = 100_000


def as_held(answer: Holdings, ranked: Mapping[str, str]) -> Holdings:
    """Holdings, what is said of the findings about each as grave as it is to whoever asks."""
    import msgspec  # noqa: PLC0415  (where there are holdings)

    held = tuple(holding_as(one, ranked) for one in answer.holdings)
    return msgspec.structs.replace(answer, holdings=held) if ranked else answer


def holding_as(one: Holding, ranked: Mapping[str, str]) -> Holding:
    """A holding, what is said of the findings about it as grave as it is to whoever asks."""
    import msgspec  # noqa: PLC0415  (as above)

    worst = [
        msgspec.structs.replace(found, severity=ranked.get(found.kind, found.severity))
        for found in one.worst
    ]
    return msgspec.structs.replace(one, worst=tuple(worst)) if ranked else one


def severities(database: str) -> dict[str, str]:
    """The severities that the file gives to kinds of findings.

    Raises:
        UsageError: It cannot be read, or names what is no kind or severity.
    """
    named = os.environ.get("LEDGER_CONFIG")
    beside = Path(_NAME) if "://" in database else Path(database).parent / _NAME
    path = Path(named) if named else beside
    if not named and not path.is_file():
        return {}
    import tomllib  # noqa: PLC0415  (where there is such a file)

    from projections.findings.kinds import KINDS, SEVERITIES  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            said = tomllib.loads(file.read(_LARGEST).decode())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"it cannot be read as TOML: {error}", where=str(path), remedy="mend or remove it"
        ) from None
    found = said.get("severity", {})
    unknown = sorted(set(said) - {"severity"})
    if unknown or not isinstance(found, dict):
        raise UsageError(
            f"{', '.join(unknown) or 'severity'} is no table that means anything",
            where=str(path),
            remedy='write [severity] and under it lines such as LATE_FILING = "major"',
        )
    for kind, severity in found.items():
        if kind not in KINDS:
            from projections.questions.glossary import where_kinds_are  # noqa: PLC0415  (seldom)

            raise UsageError(
                f"there is no kind of finding {kind!r}",
                where=str(path),
                remedy=where_kinds_are(kind),
            )
        if severity not in SEVERITIES:
            raise UsageError(
                f"{kind} cannot be {severity!r}",
                where=str(path),
                remedy=f"one of {', '.join(SEVERITIES)}",
            )
    return dict(found)
