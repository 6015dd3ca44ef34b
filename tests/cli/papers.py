"""The small filings that the stories tell of, written into a folder."""

from __future__ import annotations

from pathlib import Path

from ledger.filing import Filing
from ledger.readers import read
from tests.documents import holding, owner, ownership_xml, transaction
from tests.scans.leaf import Leaf, Look
from tests.scans.press import leaves
from tests.scans.scanner import Face, Standard, as_file, as_pdf, pictures

JANE = owner("0001000001", "DOE JANE")
PLAN = "Includes 10 shares acquired under the employee stock purchase plan in May 2024."
HOSTILE = "\u202eEVIL\u202c [bold]CORP[/bold] \u009b31m <script>alert(1)</script>"
FORMULA = "=HYPERLINK('http://example.org')"


def write(folder: Path) -> None:
    """Every folder that a story may name."""
    filings = folder / "filings"
    _write(filings, 1, initial())
    _write(filings, 2, purchase())
    _write(filings, 3, sale_after_a_plan_purchase())
    _write(folder / "late", 4, wrong_total())
    _write(folder / "hostile", 5, hostile())
    _write(folder / "two-does", 6, other_doe())
    _write(folder / "options", 7, option())
    _write(folder / "family", 8, family())
    clash = folder / "clash" / "0001000001-24-000002.xml"
    clash.parent.mkdir()
    clash.write_bytes(purchase(shares="200"))
    (folder / "other.db").write_text("This is a shopping list.\n")
    (folder / "draft").mkdir()
    (folder / "draft" / "july.xml").write_bytes(unsigned())
    mixed = folder / "mixed"
    _write(mixed, 2, purchase())
    (mixed / "empty.txt").write_bytes(b"")
    (mixed / "letter.txt").write_text("Dear Sirs,\nplease find nothing enclosed.\n")
    (mixed / "torn.xml").write_bytes(purchase()[:40])


def print_out(folder: Path) -> None:
    """Two of her filings on paper: a PDF with a letter O in its figure, and a scan without its code.

    Needs what draws pictures: numpy and pillow.
    """
    face, bare = Standard(3), Face(0, folders=())
    pages = leaves(_filing(initial()), Look(3, ruled=True), face.measure)
    _paper(folder, 1, "pdf", as_pdf(_worn(pages, "1,000", "1,0O0"), face))
    pages = leaves(_filing(sale_after_a_plan_purchase()), Look(3, ruled=True), bare.measure)
    scanned = pictures(_worn(pages, "S", ""), bare, dpi=200, damage="none", seed=3)
    _paper(folder, 3, "tif", as_file(scanned, dpi=200))


def _filing(payload: bytes) -> Filing:
    return read(payload, source="form.xml").filing


def _worn(pages: list[Leaf], printed: str, left: str) -> list[Leaf]:
    """The pages with one print on them damaged."""
    for page in pages:
        page.pieces = [
            one._replace(text=left) if one.text == printed else one
            for one in page.pieces
            if left or one.text != printed
        ]
    return pages


def _paper(folder: Path, number: int, kind: str, payload: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"0001000001-24-{number:06d}.{kind}").write_bytes(payload)


def _write(folder: Path, number: int, payload: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"0001000001-24-{number:06d}.xml").write_bytes(payload)


def initial() -> bytes:
    """A Form 3: Jane Doe owns 1,000 shares."""
    return ownership_xml(
        [holding(after="1000")],
        form="3",
        period="2024-01-02",
        owners=[JANE],
        signatures=[("/s/ Jane Doe", "2024-01-04")],
    )


def purchase(shares: str = "100") -> bytes:
    """A Form 4: she buys 100, so she has 1,100."""
    return ownership_xml([transaction(shares=shares, after="1100")], owners=[JANE])


def sale_after_a_plan_purchase() -> bytes:
    """A Form 4: she sells 40 and has 1,070, for a plan had bought 10."""
    sold = transaction(
        on="2024-06-10",
        code="S",
        shares="40",
        direction="D",
        price="13",
        after="1070",
        cites={"shares_after": ("F1",)},
    )
    return ownership_xml(
        [sold],
        period="2024-06-10",
        owners=[JANE],
        footnotes={"F1": PLAN},
        signatures=[("/s/ Jane Doe", "2024-06-11")],
    )


def unsigned() -> bytes:
    """A draft of her next sale, which nobody has signed yet."""
    sold = transaction(
        on="2024-07-03", code="S", shares="70", direction="D", price="14", after="1000"
    )
    return ownership_xml([sold], period="2024-07-03", owners=[JANE], signatures=[])


def wrong_total() -> bytes:
    """A Form 4: she sells 70, and the total is 5 shares off."""
    sold = transaction(
        on="2024-07-01", code="S", shares="70", direction="D", price="14", after="995"
    )
    return ownership_xml(
        [sold], period="2024-07-01", owners=[JANE], signatures=[("/s/ Jane Doe", "2024-07-02")]
    )


def hostile() -> bytes:
    """A Form 4 whose names would do harm if anything obeyed them."""
    bought = transaction(security=FORMULA, ownership="I", nature="@trust|[/red]")
    return ownership_xml(
        [bought],
        issuer={"issuerCik": "0002000666", "issuerName": HOSTILE, "issuerTradingSymbol": "EVIL"},
        owners=[owner("0001000666", "[link=file:///etc/passwd]+MALLORY[/link]")],
    )


def option() -> bytes:
    """A Form 4: her trust gets an option, and a note says when it can be exercised."""
    granted = transaction(
        table="II",
        security="Employee Stock Option (right to buy)",
        code="A",
        price="0",
        after="100",
        exercise_price="12.5",
        expires_on="2034-05-06",
        underlying="Common Stock",
        underlying_shares="100",
        ownership="I",
        nature="By the Doe Family Revocable Trust",
        cites={"exercisable_on": ("F1",)},
    )
    return ownership_xml(
        [granted], owners=[JANE], footnotes={"F1": "One quarter on each of four anniversaries."}
    )


def family() -> bytes:
    """A Form 3: Mary Poe's own shares, her husband's, a trust that only a note names, an old option."""
    trust = "These shares are held by the Poe Family Trust, of which she is a trustee."
    return ownership_xml(
        [
            holding(after="900"),
            holding(after="30", ownership="I", nature="By Spouse"),
            holding(after="200", ownership="I", nature="See footnote", cites={"nature": ("F1",)}),
            holding(
                table="II",
                security="Employee Stock Option (right to buy)",
                exercise_price="8",
                exercisable_on="2005-03-01",
                expires_on="2014-03-01",
                underlying="Common Stock",
                underlying_shares="500",
            ),
        ],
        form="3",
        period="2012-05-01",
        owners=[owner("0001000003", "POE MARY")],
        footnotes={"F1": trust},
        signatures=[("/s/ Mary Poe", "2012-05-03")],
    )


def other_doe() -> bytes:
    """A Form 4 of another Doe, so that the name alone is not enough."""
    return ownership_xml([transaction()], owners=[owner("0001000002", "DOE JOHN")])
