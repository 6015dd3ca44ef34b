"""Tables as text: as wide as the screen, however many rows they have."""

from __future__ import annotations

import io

from cli.formats.text import write_text
from cli.reports.blocks import Column, Grid, Row


def shown(rows, monkeypatch, columns="80"):
    monkeypatch.setenv("COLUMNS", columns)
    stream = io.StringIO()
    titled = (Column("At", figures=True), Column("Who"), Column("Owned", figures=True))
    write_text([Grid(titled, rows)], stream)
    return stream.getvalue().splitlines()


def test_a_number_that_grows_after_a_thousand_rows_pushes_nothing_over_the_edge(monkeypatch):
    few = [
        Row(
            [
                str(n),
                "a trust of the family Doe, of New York City and of Delaware, by its heirs",
                "5,000,000",
            ]
        )
        for n in range(1_000)
    ]
    more = [
        Row(
            [
                "1000",
                "a trust of the family Doe, of New York City and of Delaware, by its heirs",
                "15,000,000",
            ]
        )
    ] * 3

    lines = shown([*few, *more], monkeypatch)

    assert max(map(len, lines)) <= 80
    before = shown(few, monkeypatch)
    assert lines[: len(before)] == before
    assert lines[-1].endswith("15,000,000") or lines[-2].endswith("15,000,000")


def test_later_rows_that_fit_stand_in_the_same_columns(monkeypatch):
    rows = [Row([str(n), "Doe", "1,000"]) for n in range(100, 900)]
    lines = shown([*rows, *rows, *rows], monkeypatch)

    assert {line.index("Doe") for line in lines[1:]} == {lines[0].index("Who")}
