"""The command that installs what is missing is one that can be typed as it stands."""

import importlib.metadata
import sys
from pathlib import Path

import pytest

from ledger import extras


@pytest.fixture(autouse=True)
def _asked_anew():
    extras.install.cache_clear()
    yield
    extras.install.cache_clear()


def test_pip_is_named_alone_where_the_shell_finds_the_one_of_this_python(monkeypatch):
    monkeypatch.setattr(extras.shutil, "which", lambda _: f"{Path(sys.executable).parent}/pip")

    assert extras.install("web") == "pip install 'ownership-ledger[web]'"


def test_where_another_pip_would_be_found_this_python_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(extras.shutil, "which", lambda _: "/elsewhere/pip")
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.chdir(tmp_path)

    assert extras.install("web") == ".venv/bin/python -m pip install 'ownership-ledger[web]'"
    extras.install.cache_clear()
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    assert extras.install("web").startswith(f"{tmp_path}/.venv/bin/python -m pip install ")


def test_where_nothing_is_installed_the_folder_of_the_source_is_named(monkeypatch):
    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", missing)

    source = Path(extras.__file__).parents[1]
    assert extras.install("xlsx").endswith(f" install '{source}[xlsx]'")
