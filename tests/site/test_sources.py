"""The site has every page, every kind of finding drawn or told, and the notebook's own code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from projections.findings.kinds import KINDS
from tests.site.sources import DOCS, assemble, headings, notebook


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assemble(folder)
    return folder


def test_every_page_has_its_place_in_the_navigation(site: Path):
    index = (site / "index.md").read_text("utf-8")
    placed = set(re.findall(r"<([^>]+\.md)>", index))
    placed |= {
        page.relative_to(site).as_posix()
        for pattern in re.findall(r"^\S+/\*$", index, flags=re.MULTILINE)
        for page in site.glob(pattern)
    }
    placed |= set(re.findall(r"^\S+\.md$", index, flags=re.MULTILINE))

    assert placed >= {
        page.relative_to(site).as_posix() for page in site.rglob("*.md") if page.name != "index.md"
    }


def test_the_plan_of_the_documentation_is_that_of_the_site():
    plan = headings((DOCS / "README.md").read_text("utf-8"))

    assert [heading.wish for heading in plan][1:3] == [
        "begin, as a journalist, a lawyer, an officer or an engineer",
        "do one thing",
    ]
    assert plan[0].pages["Tutorial"] == "tutorial.md"


def test_the_gallery_shows_every_kind_and_draws_each(site: Path):
    page = (site / "reference" / "gallery.md").read_text("utf-8")
    drawn = {path.stem for path in (site / "reference" / "gallery").glob("*.svg")}

    assert re.findall(r"^## (\w+)$", page, flags=re.MULTILINE) == list(KINDS)
    assert drawn == set(KINDS)
    assert set(re.findall(r"\(gallery/(\w+)\.svg\)", page)) == drawn
    assert all(
        "aria-labelledby" in (site / f"reference/gallery/{k}.svg").read_text() for k in drawn
    )


def test_the_notebook_keeps_its_code_and_what_it_printed():
    text = (DOCS / "first-ten-steps.ipynb").read_text("utf-8")
    page = notebook(text)

    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            assert "".join(cell["source"]) in page
    assert "5 filings, 6 lines, 9 footnote statements" in page
