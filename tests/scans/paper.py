"""Forms drawn on paper of our own: PDFs with ruling lines, and the same words with their boxes."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

COLUMNS_I = (30, 130, 190, 240, 270, 290, 360, 390, 460, 540, 580, 700)
HEADS_I = (
    *("1. Title of Security (Instr. 3)", "2. Transaction Date", "2A. Deemed Execution Date"),
    *("Code", "V", "Amount", "(A) or (D)", "Price", "5. Amount of Securities Beneficially Owned"),
    *("6. Ownership Form", "7. Nature of Indirect Beneficial Ownership"),
)


class Print(NamedTuple):
    """Some words on the page: where they begin, their foot from above, their size."""

    x: int
    y: int
    text: str
    size: int = 7


TOP = (
    Print(30, 30, "FORM 4", 12),
    Print(300, 30, "UNITED STATES SECURITIES AND EXCHANGE COMMISSION"),
    Print(300, 45, "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP"),
    Print(30, 70, "1. Name and Address of Reporting Person*"),
    Print(30, 80, "HALLORAN NOREEN"),
    Print(300, 70, "2. Issuer Name and Ticker or Trading Symbol"),
    Print(300, 80, "Saltmarsh Cable Corp [ SCC ]"),
    Print(560, 70, "5. Relationship of Reporting Person(s) to Issuer"),
    Print(560, 80, "X Director"),
    Print(640, 80, "10% Owner"),
    Print(560, 90, "Officer (give title below)"),
    Print(660, 90, "Other (specify below)"),
    Print(30, 95, "(Last) (First) (Middle)"),
    Print(300, 100, "3. Date of Earliest Transaction (Month/Day/Year)"),
    Print(300, 110, "05/06/2019"),
    Print(300, 125, "4. If Amendment, Date of Original Filed (Month/Day/Year)"),
    Print(
        30, 160, "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned"
    ),
)
FOOT = (
    Print(30, 300, "Explanation of Responses:"),
    Print(30, 312, "1. The price is a weighted average; the sales were made at prices near it."),
    Print(30, 324, "2. Held by a trust of which the reporting person is a trustee."),
    Print(400, 345, "/s/ Noreen Halloran"),
    Print(620, 345, "05/07/2019"),
    Print(400, 356, "** Signature of Reporting Person"),
)


def table(
    rows: list[tuple[object, ...]], at: int = 170, *, wide: float = 0.6
) -> tuple[list[Print], list[tuple[int, ...]]]:
    """The cells of Table I under its headings, and the lines ruled around them.

    A cell is words, lines of words, or a pair of words and the mark raised behind them; `wide`
    is the width of a letter as a part of its size.
    """
    prints: list[Print] = []
    rules: list[tuple[int, ...]] = []
    upper = at
    for row in [HEADS_I, *rows]:
        deep = 24 if any(isinstance(cell, list) for cell in row) else 14
        for left, cell in zip(COLUMNS_I, row, strict=False):
            if isinstance(cell, tuple):
                words, mark = cell
                prints.append(Print(left + 2, upper + 10, words))
                prints.append(Print(left + 2 + round(len(words) * 7 * wide), upper + 7, mark, 4))
            elif isinstance(cell, list):
                prints += [Print(left + 2, upper + 9 + 9 * i, t) for i, t in enumerate(cell)]
            elif cell:
                prints.append(Print(left + 2, upper + 10, str(cell), 3 if row is HEADS_I else 7))
        rules += [(COLUMNS_I[0], y, COLUMNS_I[-1], y) for y in (upper, upper + deep)]
        rules += [(x, upper, x, upper + deep) for x in COLUMNS_I]
        upper += deep
    return prints, rules


def _wide(text: str, size: int) -> float:
    """The width of a text in Courier."""
    return len(text) * size * 0.6


Paper = tuple[list[Print], list[tuple[int, ...]]]
"""What stands on one page: words and ruling lines."""

_LYING = ("1 0 0 1 0 0", "0 1 -1 0 612 0", "-1 0 0 -1 792 612", "0 -1 1 0 0 792")
"""The matrices that draw a page across upright, or quarters of a turn to the left."""


def pdf(
    prints: list[Print],
    rules: list[tuple[int, ...]],
    *more: Paper,
    extra: str = "",
    lying: int = 0,
    rotate: int = 0,
    trailer: str = "",
) -> bytes:
    """A PDF of pages across, 792 by 612 points, in Courier.

    `extra` stands in its catalogue; every page is drawn `lying` quarters of a turn to the left
    and is to be shown `rotate` degrees to the right of that.
    """
    pages = [(prints, rules), *more]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    size = "612 792" if lying % 2 else "792 612"
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    for at, page in enumerate(pages):
        content = f"{_LYING[lying]} cm\n{_content(*page)}".encode("latin-1")
        bodies += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Rotate {rotate} "
                f"/Contents {5 + 2 * at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            ).encode(),
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        ]
    return assembled(bodies, trailer)


def _content(prints: list[Print], rules: list[tuple[int, ...]]) -> str:
    parts = []
    for one in prints:
        text = one.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        parts.append(f"BT /F1 {one.size} Tf {one.x} {612 - one.y} Td ({text}) Tj ET")
    for left, top, right, bottom in rules:
        parts.append(f"0.5 w {left} {612 - top} m {right} {612 - bottom} l S")
    return "\n".join(parts)


def assembled(bodies: list[bytes], trailer: str = "") -> bytes:
    """The objects of a PDF, the first of them its catalogue, as a file."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer << /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{xref}\n%%EOF"
    return out + end.encode("latin-1")


