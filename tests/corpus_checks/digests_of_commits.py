"""The digest of a replay of the corpus, as each of several commits computes it.

    python -m tests.corpus_checks.digests_of_commits 8ceab8d..HEAD

A commit that moves code changes no digest; one that changes judgement does, and its
message says which answers. Commits that touch no product code are left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.corpus import CORPUS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("ownership_xml", "submissions", "seeds")
PRODUCT = ("ledger", "projections", "cli")
RUN = "import sys; from cli.main import main; sys.argv[0] = 'ledger'; main()"


def git(*words: str) -> bytes:
    """What git prints, run at the root of the project."""
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout


def digest_at(commit: str) -> str:
    """The digest that the code of this commit gives to a replay of the corpus."""
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(git("archive", commit, *PRODUCT))) as tree:
            tree.extractall(folder, filter="data")
        asked = [sys.executable, "-c", RUN, "--db", str(Path(folder, "ledger.db"))]
        environment = os.environ | {"PYTHONPATH": folder}

        def answer(*words: str | Path) -> str:
            run = subprocess.run(
                [*asked, *map(str, words)],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode not in {0, 1}:  # 1: some documents were set aside, as they should be
                sys.exit(f"{commit}: ledger {words[0]}: {run.stderr}")
            return run.stdout

        answer("ingest", *(CORPUS / folder for folder in FOLDERS))
        return json.loads(answer("replay", "--format", "json"))["digest"]


def main(revisions: list[str]) -> None:
    """Print commit, digest and subject, oldest first; an equals sign where it stays."""
    before = None
    for commit in git("rev-list", "--reverse", *revisions, "--", *PRODUCT).decode().split():
        digest = digest_at(commit)
        same = "=" if digest == before else " "
        subject = git("log", "-1", "--format=%s", commit).decode().strip()
        print(f"{commit[:7]}  {same} {digest[:16]}  {subject}", flush=True)
        before = digest


if __name__ == "__main__":
    main(sys.argv[1:] or ["HEAD~1..HEAD"])
