#!/usr/bin/env bash
# beancount-format 0.2.2 (dprint's plugin), with beancount 3.2.3: putting a ledger in order takes the
# tolerance out of its balance assertions, and a wrong total passes from then on. Seen 2026-11-28.
#
# Expected: a formatter changes blanks. "0.004 ~ 0" asserts a balance to the last digit; three other
#   formatters of these files (beancount-black 1.0.6, autobean-format 0.1.8, beanfmt 0.10.0) keep it.
# Seen: "~ 0" is gone. What is left is checked within twice the last decimal that the assertion shows,
#   so 2,718.79 units pass for 2,718.782. bean-check found the total before and is content after. A
#   tolerance wider than usual ("~ 2") goes as well, and there an assertion that held now fails. The
#   booking method of an account, as in `open ... "STRICT"`, disappears in the same way.
# Why it matters: an explicit tolerance of nothing is the one way to have fractions of plan units checked
#   exactly, and formatters run unasked before each commit. The check still says that all is well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    beancount==3.2.3 beancount-format==0.2.2
cd "$folder"
opening() {
    cat <<'LEDGER'
2025-03-01 open Assets:Ferncliff:Plan UNITS "STRICT"
2025-03-01 open Equity:Reported
2025-03-02 * "Units of the plan"
  Assets:Ferncliff:Plan   2718.782 UNITS
  Equity:Reported        -2718.782 UNITS
LEDGER
}
verdict() {
    if venv/bin/bean-check "$1" > /dev/null 2>&1; then echo "$2: passes"; else echo "$2: fails"; fi
}
look() {
    { opening; echo "2025-03-03 balance Assets:Ferncliff:Plan $2 UNITS"; } > "$1.beancount"
    verdict "$1.beancount" "$1, as written"
    venv/bin/beancount-format "$1.beancount" > /dev/null 2>&1 || true  # it ends with 1 where it wrote
    verdict "$1.beancount" "$1, formatted"
    grep balance "$1.beancount" | tr -s ' ' | sed 's/^2025-03-03 balance //'
}
{ look wrong "2718.79 ~ 0"; look rough "2720 ~ 2"; grep -c STRICT rough.beancount || true; } > seen
cat > stated <<'TEXT'
wrong, as written: fails
wrong, formatted: passes
Assets:Ferncliff:Plan 2718.79 UNITS
rough, as written: passes
rough, formatted: fails
Assets:Ferncliff:Plan 2720 UNITS
0
TEXT
cat seen
diff stated seen || { echo "CHANGED: the lines with < were stated."; exit 1; }
echo "As stated."
