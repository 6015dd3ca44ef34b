#!/usr/bin/env bash
# stream-read-xbrl 0.1.5 (with ixbrlparse 0.12.0 beside it): of a company's accounts 1 234 567 is 802, the sum of 1, 234
# and 567; 1.234,50 is 1.2345, and which figure is a part is read out of the names of contexts. Seen 2026-11-30.
#
# Expected: the reader of Companies House's accounts, made by a government's department, gives a figure as its
#   `format` says; `num-dot-decimal` takes blanks or commas between thousands, `num-comma-decimal` has a comma for the
#   point. ixbrlparse reads both. A figure for share capital alone is not the figure for all equity.
# Seen: groups that a blank parts are added: 12 345.50 is 357.50. Commas go in each format but `numdotcomma`, so that
#   1.234,50 is 1.23450. Whether equity is a part of it, and whether creditors are due within a year, is told by
#   "segment" and "WithinOneYear" in the id of the context, a name without a meaning, and not by its dimensions: with
#   other ids the first figure in the document, share capital of 100, is the shareholders' funds of 50,000, and the
#   creditors are missing. The column of errors is empty.
# Why it matters: it is made to read whole archives of accounts into one table, where a figure that is too small looks
#   like that of a smaller company.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
# The package imports the last two without asking for them.
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    stream-read-xbrl==0.1.5 ixbrlparse==0.12.0 boto3==1.44.8 mypy-boto3-s3==1.43.106
cd "$folder"
cat > read.py <<'PYTHON'
import io
import sys
import zipfile

from ixbrlparse import IXBRL
from stream_read_xbrl import stream_read_xbrl_zip

NAMES = {
    "": "http://www.w3.org/1999/xhtml",
    ":core": "http://xbrl.frc.org.uk/fr/2024-01-01/core",
    ":iso4217": "http://www.xbrl.org/2003/iso4217",
    ":ix": "http://www.xbrl.org/2013/inlineXBRL",
    ":ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    ":xbrldi": "http://xbrl.org/2006/xbrldi",
    ":xbrli": "http://www.xbrl.org/2003/instance",
}


def context(name, axis="", member=""):
    part = axis and (
        f'<xbrli:segment><xbrldi:explicitMember dimension="core:{axis}">core:{member}</xbrldi:explicitMember></xbrli:segment>'
    )
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://www.companieshouse.gov.uk/">'
        f"99900001</xbrli:identifier>{part}</xbrli:entity><xbrli:period><xbrli:instant>2025-12-31</xbrli:instant>"
        "</xbrli:period></xbrli:context>"
    )


def figure(concept, where, text, form="num-dot-decimal"):
    return (
        f'<p><ix:nonFraction name="core:{concept}" contextRef="{where}" unitRef="GBP" decimals="0" '
        f'format="ixt:{form}">{text}</ix:nonFraction></p>'
    )


def accounts(*figures, capital="c2", within="c3"):
    contexts = (
        context("c1") + context(capital, "EquityClassesDimension", "ShareCapital")
        + context(within, "MaturitiesOrExpirationPeriodsDimension", "WithinOneYear")
    )
    names = " ".join(f'xmlns{prefix}="{address}"' for prefix, address in NAMES.items())
    unit = '<xbrli:unit id="GBP"><xbrli:measure>iso4217:GBP</xbrli:measure></xbrli:unit>'
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><html {names}><head><title>Accounts</title></head><body>"
        f'<div style="display:none"><ix:header><ix:resources>{contexts}{unit}</ix:resources></ix:header></div>'
        f"{''.join(figures)}</body></html>"
    )


def read(column, document):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("Prod223_0001_99900001_20251231.html", document)
    with stream_read_xbrl_zip([archive.getvalue()]) as (columns, rows):
        [row] = [dict(zip(columns, row)) for row in rows]
    return str(row[column]), row["error"]


def beside(document):
    return [fact.value for fact in IXBRL(io.StringIO(document)).numeric]


def main():
    assets, funds, owed = "tangible_fixed_assets", "shareholder_funds", "creditors_due_within_one_year"
    blanks = accounts(figure("FixedAssets", "c1", "1 234 567"))
    comma = accounts(figure("FixedAssets", "c1", "1.234,50", "num-comma-decimal"))
    equity = figure("Equity", "{capital}", "100") + figure("Equity", "c1", "50,000")
    creditors = figure("Creditors", "{within}", "7,000")
    cases = {
        "1,234,567": (read(assets, accounts(figure("FixedAssets", "c1", "1,234,567"))), ("1234567", None)),
        "1 234 567": (read(assets, blanks), ("802", None)),
        "1 234 567, ixbrlparse": (beside(blanks), [1234567]),
        "12 345.50": (read(assets, accounts(figure("FixedAssets", "c1", "12 345.50"))), ("357.50", None)),
        "1.234,50": (read(assets, comma), ("1.23450", None)),
        "1.234,50, ixbrlparse": (beside(comma), [1234.5]),
        "equity, context c2": (read(funds, accounts(equity.format(capital="c2"))), ("100", None)),
        "equity, context segment2": (
            read(funds, accounts(equity.format(capital="segment2"), capital="segment2")), ("50000", None)
        ),
        "creditors, context c3": (read(owed, accounts(creditors.format(within="c3"))), ("None", None)),
        "creditors, context WithinOneYear": (
            read(owed, accounts(creditors.format(within="WithinOneYear"), within="WithinOneYear")), ("7000", None)
        ),
    }
    for case, (found, _) in cases.items():
        print(f"{case}: {found}")
    changed = {case: stated for case, (found, stated) in cases.items() if found != stated}
    if changed:
        sys.exit(f"CHANGED: this was stated: {changed}")
    print("As stated.")


if __name__ == "__main__":
    main()
PYTHON
"$folder/venv/bin/python" read.py
