"""Five real scans, read exactly: every figure of theirs, and what they leave unknown."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from ledger.readers.scan import reader as scanned
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus


class Golden(NamedTuple):
    """What one scan says of its only owner."""

    form: str
    period: date
    signed: date
    director: bool | None
    title_words: int
    notes: int


GOLDEN = {
    "000": Golden(
        form="4",
        period=date(2005, 9, 9),
        signed=date(2005, 9, 12),
        director=None,
        title_words=0,
        notes=1,
    ),
    "001": Golden(
        form="4",
        period=date(2004, 9, 20),
        signed=date(2004, 9, 22),
        director=True,
        title_words=1,
        notes=1,
    ),
    "002": Golden(
        form="4",
        period=date(2004, 9, 20),
        signed=date(2004, 9, 22),
        director=True,
        title_words=3,
        notes=1,
    ),
    "003": Golden(
        form="5",
        period=date(2004, 12, 31),
        signed=date(2005, 2, 4),
        director=None,
        title_words=0,
        notes=3,
    ),
    "004": Golden(
        form="5",
        period=date(2003, 12, 31),
        signed=date(2004, 2, 12),
        director=None,
        title_words=0,
        notes=4,
    ),
}

GRANTS = {
    "000": ("4.91", 150_000, date(2005, 9, 9), date(2006, 9, 9), date(2015, 9, 9)),
    "001": ("5.79", 150_000, date(2004, 9, 20), date(2005, 9, 20), date(2014, 9, 20)),
    "002": ("5.79", 550_000, date(2004, 9, 20), date(2005, 9, 20), date(2014, 9, 20)),
}

GIFTS = {
    "003": [
        (date(2004, 9, 9), 250_000, 985_544, {"price": ("1",), "shares_after": ("2", "3")}),
        (date(2004, 11, 19), 1_550, 983_994, {"price": ("1",)}),
    ],
    "004": [
        (date(2003, 12, 4), 1_180, 1_230_544, {"price": ("1",), "shares_after": ("2", "3", "4")})
    ],
}


def read(number):
    path = next((CORPUS / "seeds").glob(f"{number}_*"))
    return scanned.read(path.read_bytes(), source=path.name)


@pytest.mark.parametrize("number", GOLDEN)
def test_the_boxes_of_a_scan_are_read_or_left_unknown(number):
    golden, filing = GOLDEN[number], read(number).filing
    (owner,) = filing.owners

    assert (filing.form, filing.period, filing.original_on) == (golden.form, golden.period, None)
    assert owner.director == golden.director
    assert len((owner.officer_title or "").split()) == golden.title_words
    assert owner.ten_percent_owner is None
    assert [signature.signed_on for signature in filing.signatures] == [golden.signed]
    assert [note.id for note in filing.footnotes] == [str(i + 1) for i in range(golden.notes)]
    assert filing.known.basis == "signature"
    assert filing.accession is None


def test_all_five_name_one_issuer_and_three_people():
    filings = [read(number).filing for number in GOLDEN]

    assert len({(f.issuer.name or "").upper() for f in filings}) == 1
    assert len({(f.issuer.symbol or "").upper() for f in filings}) == 1
    assert len({filing.owners[0].name for filing in filings}) == 3


@pytest.mark.parametrize("number", GRANTS)
def test_an_option_grant_is_read_with_its_direction_from_the_code(number):
    price, shares, granted, exercisable, expires = GRANTS[number]
    (row,) = read(number).filing.rows

    assert row.ref == "II.1"
    assert row.security is not None
    assert row.security.startswith(f"{row.underlying} (")
    assert (row.code, row.effective_on, row.direction) == ("A", granted, "acquired")
    assert (row.exercise_price, row.price) == (Decimal(price), Decimal(0))
    assert (row.exercisable_on, row.expires_on) == (exercisable, expires)
    assert row.underlying_shares == Decimal(shares)
    assert (row.shares, row.shares_after) == (Decimal(shares), Decimal(shares))
    assert row.ownership == "direct"
    assert row.cited == {"exercisable_on": ("1",)}
    assert ("direction", "inferred") in {(r.field, r.effect) for r in row.repairs}


def test_a_total_cut_in_two_is_joined_because_the_row_proves_it():
    (row,) = read("000").filing.rows
    (repair,) = (repair for repair in row.repairs if repair.field == "shares_after")

    assert row.shares_after == Decimal(150_000)
    assert repair.effect == "repaired"
    assert repair.printed == "150,00 00"
    assert "underlying" in repair.why


@pytest.mark.parametrize("number", GIFTS)
def test_gifts_without_a_price_cite_the_note_once(number):
    rows = read(number).filing.rows

    assert [
        (row.effective_on, int(row.shares or 0), int(row.shares_after or 0), row.cited)
        for row in rows
    ] == GIFTS[number]
    for line, row in enumerate(rows, start=1):
        assert (row.ref, row.security, row.code) == (f"I.{line}", rows[0].security, "G")
        assert (row.direction, row.ownership, row.price) == ("disposed", "direct", None)
        assert row.repairs == ()


def test_a_note_set_as_a_formula_reads_as_plain_words_and_says_so():
    filing = read("004").filing
    note = filing.footnotes[1]

    assert "2,500 shares" in note.text
    assert note.text.endswith(" 2003.")
    assert not set(note.text) & set("\\$!")
    assert ("note 2", "repaired") in {(repair.field, repair.effect) for repair in filing.repairs}


def test_a_day_that_fell_into_the_signers_words_is_taken_out_of_them():
    (signature,) = read("003").filing.signatures

    assert signature.name is not None
    assert "ttorney-in-fact for " in signature.name
    assert not any(letter.isdigit() for letter in signature.name)
    assert signature.signed_on == date(2005, 2, 4)


def test_an_issuer_whose_label_is_lost_is_known_by_its_symbol_and_says_so():
    filing = read("003").filing

    assert ("issuer", "inferred") in {(repair.field, repair.effect) for repair in filing.repairs}


@pytest.mark.parametrize("number", GOLDEN)
def test_every_repair_of_a_filing_is_among_its_problems(number):
    filing, problems = read(number)
    repairs = len(filing.repairs) + sum(len(row.repairs) for row in filing.rows)

    assert len(problems) == repairs
    assert all(problem.problem for problem in problems)


def test_a_typewritten_form_with_cells_cut_by_their_borders_is_read_too():
    path = CORPUS / "submissions" / "edgartools__sgml__0001094891-00-000193.txt"
    filing = scanned.read(path.read_bytes(), source=path.name).filing
    (row,) = filing.rows

    assert filing.accession == "0001094891-00-000193"
    assert (filing.form, filing.period) == ("4", date(2000, 2, 29))
    assert (filing.owners[0].director, filing.owners[0].officer) == (True, False)
    assert (row.ref, row.code, row.timeliness, row.shares) == ("II.1", "A", "E", Decimal(12_000))
    assert row.security is not None
    assert row.security.endswith(f" {row.underlying}")
    assert (row.effective_on, row.expires_on) == (date(2000, 2, 7), date(2005, 2, 7))
    assert filing.signatures[0].signed_on == date(2000, 3, 13)
