"""The SEC's quarterly data sets: filings out of eight tables, every line accounted for."""

import io
import re
from contextlib import nullcontext
from datetime import date, datetime
from decimal import Decimal

import pytest

from ledger import sorting
from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Reading, Signature
from ledger.precedence import judge
from ledger.readers.datasets import sheets
from ledger.readers.datasets.reader import DataSet
from tests.filings import filing, holding_row, row
from tests.parity import alike
from tests.simulator.quarters import quarter
from tests.simulator.worlds import world


def data_set(tables):
    opening = {
        name: (lambda content=content: nullcontext(io.BytesIO(content)))
        for name, content in tables.items()
    }
    return DataSet(opening, "2024q1")


def told(tables):
    """The filings, what was said of the set, and the counts of its lines."""
    whole = data_set(tables)
    found = list(whole.readings())
    filings = [item.filing for item in found if isinstance(item, Reading)]
    return filings, [item for item in found if not isinstance(item, Reading)], whole.counts()


def in_order(filing):
    """A filing whose rows stand as a data set gives them: transactions, then holdings."""
    rows = []
    for table in ("I", "II"):
        of = [r for r in filing.rows if r.table == table]
        of = [r for r in of if not r.holding] + [r for r in of if r.holding]
        rows += [r.model_copy(update={"line": n}) for n, r in enumerate(of, start=1)]
    return filing.model_copy(update={"rows": tuple(rows)})


def changed(tables, name, line, old, new):
    lines = tables[name].decode().splitlines()
    assert old in lines[line]
    lines[line] = lines[line].replace(old, new)
    return tables | {name: ("\n".join(lines) + "\n").encode()}


def test_a_quarter_gives_the_filings_that_were_written_in_it():
    written = world(5, issuers=2, people=3, years=2).filings

    filings, said, counts = told(quarter(written))

    assert said == []
    assert [f.stream for f in filings] == sorted(f.stream for f in written)
    by_name = {f.accession: f for f in written}
    for found in filings:
        assert alike(found, "data-set") == alike(in_order(by_name[found.accession]), "data-set")
    rows = sum(c.recorded for c in counts if c.table.startswith(("NON", "DER")))
    assert rows == sum(len(f.rows) for f in written)
    assert all(c.set_aside == 0 for c in counts)


def test_what_the_set_has_no_column_for_is_unknown():
    (found,), _, _ = told(quarter([filing(filed_on=date(2004, 10, 5))]))

    assert (found.format, found.filed_on) == ("data-set", date(2004, 10, 5))
    assert found.schema_version is None
    assert found.issuer.foreign_symbol is None
    assert found.owners[0].non_us_address is None
    assert (found.owners[0].director, found.owners[0].officer) == (True, None)
    assert found.known.basis == "filing-date"


def test_numbers_come_without_the_sets_own_noughts_and_blank_is_not_zero():
    rows = (row(shares=Decimal("19.82"), price=None, shares_after=Decimal(0)),)
    (found,), _, _ = told(quarter([filing(rows=rows)]))

    (line,) = found.rows
    assert (line.shares, line.price, line.shares_after) == (Decimal("19.82"), None, Decimal(0))
    assert line.printed == {}


def test_a_quoted_cell_may_hold_quotes_and_a_line_break():
    tables = quarter([filing(remarks="See Exhibit A")])
    tables = changed(tables, "SUBMISSION", 1, "See Exhibit A", '"the ""Plan""\nof 1999"')

    (found,), said, _ = told(tables)

    assert (found.remarks, said) == ('the "Plan"\nof 1999', [])


def test_a_lone_quote_takes_no_other_line_with_it():
    tables = quarter([filing(1, remarks="See Exhibit A"), filing(2)])
    line = 1 if b"Exhibit" in tables["SUBMISSION"].splitlines()[1] else 2
    tables = changed(tables, "SUBMISSION", line, "See Exhibit A", '"See 5" pipe')

    filings, said, _ = told(tables)

    assert (len(filings), said) == (2, [])


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("NONDERIV_TRANS", "0000000001-04-000001", "0000000001-04-000009", "does not have"),
        ("NONDERIV_TRANS", "0000000001-04-000001", "none", "names no filing"),
        ("OWNER_SIGNATURE", "\t", " ", "cells"),
    ],
)
def test_a_line_that_fits_nothing_is_counted_and_named(name, old, new, why):
    tables = changed(quarter([filing(rows=1)]), name, 1, old, new)

    filings, (problem,), counts = told(tables)

    assert len(filings) == 1
    assert (problem.source, problem.place) == (f"2024q1:{name}.tsv", "line 2")
    assert why in problem.problem
    (count,) = (c for c in counts if c.table == name)
    assert (count.rows, count.recorded, count.set_aside) == (1, 0, 1)


