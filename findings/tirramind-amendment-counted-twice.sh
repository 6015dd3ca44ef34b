#!/usr/bin/env bash
# tirramind 0.1.0: a sale that a 4/A restates is counted twice, and a price that is missing counts as
# zero dollars. Seen 2026-11-27.
#
# Expected: the package calls itself a reconciled ledger that says UNKNOWN rather than guess. From the
#   SEC's quarterly insider data sets it tells which part of a Form 144 notice was executed and at what
#   average price.
# Seen: rows of a 4/A are added to those of the Form 4 that they replace, and a price left to a footnote
#   is 0.0. An insider gives notice of 4,000 shares and sells 4,000 at $25; the Form 4 leaves the
#   price to a footnote, the 4/A fills it in. The answer: 8,000 sold, 200 % executed, at $12.50.
# Why it matters: amendments restate whole rows, and the data sets carry both filings without a mark
#   on the first. The fraction may pass 100 % for honest reasons (two notices), so it does not look wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    tirramind==0.1.0 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
import zipfile

import pandas as pd
from tirramind.insiders import form4_from_dataset
from tirramind.link import link

FIRST, AMENDED = "0009900001-24-000001", "0009900001-24-000002"
TABLES = {
    "SUBMISSION.tsv": [
        ("ACCESSION_NUMBER FILING_DATE DATE_OF_ORIG_SUB DOCUMENT_TYPE ISSUERCIK ISSUERNAME "
         "ISSUERTRADINGSYMBOL").split(),
        [FIRST, "04-MAR-2024", "", "4", "9900009", "Brass Kettle Works", "BKW"],
        [AMENDED, "06-MAR-2024", "04-MAR-2024", "4/A", "9900009", "Brass Kettle Works", "BKW"],
    ],
    "REPORTINGOWNER.tsv": [
        "ACCESSION_NUMBER RPTOWNERCIK RPTOWNERNAME RPTOWNER_RELATIONSHIP".split(),
        [FIRST, "9900001", "Quillfeather Odd", "Director"],
        [AMENDED, "9900001", "Quillfeather Odd", "Director"],
    ],
    "NONDERIV_TRANS.tsv": [
        ("ACCESSION_NUMBER TRANS_DATE TRANS_CODE TRANS_SHARES TRANS_PRICEPERSHARE "
         "TRANS_PRICEPERSHARE_FN TRANS_ACQUIRED_DISP_CD SHRS_OWND_FOLWNG_TRANS").split(),
        [FIRST, "01-MAR-2024", "S", "4000", "", "F1", "D", "6000"],
        [AMENDED, "01-MAR-2024", "S", "4000", "25", "", "D", "6000"],
    ],
}
quarter = io.BytesIO()
with zipfile.ZipFile(quarter, "w") as archive:
    for name, rows in TABLES.items():
        archive.writestr(name, "".join("\t".join(row) + "\n" for row in rows))

notice = pd.DataFrame([{
    "accession": "0009900001-24-000009", "issuer_cik": "0009900009", "owner_cik": "0009900001",
    "insider_name": "Odd Quillfeather", "relationship": "Director", "notice_date": "2024-03-01",
    "shares_to_sell": 4000, "dollar_value": 100000,
}])
(answer,) = link(notice, form4_from_dataset(quarter.getvalue(), "2024q1")).to_dict("records")

seen = {name: float(answer[name]) for name in ("n_sales", "shares_sold", "executed_fraction", "vwap_sold")}
stated = {"n_sales": 2.0, "shares_sold": 8000.0, "executed_fraction": 2.0, "vwap_sold": 12.5}
print(f"one sale of 4,000 shares at $25, restated once: {seen}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
