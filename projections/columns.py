"""The columns of every table that is answered or exported: names, types, what each means.

The one place that says so: CSV and its schema, Parquet, Arrow, spreadsheets and the tables of
Python are all made of these columns. Names and types are only ever added to; anything more
is a new `VERSION` (docs/reference/tables.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args

from ledger.types import end_of_day

VERSION = 1
"""Of all tables; a column that is added does not change it."""

Kind = Literal["text", "code", "quantity", "price", "count", "day", "moment", "truth"]
"""`text` is a filer's words and `code` ours or EDGAR's: identifiers, and words of a fixed list.
A `quantity` counts shares, units or dollars, a `price` is dollars for one of them. A `moment`
is an instant, or a day where no more is known, which means its end on EDGAR's clock."""

DIGITS: Mapping[Kind, tuple[int, int]] = {"quantity": (20, 8), "price": (17, 6)}
"""Digits of a decimal column, and those behind the point. EDGAR's own numbers have at most
twelve before it and four behind (ownershipDocumentCommon.xsd). Then a claim less what was
expected, and shares times price, are exact in each of four readers: pyarrow gives a product the
sum of both and one more, and has 38; DuckDB gives it 18 where neither has more; Polars keeps
the greater number of places and rounds to it."""

WIDE = (38, 12)
"""The digits of a column in which some number needs more than `DIGITS`."""


class Column(NamedTuple):
    """A column: where its value stands in a record, what it is, and what it means.

    `path` goes down through objects and, where there are `many` values, through lists:
    `issuer.cik`, `owners.name`. Lists stay lists, the absent ones among their values too.
    """

    path: str
    kind: Kind = "text"
    says: str = ""
    many: bool = False

    @property
    def name(self) -> str:
        """The column's heading: `issuer_cik`."""
        return self.path.replace(".", "_")


def table(text: str) -> tuple[Column, ...]:
    """Columns as a table has them, one a line: path, kind (`text[]` for many), meaning."""
    return tuple(_column(*line.split(maxsplit=2)) for line in text.strip().splitlines())


def _column(path: str, kind: str = "text", says: str = "") -> Column:
    word = kind.removesuffix("[]")
    assert word in get_args(Kind), kind
    return Column(path, word, says, many=word != kind)  # type: ignore[arg-type]


def reader(wanted: Iterable[Column], *, instants: bool = False) -> Callable[[Any], tuple[Any, ...]]:
    """What reads the values of some columns off an answer, or off its JSON record.

    Quantities and prices are decimals, days dates, many values tuples; None is unknown.
    A moment stays as it is told, text of an instant or of a day, unless `instants` are wanted.
    """
    getters = tuple(_getter(column, instants=instants) for column in wanted)
    return lambda record: tuple([get(record) for get in getters])


def _getter(column: Column, *, instants: bool) -> Callable[[Any], Any]:
    steps = column.path.split(".")
    typed = instant_of if instants and column.kind == "moment" else _TYPED.get(column.kind)
    if column.many:
        return lambda record: _many(record, steps, typed)

    def one(record: Any) -> Any:
        for step in steps:
            if record is None:
                return None
            record = record.get(step) if isinstance(record, Mapping) else getattr(record, step)
        return typed(record) if typed is not None and isinstance(record, str) else record

    return one


def _many(value: Any, steps: Sequence[str], typed: Callable[[str], Any] | None) -> Any:
    """The values at the end of a path, one for each element of the list on the way."""
    if isinstance(value, list | tuple):
        return tuple(_many(element, steps, typed) for element in value)
    if value is None:
        return None
    if not steps:
        return typed(value) if typed is not None and isinstance(value, str) else value
    value = value.get(steps[0]) if isinstance(value, Mapping) else getattr(value, steps[0])
    return _many(value, steps[1:], typed)


_TYPED: Mapping[Kind, Callable[[str], Any]] = {
    "quantity": Decimal,
    "price": Decimal,
    "day": date.fromisoformat,
}


def instant_of(moment: str | datetime | None) -> datetime | None:
    """The instant that the text of a moment means; None where it says `unknown`."""
    if isinstance(moment, datetime):
        return moment
    if not moment or moment == "unknown":
        return None
    if len(moment) == len("2004-09-09"):
        return end_of_day(date.fromisoformat(moment))
    return datetime.fromisoformat(moment)


