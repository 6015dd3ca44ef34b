"""The elements of the SEC's ownership XML: which a new field joins first.

Names and types follow the "EDGAR Ownership XML Technical Specification", version 5.5,
and the elements that older schemas had and newer ones dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from ledger.readers.grammar import day_iso, quantity, yes_or_no
from ledger.types import Form, Table, normal_cik, plain

FIELD_LIMIT = 4_096
NOTE_LIMIT = 65_536
"""Characters of one field, and of one footnote or the remarks (the form's own limits are
255 and 2,000). What is longer is not recorded, and a repair says so."""

FORMS: tuple[Form, ...] = ("3", "3/A", "4", "4/A", "5", "5/A")


_REMEMBERED = 4_096
_SHORT = 64
"""Texts that a kind remembers, and the characters of the longest of them."""


class Read(NamedTuple):
    """A field's value, and its text where that is not how the value is printed."""

    value: Any
    printed: str | None


class Kind:
    """How a field is read, how its value is printed canonically, and what it should be."""

    __slots__ = ("expected", "known", "limit", "read", "show")

    def __init__(
        self,
        read: Callable[[str], Any],
        show: Callable[[Any], str] | None = None,
        expected: str = "",
        limit: int = FIELD_LIMIT,
    ) -> None:
        self.read, self.show, self.expected, self.limit = read, show, expected, limit
        self.known: dict[str, Read] = {}
        """What was read before: forms say the same few things again and again."""

    def reading(self, text: str) -> Read | None:
        """What a text without control characters says, or None where it is no such value."""
        value = self.read(text) if len(text) <= self.limit else None
        if value is None:
            return None
        odd = self.show is not None and self.show(value) != text
        found = Read(value, text if odd else None)
        if len(text) <= _SHORT:
            if len(self.known) == _REMEMBERED:
                self.known.clear()
            self.known[text] = found
        return found


_TEXT = Kind(str)
NOTE = Kind(str, limit=NOTE_LIMIT)
_DAY = Kind(day_iso, date.isoformat, "a day, YYYY-MM-DD")
_NUMBER = Kind(quantity, plain, "a plain number")
_MONEY = Kind(lambda text: quantity(text.strip().removeprefix("$")), plain, "a plain number")
_FLAG = Kind(yes_or_no, None, "1, 0, true or false")
_CIK = Kind(normal_cik, None, "a Central Index Key")
_SIDE = Kind({"A": "acquired", "D": "disposed"}.get, None, "A or D")
_HELD = Kind({"D": "direct", "I": "indirect"}.get, None, "D or I")
_FORM = Kind(
    lambda text: f if (f := text.upper().replace(" ", "")) in FORMS else None, None, "3, 4 or 5"
)


class Field(NamedTuple):
    """One field of the form: the part it belongs to, its name there, and how it is read."""

    part: str
    name: str
    kind: Kind


