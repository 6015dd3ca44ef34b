#!/usr/bin/env bash
# amagi-litigation-deadlines 0.1.0: an answer due on the last day of 2027, a Friday and a holiday, is due that day and not
# on Monday, 3 January 2028. Seen 2026-12-01.
#
# Expected: a period that ends on a weekend or a legal holiday runs on to the next day that is neither (Federal Rules of
#   Civil Procedure, 6(a)(1)(C)). Where 1 January is a Saturday the holiday is the Friday before (5 U.S.C. 6103(b)): 31
#   December of 2010, 2021 and 2027.
# Seen: a day is looked for among the holidays of its own year. The holiday that falls on 31 December is in the list of the
#   year after, where nobody looks, so the period ends on it and is not rolled forward. `federal_holidays(2028)` of the
#   same package has it. Every other Saturday's holiday is observed: 24 December 2027, 3 July 2026, 18 June 2027.
#   holidays 0.108 has all of them.
# Why it matters: an officer who is sued for the profit of a purchase and a sale within six months has 21 days to answer;
#   the day told is three days too early, and one on which the courts are closed. Ask for the holidays of both years.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    amagi-litigation-deadlines==0.1.0 holidays==0.108
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, timedelta

import holidays
from amagi_litigation_deadlines.engine import compute_deadline
from amagi_litigation_deadlines.holidays import federal_holidays
from amagi_litigation_deadlines.rules import get_event, load_rule_set

RULES = load_rule_set("frcp")
ANSWER = get_event(RULES, "answer-complaint")
DAYS = [date(2010, 12, 31), date(2021, 12, 31), date(2027, 12, 31), date(2027, 12, 24), date(2026, 7, 3), date(2027, 6, 18)]


def due(last):
    """The day on which an answer is due whose 21 days end on this one."""
    return compute_deadline(RULES, ANSWER, last - timedelta(days=ANSWER.days)).deadline_date.isoformat()


def closed(day):
    """Whether it is a holiday: by the package's lists of that year and of the next, and by another package."""
    return day in federal_holidays(day.year), day in federal_holidays(day.year + 1), day in holidays.US(years=day.year)


seen = {day.isoformat(): (due(day), closed(day)) for day in DAYS}
stated = {
    "2010-12-31": ("2010-12-31", (False, True, True)),
    "2021-12-31": ("2021-12-31", (False, True, True)),
    "2027-12-31": ("2027-12-31", (False, True, True)),
    "2027-12-24": ("2027-12-27", (True, False, True)),
    "2026-07-03": ("2026-07-06", (True, False, True)),
    "2027-06-18": ("2027-06-21", (True, False, True)),
}
for day, told in seen.items():
    print(f"21 days end on {day}: due {told[0]}; a holiday of its year, of the next, by another: {told[1]}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
