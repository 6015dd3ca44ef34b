"""The parts of the compose file as processes: what its image holds, and what it starts in it.

No containers are started here. What the file says is done with this machine's own means: its image
is what pip makes of the files that it copies, a part is its command with its environment, and the
database's name stands for the server that the tests have.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from cli.main import main
from ledger import Ledger
from ledger.errors import StoreUnavailable
from tests.ledger.edgar.misbehaving import serving
from tests.simulator import sequence

for needed in ("httpx2", "stamina", "uvicorn"):
    pytest.importorskip(needed)
yaml = pytest.importorskip("yaml")

FILE = Path(__file__).parents[2] / "docs/how-to/compose.yaml"
FILINGS = [f for f in sequence(7).filings if f.filed_on and f.accepted_at][-6:]
GIVEN = {
    "LEDGER_PASSWORD": "pass@word/1",
    "LEDGER_CONTACT": "Ann Doe ann@example.com",
    "LEDGER_WEB_PASSWORD": "open sesame",
}
ENTRY = (
    "from ledger.edgar import client, pace; from cli.entry import main\n"
    "client.Pace = lambda file: pace.Pace(file, each_second=5_000); main()"
)
"""The image's entry, in a hurry: the server is ours."""
ADDRESS = "postgresql://ledger@database/ledger"
PARTS = yaml.safe_load(FILE.read_text())["services"]


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Path:
    """What the image's one pip brings, of no more than the image's own lines copy to it."""
    root = tmp_path_factory.mktemp("image")
    build = PARTS["follower"]["build"]
    context = (FILE.parent / build["context"]).resolve()
    for line in build["dockerfile_inline"].splitlines():
        word, _, rest = line.partition(" ")
        if word == "COPY":
            *sources, target = rest.split()
            _copied([context / source for source in sources], root / target.strip("/"))
        elif word == "RUN" and rest.startswith("pip install"):
            what = shlex.split(rest)[-1]
            _installed(root / what.partition("[")[0].strip("/"), root / "site")
    return root / "site"


def _copied(sources: list[Path], target: Path) -> None:
    """As a COPY: a folder's contents into the target, files into the folder that it is."""
    for source in sources:
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.mkdir(exist_ok=True)
            shutil.copy(source, target)


def _installed(source: Path, site: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    alone = ["--no-deps", "--no-compile", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, *alone, "--target", str(site), str(source)], check=True)


@contextmanager
def running(
    part: str, image: Path, environment: dict[str, str], *more: str
) -> Iterator[subprocess.Popen[str]]:
    """A part's command with its environment, and words besides, until it is told to stop."""
    told = {name: _given(value) for name, value in PARTS[part]["environment"].items()}
    address = {"LEDGER_DB": environment["LEDGER_DB"]} if told["LEDGER_DB"] == ADDRESS else {}
    with subprocess.Popen(
        [sys.executable, "-c", ENTRY, *PARTS[part]["command"], *more],
        env=os.environ | {"PYTHONPATH": str(image)} | told | environment | address,
        cwd=image.parent,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.returncode is None:
                process.terminate()


def _given(value: str) -> str:
    """A value of the file, with what whoever starts it has set."""
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda found: GIVEN[found[1]], value)


def test_the_image_has_the_extras_that_its_parts_need_and_every_part_has_its_command():
    build = PARTS["follower"]["build"]["dockerfile_inline"]

    assert "'/source[edgar,postgres,web]'" in build
    assert build.splitlines()[-1] == 'ENTRYPOINT ["ledger"]'
    assert PARTS["page"]["build"] == PARTS["follower"]["build"]
    for part in ("follower", "page"):
        assert PARTS[part]["command"][0] in main.list_commands(None)  # type: ignore[arg-type]


def test_what_must_be_set_is_asked_for_and_stands_in_no_address():
    asked = set(re.findall(r"\$\{(\w+):\?", FILE.read_text()))

    assert asked == set(GIVEN)
    for part in ("follower", "page"):
        assert PARTS[part]["environment"]["LEDGER_DB"] == ADDRESS
        assert _given(PARTS[part]["environment"]["PGPASSWORD"]) == GIVEN["LEDGER_PASSWORD"]


def test_the_page_is_published_to_this_machine_alone_and_on_the_port_it_listens_on():
    (port,) = [one for one in main.commands["web"].params if one.name == "port"]

    assert PARTS["page"]["ports"] == [f"127.0.0.1:{port.default}:{port.default}"]


def test_a_follower_fills_the_database_and_the_page_shows_it(image, postgres_url, tmp_path):
    with serving(FILINGS) as edgar:
        edgar.today = FILINGS[-1].filed_on
        environment = {
            "LEDGER_EDGAR": edgar.url,
            "LEDGER_DB": postgres_url,
            "TMPDIR": str(tmp_path),
        }
        words = ("--into", str(tmp_path / "edgar"), "--every", "1s")
        words += ("--since", f"{FILINGS[0].filed_on}")
        with running("follower", image, environment, *words) as follower:
            earlier = {f.accession for f in FILINGS if f.filed_on != edgar.today}
            assert _filled(postgres_url, len(earlier)) == earlier
            with running("page", image, environment, "--port", "0") as page:
                address = _address_of(page)
                assert _asked(address, None) == (401, "This ledger asks for a password.\n")
                status, shown = _asked(f"{address}issuers", GIVEN["LEDGER_WEB_PASSWORD"])
                assert status == 200
                assert (FILINGS[0].issuer.name or "").split()[0] in shown
            edgar.today = None
            assert _filled(postgres_url, len(FILINGS)) == {f.accession for f in FILINGS}
            follower.terminate()
            said = follower.communicate(timeout=30)[1]

    assert follower.returncode == 143
    assert "recorded" in said


def _address_of(page: subprocess.Popen[str]) -> str:
    """Where the page says that it is opened: on every address of this machine, so here as well."""
    said = ""
    while page.stderr and (line := page.stderr.readline()):
        said += line
        if found := re.search(r"Open http://0\.0\.0\.0:(\d+)/", line):
            return f"http://127.0.0.1:{found[1]}/"
    raise AssertionError(said)


def _asked(address: str, password: str | None) -> tuple[int, str]:
    request = Request(address)
    if password is not None:
        word = b64encode(f"ann:{password}".encode()).decode()
        request.add_header("Authorization", f"Basic {word}")
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


def _filled(url: str, least: int) -> set[str]:
    """What a ledger holds once that is as much as it should be, or after a while."""
    here: set[str] = set()
    for _ in range(300):
        with suppress(StoreUnavailable), Ledger.open(url, create=False) as ledger:
            here = {stream.partition("/")[2] for stream in ledger.streams()}
        if len(here) >= least:
            return here
        time.sleep(0.1)
    return here
