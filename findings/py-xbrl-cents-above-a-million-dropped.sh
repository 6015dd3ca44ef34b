#!/usr/bin/env bash
# py-xbrl 3.0.3: of an inline filing a figure of up to a million keeps its decimals and a larger one loses them:
# 999,999.89 stays, 1,234,567.89 is 1,234,568. Seen 2026-11-30.
#
# Expected: a figure that the filer gives to the cent (decimals="2") comes to the cent, at any size; a text that goes
#   on at another place in the document comes whole.
# Seen: above a million each figure is rounded to whole units, since a float of 16.9 billions had come out as
#   16899999999.999998 (its issue 42); `decimals` still says 2. The same figure in a plain XBRL file keeps its cents. A
#   text with `continuedAt` ends where its first part does, and what the filer excludes from it, as the foot of a
#   page, stays in.
# Why it matters: fractions of plan shares and amounts to the cent differ between a filing's two forms, and a sum of
#   parts below a million no longer meets its total above it. Of a plan to sell, which starts on one page and tells its
#   number of shares on the next, the number is missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile py-xbrl==3.0.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from pathlib import Path

from xbrl.cache import HttpCache
from xbrl.instance import XbrlParser

OWN = "http://brasskettle.example/report"
SPACES = f"""xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
  xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:own="{OWN}" """
HEAD = '<link:schemaRef xlink:type="simple" xlink:href="own.xsd"/>'
KNOWN = """<xbrli:context id="day">
    <xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0009900009</xbrli:identifier></xbrli:entity>
    <xbrli:period><xbrli:instant>2025-12-31</xbrli:instant></xbrli:period></xbrli:context>
  <xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>"""
FIGURES = {"Direct": "999,999.89", "InPlan": "234,568.00", "Total": "1,234,567.89"}

concepts = "".join(
    f'<xsd:element name="{name}" id="own_{name}" type="xbrli:{kind}ItemType" substitutionGroup="xbrli:item"'
    ' xbrli:periodType="instant"/>'
    for name, kind in [*((name, "shares") for name in FIGURES), ("Plan", "string")]
)
Path("own.xsd").write_text(f"""<xsd:schema targetNamespace="{OWN}" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
  xmlns:xbrli="http://www.xbrl.org/2003/instance">{concepts}</xsd:schema>""")
inline = "".join(
    f'<p><ix:nonFraction name="own:{name}" contextRef="day" unitRef="shares" decimals="2" format="ixt:num-dot-decimal">'
    f"{figure}</ix:nonFraction></p>"
    for name, figure in FIGURES.items()
)
Path("report.htm").write_text(f"""<?xml version="1.0"?><html {SPACES}><body><ix:header><ix:references>{HEAD}
  </ix:references><ix:resources>{KNOWN}</ix:resources></ix:header>{inline}
  <p><ix:nonNumeric name="own:Plan" contextRef="day" continuedAt="rest">Under a plan of May she may sell up to
  <ix:exclude>Page 41</ix:exclude></ix:nonNumeric></p>
  <p><ix:continuation id="rest">50,000 shares.</ix:continuation></p></body></html>""")
plain = "".join(
    f'<own:{name} contextRef="day" unitRef="shares" decimals="2">{figure.replace(",", "")}</own:{name}>'
    for name, figure in FIGURES.items()
)
Path("report.xml").write_text(f"<xbrli:xbrl {SPACES}>{HEAD}{KNOWN}{plain}</xbrli:xbrl>")

parser = XbrlParser(HttpCache("cache"))
seen = {
    name: {fact.concept.name: fact.value for fact in parser.parse_instance(str(Path(name).resolve())).facts}
    for name in ("report.htm", "report.xml")
}
stated = {
    "report.htm": {
        "Direct": 999999.89,
        "InPlan": 234568.0,
        "Total": 1234568.0,
        "Plan": "Under a plan of May she may sell up to Page 41",
    },
    "report.xml": {"Direct": 999999.89, "InPlan": 234568.0, "Total": 1234567.89},
}
for facts in seen.values():
    if "Plan" in facts:
        facts["Plan"] = " ".join(facts["Plan"].split())
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
