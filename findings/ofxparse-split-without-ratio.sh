#!/usr/bin/env bash
# ofxparse 0.21: in a broker's OFX file a 1-for-20 reverse split is a row of 0 shares without a ratio, and a trade in
# the evening of 31 December is one of 1 January. Seen 2026-11-30.
#
# Expected: "split" is among the kinds of transaction that it knows; so the shares before and after, or the ratio, come
#   with it, and `tradeDate` tells the day of the trade. ofxtools 1.1.1, which takes no invalid file, has the split's
#   four numbers, and times with their zone.
# Seen: of a split there are the security and the day, and units, price and total of 0; OLDUNITS, NEWUNITS, NUMERATOR,
#   DENOMINATOR and the cash for the fraction are in no attribute. Times are moved to Greenwich's, and no zone is left
#   to tell it by: 19:30 [-5:EST] is 00:30 of the next day, here of the next tax year, and 08:30 [+9:JST] is the evening
#   before. What has no zone stays. Transactions come by kind, all purchases before all sales before all splits.
# Why it matters: shares bought, sold and split no longer add up to the position that the same file states: 2,000 and
#   -500 and 0 against 75. Sales of an officer's plan are told in such files, and a year is decided by them. Take the
#   first eight digits of a day from the file itself, and the split from there as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile ofxparse==0.21 ofxtools==1.1.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import io
import sys

from ofxparse import OfxParser
from ofxtools.Parser import OFXTree

SECURITY = "<SECID><UNIQUEID>000000001</UNIQUEID><UNIQUEIDTYPE>CUSIP</UNIQUEIDTYPE></SECID>"
STATUS = "<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>"
HEAD = '<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="200" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>'


def done(number, day):
    return f"<INVTRAN><FITID>{number}</FITID><DTTRADE>{day}</DTTRADE></INVTRAN>{SECURITY}"


def traded(units, total):
    return f"""<UNITS>{units}</UNITS><UNITPRICE>10</UNITPRICE><TOTAL>{total}</TOTAL>
      <SUBACCTSEC>CASH</SUBACCTSEC><SUBACCTFUND>CASH</SUBACCTFUND>"""


FILE = f"""{HEAD}<OFX><SIGNONMSGSRSV1><SONRS>{STATUS}<DTSERVER>20260105</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS>
</SIGNONMSGSRSV1><INVSTMTMSGSRSV1><INVSTMTTRNRS><TRNUID>1</TRNUID>{STATUS}<INVSTMTRS><DTASOF>20260105</DTASOF>
<CURDEF>USD</CURDEF><INVACCTFROM><BROKERID>broker.example</BROKERID><ACCTID>1</ACCTID></INVACCTFROM>
<INVTRANLIST><DTSTART>20250101</DTSTART><DTEND>20260105</DTEND>
<BUYSTOCK><INVBUY>{done(1, "20250301083000[+9:JST]")}{traded("2000", "-20000")}</INVBUY><BUYTYPE>BUY</BUYTYPE></BUYSTOCK>
<SELLSTOCK><INVSELL>{done(2, "20251231193000[-5:EST]")}{traded("-500", "5000")}</INVSELL><SELLTYPE>SELL</SELLTYPE>
</SELLSTOCK>
<SPLIT>{done(3, "20260102")}<SUBACCTSEC>CASH</SUBACCTSEC><OLDUNITS>1500</OLDUNITS><NEWUNITS>75</NEWUNITS>
<NUMERATOR>1</NUMERATOR><DENOMINATOR>20</DENOMINATOR></SPLIT></INVTRANLIST>
<INVPOSLIST><POSSTOCK><INVPOS>{SECURITY}<HELDINACCT>CASH</HELDINACCT><POSTYPE>LONG</POSTYPE><UNITS>75</UNITS>
<UNITPRICE>200</UNITPRICE><MKTVAL>15000</MKTVAL><DTPRICEASOF>20260105</DTPRICEASOF></INVPOS></POSSTOCK></INVPOSLIST>
</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>"""

statement = OfxParser.parse(io.BytesIO(FILE.encode())).account.statement
split = vars(statement.transactions[-1])
tree = OFXTree()
tree.parse(io.BytesIO(FILE.encode()))
other = tree.convert().statements[0].transactions
seen = {
    "transactions": [(each.type, str(each.tradeDate), str(each.units)) for each in statement.transactions],
    "all of the split": sorted({str(value) for name, value in split.items() if name not in ("id", "security")}),
    "position": [str(each.units) for each in statement.positions],
    "ofxtools, days": [str(each.dttrade) for each in other],
    "ofxtools, split": [str(getattr(other[-1], name)) for name in ("oldunits", "newunits", "numerator", "denominator")],
}
stated = {
    "transactions": [
        ("buystock", "2025-02-28 23:30:00", "2000"),
        ("sellstock", "2026-01-01 00:30:00", "-500"),
        ("split", "2026-01-02 00:00:00", "0"),
    ],
    "all of the split": ["", "0", "2026-01-02 00:00:00", "None", "split"],
    "position": ["75"],
    "ofxtools, days": ["2025-02-28 23:30:00+00:00", "2026-01-01 00:30:00+00:00", "2026-01-02 00:00:00+00:00"],
    "ofxtools, split": ["1500", "75", "1", "20"],
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
