"""The tables of a data set and their columns: the one place to change when the SEC adds one.

Names follow the set's own metadata and its files, which differ: the metadata has four
columns of contacts that no file has, and `EQUITY_SWAP_INVOLVED_FN`, which the files call
`EQUITY_SWAP_TRANS_CD_FN`; a derivative transaction has an `EXCERCISE_DATE`, a derivative
holding an `EXERCISE_DATE`. Either spelling is taken in either table.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.types import Table

ACCESSION = "ACCESSION_NUMBER"
SUBMISSION, OWNERS = "SUBMISSION", "REPORTINGOWNER"
NOTES, SIGNATURES = "FOOTNOTES", "OWNER_SIGNATURE"

_FILING = {
    "PERIOD_OF_REPORT": "periodOfReport",
    "DATE_OF_ORIG_SUB": "dateOfOriginalSubmission",
    "NO_SECURITIES_OWNED": "noSecuritiesOwned",
    "NOT_SUBJECT_SEC16": "notSubjectToSection16",
    "FORM3_HOLDINGS_REPORTED": "form3HoldingsReported",
    "FORM4_TRANS_REPORTED": "form4TransactionsReported",
    "DOCUMENT_TYPE": "documentType",
    "ISSUERCIK": "issuerCik",
    "ISSUERNAME": "issuerName",
    "ISSUERTRADINGSYMBOL": "issuerTradingSymbol",
    "REMARKS": "remarks",
    "AFF10B5ONE": "aff10b5One",
}
_OWNER = {
    "RPTOWNERCIK": "rptOwnerCik",
    "RPTOWNERNAME": "rptOwnerName",
    "RPTOWNER_TITLE": "officerTitle",
    "RPTOWNER_TXT": "otherText",
    "RPTOWNER_STREET1": "rptOwnerStreet1",
    "RPTOWNER_STREET2": "rptOwnerStreet2",
    "RPTOWNER_CITY": "rptOwnerCity",
    "RPTOWNER_STATE": "rptOwnerState",
    "RPTOWNER_ZIPCODE": "rptOwnerZipCode",
    "RPTOWNER_STATE_DESC": "rptOwnerStateDescription",
}
_AFTER = {
    "SHRS_OWND_FOLWNG_TRANS": "sharesOwnedFollowingTransaction",
    "VALU_OWND_FOLWNG_TRANS": "valueOwnedFollowingTransaction",
    "DIRECT_INDIRECT_OWNERSHIP": "directOrIndirectOwnership",
    "NATURE_OF_OWNERSHIP": "natureOfOwnership",
}
_DERIVATIVE = {
    "CONV_EXERCISE_PRICE": "conversionOrExercisePrice",
    "EXERCISE_DATE": "exerciseDate",
    "EXPIRATION_DATE": "expirationDate",
    "UNDLYNG_SEC_TITLE": "underlyingSecurityTitle",
    "UNDLYNG_SEC_SHARES": "underlyingSecurityShares",
    "UNDLYNG_SEC_VALUE": "underlyingSecurityValue",
}
_TITLED = {"SECURITY_TITLE": "securityTitle", "TRANS_FORM_TYPE": "transactionFormType"}
_MOVED = {
    "TRANS_DATE": "transactionDate",
    "DEEMED_EXECUTION_DATE": "deemedExecutionDate",
    "TRANS_CODE": "transactionCode",
    "EQUITY_SWAP_INVOLVED": "equitySwapInvolved",
    "TRANS_TIMELINESS": "transactionTimeliness",
    "TRANS_SHARES": "transactionShares",
    "TRANS_PRICEPERSHARE": "transactionPricePerShare",
    "TRANS_ACQUIRED_DISP_CD": "transactionAcquiredDisposedCode",
}

OTHER_SPELLINGS = {
    "EXCERCISE_DATE": "EXERCISE_DATE",
    "EXCERCISE_DATE_FN": "EXERCISE_DATE_FN",
    "EQUITY_SWAP_INVOLVED_FN": "EQUITY_SWAP_TRANS_CD_FN",
}
"""Names a column also goes by."""

NOT_TAKEN = frozenset(
    (
        "CONTACT_NAME",
        "CONTACT_PHONE_NUMBER",
        "CONTACT_EMAIL_ADDRESS",
        "NOTIFICATION_EMAIL_ADDRESS",
        "RPTOWNER_RELATIONSHIP",
        "FILING_DATE",
        "FILE_NUMBER",
        "FOOTNOTE_ID",
        "FOOTNOTE_TXT",
        "OWNERSIGNATURENAME",
        "OWNERSIGNATUREDATE",
        ACCESSION,
    )
)
"""Columns that are read by their own rule, or not at all: contacts, the issuer's file number."""

