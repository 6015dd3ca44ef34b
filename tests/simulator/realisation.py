"""Drafts become `Filing` values and truth: numbers, footnote ids, accession numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC

from ledger.filing import Filing, Footnote, Issuer, Row, Signature
from ledger.footnotes.recognition import statements
from ledger.types import EASTERN
from tests.simulator.allowances import allowances
from tests.simulator.names import Identities
from tests.simulator.otherwise import marked
from tests.simulator.people import Insider
from tests.simulator.reports import Draft, Line
from tests.simulator.truth import Claim, PositionTruth, Truth


def number_in_order(drafts: Iterable[Draft], identities: Identities) -> list[Draft]:
    """The drafts in the order EDGAR accepted them, each with its accession number."""
    ordered = sorted(drafts, key=lambda draft: (draft.accepted_at, draft.insider.key, draft.kind))
    for draft in ordered:
        if not draft.accession:
            draft.accession = identities.accession(draft.accepted_at.year)
    return ordered


def filing_of(draft: Draft, *, read_notes: bool = True) -> Filing:
    """The filing a reader would return for this draft's submission.

    Without `read_notes` what its footnotes state is left out, which saves half the time.
    """
    texts: dict[str, str] = {}
    rows, counts = [], {"I": 0, "II": 0}
    for line in draft.lines:
        table = line.fields["table"]
        counts[table] += 1
        cited = _cited(line, draft.insider, texts)
        rows.append(Row(line=counts[table], cited=cited, printed={}, **line.fields))
    five = draft.form.startswith("5")
    company, insider = draft.company, draft.insider
    name, symbol = draft.issuer or company.named_on(draft.filed_on)
    former = (company.name,) if company.renamed and name == company.renamed[1] else ()
    footnotes = tuple(Footnote(id=note, text=text) for text, note in texts.items())
    return Filing(
        sha256=hashlib.sha256(draft.accession.encode()).hexdigest(),
        format="submission",
        reader_version=1,
        accession=draft.accession,
        form=draft.form,
        schema_version="X0306",
        period=draft.period,
        original_on=draft.original_on,
        accepted_at=draft.accepted_at.replace(tzinfo=EASTERN).astimezone(UTC),
        filed_on=draft.filed_on,
        issuer=Issuer(
            cik=company.cik,
            name=name,
            symbol=symbol,
            fiscal_year_end=_month_day(company.fiscal_month),
            former_names=former,
        ),
        owners=draft.owners or insider.owners,
        no_securities_owned=not rows if draft.form.startswith("3") else None,
        not_subject_to_section16=None if draft.form.startswith("3") else draft.exits,
        form3_holdings_reported=_any_type(rows, "3") if five else None,
        form4_transactions_reported=_any_type(rows, "4") if five else None,
        footnotes=footnotes,
        remarks=draft.remarks,
        signatures=tuple(
            Signature(name=name, signed_on=draft.filed_on)
            for name in draft.signers or insider.signers
        ),
        rows=tuple(rows),
        statements=statements(footnotes, draft.remarks) if read_notes else (),
    )


def truth_of(drafts: Iterable[Draft], insiders: Sequence[Insider]) -> Truth:
    """The truth behind numbered drafts, in order of acceptance."""
    truth = Truth()
    ciks = {}
    for draft in drafts:
        ciks[draft.insider.key] = draft.company.cik
        _claims(draft, truth)
    for insider in insiders:
        owners = tuple(owner.cik or "" for owner in insider.owners)
        for one in insider.positions:
            truth.positions[one.id] = PositionTruth(
                id=one.id,
                issuer=ciks.get(insider.key, ""),
                owners=owners,
                table=one.table,
                security=one.title,
                ownership=one.ownership,
                nature=one.nature,
                history=tuple(one.history),
            )
    truth.allowed.extend(allowances(truth.claims.values(), insiders))
    return truth


def _claims(draft: Draft, truth: Truth) -> None:
    counts = {"I": 0, "II": 0}
    for line in draft.lines:
        table = line.fields["table"]
        counts[table] += 1
        causes = list(line.causes)
        if not line.position.claimed:
            line.position.claimed = True
            if not causes and line.true != line.signed:
                causes.append("opening")
        row, claimed = f"{table}.{counts[table]}", line.fields.get("shares_after")
        truth.claims[draft.accession, row] = Claim(
            filing=draft.accession,
            row=row,
            position=line.position.id,
            true=line.true,
            claimed=claimed,
            difference=line.difference,
            causes=tuple(causes),
            untold=tuple(line.untold),
        )


def _cited(line: Line, insider: Insider, texts: dict[str, str]) -> dict[str, tuple[str, ...]]:
    cited: dict[str, list[str]] = {}
    for field, text in marked(line, insider):
        note = texts.setdefault(text, f"F{len(texts) + 1}")
        ids = cited.setdefault(field, [])
        if note not in ids:
            ids.append(note)
    if line.stray:
        cited.setdefault(line.stray[0], []).append(line.stray[1])
    return {field: tuple(ids) for field, ids in cited.items()}


def _any_type(rows: list[Row], form_type: str) -> bool:
    return any(row.form_type == form_type for row in rows)


def _month_day(month: int) -> str:
    return f"{month:02d}{28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31}"
