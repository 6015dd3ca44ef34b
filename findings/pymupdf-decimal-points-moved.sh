#!/usr/bin/env bash
# PyMuPDF 2.0: in table cells points and commas leave their place; $19.0186 becomes $190186.
# Seen 2026-11-27.
#
# Expected: find_tables() finds the cells of a ruled table and extract() gives their texts, as in
#   the releases before (1.28.2 gives them right) and as get_text() of the same page still does.
# Seen: every point and comma is cut out of its figure and put on a second line of the cell:
#   "12,345.678" becomes "12345678\n, .", "$7.25" becomes "$725\n.". Words of a cell lose the blank
#   between them. A program that strips what is neither digit nor point, as figures from PDFs are
#   cleaned, reads 12,345,678 shares for 12,345.678 and $725 for $7.25, and nothing is marked.
#   The digits are letters of the PDF: no picture and no recognition is involved.
# Why it matters: forms on paper are ruled tables. Whole numbers survive the cleaning, so a short test
#   on round figures passes; prices and fractional shares are wrong by powers of ten.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    PyMuPDF==2.0 reportlab==5.1.0
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile --no-deps \
    --target "$folder/before" PyMuPDF==1.28.2
cd "$folder"
cat > cells.py <<'PYTHON'
"""Prints the cells of the table in form.pdf, and whether the page's text has its figures whole."""
import json
import pymupdf

page = pymupdf.open("form.pdf")[0]
(table,) = page.find_tables().tables
words = page.get_text().split()
print(json.dumps([table.extract()[1:], all(word in words for word in ("12,345.678", "$19.0186", "$7.25"))]))
PYTHON
"$folder/venv/bin/python" - <<'PYTHON'
import json
import os
import subprocess
import sys

from reportlab.pdfgen.canvas import Canvas

ROWS = [
    ["1. Title", "Date", "Code", "Amount", "Price", "Owned After"],
    ["Common Stock", "03/01/2024", "S", "1,000.5", "$19.0186", "12,345.678"],
    ["Common Stock", "03/04/2024", "P", "2,000", "$7.25", "14,345.678"],
]
LEFT, TOP = [40, 200, 280, 330, 400, 470, 560], [240, 210, 180, 150]

form = Canvas("form.pdf", pagesize=(612, 300))
form.setFont("Helvetica", 8)
for x in LEFT:
    form.line(x, TOP[0], x, TOP[-1])
for y in TOP:
    form.line(LEFT[0], y, LEFT[-1], y)
for row, bottom in zip(ROWS, TOP[1:], strict=True):
    for text, x in zip(row, LEFT, strict=False):
        form.drawString(x + 4, bottom + 10, text)
form.save()


def cells(**environment):
    told = subprocess.run(
        [sys.executable, "cells.py"], env=os.environ | environment, capture_output=True, text=True, check=True
    ).stdout
    return json.loads(told.splitlines()[-1])


table, whole_in_text = cells()
before, whole_before = cells(PYTHONPATH="before")
figures = [row[3:] for row in table]
held = [row[2].split("\n")[0] for row in figures]
seen = {
    "2.0": figures,
    "2.0, stripped to digits and points": ["".join(c for c in t if c in "0123456789.") for t in held],
    "2.0, figures whole in get_text": whole_in_text,
    "1.28.2": [row[3:] for row in before],
}
stated = {
    "2.0": [["10005\n, .", "$190186\n.", "12345678\n, ."], ["2000\n,", "$725\n.", "14345678\n, ."]],
    "2.0, stripped to digits and points": ["12345678", "14345678"],
    "2.0, figures whole in get_text": True,
    "1.28.2": [["1,000.5", "$19.0186", "12,345.678"], ["2,000", "$7.25", "14,345.678"]],
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
