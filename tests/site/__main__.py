"""Builds the documentation as a site.

python -m tests.site FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx

from tests.site.screens import screens
from tests.site.sources import assemble


def build(folder: Path) -> int:
    """The site under `folder`/html, every warning an error; the exit status of Sphinx."""
    shutil.rmtree(folder, ignore_errors=True)
    sources = folder / "sources"
    sources.mkdir(parents=True)
    assemble(sources)
    screens(sources / "reference")
    return sphinx(["-q", "-W", "--keep-going", "-b", "html", str(sources), str(folder / "html")])


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
