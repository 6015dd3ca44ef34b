#!/usr/bin/env bash
# pandas 3.1.1 with pyarrow 26.0.1: read_csv that is told of exact decimals makes floats of them first, or
# refuses them. Seen 2026-11-29.
#
# Expected: dtype={"shares": pd.ArrowDtype(pa.decimal128(20, 8))} reads 12345678901.1234 as that number, or
#   says that it cannot. pyarrow's own CSV reader, told the same, reads it, and refuses 2718.782 for two
#   places.
# Seen: with engine="pyarrow" the column is typed decimal128(20, 8) and holds 12345678901.12339973;
#   2718.782 for two places is 2718.78, and 4.35 for eighteen is 4.349999999999999645. The types are applied
#   to what was guessed before, which is a float; a column of whole numbers, guessed as integers, is refused
#   for want of 27 digits. The default engine refuses every number: "Got bytestring of length 8 (expected
#   16)". Read as "string" and cast, the numbers are exact.
#   (Of whole numbers it is known, for integer types: pandas' issues 56136 and 56135.)
# Why it matters: whoever asks for decimals does so that no float touches the figures, the default
#   engine's message sends him to the other one, and the dtype says afterwards that all is exact. A sum of
#   shares that must equal another no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    pandas==3.1.1 pyarrow==26.0.1
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

CASES = [("12345678901.1234", 20, 8), ("2718.782", 20, 2), ("4.35", 38, 18)]


def told(number, other="0.5"):
    return io.BytesIO(f"shares\n{number}\n{other}\n".encode())


def read(number, kind, engine, other="0.5"):
    try:
        column = pd.read_csv(told(number, other), dtype={"shares": pd.ArrowDtype(kind)}, engine=engine).shares
    except pa.ArrowInvalid as error:
        return f"refused: {str(error).split('.')[0]}"
    assert column.dtype == pd.ArrowDtype(kind)
    return str(column[0])


def read_by_pyarrow(number, kind):
    types = pc.ConvertOptions(column_types={"shares": kind})
    try:
        return str(pc.read_csv(told(number), convert_options=types)["shares"][0])
    except pa.ArrowInvalid:
        return "refused"


def cast(number, kind):
    text = pd.read_csv(told(number), dtype="string").shares
    try:
        return str(text.astype(pd.ArrowDtype(kind))[0])
    except pa.ArrowInvalid:
        return "refused"


seen = {}
for number, digits, places in CASES:
    kind = pa.decimal128(digits, places)
    what = f"{number} as decimal128({digits}, {places})"
    seen[f"{what}, engine pyarrow"] = read(number, kind, "pyarrow")
    seen[f"{what}, default engine"] = read(number, kind, "c")
    seen[f"{what}, pyarrow itself"] = read_by_pyarrow(number, kind)
    seen[f"{what}, cast from text"] = cast(number, kind)
whole = read("985544", pa.decimal128(20, 8), "pyarrow", other="5")
seen["a column of whole numbers as decimal128(20, 8), engine pyarrow"] = whole

default = "refused: Got bytestring of length 8 (expected 16)"
stated = dict(
    zip(
        seen,
        [
            *("12345678901.12339973", default, "12345678901.12340000", "12345678901.12340000"),
            *("2718.78", default, "refused", "refused"),
            *("4.349999999999999645", default, "4.350000000000000000", "4.350000000000000000"),
            "refused: Precision is not great enough for the result",
        ],
        strict=True,
    )
)
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
