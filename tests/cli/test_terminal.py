"""What reaches a screen is safe for it, and fits."""

import io
import re
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli.formats.text import wrapped, write_text
from cli.main import main
from cli.reports.blocks import Grid, Heading, Paragraph, Row, columns
from cli.terminal import safe_text, width_of
from tests.rooms import ROOT


class Terminal(io.StringIO):
    def isatty(self):
        return True


def screen(*blocks, stream=None):
    stream = stream or io.StringIO()
    write_text(blocks, stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Common Stock, par $.01", "Common Stock, par $.01"),
        ("Société Générale ½ 株式", "Société Générale ½ 株式"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b31m", "31m"),
        ("two\r\nlines\tand a tab", "two  lines and a tab"),
        ("\u202egnp.exe", "<U+202E>gnp.exe"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("not\xa0broken\u2028here", "not broken here"),
        ("lone \ud800 half", "lone <U+D800> half"),
        ("nul\x00byte", "nulbyte"),
    ],
)
def test_what_a_terminal_would_obey_is_left_out_and_what_it_would_hide_is_named(said, shown):
    assert safe_text(said) == shown


@given(st.text(st.characters(codec=None, categories=None)))
def test_any_text_becomes_one_printable_line(text):
    assert safe_text(text).isprintable()


@given(st.text(), st.integers(min_value=8, max_value=60))
def test_wrapping_loses_nothing_but_white_space(text, width):
    lines = wrapped(safe_text(text), width)

    assert "".join("".join(lines).split()) == "".join(safe_text(text).split())


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126)), st.integers(8, 60))
def test_no_line_is_wider_than_its_column(text, width):
    assert all(len(line) <= width for line in wrapped(text, width))


def test_figures_stand_right_aligned_under_their_heading():
    grid = Grid(columns("Security", ">Shares"), [Row(("Common", "1,100")), Row(("B", "70"))])

    assert screen(grid) == " Security  Shares\n Common     1,100\n B             70\n"


def test_wide_characters_take_two_columns():
    grid = Grid(columns("Security", ">Shares"), [Row(("株式", "1")), Row(("Stock", "2"))])

    assert screen(grid) == " Security  Shares\n 株式           1\n Stock          2\n"


@pytest.mark.parametrize("width", [80, 120, 160])
def test_a_crowded_table_fits_the_screen_and_keeps_its_figures_whole(monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    words = "a title that goes on and on without coming to anything that matters at all"
    grid = Grid(columns("A", "B", "=Date", ">C"), [Row((words, words, "2004-09-09", "1,230,544"))])

    lines = screen(grid).splitlines()

    assert max(map(len, lines)) <= width
    assert any("2004-09-09  1,230,544" in line for line in lines)


def test_a_screen_narrower_than_eighty_columns_is_taken_for_eighty(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")

    assert width_of(io.StringIO()) == 80


def test_notes_stand_under_their_row_and_across_it_where_it_has_no_cells():
    rows = [Row((), ("Form 4",)), Row(("I.1", "100"), ("(1) a note",))]

    assert screen(Grid(columns("Line", ">Shares"), rows)) == (
        " Line  Shares\n Form 4\n I.1      100\n     (1) a note\n"
    )


def test_a_long_table_is_laid_out_by_its_first_page_and_streams():
    drawn = []

    def rows():
        for number in range(2_500):
            drawn.append(number)
            yield Row((str(number),))

    class Impatient(io.StringIO):
        def write(self, text):
            if "5" in text:
                raise BrokenPipeError
            return super().write(text)

    with pytest.raises(BrokenPipeError):
        screen(Grid(columns("N"), rows()), stream=Impatient())

    assert len(drawn) <= 1_001


def test_headings_are_bold_on_a_terminal_and_nowhere_else(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    assert screen(Heading("Held"), stream=Terminal()) == " \x1b[1mHeld\x1b[0m\n"
    assert screen(Heading("Held")) == " Held\n"


def test_severities_and_verdicts_are_coloured_on_a_terminal_and_nowhere_else(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    grid = Grid(columns("=Severity", "Kind"), [Row(("major", "major")), Row(("info", "LATE"))])

    assert "\x1b[31mmajor\x1b[0m     major\n" in screen(grid, stream=Terminal())
    assert screen(grid) == " Severity  Kind\n major     major\n info      LATE\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in screen(grid, stream=Terminal())


def test_what_names_a_source_stands_beneath_where_it_would_be_cut(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    source = "Form 4 signed 2024-07-02 (0001000001-24-000004#I.1)"
    title = "Employee Stock Option (right to buy)"
    cells = (title, "Irrevocable-Testamentary-Trust", "1,230,544,120", "2024-07-01", "reported")
    grid = Grid(
        columns("Security", "Held", ">Shares", "=Since", "Standing", "^Source"),
        [Row((*cells, source), ("see finding 17592e1c",))],
    )

    lines = screen(grid).splitlines()
    assert lines[-2:] == [f"     {source}", "     see finding 17592e1c"]
    assert "Source" not in lines[0]
    monkeypatch.setenv("COLUMNS", "160")
    assert "Source" in screen(grid).splitlines()[0]


def test_rows_beyond_the_first_page_stand_as_those_on_it(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    title, trust = "Preferred" * 5, "Trust" * 8
    rows = (Row((f"{n}", title, trust)) for n in range(1_200))

    lines = screen(Grid(columns(">At", "^Security", "^Held"), rows)).splitlines()

    assert len(lines) == 1 + 3 * 1_200
    assert lines[-3:] == [" 1199", f"     {title},", f"     {trust}"]


def test_no_color_is_honoured(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    assert "\x1b" not in screen(Heading("Held"), stream=Terminal())


def test_no_escape_of_a_strangers_reaches_a_terminal(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    evil = "\x1b[2J\x9b31m\u202e[bold]"
    blocks = (
        Heading(evil),
        Paragraph(evil),
        Grid(columns("A", ">B"), [Row((evil, evil), (evil,)), Row((), (evil,))]),
    )

    text = screen(*blocks, stream=Terminal())

    assert not set(text) & {"\x1b", "\x9b", "\u202e"}
    assert text.count("[bold]") == 6


NAMES = re.compile(r"\d{10}-\d\d-\d{6}|sha256:[0-9a-f]{12}(?:#\w+\.\d+)?|\b[A-Z]+(?:_[A-Z0-9]+)+\b")
"""What names a filing, a row of one, or a kind of finding."""


def test_no_name_is_cut_on_eighty_columns(tmp_path):
    def asked(words: str, width: str = "80") -> str:
        done = CliRunner().invoke(
            main,
            ["-q", "--db", str(tmp_path / "ledger.db"), *words.split()],
            env={"COLUMNS": width, "NO_COLOR": "1"},
        )
        assert done.exit_code == 0, done.output
        return done.stdout

    asked(f"ingest {ROOT / 'docs' / 'examples'}")
    moments = "--known-at 2004-03-01 --known-at 2005-03-01"
    for words in ("holdings --all", "history", "reconcile", f"diff {moments}"):
        narrow, wide = asked(words), asked(words, "160")
        assert max(map(len, narrow.splitlines())) <= 80
        assert NAMES.findall(narrow)
        assert Counter(NAMES.findall(narrow)) == Counter(NAMES.findall(wide)), words