_WHOSE = """
person.cik     code     CIK of the person the position is shown under; null where no filing gives it
person.name    text     that person's name, as last printed
issuer.cik     code     CIK of the company
issuer.name    text     its name, as last printed
issuer.symbol  code     its ticker, as last printed
"""
_WHAT = """
table           code   I for securities themselves, II for derivatives
security        text   title of the class, as printed
ownership       code   direct or indirect
nature          text   through whom it is held, in the filer's words; empty where none stand there
exercise_price  price  dollars for one share, of a derivative; null where none is stated
expires_on      day    last day of a derivative
"""

HOLDINGS = table(
    _WHOSE.strip()
    + _WHAT
    + """
shares         quantity  shares or units held; null where unknown, or only known between bounds
shares_low     quantity  fewest that may have been held
shares_high    quantity  most that may have been held
basis          code      reported, derived, inferred, never reported or no longer reported
last_claim_on  day       day of the last total that a filing gives, up to the day asked for
since          day       day on which this level began
coverage       code      open, ended, stale or before first report
explained      truth     whether it rests on an accepted explanation
owners.name    text[]    all who share the position
position       code      the position's id: the same whatever else becomes known
findings       code[]    ids of the findings about it
evidence       code[]    filings, rows and notes it rests on
value          quantity  dollars, where the filer counts the position in those
doubted        truth     whether it rests on a total that is in doubt
addresses      code[]    pages on sec.gov of the filings it rests on
holder         text      who holds it by a note of its line, where its own words name nobody
worst.kind     code[]    kinds of the two gravest findings about it
apart          text      the words of a note that tells it from others that read alike
may_be         text[]    vehicles of which it may be one, under another name
""".lstrip()
)
"""What was held on a day: one row for each position."""

ENTRIES = table(
    _WHOSE.strip()
    + _WHAT
    + """
position        code      the position's id: the same whatever else becomes known
unit            code      what all its quantities count: shares (or other units) or dollars
effective_from  day       first day on which it may have happened
effective_to    day       last such day
filing          code      accession number, or sha256: and the hash of the document
row             code      table and line of the row, note.N of a footnote
event           code      what it is: a kind of transaction, holding, or a term of an explanation
shares          quantity  how many moved, never negative
direction       code      acquired or disposed
computed        quantity  our balance after it
claimed         quantity  the total the filing gives
expected        quantity  the total that would follow
residual        quantity  claimed less expected
verdict         code      opening, agreed, explained, ambiguous or unexplained; null without a total
footnotes       code[]    ids of the notes that the row cites
findings        code[]    ids of the findings about it
opening         quantity  what was held before the position's first entry; null where unknown
price           price     dollars for one share, as the row states it
owners.cik      code[]    CIKs of all who share the position
owners.name     text[]    their names, in the same order
convention      code      how the total is taken, where it is not the balance after its row
set_aside       truth     whether the total moves nothing: later ones go on from before it
address         code      the filing's page on sec.gov; null where its accession number is unknown
""".lstrip()
)
"""Every entry of every position, in the order of its days, with balance, total and verdict."""

STAKES = table(
    _WHOSE.strip()
    + """
security        text      title of the class, as most of its holdings have it
on              day       first day of the level, which lasts until the next
shares          quantity  all that is held of the class; null where it is not known exactly
shares_low      quantity  at least so many
shares_high     quantity  at most so many; null where nothing bounds it
shared          quantity  how many of them others share; null where that is not known
holdings        count     in how many holdings
doubted         truth     whether a part rests on a total that is in doubt
inferred        truth     whether a part is only what a first report, of a later day, implies
last_claim_on   day       the day of the last total of any of the holdings
table           code      I, or II for a class that converts into another and is reported there
"""
)
"""What each person held of each class of stock, day by day."""

