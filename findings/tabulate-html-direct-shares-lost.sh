#!/usr/bin/env bash
# tabulate-html 0.1.1: under the heading "Direct and indirect" the direct shares of an owner are lost and the indirect ones
# stand for both; an exercise price of the next table is a number of shares. Seen 2026-12-01.
#
# Expected: headings in two rows are one key for each column, the upper and the lower joined; a table's rows are of that
#   table.
# Seen: a lower heading that is contained in the upper one is left out. So both columns have the key "direct and indirect",
#   a row is a dictionary, and the value to the right replaces the one to the left: of 1,200 direct and 40,000 indirect
#   shares 40,000 are left; of shares and options the options. Two columns of one name, as classes A and B have them, are
#   the second. Where the words differ, if only by a capital, all stay. Two tables of a page are one list, under the
#   headings of the first: the exercise price of an option, 12.50, is its owner's "shares", and the number of options gone.
# Why it matters: tables of owners are made of such headings, and the column that is left looks like the whole. Give each
#   table by itself, and rename headings that contain each other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile tabulate-html==0.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from tabulate_html import parse_html_tables


def table(head, *rows):
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{head}{body}</table>"


def two(upper, *lower):
    """A heading over two others, beside the owner's."""
    below = "".join(f"<th>{word}</th>" for word in lower)
    return f'<tr><th rowspan="2">owner</th><th colspan="2">{upper}</th></tr><tr>{below}</tr>'


def one(*words):
    return "<tr>" + "".join(f"<th>{word}</th>" for word in words) + "</tr>"


BOTH = ("M. Quill", "1,200", "40,000")
CASES = {
    "direct and indirect": (table(two("direct and indirect", "direct", "indirect"), BOTH), [0, 1]),
    "with capitals": (table(two("Held directly and indirectly", "Direct", "Indirect"), BOTH), [0, 1]),
    "shares and options": (table(two("shares and options", "shares", "options"), BOTH), [0, 1]),
    "shares and percent": (table(two("shares", "shares", "%"), ("M. Quill", "1,200", "9.7")), [0, 1]),
    "classes A and B": (table(one("owner", "shares", "%", "shares", "%"), ("M. Quill", "1,200", "0.1", "40,000", "9.7")), [0]),
    "two tables": (
        table(one("owner", "shares"), ("M. Quill", "1,200"))
        + table(one("owner", "exercise price", "options"), ("M. Quill", "12.50", "9,000")),
        [0],
    ),
}
seen = {name: parse_html_tables(f"<body>{page}</body>", header_rows=rows) for name, (page, rows) in CASES.items()}
stated = {
    "direct and indirect": [{"owner": "M. Quill", "direct and indirect": "40,000"}],
    "with capitals": [
        {
            "owner": "M. Quill",
            "Held directly and indirectly_Direct": "1,200",
            "Held directly and indirectly_Indirect": "40,000",
        }
    ],
    "shares and options": [{"owner": "M. Quill", "shares and options": "40,000"}],
    "shares and percent": [{"owner": "M. Quill", "shares": "1,200", "shares_%": "9.7"}],
    "classes A and B": [{"owner": "M. Quill", "shares": "40,000", "%": "9.7"}],
    "two tables": [
        {"owner": "M. Quill", "shares": "1,200"},
        {"owner": "owner", "shares": "exercise price"},
        {"owner": "M. Quill", "shares": "12.50"},
    ],
}
for name, told in seen.items():
    print(f"{name}: {told}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
