"""How Sphinx makes a site of these pages; `make docs` builds it."""

from sphinx.application import Sphinx

project = "Ownership ledger"
html_title = "Ownership ledger"
html_theme = "furo"
root_doc = "index"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

# "replacements" would make a copyright sign of 16b-3(c), "dollarmath" formulas of prices.
myst_enable_extensions: list[str] = []
myst_heading_anchors = 3

autodoc_member_order = "bysource"
default_role = "code"

# The pages ask nobody else for fonts, scripts or searches.
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False


def setup(app: Sphinx) -> None:
    """Keep to what the docstrings say."""
    app.connect("autodoc-process-docstring", _whole_sentence, priority=100)
    app.connect("autodoc-skip-member", _of_the_machinery)


def _whole_sentence(_app: Sphinx, what: str, *about: object) -> None:
    """Of a property "The filing's name: its hash" the words before the colon are no type."""
    lines = about[-1]
    if what == "property" and isinstance(lines, list):
        lines.insert(0, "")


def _of_the_machinery(
    _app: Sphinx, _what: str, name: str, thing: object, *_: object
) -> bool | None:
    """Leave out what a library adds to a class; None where Sphinx may decide."""
    added = name.startswith("model_") or type(thing).__name__ == "_tuplegetter"
    return True if added else None