FIELDS: dict[str, Field] = {
    "schemaVersion": Field("filing", "schema_version", _TEXT),
    "documentType": Field("filing", "form", _FORM),
    "periodOfReport": Field("filing", "period", _DAY),
    "dateOfOriginalSubmission": Field("filing", "original_on", _DAY),
    "noSecuritiesOwned": Field("filing", "no_securities_owned", _FLAG),
    "notSubjectToSection16": Field("filing", "not_subject_to_section16", _FLAG),
    "form3HoldingsReported": Field("filing", "form3_holdings_reported", _FLAG),
    "form4TransactionsReported": Field("filing", "form4_transactions_reported", _FLAG),
    "aff10b5One": Field("filing", "plan_10b5_1", _FLAG),
    "remarks": Field("filing", "remarks", NOTE),
    "issuerCik": Field("issuer", "cik", _CIK),
    "issuerName": Field("issuer", "name", _TEXT),
    "issuerTradingSymbol": Field("issuer", "symbol", _TEXT),
    "issuerForeignTradingSymbol": Field("issuer", "foreign_symbol", _TEXT),
    "rptOwnerCik": Field("owner", "cik", _CIK),
    "rptOwnerName": Field("owner", "name", _TEXT),
    "rptOwnerStreet1": Field("owner", "street1", _TEXT),
    "rptOwnerStreet2": Field("owner", "street2", _TEXT),
    "rptOwnerCity": Field("owner", "city", _TEXT),
    "rptOwnerState": Field("owner", "state", _TEXT),
    "rptOwnerZipCode": Field("owner", "zip_code", _TEXT),
    "rptOwnerStateDescription": Field("owner", "state_description", _TEXT),
    "rptOwnerGoodAddress": Field("owner", "good_address", _FLAG),
    "rptOwnerNonUSAddressFlag": Field("owner", "non_us_address", _FLAG),
    "rptOwnerNonUSStateTerritory": Field("owner", "non_us_state", _TEXT),
    "rptOwnerCountry": Field("owner", "country", _TEXT),
    "isDirector": Field("owner", "director", _FLAG),
    "isOfficer": Field("owner", "officer", _FLAG),
    "isTenPercentOwner": Field("owner", "ten_percent_owner", _FLAG),
    "isOther": Field("owner", "other", _FLAG),
    "officerTitle": Field("owner", "officer_title", _TEXT),
    "otherText": Field("owner", "other_text", _TEXT),
    "signatureName": Field("signature", "name", _TEXT),
    "signatureDate": Field("signature", "signed_on", _DAY),
    "securityTitle": Field("row", "security", _TEXT),
    "transactionDate": Field("row", "effective_on", _DAY),
    "deemedExecutionDate": Field("row", "deemed_execution_on", _DAY),
    "transactionFormType": Field("row", "form_type", _TEXT),
    "transactionCode": Field("row", "code", _TEXT),
    "equitySwapInvolved": Field("row", "equity_swap", _FLAG),
    "transactionTimeliness": Field("row", "timeliness", _TEXT),
    "transactionShares": Field("row", "shares", _NUMBER),
    "transactionTotalValue": Field("row", "value", _MONEY),
    "transactionPricePerShare": Field("row", "price", _MONEY),
    "transactionAcquiredDisposedCode": Field("row", "direction", _SIDE),
    "sharesOwnedFollowingTransaction": Field("row", "shares_after", _NUMBER),
    "valueOwnedFollowingTransaction": Field("row", "value_after", _MONEY),
    "directOrIndirectOwnership": Field("row", "ownership", _HELD),
    "natureOfOwnership": Field("row", "nature", _TEXT),
    "conversionOrExercisePrice": Field("row", "exercise_price", _MONEY),
    "exerciseDate": Field("row", "exercisable_on", _DAY),
    "expirationDate": Field("row", "expires_on", _DAY),
    "underlyingSecurityTitle": Field("row", "underlying", _TEXT),
    "underlyingSecurityShares": Field("row", "underlying_shares", _NUMBER),
    "underlyingSecurityValue": Field("row", "underlying_value", _MONEY),
}
"""Every element that holds a value: whose it is, which field, and of what kind."""

GROUPS: dict[str, str] = {
    "issuer": "",
    "reportingOwnerId": "",
    "reportingOwnerAddress": "",
    "reportingOwnerRelationship": "",
    "nonDerivativeTable": "",
    "derivativeTable": "",
    "footnotes": "",
    "transactionCoding": "code",
    "transactionAmounts": "shares",
    "postTransactionAmounts": "shares_after",
    "ownershipNature": "ownership",
    "underlyingSecurity": "underlying",
}
"""Elements that only hold others, and the field a footnote cited there belongs to."""

ROWS: dict[str, tuple[Table, bool]] = {
    "nonDerivativeTransaction": ("I", False),
    "nonDerivativeHolding": ("I", True),
    "derivativeTransaction": ("II", False),
    "derivativeHolding": ("II", True),
}
"""The elements that are rows: of which table, and whether they only state a holding."""

CONTAINERS = frozenset({"reportingOwner", "ownerSignature", "footnote", "footnoteId"})
"""Elements that open something of their own."""

KNOWN = frozenset(FIELDS) | frozenset(GROUPS) | frozenset(ROWS) | CONTAINERS
"""Every element a document can be taken apart by."""
