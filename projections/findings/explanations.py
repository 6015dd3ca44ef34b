"""What an explanation of a difference is made of: its code, its terms, and what lost to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

EXPLANATIONS: dict[str, str] = {
    "EXPL_PLAN_PURCHASE": "shares bought under a plan that needs no row",
    "EXPL_REINVESTMENT": "dividends reinvested",
    "EXPL_SPLIT": "a stock split or stock dividend",
    "EXPL_FORM_CHANGE": "a change in the form of ownership between vehicles of one person",
    "EXPL_ANNUITY_RETURN": "shares that an annuity trust paid back to its grantor",
    "EXPL_TRUST_DISTRIBUTION": "a distribution by a trust, fund or partnership",
    "EXPL_COURT_TRANSFER": "a transfer ordered by a court",
    "EXPL_VEST_COMPOSITION": "units or restricted shares that entered the total",
    "EXPL_FORFEITURE": "shares or units forfeited",
    "EXPL_WITHHOLDING": "shares withheld for a tax or a price, which only a note reports",
    "EXPL_NOTED_DISPOSAL": "shares that went away as only a note reports",
    "EXPL_NOTED_ACQUISITION": "shares that came as only a note reports",
    "EXPL_LAPSE": "a derivative that lapsed",
    "EXPL_SCOPE_CHANGE": "shares left or entered what the filer reports",
    "EXPL_SAME_SHARES": "a note that describes the same shares as a row",
    "EXPL_PRIOR_CORRECTION": "the correction of an earlier report",
    "EXPL_MISSING_FILING": "a transaction that only another row tells: later, in the other table or under another name",
    "EXPL_CONVENTION": "the total means something else: class, title or tranche",
    "EXPL_ASOF": "a total as of the filing, which counts what moved after its row",
    "EXPL_SUCCESSION": "shares of an issuer that this one continues, carried over",
    "EXPL_ROUNDING": "rounding of fractions",
    "EXPL_FILER_ERROR": "an error of the filer whose kind the arithmetic shows",
    "EXPL_OCR": "a scanned digit taken for one that looks like it",
    "EXPL_PLAN_ACCRUAL": "units that accrue in a plan without rows",
    "EXPL_ACCRUED_YIELD": "interest or dividends that a debt or preferred stock paid in more of itself",
    "EXPL_PERFORMANCE_OUTCOME": "units that paid out what was earned, more or less than their target",
    "EXPL_NOTE_UNQUANTIFIED": "a note that gives the cause but not the amount",
    "EXPL_GIFT": "a gift that only a note reports",
}
"""Every code an explanation may carry."""


class Term(msgspec.Struct, frozen=True):
    """One summand of an explanation: its signed shares, and the words that prove it."""

    kind: str
    shares: Decimal
    source: str
    text: str
    effective_from: date | None = None
    effective_to: date | None = None


class Rejected(msgspec.Struct, frozen=True):
    """An explanation that was tried: what total it predicts, and how far off it is."""

    code: str
    predicted: Decimal | None
    residual: Decimal | None
    why: str


class Explanation(msgspec.Struct, frozen=True):
    """Why a total differs: a code, the terms that close it, and what lost to them.

    `explicit` says that every term is stated by a filing rather than inferred.
    """

    code: str
    confidence: str
    terms: tuple[Term, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    explicit: bool = False
