#!/usr/bin/env bash
# business-days 0.0.8, workalendar 17.0.0: the second business day after a trade, on which its form 4 is due, is a day off:
# the one has Presidents' Day on a Thursday and no holidays after 2026, the other no Juneteenth. Seen 2026-12-01.
#
# Expected: who trades on Wednesday, 16 February 2022, has until Friday the 18th. Federal holidays do not count: Presidents'
#   Day is the third Monday of February, Juneteenth 19 June since 2021, and one that falls on a Saturday is the Friday.
# Seen: business-days, released in 2026, has Presidents' Day on 18, 17 and 16 February of 2021, 2022 and 2023, all Thursdays,
#   and not on the Mondays; no Juneteenth before 2024; 4 July 2026, a Saturday, and not the Friday; and nothing from 2027
#   on, when Thanksgiving is a business day. workalendar knows what moves to a Friday, but its `UnitedStates` has Juneteenth
#   switched off, in all years; its `FederalReserveSystem` has it. No error is told. holidays 0.108 has them all.
# Why it matters: counted short, a form of the right day is late, which a company must name in its proxy statement; counted
#   long, a late one is not. Compare a list of holidays with another before counting by it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    business-days==0.0.8 workalendar==17.0.0 holidays==0.108
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, timedelta

import holidays
from business_days.business_days import days_from_now
from workalendar.usa import UnitedStates


def second(day):
    """The second business day after a day, by the federal holidays of holidays 0.108."""
    count = 0
    while count < 2:
        day += timedelta(days=1)
        count += day.weekday() < 5 and day not in holidays.US(years=day.year)
    return day


STATED = {  # the trade: the second business day after it, what business-days says, and what workalendar says
    "2022-02-16": ("2022-02-18", "2022-02-21", "2022-02-18"),
    "2022-02-17": ("2022-02-22", "2022-02-21", "2022-02-22"),
    "2023-02-15": ("2023-02-17", "2023-02-20", "2023-02-17"),
    "2023-06-15": ("2023-06-20", "2023-06-19", "2023-06-19"),
    "2025-06-17": ("2025-06-20", "2025-06-20", "2025-06-19"),
    "2026-06-17": ("2026-06-22", "2026-06-22", "2026-06-19"),
    "2026-07-01": ("2026-07-06", "2026-07-03", "2026-07-06"),
    "2027-11-23": ("2027-11-26", "2027-11-25", "2027-11-26"),
    "2027-12-29": ("2028-01-03", "2027-12-31", "2028-01-03"),
    "2025-09-04": ("2025-09-08", "2025-09-08", "2025-09-08"),
}
calendar = UnitedStates()
seen = {}
for text in STATED:
    day = date.fromisoformat(text)
    found = second(day), days_from_now(day, 2), calendar.add_working_days(day, 2)
    seen[text] = tuple(one.isoformat() for one in found)
    print(f"traded {text}: due {seen[text][0]}, by business-days {seen[text][1]}, by workalendar {seen[text][2]}")
juneteenth = [year for year in range(2021, 2031) if any("uneteenth" in name for _, name in calendar.holidays(year))]
print(f"years of 2021 to 2030 in which workalendar has a Juneteenth: {juneteenth}")
if seen != STATED or juneteenth:
    sys.exit(f"CHANGED: this was stated: {STATED}, and no Juneteenth")
print("As stated.")
PYTHON
