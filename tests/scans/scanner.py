"""Printed pages as programs meet them: as a PDF, as pictures, and as a scanner spoils those."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tests.scans.leaf import Leaf, Measure

Damage = Literal["none", "copy", "fax", "rough", "drift", "torn fax"]


class Spoiling(NamedTuple):
    """What a machine does to a page: degrees, blur in pixels at 200 dpi, noise, JPEG, specks.

    `drift` is how far a page that is fed unevenly wanders to a side, in pixels at 200 dpi, and
    `dropped` the share of scan lines that a bad connection loses, each drawn as the one above.
    """

    lean: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 0
    specks: float = 0.0
    two_colours: bool = False
    drift: float = 0.0
    dropped: float = 0.0


SPOILING: dict[Damage, Spoiling] = {
    "none": Spoiling(),
    "copy": Spoiling(lean=0.4, blur=0.55, noise=9, quality=70),
    "fax": Spoiling(lean=0.6, blur=0.5, noise=12, two_colours=True, specks=0.00005),
    "rough": Spoiling(lean=0.9, blur=0.9, noise=16, quality=35, specks=0.0003),
    "drift": Spoiling(lean=0.4, blur=0.55, noise=9, quality=70, drift=3.0),
    "torn fax": Spoiling(
        lean=0.6, blur=0.5, noise=12, two_colours=True, specks=0.00005, drift=1.5, dropped=0.01
    ),
}

_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
FACES = (
    ("LiberationSans-Regular", "LiberationSans-Bold"),
    ("LiberationSans-Regular", "LiberationSans-Bold"),
    ("NimbusSans-Regular", "NimbusSans-Bold"),
    ("LiberationSerif-Regular", "LiberationSerif-Bold"),
    ("NimbusRoman-Regular", "NimbusRoman-Bold"),
    ("LiberationSansNarrow-Regular", "LiberationSansNarrow-Bold"),
    ("LiberationMono-Regular", "LiberationMono-Bold"),
    ("DejaVuSansCondensed", "DejaVuSansCondensed-Bold"),
)
"""Typefaces like those that forms are printed in, each with its bold."""


class Face:
    """One typeface: a text's width, and its letters at any size."""

    def __init__(self, seed: int, folders: Sequence[str] = _FOLDERS) -> None:
        found = {path.stem: path for folder in folders for path in _files(Path(folder))}
        there = [pair for pair in FACES if pair[0] in found and pair[1] in found]
        self._paths = (
            [found[name] for name in random.Random(f"face/{seed}").choice(there)] if there else []
        )
        self.name = self._paths[0].stem if self._paths else "the picture library's own"
        self._fonts: dict[tuple[bool, int], Any] = {}

    def at(self, size: float, *, bold: bool) -> Any:
        from PIL import ImageFont  # noqa: PLC0415  (only for those who draw)

        key = (bold, round(size * 4))
        if key not in self._fonts:
            path = self._paths[bold] if self._paths else None
            self._fonts[key] = (
                ImageFont.truetype(str(path), size) if path else ImageFont.load_default(size)
            )
        return self._fonts[key]

    def measure(self, text: str, bold: bool) -> float:
        """The width of a text as a part of its size."""
        return float(self.at(100, bold=bold).getlength(text)) / 100


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.suffix in {".ttf", ".otf"}] if folder.is_dir() else []


def pictures(
    leaves: Sequence[Leaf], face: Face, *, dpi: int, damage: Damage, seed: int
) -> list[Any]:
    """Every page as a scanner sees it."""
    return spoilt([_drawn(leaf, face, dpi) for leaf in leaves], dpi=dpi, damage=damage, seed=seed)


def spoilt(pages: Sequence[Any], *, dpi: int, damage: Damage, seed: int) -> list[Any]:
    """Clean pictures of pages as a scanner sees them."""
    chance = random.Random(f"scan/{seed}/{dpi}/{damage}")
    return [_spoilt(page, SPOILING[damage], dpi, chance) for page in pages]


