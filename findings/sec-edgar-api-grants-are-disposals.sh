#!/usr/bin/env bash
# sec-edgar-api 1.0.11 (npm): every option that is granted is a disposal, every option that is exercised has no
# direction, and a holding in which nothing happened is a disposal too. Seen 2026-11-29.
#
# Expected: the package turns the page of a Form 4 into rows whose `transactionType` is, by its declared type,
#   'Acquire', 'Dispose' or, where there is none, null. Table II of the page has a column (A) and a column (D)
#   for the number of derivative securities, after the columns for the code and for V.
# Seen: the direction of a Table II row is taken from one column too far to the left. What stands in (A) counts
#   as (D), and (D) is never looked at. So a grant of 12,000 options and a purchase of warrants are
#   'Dispose', and an exercise or a sale of options is null, as if it were a holding. In Table I a holding row,
#   where the direction is empty, is 'Dispose' because it is not "A". Number, price and total of each row
#   are right. Days of Table I are 2024-03-01, days of Table II 03/01/2024.
# Why it matters: direction is the one thing that says whether to add or subtract. Sums by it have every award
#   leave the holder's hands; a filter for disposals finds grants and spouses' holdings among the sales.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sec-edgar-api@1.0.11
cat > look.js <<'JAVASCRIPT'
const { default: DocumentParser } = require('sec-edgar-api/build/services/DocumentParser')

const row = (tag, texts) => `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`
const table = (title, heads, rows) => `<table border="1"><thead>
  <tr><th colspan="${heads.length}">${title}</th></tr>${row('th', heads)}${row('th', ['Code', 'V', '(A)', '(D)'])}
  </thead><tbody>${rows.map((texts) => row('td', texts)).join('')}</tbody></table>`

const owner = `<table><tr>
  <td>1. Name and Address of Reporting Person<sup>*</sup> <a>Quillfeather Odd</a> (Last) (First) (Middle)</td>
  <td>2. Issuer Name <a>Brass Kettle Works</a> [BKW]</td>
  <td>X Director 10% Owner Officer (give title below) Other (specify below)</td></tr></table>`
const stock = (code, shares, letter, price, after, form, nature) =>
  ['Common Stock', code && '03/01/2024', '', code, '', shares, letter, price, after, form, nature]
const option = (title, code, acquired, disposed, after) =>
  [title, '$19', '03/01/2024', '', code, '', acquired, disposed, '03/01/2025', '03/01/2034', 'Common Stock',
    acquired || disposed, '$0', after, 'D', '']

const page = `<html><head><title>SEC FORM 4</title></head><body><table><tr><td>FORM 4</td></tr></table>${owner}
  ${table('Table I', ['1.', '2.', '2A.', '3.', '4.', '5.', '6.', '7.'], [
    stock('M', '3,000', 'A', '$19', '21,000', 'D', ''),
    stock('S', '3,000', 'D', '$40.25', '18,000', 'D', ''),
    stock('', '', '', '', '7,500', 'I', 'By Spouse'),
  ])}
  ${table('Table II', ['1.', '2.', '3.', '3A.', '4.', '5.', '6.', '7.', '8.', '9.', '10.', '11.'], [
    option('Option granted', 'A', '12,000', '', '12,000'),
    option('Warrant bought', 'P', '500', '', '500'),
    option('Option exercised', 'M', '', '3,000', '9,000'),
    option('Option sold', 'S', '', '400', '100'),
  ])}
  <table><tr><td>Explanation of Responses:</td></tr></table></body></html>`

for (const t of new DocumentParser().parseForm4({ xml: page }).transactions) {
  const told = [t.securityType, t.transactionCode, t.date, t.shares, t.sharesEnding, t.transactionType]
  console.log(told.map((value) => value || 'none').join(' | '))
}
JAVASCRIPT
node look.js > seen
cat > stated <<'TEXT'
Common Stock | M | 2024-03-01 | 3000 | 21000 | Acquire
Common Stock | S | 2024-03-01 | 3000 | 18000 | Dispose
Common Stock | none | none | none | 7500 | Dispose
Option granted | A | 03/01/2024 | 12000 | 12000 | Dispose
Warrant bought | P | 03/01/2024 | 500 | 500 | Dispose
Option exercised | M | 03/01/2024 | 3000 | 9000 | none
Option sold | S | 03/01/2024 | 400 | 100 | none
TEXT
cat seen
diff stated seen || { echo "CHANGED: the lines with < were stated."; exit 1; }
echo "As stated."
