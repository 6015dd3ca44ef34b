"""A server on loopback that answers as EDGAR does, or as it does on a bad day."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ledger import Filing
from tests.simulator.writers import as_submission

Fault = Callable[["Handler", bytes], None]
ANYWHERE = "*"


class Edgar(ThreadingHTTPServer):
    """Filings as EDGAR lists and keeps them; `faults` are what goes wrong at a path, in turn.

    `asked` has every path that was asked for, `today` the day that has no index yet.
    """

    daemon_threads = True

    def __init__(self, filings: Iterable[Filing], today: date | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.filings = list(filings)
        self.today = today
        self.part = 40
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.feed: list[Filing] = [f for f in self.filings if f.filed_on == today]
        self.tickers = {f.issuer.symbol: f.issuer.cik for f in self.filings if f.issuer.symbol}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def fetched(self) -> list[str]:
        """The accession numbers of the filings that were asked for, in order."""
        return [p.rpartition("/")[2][:-4] for p in self.asked if p.endswith(".txt")]

    # --- what stands where ---

    def found(self, path: str) -> bytes | None:
        parts = urlsplit(path)
        steps = parts.path.strip("/").split("/")
        match steps:
            case ["submissions", name]:
                return self._submissions(name)
            case ["files", "company_tickers.json"]:
                return json.dumps(
                    {
                        str(n): {"cik_str": int(cik), "ticker": symbol, "title": "?"}
                        for n, (symbol, cik) in enumerate(self.tickers.items())
                    }
                ).encode()
            case ["Archives", "edgar", "daily-index", year, quarter, "index.json"]:
                return self._quarter(int(year), int(quarter[-1]))
            case ["Archives", "edgar", "daily-index", _, _, name]:
                return self._day(name[5:13])
            case ["Archives", "edgar", "data", _, _, name]:
                return next(
                    (as_submission(f) for f in self.filings if f"{f.accession}.txt" == name), None
                )
            case ["cgi-bin", "browse-edgar"]:
                return self._feed(int(parse_qs(parts.query)["start"][0]))
        return None

    def _submissions(self, name: str) -> bytes | None:
        """A CIK's list, newest first, what does not fit on the first part on a second one."""
        cik = name[3:13]
        own = [f for f in self.filings if cik in {f.issuer.cik, *(o.cik for o in f.owners)}]
        own.sort(key=lambda f: (f.filed_on, f.accession), reverse=True)
        if not own:
            return None
        recent, older = own[: self.part], own[self.part :]
        if name != f"CIK{cik}.json":
            return json.dumps(_columns(older)).encode()
        days = sorted(str(f.filed_on) for f in older)
        part = {"name": f"CIK{cik}-submissions-001.json", "filingCount": len(older)}
        files = [part | {"filingFrom": days[0], "filingTo": days[-1]}] if older else []
        told = {"cik": cik, "filings": {"recent": _columns(recent), "files": files}}
        return json.dumps(told).encode()

    def days(self) -> set[date]:
        return {f.filed_on for f in self.filings if f.filed_on and f.filed_on != self.today}

    def _quarter(self, year: int, quarter: int) -> bytes:
        named = [
            {"name": f"{kind}.{day:%Y%m%d}.idx", "type": "file"}
            for day in sorted(self.days())
            if (day.year, (day.month + 2) // 3) == (year, quarter)
            for kind in ("company", "form", "master")
        ]
        return json.dumps({"directory": {"item": named, "name": "daily-index/"}}).encode()

    def _day(self, day: str) -> bytes:
        head = "Description: Daily Index of EDGAR Dissemination Feed by Form Type\n \n"
        head += "Form Type   Company Name      CIK   Date Filed  File Name\n" + "-" * 140 + "\n"
        rows = [
            f"{f.form:<12}{name or '?':<62}{int(cik):<12}{day}    edgar/data/{int(cik)}/{f.accession}.txt         \n"
            for f in self.filings
            if f"{f.filed_on:%Y%m%d}" == day
            for cik, name in [(f.issuer.cik, f.issuer.name), *((o.cik, o.name) for o in f.owners)]
        ]
        other = f"424B2       SOME BANK 4 YOU{'':<47}19617       {day}    edgar/data/19617/0000019617-24-000001.txt\n"
        return (head + other + "".join(rows)).encode()

    def _feed(self, start: int) -> bytes:
        entries = "".join(
            f"<entry><title>{f.form} - ?</title><link rel='alternate' type='text/html' "
            f"href='https://www.sec.gov/Archives/edgar/data/{int(f.issuer.cik)}/"
            f"{f.accession.replace('-', '')}/{f.accession}-index.htm'/>"
            f"<updated>{f.filed_on}T17:32:10-04:00</updated>"
            f"<category scheme='https://www.sec.gov/' label='form type' term='{f.form}'/>"
            f"<id>urn:tag:sec.gov,2008:accession-number={f.accession}</id></entry>"
            for f in self.feed[start : start + 100]
        )
        return f"<?xml version='1.0' encoding='ISO-8859-1' ?><feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers, or lets the next fault of the path answer."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536
    server: Edgar

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.agents.add(self.headers["User-Agent"])
        body = self.server.found(self.path)
        for path in (self.path, ANYWHERE):
            if self.server.faults[path]:
                self.server.faults[path].popleft()(self, body or b"")
                return
        if body is None:
            self.say(404, b"<html>not here</html>")
            return
        tag = f'"{sha256(body).hexdigest()[:12]}"'
        if self.headers["If-None-Match"] == tag:
            self.say(304, b"", ETag=tag)
        else:
            self.say(200, body, ETag=tag)

    def say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: a test says what it saw."""


def _columns(filings: list[Filing]) -> dict[str, list[str]]:
    return {
        "accessionNumber": [f.accession or "" for f in filings] + ["0000019617-24-000009"],
        "filingDate": [str(f.filed_on) for f in filings] + ["2024-01-02"],
        "form": [f.form for f in filings] + ["10-K"],
    }


@contextmanager
def serving(filings: Iterable[Filing], today: date | None = None) -> Iterator[Edgar]:
    """A server with some filings, for as long as it is asked."""
    with Edgar(filings, today) as server:
        thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


# --- what goes wrong --------------------------------------------------------------------


def busy(handler: Handler, _: bytes) -> None:
    handler.say(429, b"slow down")


def busy_for(seconds: str) -> Fault:
    return lambda handler, _: handler.say(429, b"slow down", Retry_After=seconds)


def refused(handler: Handler, _: bytes) -> None:
    handler.say(
        403, b"<!DOCTYPE html><html>Undeclared Automated Tool</html>", Content_Type="text/html"
    )


def a_page_instead(handler: Handler, _: bytes) -> None:
    handler.say(200, b"<!DOCTYPE html><html>Maintenance</html>")


def cut_short(handler: Handler, body: bytes) -> None:
    """The head promises more than comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def told_short(handler: Handler, body: bytes) -> None:
    """The head promises less than there is, so that a client stops early."""
    handler.say(200, body, Content_Length=str(len(body) // 2))
    handler.close_connection = True


def overlong(handler: Handler, body: bytes) -> None:
    """More than any filing has."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body) + 64 * 1024 * 1024))
    handler.end_headers()
    try:
        handler.wfile.write(body)
        for _ in range(64):
            handler.wfile.write(b"x" * 1024 * 1024)
    except OSError:
        pass
    handler.close_connection = True


def another_filing(handler: Handler, body: bytes) -> None:
    number = handler.path.rpartition("/")[2][:-4].encode()
    handler.say(200, body.replace(number, b"9999999999-24-000001"))


def moved_to(url: str) -> Fault:
    return lambda handler, _: handler.say(301, b"", Location=url)


def hangs(handler: Handler, _: bytes) -> None:
    """Says nothing until the client gives up."""
    handler.rfile.read(1)
    handler.close_connection = True


def hangs_up(handler: Handler, _: bytes) -> None:
    handler.close_connection = True


def broken(handler: Handler, _: bytes) -> None:
    handler.say(503, b"")


def packed_wrong(handler: Handler, body: bytes) -> None:
    """The head says that the body is packed, and it is not."""
    handler.say(200, body, Content_Encoding="gzip")


def drips(handler: Handler, body: bytes) -> None:
    """A byte now and then, each in time."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    try:
        for at in range(len(body)):
            handler.wfile.write(body[at : at + 1])
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
    handler.close_connection = True
