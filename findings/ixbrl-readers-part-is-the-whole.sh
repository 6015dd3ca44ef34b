#!/usr/bin/env bash
# ixbrlparse 0.12.0 and ixbrl-parse 0.11.0: in a European annual report the figure of a part stands for the whole:
# equity of 9,000 is also -1,000 and 10,000, or is 10,000 alone. Seen 2026-11-30.
#
# Expected: a figure of treasury shares or of retained earnings is told from the total by its member, wherever the
#   report keeps it. The rules of XBRL have two places, `segment` and `scenario`; those of the SEC ask for the first,
#   those of the European format for the second. (py-xbrl 3.0.3 knows only the first either, and says so: its issue 159.)
# Seen: members in a segment come through. In a scenario, ixbrlparse gives three figures of one name, day and unit with
#   nothing to tell them apart; ixbrl-parse puts the three contexts together, each with the last figure: the total of
#   9,000 is nowhere. Both tell a figure that the filer marked as nil, which is "not given", as 0; and to ixbrlparse a
#   price of 9.25 dollars a share is an amount of 9.25 dollars.
# Why it matters: shares held in treasury, classes of shares and rows of the statement of changes in equity are all
#   members. Take a European report's totals only from what has no scenario, and look for nil before using a zero.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile ixbrlparse==0.12.0 ixbrl-parse==0.11.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

from ixbrl_parse.ixbrl import parse
from ixbrlparse import IXBRL
from lxml import etree

SPACES = {
    "": "http://www.w3.org/1999/xhtml",
    ":ix": "http://www.xbrl.org/2013/inlineXBRL",
    ":ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    ":xbrli": "http://www.xbrl.org/2003/instance",
    ":xbrldi": "http://xbrl.org/2006/xbrldi",
    ":iso4217": "http://www.xbrl.org/2003/iso4217",
    ":xsi": "http://www.w3.org/2001/XMLSchema-instance",
    ":own": "http://brasskettle.example/report",
}
MEMBERS = {"all": "", "treasury": "own:TreasurySharesMember", "retained": "own:RetainedEarningsMember"}


def context(name, member, place):
    kept = f"<xbrldi:explicitMember dimension='own:ComponentsAxis'>{member}</xbrldi:explicitMember>"
    kept = f"<xbrli:{place}>{kept}</xbrli:{place}>" if member else ""
    inside, behind = (kept, "") if place == "segment" else ("", kept)
    return f"""<xbrli:context id="{name}">
      <xbrli:entity><xbrli:identifier scheme="http://standards.iso.org/iso/17442">00000000000000000000</xbrli:identifier>
      {inside}</xbrli:entity><xbrli:period><xbrli:instant>2025-12-31</xbrli:instant></xbrli:period>{behind}</xbrli:context>"""


def figure(name, where, unit, text, more=""):
    format_ = f'decimals="INF" format="ixt:num-dot-decimal" {more}' if text else more
    return f'<ix:nonFraction name="own:{name}" contextRef="{where}" unitRef="{unit}" {format_}>{text}</ix:nonFraction>'


def report(place):
    spaces = " ".join(f'xmlns{prefix}="{name}"' for prefix, name in SPACES.items())
    contexts = "".join(context(name, member, place) for name, member in MEMBERS.items())
    usd, shares = "<xbrli:measure>iso4217:USD</xbrli:measure>", "<xbrli:measure>xbrli:shares</xbrli:measure>"
    per = f"""<xbrli:divide><xbrli:unitNumerator>{usd}</xbrli:unitNumerator>
      <xbrli:unitDenominator>{shares}</xbrli:unitDenominator></xbrli:divide>"""
    units = f'<xbrli:unit id="usd">{usd}</xbrli:unit><xbrli:unit id="price">{per}</xbrli:unit>'
    figures = [
        figure("Equity", "all", "usd", "9,000"),
        figure("Equity", "treasury", "usd", "1,000", 'sign="-"'),
        figure("Equity", "retained", "usd", "10,000"),
        figure("SharePrice", "all", "price", "9.25"),
        figure("ExercisePrice", "all", "price", "", 'xsi:nil="true"'),
    ]
    return f"""<html {spaces}><body><ix:header><ix:resources>{contexts}{units}</ix:resources></ix:header>
      {"".join(figures)}</body></html>"""


def by_ixbrlparse(place):
    found = IXBRL(io.StringIO('<?xml version="1.0"?>' + report(place))).numeric
    return [(each.name, each.value, each.unit, *(part["value"] for part in each.context.segments)) for each in found]


def by_ixbrl_parse(place):
    instance = parse(etree.ElementTree(etree.fromstring(report(place))))
    return [
        (name.localname, value.to_value().get_value(), str(value.unit), *(part.value.localname for part in held.dimensions))
        for held in instance.contexts.values()
        for name, value in held.values.items()
    ]


amounts = [("SharePrice", 9.25, "iso4217:USD"), ("ExercisePrice", 0, "iso4217:USD")]
prices = [("SharePrice", 9.25, "USD/shares"), ("ExercisePrice", 0.0, "USD/shares")]
seen = {
    (name, place): read(place)
    for name, read in (("ixbrlparse", by_ixbrlparse), ("ixbrl-parse", by_ixbrl_parse))
    for place in ("segment", "scenario")
}
stated = {
    ("ixbrlparse", "segment"): [
        ("Equity", 9000.0, "iso4217:USD"),
        ("Equity", -1000.0, "iso4217:USD", "own:TreasurySharesMember"),
        ("Equity", 10000.0, "iso4217:USD", "own:RetainedEarningsMember"),
        *amounts,
    ],
    ("ixbrlparse", "scenario"): [
        ("Equity", 9000.0, "iso4217:USD"),
        ("Equity", -1000.0, "iso4217:USD"),
        ("Equity", 10000.0, "iso4217:USD"),
        *amounts,
    ],
    ("ixbrl-parse", "segment"): [
        ("Equity", 9000.0, "USD"),
        *prices,
        ("Equity", -1000.0, "USD", "TreasurySharesMember"),
        ("Equity", 10000.0, "USD", "RetainedEarningsMember"),
    ],
    ("ixbrl-parse", "scenario"): [("Equity", 10000.0, "USD"), *prices] * 3,
}
for what, found in seen.items():
    print(*what, *found, sep="\n  ")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
