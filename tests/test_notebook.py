"""The notebook of the docs runs, and shows what it shows."""

import json

from tests.notebook import NOTEBOOK, executed


def test_every_cell_runs_and_shows_what_stands_below_it(tmp_path):
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))

    assert executed(notebook, tmp_path) == notebook


def test_it_has_ten_steps_and_needs_nothing_but_the_example():
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    titles = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]

    assert sum(title.startswith("## ") for title in titles) == 10
    assert notebook["nbformat"] == 4
