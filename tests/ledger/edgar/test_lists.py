"""EDGAR's lists, as it writes them: every filing once, and half a list is no list."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ledger.edgar import lists
from tests.corpus import CORPUS, needs_corpus

HEAD = (
    b"Description:           Daily Index of EDGAR Dissemination Feed by Form Type\n \n"
    b"Form Type   Company Name                        CIK         Date Filed  File Name\n"
    b"--------------------------------------------------------------------------------\n"
)
ROWS = (
    b"10-K        4 SEASONS CO                        1001        20240506    edgar/data/1001/0000001001-24-000001.txt         \n"
    b"4           ACME CORP                           2000001     20240506    edgar/data/2000001/0001000001-24-000007.txt         \n"
    b"4           DOE JANE                            1000001     20240506    edgar/data/1000001/0001000001-24-000007.txt         \n"
    b"4/A         A Company 20240505  Ltd             77          2024-05-06  edgar/data/77/0000000077-24-000002.txt\n"
    b"424B2       SOME BANK                           9           20240506    edgar/data/9/0000000009-24-000003.txt\n"
)


def test_a_days_index_lists_each_filing_under_everyone_it_was_filed_under():
    listed = lists.day_index(HEAD + ROWS)

    assert [(one.form, one.cik) for one in listed][1:4] == [
        ("4", "0002000001"),
        ("4", "0001000001"),
        ("4/A", "0000000077"),
    ]
    once = lists.of_forms(listed, ["4"])
    assert list(once) == ["0001000001-24-000007", "0000000077-24-000002"]
    assert once["0000000077-24-000002"].filed_on == date(2024, 5, 6)
    assert once["0001000001-24-000007"].path == (
        "/Archives/edgar/data/2000001/000100000124000007/0001000001-24-000007.txt"
    )


def test_a_day_without_filings_has_an_index():
    assert lists.day_index(HEAD) == []


@pytest.mark.parametrize("cut", [len(HEAD) - 30, len(HEAD + ROWS) - 1, len(HEAD) + 150, 20])
def test_an_index_that_ends_early_is_none(cut):
    with pytest.raises(ValueError, match=r"cut short|heading"):
        lists.day_index((HEAD + ROWS)[:cut])


def test_what_a_list_says_never_becomes_an_address():
    told = {
        "filings": {
            "recent": {
                "accessionNumber": ["../../etc/passwd", "0001000001-24-000007"],
                "form": ["4", "4"],
                "filingDate": ["2024-05-06", "2024-05-06"],
            },
            "files": [
                {"name": "../x.json", "filingFrom": "2000-01-01", "filingTo": "2001-01-01"},
            ],
        }
    }
    listed, older = lists.submissions(json.dumps(told).encode(), "0001000001")

    assert [one.accession for one in listed] == ["0001000001-24-000007"]
    assert older == []


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"[]", b"{}", b'{"filings": {"recent": {"form": []}}}']
)
def test_another_body_is_no_list(body):
    with pytest.raises((ValueError, KeyError)):
        lists.submissions(body, "0001000001")
    with pytest.raises((ValueError, KeyError)):
        lists.days(body)
    with pytest.raises(ValueError, match="no feed"):
        lists.feed(body)


def test_a_feed_that_declares_a_type_is_not_read():
    with pytest.raises(ValueError, match="document type"):
        lists.feed(b'<!DOCTYPE feed [<!ENTITY a "b">]><feed/>')


@needs_corpus
def test_a_real_days_index_is_read_line_by_line():
    (index,) = CORPUS.rglob("*form.20200318.idx")
    body = index.read_bytes()
    listed = lists.day_index(body)

    assert len(listed) == body.count(b"edgar/data/")
    ours = lists.of_forms(listed, lists.FORMS).values()
    assert {one.form for one in ours} == {"3", "3/A", "4", "4/A"}
    assert {one.filed_on for one in ours} == {date(2020, 3, 18)}