def _drawn(leaf: Leaf, face: Face, dpi: int) -> Any:
    from PIL import Image, ImageDraw  # noqa: PLC0415

    twice = 2 * dpi / 72
    page = Image.new("L", (round(leaf.wide * twice), round(leaf.high * twice)), 255)
    pen = ImageDraw.Draw(page)
    for stroke in leaf.strokes:
        left, top, right, bottom = (round(place * twice) for place in stroke[:4])
        thick = max(1, round(stroke.thick * twice))
        pen.rectangle((left, top, max(right, left + thick), max(bottom, top + thick)), fill=0)
    for piece in leaf.pieces:
        font = face.at(piece.size * twice, bold=piece.bold)
        pen.text((piece.x * twice, piece.y * twice), piece.text, fill=0, font=font, anchor="ls")
    return page.resize((page.width // 2, page.height // 2), Image.Resampling.BOX)


def _spoilt(page: Any, how: Spoiling, dpi: int, chance: random.Random) -> Any:
    import numpy as np  # noqa: PLC0415
    from PIL import Image, ImageFilter  # noqa: PLC0415

    if how.lean:
        lean = how.lean * chance.choice((-1, 1)) * chance.uniform(0.6, 1.1)
        page = page.rotate(lean, Image.Resampling.BICUBIC, fillcolor=255)
    if how.blur:
        page = page.filter(ImageFilter.GaussianBlur(how.blur * dpi / 200))
    dice = np.random.default_rng(chance.randrange(2**32))
    grey = np.asarray(page).astype(np.float32)
    if how.noise:
        grey = grey * 0.92 + 6 + dice.normal(0, how.noise, grey.shape)
    if how.specks:
        dirt = dice.random(grey.shape) < how.specks
        grey[dirt | np.roll(dirt, 1, axis=0) | np.roll(dirt, 1, axis=1)] = 20
    if how.drift or how.dropped:
        grey = _fed(grey, how, dpi, chance)
    if how.two_colours:
        return Image.fromarray(
            np.where(grey < 150 + chance.randint(-15, 25), 0, 255).astype(np.uint8)
        )
    page = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if not how.quality:
        return page
    out = io.BytesIO()
    page.save(out, "JPEG", quality=how.quality)
    return Image.open(out).convert("L")


def _fed(grey: Any, how: Spoiling, dpi: int, chance: random.Random) -> Any:
    """A page as uneven rollers feed it and a bad line sends it."""
    import numpy as np  # noqa: PLC0415

    waves = [(chance.uniform(0.5, 3), chance.uniform(0, 6.3)) for _ in range(3)]
    out = np.empty_like(grey)
    for at, line in enumerate(grey):
        turn = 6.3 * at / len(grey)
        aside = sum(np.sin(turn * often + begun) for often, begun in waves) / len(waves)
        out[at] = np.roll(line, round(how.drift * dpi / 200 * float(aside)))
        if at and chance.random() < how.dropped:
            out[at] = out[at - 1]
    return out


def as_file(pages: Sequence[Any], *, dpi: int) -> bytes:
    """The pages as one TIFF."""
    out = io.BytesIO()
    first, *others = [page.convert("L") for page in pages]
    first.save(
        out, "TIFF", save_all=True, append_images=others, dpi=(dpi, dpi), compression="tiff_lzw"
    )
    return out.getvalue()


_STANDARD = (
    ("Helvetica", "Helvetica-Bold"),
    ("Times-Roman", "Times-Bold"),
    ("Courier", "Courier-Bold"),
)


class Standard:
    """One of the typefaces that every program for PDFs knows, by the widths of its letters."""

    def __init__(self, seed: int) -> None:
        from pdfminer.fontmetrics import FONT_METRICS  # noqa: PLC0415

        self.names = random.Random(f"face/{seed}").choice(_STANDARD[:1] * 3 + _STANDARD)
        self._widths = [FONT_METRICS[name][1] for name in self.names]

    def measure(self, text: str, bold: bool) -> float:
        """The width of a text as a part of its size."""
        widths = self._widths[bold]
        return sum(float(widths.get(letter, 500)) for letter in text) / 1000


def as_pdf(leaves: Sequence[Leaf], face: Standard) -> bytes:
    """The pages as a PDF with its text."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(leaves)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(leaves)} >>".encode(),
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
            for name in face.names
        ),
    ]
    for at, leaf in enumerate(leaves):
        content = _content(leaf)
        bodies += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {leaf.wide:g} {leaf.high:g}] /Contents "
                f"{6 + 2 * at} 0 R /Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>"
            ).encode(),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    xref = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
        + xref
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(bodies) + 1, len(out))
    )


def _content(leaf: Leaf) -> bytes:
    parts = []
    for piece in leaf.pieces:
        text = piece.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        at = f"{piece.x:.2f} {leaf.high - piece.y:.2f}"
        parts.append(f"BT /F{int(piece.bold)} {piece.size:.2f} Tf {at} Td ({text}) Tj ET")
    for one in leaf.strokes:
        begin = f"{one.left:.2f} {leaf.high - one.top:.2f}"
        end = f"{one.right:.2f} {leaf.high - one.bottom:.2f}"
        parts.append(f"{one.thick:g} w {begin} m {end} l S")
    return "\n".join(parts).encode("cp1252", "replace")


def measure_of(face: Face | Standard) -> Measure:
    """How a typeface measures."""
    return face.measure