def test_a_filing_listed_twice_is_one_filing_and_the_second_line_is_said():
    tables = quarter([filing()])
    tables["SUBMISSION"] += tables["SUBMISSION"].splitlines(keepends=True)[1]

    filings, (problem,), _ = told(tables)

    assert len(filings) == 1
    assert "a second line for one filing" in problem.problem


def test_a_filing_of_another_form_is_set_aside_with_all_its_lines():
    tables = changed(quarter([filing(rows=2)]), "SUBMISSION", 1, "\t4\t", "\t144\t")

    filings, (problem,), counts = told(tables)

    assert filings == []
    assert "its document type is '144'" in problem.problem
    assert {c.table: c.set_aside for c in counts}["NONDERIV_TRANS"] == 2
    assert all(c.recorded == 0 for c in counts)


def test_a_missing_table_is_said_once_and_on_each_of_its_filings():
    tables = quarter([filing(1), filing(2)])
    del tables["FOOTNOTES"], tables["REPORTINGOWNER"]

    filings, said, _ = told(tables)

    assert [p.place for p in said] == ["REPORTINGOWNER", "FOOTNOTES"]
    assert [p.effect for p in said] == ["field unknown"] * 2
    for found in filings:
        (repair,) = (r for r in found.repairs if r.field == "tables")
        assert repair.printed == "REPORTINGOWNER, FOOTNOTES"
        assert not found.rank[1]


def test_columns_missing_or_added_are_said_and_contacts_are_left_out():
    tables = changed(quarter([filing()]), "SUBMISSION", 0, "REMARKS", "CONTACT_EMAIL_ADDRESS")
    tables = changed(tables, "SUBMISSION", 0, "AFF10B5ONE", "COLOUR")

    (found,), said, _ = told(tables)

    assert [(p.place, p.effect) for p in said] == [
        ("REMARKS", "field unknown"),
        ("COLOUR", "row kept"),
    ]
    (repair,) = found.repairs
    assert (repair.field, repair.printed) == ("tables", "SUBMISSION.REMARKS")


def test_a_whole_set_takes_the_place_of_one_that_lacks_a_column():
    whole = quarter([filing(rows=(row(),))])
    narrow = changed(whole, "NONDERIV_TRANS", 0, "SHRS_OWND_FOLWNG_TRANS\t", "LEFT_OUT\t")

    ((had,), _, _), ((got,), _, _) = told(narrow), told(whole)

    assert had.rows[0].shares_after is None
    assert judge(had, got).status == "reread"
    assert judge(got, had).status == "already recorded"


def test_a_set_whose_notes_have_no_words_says_so_and_gives_its_filings():
    noted = filing(rows=(row(cited={"code": ("F1",)}),))
    tables = changed(quarter([noted]), "FOOTNOTES", 0, "FOOTNOTE_TXT", "WORDS")

    filings, said, _ = told(tables)

    assert len(filings) == 1
    assert ("FOOTNOTE_TXT", "field unknown") in [(p.place, p.effect) for p in said]


def test_a_line_too_long_to_keep_is_cut_and_that_is_said(monkeypatch):
    tables = quarter([filing()])
    longest = max(map(len, tables["SUBMISSION"].splitlines()))
    monkeypatch.setattr(sheets, "LINE_LIMIT", longest)

    _, said, _ = told(tables)

    assert any("its end is left out" in p.problem for p in said)


