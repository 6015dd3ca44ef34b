"""A browser of our own for tests: asks the pages in process, sends what headers it likes."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from cli.commands.web import shown
from cli.web.guard import Rules
from cli.web.site import site, style_of_charts
from ledger import Ledger

HERE = "127.0.0.1:8765"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def seen(self) -> Seen:
        """The page as a browser takes it apart."""
        page = Seen()
        page.feed(self.text)
        return page


class Seen(HTMLParser):
    """A page taken apart: its elements with their attributes, its links, its words."""

    def __init__(self):
        super().__init__()
        self.elements, self.links, self.words = [], [], ""

    def handle_starttag(self, tag, attrs):
        """An element begins."""
        self.elements.append((tag, dict(attrs)))
        self.links += [value for key, value in attrs if tag == "a" and key == "href"]

    def handle_data(self, data):
        """Words between elements."""
        self.words += data

    def field(self, name):
        """What the form's field of this name holds."""
        return next(a.get("value") for t, a in self.elements if a.get("name") == name)


class Browser:
    """Asks the pages of one ledger."""

    def __init__(self, path, reviewer=None, **rules):
        rules = Rules(**{"style": style_of_charts(), **rules})
        self.app = site(lambda: Ledger.open(path), shown(str(path)), rules, reviewer)

    def get(self, address, **headers):
        """A page."""
        return self.ask("GET", address, headers=headers)

    def at_once(self, address, times):
        """A page, asked for so many times at once."""

        async def crowd():
            return await asyncio.gather(*(self._answer("GET", address) for _ in range(times)))

        return asyncio.run(crowd())

    def ask(self, method, address, body=b"", headers=None, hosts=(HERE,)):
        """Whatever else; a header without a value is left out, `_` in its name stands for `-`."""
        return asyncio.run(self._answer(method, address, body, headers, hosts))

    def _answer(self, method, address, body=b"", headers=None, hosts=(HERE,)):
        url = urlsplit(address)
        told = {k.replace("_", "-"): v for k, v in (headers or {}).items() if v is not None}
        raw = [("host", host) for host in hosts] + [*told.items()]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(url.path),
            "raw_path": url.path.encode(),
            "query_string": url.query.encode(),
            "root_path": "",
            "headers": [(key.encode(), value.encode()) for key, value in raw],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8765),
        }
        return self._asked(scope, body)

    async def _asked(self, scope, body):
        told = []
        chunks = [body[at : at + 65_536] for at in range(0, len(body), 65_536)] or [b""]
        pieces = iter(chunks)

        async def receive():
            piece = next(pieces, None)
            if piece is None:
                await asyncio.Event().wait()  # as a server does whose client stays
            return {"type": "http.request", "body": piece, "more_body": piece is not chunks[-1]}

        async def send(message):
            told.append(message)

        await self.app(scope, receive, send)
        headers = {key.decode(): value.decode() for key, value in told[0]["headers"]}
        return Answer(told[0]["status"], headers, b"".join(m.get("body", b"") for m in told))

    def send(self, address, fields=(), file=None, **headers):
        """A form with fields and perhaps a file: its name and what it holds."""
        edge = "edge-of-a-part"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in dict(fields).items()
        ]
        if file is not None:
            name, held = file
            said = f'form-data; name="draft"; filename="{name}"'
            head = f"--{edge}\r\nContent-Disposition: {said}\r\nContent-Type: text/plain\r\n\r\n"
            parts += [head.encode(), held, b"\r\n"]
        body = b"".join([*parts, f"--{edge}--\r\n".encode()])
        told = {
            "content-type": f"multipart/form-data; boundary={edge}",
            "content-length": str(len(body)),
            "sec-fetch-site": "same-origin",
            **headers,
        }
        return self.ask("POST", address, body, told)


class Served:
    """The command as somebody starts it: the process, and the address it tells."""

    def __init__(self, path, *options):
        begun = ["-c", "from cli.entry import main; main()", "--db", str(path), "web"]
        words = [*begun, "--port", "0", *options]
        self.running = subprocess.Popen(
            [sys.executable, *words], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )

    def __enter__(self):
        line = self.running.stderr.readline()
        return self.running, re.search(r"http://127\.0\.0\.1:\d+/", line)[0]

    def __exit__(self, *_):
        self.running.kill()
        self.running.wait()
        self.running.stderr.close()
