"""One new day of filings on a ledger that is caught up: files to events, and to answers that know them.

    python -m tests.benchmarks.day --lines 100000
    python -m tests.benchmarks.day --lines 330000 --people 4
    python -m tests.benchmarks.day --path PATH --filings 1500 --companies 700

People of companies drawn by chance, who hold stock of their own, are each granted a hundred
shares soon after their last report; the reports lie in a tar, as the daily feed has them. The
command adds them to a world of so many lines, whose companies have so many people each (about a
hundred lines a head), or to the ledger at PATH (give a copy), once that is caught up. Then
answers are asked for, each of a process of its own: the holdings of one person who filed, the history of
another, those holdings once more, `reconcile` of the whole ledger, for which all are judged, and the same
once more, when nothing is new (neither with `--persons`). With `--index` the day is indexed by itself
before the first question, to tell that part of it. Told are seconds of the clock and of all processors, MiB at most, and how many
companies wait to be judged then.
"""

from __future__ import annotations

import argparse
import os
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from itertools import chain, islice, zip_longest
from pathlib import Path
from random import Random
from time import process_time

from ledger import Ledger
from ledger.filing import Filing, Issuer, Owner, Row, Signature
from projections import holdings, issuers
from projections.answers import Holding
from projections.views.catching_up import catch_up
from projections.views.gate import view_of
from tests.benchmarks import curves
from tests.benchmarks.curves import cost
from tests.simulator import as_submission

_GRANTED = 100
_SOON = timedelta(days=10)


def drawn(ledger: Ledger, filings: int, companies: int, seed: int) -> list[Holding]:
    """Stock held directly, at the last report, by so many people of so many companies, in turn."""
    listed = [row.issuer["cik"] for row in issuers(ledger).issuers if row.issuer["cik"]]
    Random(seed).shuffle(listed)
    of_each: list[list[Holding]] = []
    for cik in listed:
        held = holdings(ledger, issuer=cik).holdings
        if own := {one.person["cik"]: one for one in held if _is_stock_of_ones_own(one)}:
            of_each.append(list(own.values()))
        if len(of_each) == companies:
            break
    in_turn = chain.from_iterable(zip_longest(*of_each))
    return list(islice(filter(None, in_turn), filings))


def _is_stock_of_ones_own(holding: Holding) -> bool:
    reported = holding.table == "I" and holding.basis == "reported" and holding.coverage == "open"
    return reported and holding.ownership == "direct" and len(holding.owners) <= 1


def granted(holding: Holding, number: int) -> Filing:
    """The Form 4 on which a grant is added to a holding."""
    assert holding.shares is not None
    assert holding.last_claim_on is not None
    day = holding.last_claim_on + _SOON
    row = Row(
        table="I",
        line=1,
        security=holding.security,
        effective_on=day,
        code="A",
        shares=_GRANTED,
        price=0,
        direction="acquired",
        shares_after=holding.shares + _GRANTED,
        ownership="direct",
    )
    return Filing(
        sha256=f"{number:064}",
        format="submission",
        reader_version=1,
        accession=f"0009999999-{day:%y}-{number:06}",
        form="4",
        period=day,
        accepted_at=datetime.combine(day, time(21), UTC),
        filed_on=day,
        issuer=Issuer(**holding.issuer),
        owners=(Owner(**holding.person, director=True),),
        signatures=(Signature(name=holding.person["name"], signed_on=day),),
        rows=(row,),
    )


def pack(filings: Sequence[Filing], path: Path) -> None:
    """Write filings as the daily feed has them."""
    with tarfile.open(path, "w:gz") as archive:
        for filing in filings:
            content = as_submission(filing)
            member = tarfile.TarInfo(f"{filing.accession}.nc")
            member.size = len(content)
            archive.addfile(member, BytesIO(content))


def asked(day: Path, who: Sequence[Holding], answer: Path | None) -> Iterator[tuple[str, ...]]:
    """What is done and asked, in order: the words of each command; of everybody where there is an `answer` to write."""
    first, last = (str(who[place].person["cik"]) for place in (0, -1))
    yield "ingest", "-q", str(day)
    yield "holdings", "--person", first
    yield "history", "--person", last
    yield "holdings", "--person", first
    if answer:
        yield from [("reconcile", "--format", "ndjson", "-o", str(answer))] * 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ledger = parser.add_mutually_exclusive_group(required=True)
    ledger.add_argument("--path", type=Path)
    ledger.add_argument("--lines", type=int)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--filings", type=int, default=1_500)
    parser.add_argument("--companies", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", action="store_true", help="tell what indexing the day takes")
    parser.add_argument("--persons", action="store_true", help="ask about two people alone")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        path = given.path or _world(given.lines, given.people, Path(scratch))
        day = Path(scratch, "20240604.nc.tar.gz")
        with Ledger.open(path) as ledger:
            catch_up(ledger)
            who = drawn(ledger, given.filings, given.companies, given.seed)
        pack([granted(holding, n + 1) for n, holding in enumerate(who)], day)
        companies = len({holding.issuer["cik"] for holding in who})
        print(f"{len(who):,} filings of {companies:,} companies, load {os.getloadavg()[0]:.1f}")
        for words in asked(day, who, None if given.persons else Path(scratch, "all.ndjson")):
            if given.index and words[0] == "holdings":
                given.index = False
                _indexed(path)
            took = cost("--db", path, *words)
            print(
                f"  {words[0]:10}{took.wall:>8.2f} s{took.cpu:>8.2f} s CPU{took.memory:>6.0f} MiB"
                f"{_waiting(path):>8,} wait",
                flush=True,
            )


def _world(lines: int, people: int, scratch: Path) -> Path:
    """A ledger of so many lines, of companies with so many people."""
    folder, path = scratch / "filings", scratch / "ledger.db"
    folder.mkdir()
    curves.pack(lines, folder, people)
    curves.cost("--db", path, "ingest", "-q", folder)
    return path


def _indexed(path: Path) -> None:
    """Index what is new, and tell what that took."""
    with Ledger.open(path) as ledger:
        begun = process_time()
        catch_up(ledger, judging=False)
        print(f"  {'(index)':21}{process_time() - begun:>8.2f} s CPU", flush=True)


def _waiting(path: Path) -> int:
    """How many companies wait to be judged."""
    with Ledger.open(path) as ledger:
        return len(view_of(ledger).query("SELECT issuer FROM view_waiting"))


if __name__ == "__main__":
    main()