EVENTS = table("""
position             count     place in the log, from 1
event                code      kind of event
filing               code      accession number, or sha256: and the hash of the document
row                  code      table and line of the row, note.N of a footnote; null for a filing
form                 code      3, 4 or 5, with /A for an amendment
issuer.cik           code      CIK of the company
issuer.name          text      its name, as printed
issuer.symbol        code      its ticker, as printed
owners.cik           code[]    CIKs of the reporting owners
owners.name          text[]    their names, in the same order
security             text      title of the class, as printed
code                 code      transaction code of the form
direction            code      acquired or disposed
shares               quantity  how many moved, never negative
value                quantity  dollars that moved, where the row counts those
price                price     dollars for one share
shares_after         quantity  shares the filer says are held afterwards: a claim
value_after          quantity  the same in dollars
ownership            code      direct or indirect
nature               text      through whom it is held, in the filer's words
exercise_price       price     dollars for one share, of a derivative
exercisable_on       day       first day on which a derivative may be exercised
expires_on           day       its last day
underlying.title     text      what a derivative gives, as printed
underlying.shares    quantity  how many of it
underlying.value     quantity  the same in dollars
effective_from       day       first day on which it may have happened
effective_to         day       last such day
precision            code      how exactly that is told: day, month, year, interval or unknown
known_at             moment    when the public could know
known_basis          code      what that rests on: acceptance, filing-date, signature, period, unknown
basis                code      filing, row or footnote
footnotes            code[]    ids of the notes cited
table                code      I for securities themselves, II for derivatives
holding              truth     whether the row is a holding, not a transaction
form_type            code      the form that the row says it belongs on
timeliness           code      E for early, L for late
equity_swap          truth     whether the row says that an equity swap is involved
deemed_execution_on  day       the deemed execution date
note                 code      id of the footnote that a statement was read from
group_total          quantity  stated total of which shares is one part
counterpart          text      vehicle, plan or company on the other side
ratio                code      of a split or succession, new to old: 3:2
text                 text      the statement's words
period               day       period of report
reason               text      why a filing was read again
address              code      the filing's page on sec.gov; null where its accession number is unknown
""")
"""The log, oldest first: what was said, nothing judged."""

FINDINGS = table("""
id                            code        the finding's id
kind                          code        what is the matter (docs/reference/findings.md)
severity                      code        info, minor, major or critical
filing                        code        accession number, or sha256: and the hash of the document
row                           code        table and line; null where it is about the filing
person.cik                    code        CIK of the person
person.name                   text        the person's name
issuer.cik                    code        CIK of the company
issuer.name                   text        its name
issuer.symbol                 code        its ticker
security                      text        title of the class, as printed
ownership                     code        direct or indirect
nature                        text        through whom it is held, in the filer's words
effective_on                  day         day of the row
expected                      quantity    the total that would follow
reported                      quantity    the total the filing gives
difference                    quantity    reported less expected
explanation.code              code        what explains the difference
explanation.confidence        code        high, medium, low or none
explanation.terms.kind        code[]      the terms that close it: what each is
explanation.terms.shares      quantity[]  what each moves, signed
explanation.terms.source      code[]      the filing, row or note that states it
explanation.terms.text        text[]      in words
message                       text        the finding as a sentence
evidence                      code[]      filings, rows and notes it rests on
explanation.rejected.code      code[]     what was tried and rejected
explanation.rejected.predicted quantity[] the total each would have predicted
explanation.rejected.residual  quantity[] what each would have left unexplained
explanation.rejected.why       text[]     why each was rejected
revised_by                    code        later filing that confirmed or changed the judgement
address                       code        the filing's page on sec.gov; null where its accession number is unknown
status                        code        open or accepted
assigned                      text        to whom it was given
note                          text        what was noted of it last
reopened                      text        what changed since it was accepted, so that it stands open
""")
"""What does not follow, with what explains it, what was tried and rejected, and what people made of it."""

FOUND = FINDINGS[:-4]
"""The same without what people made of it, which no judgement tells."""

CHANGES = table("""
what           code    holding or finding, or a field of a filing read again
change         code    appeared, changed or withdrawn
person.cik     code    CIK of the person
person.name    text    the person's name
issuer.cik     code    CIK of the company
issuer.name    text    its name
issuer.symbol  code    its ticker
security       text    title of the class
ownership      code    direct or indirect
nature         text    through whom it is held, in the filer's words
before         text    what was told before, null where nothing was
after          text    what is told after, null where nothing is
because        code[]  the filings that changed it, in the order they became known
finding        code    the finding's id
addresses      code[]  pages on sec.gov of the filings that changed it
retracted      code[]  those of them that were taken back, or came back, in between
""")
"""What changed between two moments of knowledge."""

PEOPLE = table("""
person.cik      code    CIK of the person; null where no filing gives it
person.name     text    the person's name, as last printed
issuers.cik     code[]  CIKs of the companies about which the person reports
issuers.name    text[]  their names, in the same order
issuers.symbol  code[]  their tickers
filings         count   filings of the person, joint ones among them
positions       count   positions they amount to
last_filing_on  day     day on which the last of them became known
findings        count   open findings about the person's filings
critical        count   of these, critical ones
major           count   major ones
minor           count   minor ones
""")
"""Everybody in the ledger, at every company together."""