def test_either_spelling_of_a_column_is_taken():
    option = row(table="II", exercisable_on=date(2005, 1, 2), cited={"code": ("F1",)})
    tables = quarter([filing(rows=(option,))])
    tables = changed(tables, "DERIV_TRANS", 0, "EXCERCISE_DATE\t", "EXERCISE_DATE\t")
    tables = changed(tables, "DERIV_TRANS", 0, "EQUITY_SWAP_TRANS_CD_FN", "EQUITY_SWAP_INVOLVED_FN")

    (found,), said, _ = told(tables)

    assert said == []
    assert found.rows[0].exercisable_on == date(2005, 1, 2)
    assert found.rows[0].cited == {"code": ("F1",)}


def test_a_set_without_its_list_of_filings_is_refused():
    with pytest.raises(NotAnOwnershipForm, match="without its table SUBMISSION"):
        data_set({"FOOTNOTES": b""})


def test_a_table_that_outgrows_the_memory_it_is_given_is_told_alike(monkeypatch):
    tables = quarter(world(6, people=3, years=2).filings)
    at_once = told(tables)

    monkeypatch.setattr(sorting, "_HELD", 1)

    assert told(tables) == at_once


def test_where_there_is_no_room_to_sort_the_set_is_refused_with_what_helps(monkeypatch):
    connect = sorting.sqlite3.connect

    def small(where):
        database = connect(where)
        database.execute("PRAGMA max_page_count = 2")
        return database

    monkeypatch.setattr(sorting.sqlite3, "connect", small)

    with pytest.raises(ReadError, match=r"could not be sorted .*full.*TMPDIR"):
        told(quarter(world(6, people=3, years=2).filings))


def test_the_same_lines_have_the_same_hash_whatever_their_order():
    written = [filing(1, rows=3), filing(2, rows=3)]
    one, other = told(quarter(written, seed=1))[0], told(quarter(written[::-1], seed=9))[0]

    assert [f.rows for f in one] == [f.rows for f in other]


def test_a_filing_day_that_no_calendar_has_is_unknown_and_said():
    tables = quarter([filing(filed_on=date(2004, 10, 5))])
    odd = changed(tables, "SUBMISSION", 1, "05-OCT-2004", "31-SEP-2004")

    (found,), _, _ = told(odd)

    (note,) = [r for r in found.repairs if r.field == "filed_on"]
    assert (found.filed_on, note.printed, note.effect) == (None, "31-SEP-2004", "field unknown")


PRINTED = re.compile(r"[0-9]{2}-[A-Z]{3}-[0-9]{4}")


@pytest.mark.parametrize(
    "printed",
    ["%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%d-%b-%y", "%Y-%m-%d 00:00:00", "%Y-%m-%dT00:00:00.000"],
)
def test_days_are_read_in_whatever_way_a_database_printed_them(printed):
    option = row(table="II", effective_on=date(2004, 9, 30), expires_on=date(2034, 9, 30))
    tables = quarter([filing(rows=(option,), filed_on=date(2004, 10, 5))])

    def again(found):
        return f"{datetime.strptime(f'{found[0]}Z', '%d-%b-%Y%z'):{printed}}".upper()

    others = {name: PRINTED.sub(again, text.decode()).encode() for name, text in tables.items()}

    assert others != tables
    (found,), said, _ = told(others)
    assert alike(found, "data-set") == alike(told(tables)[0][0], "data-set")
    assert (said, found.repairs) == ([], ())


def test_the_hour_of_a_day_is_no_midnight_and_is_said():
    tables = quarter([filing(filed_on=date(2004, 10, 5))])
    timed = changed(tables, "SUBMISSION", 1, "05-OCT-2004", "2004-10-05 17:31:00")

    (found,), _, _ = told(timed)

    assert (found.filed_on, found.repairs[0].printed) == (None, "2004-10-05 17:31:00")


def test_points_and_noughts_that_a_spreadsheet_added_change_nothing():
    written = filing(not_subject_to_section16=True, rows=(row(shares=Decimal(1200)),))
    tables = quarter([written])
    (whole,), _, _ = told(tables)
    cik = whole.issuer.cik
    for name, old, new in (
        ("SUBMISSION", f"\t{cik}\t", f"\t{int(cik)}.0\t"),
        ("SUBMISSION", f"\t{written.form}\t", f"\t{written.form}.0\t"),
        ("SUBMISSION", "\t1\t", "\t1.0\t"),
        ("NONDERIV_TRANS", "\t1200.0\t", "\t1200.0000000000\t"),
    ):
        tables = changed(tables, name, 1, old, new)

    (found,), _, _ = told(tables)

    assert alike(found, "data-set") == alike(whole, "data-set")


