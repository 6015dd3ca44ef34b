"""How everything is named on the command line: one page for REF, WHO, WHICH, KIND and days."""

from __future__ import annotations

PAGE = """\
How filings, people, companies, findings and days are named.

REF       0001209191-13-014365     a filing: its accession number
FILING    sha256:e7fbdec619fe      one without a number: 12 digits of its hash
          FILING#I.1, FILING#II.3  a row: its table, and its line in that table
          FILING#note.2            what a footnote states; #note.2.1 of several
          17592e1c                 a finding: its id, or four digits of it
          LATE_FILING, F           a kind of finding, a code: what it means
          0001...//0               a holding, by its `position` in JSON

WHO       "ROGERS GARY A"          a person: words of the name, in any order
          0001209191               or the CIK, leading zeros or none

WHICH     SONS, "sonus networks"   a company: ticker, words of its name, or CIK

KIND      BALANCE_BREAK            of a finding, in either case
SEVERITY  info, minor, major, critical

DATE      2004-10-01               a day; as --known-at, its end in New York
DATETIME  2005-02-04T21:00:00Z     an instant, in UTC unless it says otherwise
DAYS      10d                      a number of days

SEAL      64 hex digits            or a file that `ledger seal` wrote
PATH      a file, a folder or an archive; - is stdin

What answers to nobody names the nearest; what answers to several lists them.

  ledger holdings --person "ROGERS GARY A" --as-of 2004-10-01
  ledger explain 0001209191-13-014365#I.1
  ledger explain BALANCE_BREAK
  ledger reconcile --issuer SONS --kind LATE_FILING --fail-on major
"""