ISSUERS = table("""
issuer.cik      code    CIK of the company; null where no filing gives it
issuer.name     text    its name, as last printed
issuer.symbol   code    its ticker, as last printed
people          count   people who report about it
filings         count   filings about it
positions       count   positions they amount to
last_filing_on  day     day on which the last of them became known
checked         count   reported totals that were checked
agreed          count   totals that follow exactly
explained       count   totals that an accepted explanation closes
ambiguous       count   totals with two explanations about as good
unexplained     count   totals that nothing known closes
opening         count   totals before which nothing was known
findings        count   open findings about its filings
critical        count   of these, critical ones
major           count   major ones
minor           count   minor ones
""")
"""Every company in the ledger, and how its totals fare."""

FILINGS = table("""
filing              code    accession number, or sha256: and the hash of the document
form                code    3, 4 or 5, with /A for an amendment
issuer.cik          code    CIK of the company
issuer.name         text    its name, as printed
issuer.symbol       code    its ticker, as printed
owners.cik          code[]  CIKs of the reporting owners
owners.name         text[]  their names, in the same order
owners.director     truth[] whether each is a director; null where the filing does not say
owners.officer      truth[] whether each is an officer
owners.officer_title text[] the office of each
owners.ten_percent_owner truth[] whether each owns more than ten per cent of a class
owners.other        truth[] whether each has another relationship
period              day     period of report
original_on         day     date of the filing that this one amends, as it says
filed_on            day     filing date
accepted_at         moment  when EDGAR accepted it
known_at            moment  when the public could know
known_basis         code    what that rests on: acceptance, filing-date, signature, period, unknown
plan_10b5_1         truth   whether its box for Rule 10b5-1(c) is checked; null where it has none
source              code    what it was read from: submission, ownership-xml, data-set, html or scanned
reader_version      count   version of the reader
sha256              code    SHA-256 of the document read
transactions        count   rows of transactions
holdings            count   rows of holdings
footnotes           count   footnotes
statements          count   statements that the notes were found to make
repairs             count   fields that were not taken at their word
restated            code[]  its rows that a later amendment restates
taken_back          code[]  its rows that a later filing takes back
counted_once        code[]  its rows that another filing tells as well
findings            code[]  ids of the findings about it
remarks             text    its remarks
address             code    the filing's page on sec.gov; null where its accession number is unknown
""")
"""What was filed: one row for each filing, its latest reading."""

FILED = table("""
filing          code    accession number, or sha256: and the hash of the document
form            code    3, 4 or 5, with /A for an amendment
issuer.cik      code    CIK of the company
issuer.name     text    its name
issuer.symbol   code    its ticker
owners.cik      code[]  CIKs of the reporting owners
owners.name     text[]  their names, in the same order
filed_on        day     the day on which it became public, or was signed where that is all
due_on          day     the day by which it was to be filed; null where nothing that stands in it has one
row             code    the row that was due first; null where the form itself has the day
late            truth   whether it was filed after that day; null where that cannot be said
checked         count   totals in it that could be compared with a balance
agreed          count   those that follow exactly
explained       count   those that terms close which are known
ambiguous       count   those of which two explanations are about as good
unexplained     count   those that nothing closes
opening         count   totals before which nothing is known
findings        code[]  ids of the findings about it
address         code    the filing's page on sec.gov; null where its accession number is unknown
""")
"""What was filed: when it was due and when it came, and how its totals fare."""

PANEL = table(
    """
month_end      day       last day of the month
"""
    + _WHOSE.strip()
    + """
class          text      title of the class, as last printed: the same in every month
"""
    + _WHAT.strip()
    + """
shares         quantity  shares or units held; null where unknown, or only known between bounds
shares_low     quantity  fewest that may have been held
shares_high    quantity  most that may have been held
value          quantity  dollars, where the filer counts the position in those
basis          code      reported, derived, inferred, never reported or no longer reported
last_claim_on  day       day of the last total that a filing gives, up to the month's end
since          day       day on which this level began
coverage       code      open, ended, stale or before first report
explained      truth     whether it rests on an accepted explanation
doubted        truth     whether it rests on a total that is in doubt
position       code      the position's id: the same whatever else becomes known
owners         count     how many share the position; each has a row of its own
counted        truth     true in one row of a position and month: sum these, and nothing counts twice
"""
)
"""What every owner held at the end of every month."""
