"""Writes the examples of docs/reference/findings.md anew, from the stories.

python -m tests.projections.kinds
"""

from projections.findings.kinds import KINDS
from tests.projections.kinds.telling import PAGE, example, examples


def main() -> None:
    """Put each kind's example under its heading."""
    page = PAGE.read_text("utf-8")
    shown = examples(page)
    for kind in KINDS:
        head, heading, rest = page.partition(f"### {kind}\n")
        before, fence, after = rest.partition("```text\n")
        page = head + heading + before + fence + example(kind) + after.removeprefix(shown[kind])
    PAGE.write_text(page, "utf-8")


main()