OPTIONAL = frozenset({"AFF10B5ONE", "FILE_NUMBER"}) | {
    name for name in NOT_TAKEN if name.startswith(("CONTACT_", "NOTIFICATION_"))
}
"""Columns that a sound set may lack: the box of Rule 10b5-1 came in 2023, the contacts never."""


class Sheet(NamedTuple):
    """One table of the set.

    `columns` names the XML element that each column holds; `own` the columns read by their
    own rule; `key` the column that tells a filing's lines apart; `row` the form's table and whether the
    lines are holdings, of the four sheets of lines.
    """

    name: str
    columns: dict[str, str]
    own: tuple[str, ...] = ()
    key: str = ""
    row: tuple[Table, bool] | None = None

    @property
    def expected(self) -> frozenset[str]:
        """Every column a sound sheet has."""
        notes = {f"{column}_FN" for column in self.columns} if self.row else set()
        notes -= {"TRANS_FORM_TYPE_FN", "TRANS_CODE_FN", "EQUITY_SWAP_INVOLVED_FN"}
        if "EQUITY_SWAP_INVOLVED" in self.columns:
            notes.add("EQUITY_SWAP_TRANS_CD_FN")
        keys = {self.key} if self.key else set()
        return frozenset({ACCESSION, *self.columns, *self.own} | notes | keys) - OPTIONAL


SHEETS: dict[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet(SUBMISSION, _FILING, ("FILING_DATE",)),
        Sheet(OWNERS, _OWNER, ("RPTOWNER_RELATIONSHIP",), "RPTOWNERCIK"),
        Sheet("NONDERIV_TRANS", _TITLED | _MOVED | _AFTER, (), "NONDERIV_TRANS_SK", ("I", False)),
        Sheet("NONDERIV_HOLDING", _TITLED | _AFTER, (), "NONDERIV_HOLDING_SK", ("I", True)),
        Sheet(
            "DERIV_TRANS",
            _TITLED
            | _MOVED
            | {"TRANS_TOTAL_VALUE": "transactionTotalValue"}
            | _DERIVATIVE
            | _AFTER,
            (),
            "DERIV_TRANS_SK",
            ("II", False),
        ),
        Sheet(
            "DERIV_HOLDING", _TITLED | _DERIVATIVE | _AFTER, (), "DERIV_HOLDING_SK", ("II", True)
        ),
        Sheet(NOTES, {}, ("FOOTNOTE_ID", "FOOTNOTE_TXT"), "FOOTNOTE_ID"),
        Sheet(SIGNATURES, {}, ("OWNERSIGNATURENAME", "OWNERSIGNATUREDATE")),
    )
}
"""The eight tables, in the order in which a filing is put together from them."""

CITING = {"EQUITY_SWAP_TRANS_CD": "code"}
"""What the notes of a column belong to, where that is no column of the table: the form has
one place for notes to all that it asks about a transaction's code."""

RELATIONSHIPS = {
    "director": "isDirector",
    "officer": "isOfficer",
    "tenpercentowner": "isTenPercentOwner",
    "10%owner": "isTenPercentOwner",
    "other": "isOther",
}
"""The words of RPTOWNER_RELATIONSHIP, blanks left out, and the box each stands for."""
