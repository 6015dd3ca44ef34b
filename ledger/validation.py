"""What a model of a filing is made of: values that pydantic checks as they enter.

What only reads what was checked before, as replay does, needs none of this.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
)

from ledger.types import DASHED, TEN_DIGITS, canonical, instant, plain

Accession = Annotated[str, StringConstraints(pattern=f"^{DASHED}$")]
"""EDGAR's name of one filing: submitter's login, two-digit year, sequence."""

Cik = Annotated[str, StringConstraints(pattern=f"^{TEN_DIGITS}$")]
"""EDGAR's Central Index Key of a company or person, ten digits."""

Quantity = Annotated[
    Decimal, AfterValidator(canonical), PlainSerializer(plain, return_type=str, when_used="json")
]
"""An exact, finite number in canonical form; shares, a price or an amount of dollars."""

Instant = Annotated[datetime, PlainSerializer(instant, return_type=str, when_used="json")]
"""A moment in UTC."""


class Frozen(BaseModel):
    """An immutable value: it can be compared and kept, not changed or stretched."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