def test_an_accession_number_may_have_lost_its_dashes():
    tables = quarter([filing(1), filing(2)])
    bare = {n: re.sub(rb"(\d{10})-(\d\d)-(\d{6})", rb"\1\2\3", t) for n, t in tables.items()}

    assert [f.accession for f in told(bare)[0]] == [f.accession for f in told(tables)[0]]


def test_blank_cells_behind_the_last_column_are_none():
    tables = quarter([filing()])
    trailing = {n: b"\t\n".join(t.split(b"\n")) for n, t in tables.items()}
    only_lines = {n: t.replace(b"\t\n", b"\n", 1) for n, t in trailing.items()}

    assert told(trailing)[0] == told(only_lines)[0] == told(tables)[0]
    assert told(trailing)[1] == told(only_lines)[1] == []


def test_two_sets_joined_into_one_count_each_line_once_and_say_so():
    agents = (Signature(name="An Agent", signed_on=date(2004, 10, 5)),) * 2
    noted = row(cited={"shares": ("F1",)})
    written = filing(rows=(noted, noted.model_copy(update={"line": 2})), signatures=agents)
    tables = quarter([written])
    heads = {name: text.partition(b"\n") for name, text in tables.items()}
    twice = {name: head + end + rest * 2 for name, (head, end, rest) in heads.items()}

    (found,), said, counts = told(twice)

    assert alike(found, "data-set") == alike(told(tables)[0][0], "data-set")
    assert (len(found.rows), len(found.signatures)) == (2, 2)
    assert all(c.rows == 2 * c.recorded for c in counts)
    assert any("a line that repeats another (2 lines)" in p.problem for p in said)


def test_holdings_follow_the_transactions_of_their_table():
    rows = (holding_row(1), row(2), holding_row(1, table="II"))
    (found,), _, _ = told(quarter([filing(rows=rows)]))

    assert [(r.ref, r.holding) for r in found.rows] == [
        ("I.1", False),
        ("I.2", True),
        ("II.1", True),
    ]


def test_natures_that_stand_on_the_first_lines_go_back_to_the_indirect_ones():
    rows = (
        holding_row(1, shares_after=Decimal(500)),
        holding_row(2, ownership="indirect", nature="By Spouse", cited={"nature": ("F1",)}),
        holding_row(3, shares_after=Decimal(7)),
        holding_row(4, ownership="indirect", nature="By Trust"),
    )
    written = filing(rows=rows)

    (found,), said, _ = told(quarter([written], packed=True))

    assert [r.nature for r in found.rows] == ["", "By Spouse", "", "By Trust"]
    assert [r.cited.get("nature") for r in found.rows] == [None, ("F1",), None, None]
    assert [[p.printed for p in r.repairs] for r in found.rows] == [
        *(["By Spouse"], ["By Trust"]),
        *([], [""]),
    ]
    assert {p.field for r in found.rows for p in r.repairs} == {"nature"}
    assert alike(found, "data-set") == alike(in_order(written), "data-set")
    assert said == []


@pytest.mark.parametrize(
    ("natures", "why"),
    [
        (("", "By Spouse", "", "By Trust"), "they stand where they belong"),
        (("By Spouse", "", "", ""), "one is missing, and nothing says which"),
        (("", "By Spouse", "By Trust", ""), "they are not on the first lines"),
    ],
)
def test_other_natures_stay_where_the_set_has_them(natures, why):
    held = ("direct", "indirect", "direct", "indirect")
    rows = tuple(
        holding_row(n, ownership=own, nature=nature)
        for n, (own, nature) in enumerate(zip(held, natures, strict=True), start=1)
    )

    (found,), _, _ = told(quarter([filing(rows=rows)]))

    assert tuple(r.nature for r in found.rows) == natures, why
    assert not any(r.repairs for r in found.rows)


def test_a_world_of_packed_natures_reads_as_one_that_has_them_in_their_place():
    written = world(5, issuers=2, people=3, years=2).filings

    found, _, _ = told(quarter(written, packed=True))

    placed, _, _ = told(quarter(written))
    assert [alike(f, "data-set") for f in found] == [alike(f, "data-set") for f in placed]
