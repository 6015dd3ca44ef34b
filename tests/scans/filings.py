"""Random but lawful filings, whose rows add up as filers' rows mostly do."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ledger.codes import CODES, expected_direction
from ledger.filing import Filing, Footnote, Issuer, Owner, Row, Signature

LAST = "ALDERTON BRISCOE CALLOWAY DRUMMOND ESTERHAZY FAIRWEATHER GANNETT HOLLOWAY".split()
FIRST = "MARGARET PETER OLIVIA SAMUEL JUDITH CONRAD BEATRICE THEODORE".split()
COMPANIES = (
    ("NORTHLIGHT OPTICS INC", "NLO"),
    ("Harrow & Vane Corp", "HVC"),
    ("BLUEFERN ENERGY CO", "BFRN"),
    ("Quillon Therapeutics, Inc.", "QLTX"),
)
TITLES = ("Chief Executive Officer", "VP and General Counsel", "Treasurer", "President, Europe")
STOCKS = (
    "Common Stock",
    "Class A Common Stock",
    "Common Stock, par value $.01",
    "Ordinary Shares",
    "Series B Preferred Stock",
)
OPTIONS = (
    "Stock Option (right to buy)",
    "Employee Stock Option",
    "Warrants to purchase stock",
    "Restricted Stock Units",
    "Non-Qualified Stock Option (Right to Buy)",
)
VEHICLES = (
    "By Spouse",
    "By Family Trust",
    "By 401(k) Plan",
    "By Vane Holdings LLC",
    "See footnote",
)
NOTES = (
    "The option vests in four equal annual installments beginning on the first anniversary.",
    "Includes 1,200 shares acquired under the employee stock purchase plan in June.",
    "The reporting person disclaims beneficial ownership beyond any pecuniary interest in them.",
    "Shares withheld to satisfy tax obligations; no open market sale took place.",
    "Represents a weighted average; the sales were made at prices from $10.05 to $11.20.",
    "Held by a trust of which the reporting person is a trustee.",
)
STREETS = ("12 MILL LANE", "400 HARBOR STREET, SUITE 9", "C/O THE COMPANY")


@dataclass
class Maker:
    """Makes one filing from a seed."""

    seed: int
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def filing(self) -> Filing:
        form = self.random.choice(("3", "4", "4", "4", "5", "4/A"))
        self.day = date(self.random.randint(1999, 2023), self.random.randint(1, 12), 9)
        company, symbol = self.random.choice(COMPANIES)
        rows = tuple(self._rows("I", form)) + tuple(self._rows("II", form))
        original = self.day + timedelta(days=1) if form.endswith("/A") else None
        signer = f"/s/ {self.random.choice(FIRST).title()} {self.random.choice(LAST).title()}"
        return Filing(
            sha256="0" * 64,
            format="scanned",
            reader_version=1,
            form=form,
            period=self.day,
            original_on=original,
            issuer=Issuer(name=company, symbol=symbol),
            owners=tuple(self._owners()),
            footnotes=tuple(Footnote(id=str(i), text=t) for i, t in enumerate(self.notes, 1)),
            remarks=self.random.choice((None, None, "Exhibit 24 is a power of attorney.")),
            signatures=(Signature(name=signer, signed_on=self.day + timedelta(days=3)),),
            rows=rows,
        )

    def _owners(self) -> list[Owner]:
        names = self.random.sample(LAST, self.random.choice((1, 1, 1, 2)))
        role = self.random.choice(("director", "officer", "ten_percent_owner"))
        said: dict[str, Any] = {role: True}
        if role == "officer":
            said["officer_title"] = self.random.choice(TITLES)
        owners = [
            Owner(
                name=f"{name} {self.random.choice(FIRST)}",
                street1=self.random.choice(STREETS),
                city="PORTSMOUTH",
                state="NH",
                zip_code="03801",
            )
            for name in names
        ]
        return [owners[0].model_copy(update=said), *owners[1:]]

    def _cite(self) -> tuple[str, ...]:
        """One or two footnotes, old or new."""
        wanted = 1 if self.random.random() < 0.8 else 2
        cited: list[str] = []
        for _ in range(wanted):
            if len(self.notes) < 12 and (not self.notes or self.random.random() < 0.6):
                self.notes.append(self.random.choice(NOTES))
                cited.append(str(len(self.notes)))
            else:
                cited.append(str(self.random.randint(1, len(self.notes))))
        return tuple(dict.fromkeys(sorted(cited, key=int)))

    def _rows(self, table: str, form: str) -> list[Row]:
        rows: list[Row] = []
        balance = Decimal(self.random.choice((900, 12_500, 48_210, 1_230_544, 350)))
        title = self.random.choice(STOCKS if table == "I" else OPTIONS)
        wanted = (
            self.random.choice((0, 1, 1, 2, 3))
            if table == "II"
            else self.random.choice((0, 1, 2, 4))
        )
        for line in range(1, wanted + 1):
            holding = form == "3" or self.random.random() < 0.25
            said: dict[str, Any] = {"table": table, "line": line, "security": title, "cited": {}}
            said |= self._derivative(said) if table == "II" else {}
            if holding:
                said |= {"holding": True}
                if not (form == "3" and table == "II"):
                    said["shares_after"] = Decimal(self.random.randint(1, 900_000))
                said |= self._held(said, likely=0.6)
            else:
                said |= self._trade(said, table, balance)
                balance = said["shares_after"]
                said |= self._held(said, likely=0.1 if line == 1 else 0)
                if said.get("ownership") == "indirect":
                    balance = said["shares_after"]
            rows.append(Row(**said))
        return rows

    def _held(self, said: dict[str, Any], likely: float) -> dict[str, Any]:
        if self.random.random() >= likely:
            return {"ownership": "direct"}
        if self.random.random() < 0.3:
            said["cited"]["nature"] = self._cite()
        return {"ownership": "indirect", "nature": self.random.choice(VEHICLES)}

    def _trade(self, said: dict[str, Any], table: str, balance: Decimal) -> dict[str, Any]:
        code = self.random.choice("PSAMFGMSPAJ" if table == "I" else "AMAMXDJ")
        direction = expected_direction(code, table) or self.random.choice(("acquired", "disposed"))  # type: ignore[arg-type]
        shares = Decimal(
            self.random.choice((100, 250, 1_000, 1_550, 2_500, 12_000, 150_000, 87_311))
        )
        if table == "II":
            shares = said["underlying_shares"] = Decimal(int(shares))
            balance = Decimal(0) if code == "A" else balance + shares
        if direction == "disposed":
            shares = min(shares, balance) or Decimal(100)
            if table == "II":
                said["underlying_shares"] = shares
        after = max(Decimal(0), balance + (shares if direction == "acquired" else -shares))
        if table == "I" and self.random.random() < 0.1:
            after += Decimal("0.25")
        found: dict[str, Any] = {
            "effective_on": self.day + timedelta(days=self.random.randint(0, 2)),
            "code": code,
            "shares": shares,
            "direction": direction,
            "shares_after": after,
        }
        if self.random.random() < 0.1:
            found["deemed_execution_on"] = found["effective_on"] + timedelta(days=1)
        if self.random.random() < 0.08:
            found["timeliness"] = "E"
        found |= self._price(said, code, table)
        for name in ("shares", "shares_after", "code"):
            if self.random.random() < 0.12:
                said["cited"][name] = self._cite()
        return found

    def _price(self, said: dict[str, Any], code: str, table: str) -> dict[str, Any]:
        chance = self.random.random()
        if (CODES[code].priceless and code != "M") or table == "II":
            if chance < 0.3:
                said["cited"]["price"] = self._cite()
                return {}
            return {} if chance < 0.6 else {"price": Decimal(0)}
        if chance < 0.1:
            said["cited"]["price"] = self._cite()
            return {}
        if chance < 0.25:
            said["cited"]["price"] = self._cite()
        cents = self.random.choice((Decimal("0.01"), Decimal("0.0001")))
        return {"price": (Decimal(self.random.randint(1, 99_999)) / 100).quantize(cents)}

    def _derivative(self, said: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {
            "underlying": self.random.choice(STOCKS[:2]),
            "underlying_shares": Decimal(self.random.choice((1_000, 12_000, 150_000, 2_345))),
        }
        if self.random.random() < 0.75:
            found["exercise_price"] = Decimal(self.random.randint(50, 9_999)) / 100
        else:
            said["cited"]["exercise_price"] = self._cite()
        if self.random.random() < 0.7:
            found["exercisable_on"] = self.day + timedelta(days=365)
            if self.random.random() < 0.5:
                said["cited"]["exercisable_on"] = self._cite()
        else:
            said["cited"]["exercisable_on"] = self._cite()
        if self.random.random() < 0.8:
            found["expires_on"] = self.day + timedelta(days=3650)
        else:
            said["cited"]["expires_on"] = self._cite()
        return found


def filing(seed: int) -> Filing:
    """The filing of a seed."""
    return Maker(seed).filing()
