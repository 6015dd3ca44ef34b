"""What this project is made of: weaknesses, licences, a bill of materials, a wheel that is the same twice.

`python -m tests.supply weaknesses` asks the package index what is known against every locked version:
it ends in 1 where something is, in 3 where the index does not know a version, which is then named,
`licences` lists what is installed with its licence, `sbom` prints the locked packages as CycloneDX,
`wheel` builds the wheel twice and compares the two byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from http import HTTPStatus
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("run.lock", "test.lock", "benchmark.lock")
ACCEPTED: dict[str, str] = {}
"""Advisories that do not concern this project, each with the reason why."""

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def licence_of(package):
    """What a package says of its licence, in few words: in its metadata, or atop the text of it."""
    said = package.metadata
    named = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or [] if "License ::" in c]
    text = said.get("License-Expression") or " / ".join(named) or said.get("License")
    text = text or package.read_text(f"licenses/{said.get('License-File')}") or "unknown"
    return text.strip().splitlines()[0][:60]


def licences():
    """Every locked package that is installed, with its version and licence."""
    names = {name.lower() for name, _, _ in locked("test.lock")}
    for package in sorted(metadata.distributions(), key=lambda p: p.name.lower()):
        if package.name.lower().replace("_", "-") in names:
            yield package.name, package.version, licence_of(package)


def locked(name):
    """Every package of a lock file: name, version, and the hashes it may have."""
    for block in re.split(r"\n(?=\S)", (ROOT / "requirements" / name).read_text("utf-8")):
        if pinned := _PINNED.match(block):
            yield pinned[1], pinned[2], _HASH.findall(block)


def weaknesses(name, version, ask):
    """The advisories against one version of a package, by identifier; None where nothing says.

    The index tells them of a version on that version's page, and of the newest one on the package's
    own, which is all that some mirrors have.

    Args:
        name: The package.
        version: The one that is locked.
        ask: Gives the JSON of a page of the index, {} where there is none.
    """
    for page in (f"{name}/{version}", name):
        said = ask(page)
        if said.get("info", {}).get("version") == version and "vulnerabilities" in said:
            return [told["id"] for told in said["vulnerabilities"] if not told.get("withdrawn")]
    return None


def asked(page):
    """The JSON of a page of the package index, {} where it has none.

    Raises:
        OSError: The index cannot be reached.
    """
    try:
        with urllib.request.urlopen(f"https://pypi.org/pypi/{page}/json", timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code != HTTPStatus.NOT_FOUND:
            raise
        return {}


class Audit(NamedTuple):
    """What the index says of packages: how many are clean, what is wrong, and what it does not know."""

    clean: int
    weak: list[str]
    not_covered: list[str]

    @property
    def lines(self):
        """A line for each package that is not clean, and one that counts all."""
        weak = {told.partition(":")[0] for told in self.weak}
        unknown = len(self.not_covered)
        counted = f"{self.clean} of {self.clean + len(weak) + unknown} locked packages"
        return [
            *self.weak,
            *(f"{name}: not covered, the index tells nothing of it" for name in self.not_covered),
            f"{counted} have no known weakness, {unknown} are not covered",
        ]

    @property
    def exit_code(self):
        """1 where a weakness is known, 3 where only some package is not covered, else 0.

        What is not covered is not clean: an audit that skips a package has not been one of it.
        """
        return 1 if self.weak else 3 if self.not_covered else 0


def audited(packages, ask):
    """The audit of packages, each with its version: every one is judged, whatever another's page lacks."""
    clean, weak, not_covered = 0, [], []
    for name, version in packages:
        found = weaknesses(name, version, ask)
        if found is None:
            not_covered.append(f"{name} {version}")
            continue
        against = [told for told in found if told not in ACCEPTED]
        weak += [f"{name} {version}: {told}" for told in against]
        clean += not against
    return Audit(clean, weak, not_covered)


def sbom():
    """The packages that a user installs, as CycloneDX 1.5."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "hashes": [{"alg": "SHA-256", "content": content} for content in hashes],
        }
        for name, version, hashes in locked("run.lock")
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "ownership-ledger"}},
        "components": components,
    }


def wheel_hash():
    """SHA-256 of the wheel as it is built from this folder."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "wheel"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [*pip, "--no-deps", "--no-build-isolation", "--no-index", "-w", folder, str(ROOT)],
            env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
            check=True,
        )
        (built,) = Path(folder).glob("*.whl")
        return hashlib.sha256(built.read_bytes()).hexdigest()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["weaknesses"]:
            packages = sorted({package[:2] for lock in LOCKS for package in locked(lock)})
            audit = audited(packages, asked)
            print(*audit.lines, sep="\n")
            sys.exit(audit.exit_code)
        case ["licences"]:
            for row in licences():
                print("{:28} {:14} {}".format(*row))
        case ["sbom"]:
            print(json.dumps(sbom(), indent=1))
        case ["wheel"]:
            first, second = wheel_hash(), wheel_hash()
            print(first, second, "the same" if first == second else "DIFFERENT", sep="\n")
            sys.exit(first != second)
        case _:
            sys.exit(__doc__)
