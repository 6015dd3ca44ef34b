#!/usr/bin/env bash
# ixbrl-parse 0.11.0: the crossed box of a filing's cover page is False, and periods are told in years of 356 days: 48
# months are P4Y16D, 365 days are P1Y9D. Seen 2026-11-30.
#
# Expected: its page promises the formats of the SEC's inline filings. There `boolballotbox` turns an empty box into
#   false and both a ticked and a crossed one into true; `durmonth` gives 48 months as 48 months.
# Seen: the ticked box is True and the crossed one False, like the empty one. A year is 356 days where a period is read
#   and where it is written, and a month 30, so that only whole years come out as they went in: 12 months are P1Y4D, the
#   ten years of an option written as "120 months" are P10Y1M10D, and 5.5 years P5Y5M28D.
# Why it matters: EDGAR's cover pages are crossed, not ticked: a shell company, a well-known seasoned issuer or a filer
#   that corrects its statements says no to all of it. Vesting periods and terms of options are told in months. Read
#   the text of a box by itself; of periods take what stands in the document.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile ixbrl-parse==0.11.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from ixbrl_parse.ixbrl import parse
from lxml import etree

SPACES = {
    "": "http://www.w3.org/1999/xhtml",
    ":ix": "http://www.xbrl.org/2013/inlineXBRL",
    ":sec": "http://www.sec.gov/inlineXBRL/transformation/2015-08-31",
    ":xbrli": "http://www.xbrl.org/2003/instance",
    ":cover": "http://brasskettle.example/cover",
}


def told(form, text):
    """What a fact of the cover page with this format and text comes to."""
    spaces = " ".join(f'xmlns{prefix}="{name}"' for prefix, name in SPACES.items())
    page = f"""<html {spaces}><body>
    <ix:header><ix:resources><xbrli:context id="year">
      <xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0009900009</xbrli:identifier></xbrli:entity>
      <xbrli:period><xbrli:startDate>2025-01-01</xbrli:startDate><xbrli:endDate>2025-12-31</xbrli:endDate></xbrli:period>
    </xbrli:context></ix:resources></ix:header>
    <p><ix:nonNumeric name="cover:Fact" contextRef="year" format="sec:{form}">{text}</ix:nonNumeric></p></body></html>"""
    (fact,) = parse(etree.ElementTree(etree.fromstring(page))).values.values()
    return fact.to_value().get_value()


seen = {
    ("boolballotbox", "\N{BALLOT BOX}"): False,
    ("boolballotbox", "\N{BALLOT BOX WITH CHECK}"): True,
    ("boolballotbox", "\N{BALLOT BOX WITH X}"): False,
    ("durmonth", "12"): "P1Y4D",
    ("durmonth", "48"): "P4Y16D",
    ("durwordsen", "120 months"): "P10Y1M10D",
    ("durday", "365"): "P1Y9D",
    ("duryear", "5.5"): "P5Y5M28D",
    ("duryear", "10"): "P10Y",
}
changed = False
for (form, text), stated in seen.items():
    now = told(form, text)
    print(f"{form:14} {text:12} {now}")
    changed |= now != stated
if changed:
    sys.exit(f"CHANGED: this was stated: {seen}")
print("As stated.")
PYTHON
