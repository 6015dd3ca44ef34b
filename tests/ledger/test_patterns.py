"""What keeping compiled expressions promises: the same ones, and never anything in their place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ledger.footnotes.recognition  # noqa: F401  (which loads all that reads notes)
from ledger import loading
from ledger.footnotes import lettercase
from ledger.footnotes.families import Phrases
from ledger.patterns import Patterns

ROOT = Path(__file__).resolve().parents[2]
TEXT = r"\b(?P<verb>sold|gave)\s+(?P<count>\d{1,3}(?:,\d{3})*)\s+shares?\b(?!\s+of\s+none)"
COUNTING = """
import re, sys
import re._compiler as compiler
count, compile = [0], compiler.compile
def counted(*args):
    count[0] += 1
    return compile(*args)
compiler.compile = counted
from ledger.footnotes.recognition import statements
from ledger.filing import Footnote
note = Footnote(id="F1", text="On May 2, 2023 the reporting person gave 500 shares to a family trust.")
before = count[0]
print([str(each) for each in statements([note], None)])
print(count[0] - before)
"""


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def kept_in(path: Path, *texts: str, flags: int = 0) -> None:
    patterns = Patterns(path)
    for text in texts:
        patterns.compiled(text, flags)
    patterns.keep()


def every_pattern() -> list[tuple[str, int]]:
    """Each expression by which notes and documents are read, in the letters it is compiled in."""
    found: dict[tuple[str, int], None] = {}
    for name, module in sorted(sys.modules.items()):
        for one in vars(module).values() if name.startswith("ledger.") else ():
            if isinstance(one, lettercase.Caseless):
                found[one.pattern, 0] = None
            elif isinstance(one, Phrases):
                found |= dict.fromkeys((each.pattern, 0) for _, each in one._each)
            elif isinstance(one, loading._Pattern):
                found[one.pattern, int(one.flags)] = None
    return [*found]


def test_every_expression_that_is_kept_is_the_one_that_python_makes(
    tmp_path: Path, writing: None
) -> None:
    path = tmp_path / "kept"
    texts = every_pattern()
    first = Patterns(path)
    for text, flags in texts:
        first.compiled(text, flags)
    first.keep()
    again = Patterns(path)
    made = [again.compiled(text, flags) for text, flags in texts]
    assert len(texts) > 500
    assert not again._new
    for one, (text, flags) in zip(made, texts, strict=True):
        meant = re.compile(text, flags)
        assert one == meant
        assert one.groupindex == meant.groupindex
        assert one.flags == meant.flags


def test_a_kept_expression_finds_what_it_would_and_names_its_groups(
    tmp_path: Path, writing: None
) -> None:
    kept_in(tmp_path / "kept", TEXT, flags=re.IGNORECASE)
    again = Patterns(tmp_path / "kept").compiled(TEXT, re.IGNORECASE)
    found = again.search("He SOLD 1,200 shares.")
    assert found is not None
    assert found.groupdict() == {"verb": "SOLD", "count": "1,200"}
    assert found.lastgroup == "count"


def test_what_is_kept_grows_by_what_the_next_program_compiles(
    tmp_path: Path, writing: None
) -> None:
    kept_in(tmp_path / "kept", TEXT)
    kept_in(tmp_path / "kept", "another")
    assert [*Patterns(tmp_path / "kept")._kept()] == [f"0:{TEXT}", "0:another"]
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_old_expressions_go_where_there_are_too_many(
    tmp_path: Path, writing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_in(tmp_path / "kept", TEXT, "two")
    monkeypatch.setattr("ledger.patterns._MOST", 2)
    kept_in(tmp_path / "kept", "three")
    assert [*Patterns(tmp_path / "kept")._kept()] == ["0:three"]


@pytest.mark.parametrize("place", [0, 40, 100, 300, -1])
def test_a_damaged_file_is_passed_over(tmp_path: Path, writing: None, place: int) -> None:
    path = tmp_path / "kept"
    kept_in(path, TEXT)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert Patterns(path)._kept() == {}
    assert Patterns(path).compiled(TEXT) == re.compile(TEXT)
    path.write_bytes(data[:100])
    assert Patterns(path)._kept() == {}


def test_what_another_python_kept_is_passed_over(
    tmp_path: Path, writing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_in(tmp_path / "kept", TEXT)
    monkeypatch.setattr(sys, "version", "3.99.0 (another)")
    assert Patterns(tmp_path / "kept")._kept() == {}


def test_nothing_is_written_where_no_byte_code_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept_in(tmp_path / "kept", TEXT)
    assert not [*tmp_path.iterdir()]


def test_where_nothing_can_be_kept_all_is_compiled(tmp_path: Path, writing: None) -> None:
    (tmp_path / "file").write_text("no folder")
    kept_in(tmp_path / "file" / "kept", TEXT)
    assert (tmp_path / "file").read_text() == "no folder"
    nowhere = Patterns(None)
    assert nowhere.compiled(TEXT) == re.compile(TEXT)
    nowhere.keep()


def test_a_pattern_that_python_takes_apart_otherwise_is_not_kept(
    tmp_path: Path, writing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("re._compiler._code", lambda *_: [1])
    kept_in(tmp_path / "kept", TEXT)
    assert Patterns(tmp_path / "kept")._kept() == {}


def test_the_second_program_compiles_nothing_and_reads_the_same(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    told = [
        subprocess.run(
            [sys.executable, "-c", COUNTING],
            cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
        ).stdout.splitlines()
        for _ in range(2)
    ]  # fmt: skip
    (first, compiled), (second, none) = told
    assert first == second
    assert "gift-note" in first
    assert int(compiled) > 20
    assert int(none) == 0