def boxes(prints: list[Print]) -> list[tuple[str, int, int, int, int]]:
    """Every word with its box, in tenths of a point: left, top, right, bottom."""
    found = []
    for one in prints:
        at = one.x * 10
        for word in one.text.split(" "):
            right = at + round(_wide(word, one.size) * 10)
            found.append((word, at, (one.y - one.size) * 10, right, one.y * 10))
            at = right + one.size * 6
    return found


def tsv(*pages: list[Print]) -> bytes:
    """The words as Tesseract's TSV."""
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    lines = [head]
    for number, prints in enumerate(pages, start=1):
        lines.append(f"1\t{number}\t0\t0\t0\t0\t0\t0\t7920\t6120\t-1\t")
        lines += [
            f"5\t{number}\t1\t1\t1\t1\t{left}\t{top}\t{right - left}\t{bottom - top}\t96.1\t{word}"
            for word, left, top, right, bottom in boxes(prints)
        ]
    return "\n".join(lines).encode()


def hocr(*pages: list[Print]) -> bytes:
    """The words as hOCR."""
    body = ""
    for prints in pages:
        words = "".join(
            f"<span class='ocrx_word' title='bbox {left} {top} {right} {bottom}; x_wconf 96'>"
            f"{word.replace('&', '&amp;')}</span> "
            for word, left, top, right, bottom in boxes(prints)
        )
        body += f"<div class='ocr_page' title='bbox 0 0 7920 6120'>{words}</div>"
    head = "<meta name='ocr-system' content='tesseract 5.3.0' />"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def alto(*pages: list[Print]) -> bytes:
    """The words as ALTO XML."""
    body = ""
    for prints in pages:
        words = "".join(
            f'<String CONTENT="{word.replace("&", "&amp;")}" HPOS="{left}" VPOS="{top}" '
            f'WIDTH="{right - left}" HEIGHT="{bottom - top}"/>'
            for word, left, top, right, bottom in boxes(prints)
        )
        body += f"<Page><PrintSpace><TextBlock><TextLine>{words}</TextLine></TextBlock></PrintSpace></Page>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">'
        f"<Layout>{body}</Layout></alto>"
    ).encode()


def picture(prints: list[Print], rules: list[tuple[int, ...]], *, dpi: int = 200) -> Any:
    """The page as a scanner sees it, in grey."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  (only for those who draw)

    scale = dpi / 72
    page = Image.new("L", (round(792 * scale), round(612 * scale)), 255)
    pen = ImageDraw.Draw(page)
    for left, top, right, bottom in rules:
        corners = [round(place * scale) for place in (left, top, right, bottom)]
        pen.line(corners, fill=0, width=max(1, dpi // 100))
    for one in prints:
        font = ImageFont.load_default(one.size * scale)
        pen.text((one.x * scale, one.y * scale), one.text, fill=0, font=font, anchor="ls")
    return page


def saved(page: Any, kind: str = "PNG", **said: Any) -> bytes:
    """A picture's file."""
    out = io.BytesIO()
    page.save(out, kind, **said)
    return out.getvalue()
