"""Ownership XML: every field, and what becomes of whatever is not as it should be."""

import hashlib
from base64 import b64encode
from datetime import date
from decimal import Decimal

import pytest

from ledger.errors import NotAnOwnershipForm
from ledger.filing import Footnote
from ledger.readers.ownership_xml import reader
from tests.documents import holding, owner, ownership_xml, transaction


def reading(*rows, **said):
    return reader.read(ownership_xml(rows, **said), source="form.xml")


def row(xml):
    """The one row of a form, which must have been read without a word."""
    found = reading(xml, footnotes={f"F{n}": f"Note {n}." for n in range(1, 20)})
    assert found.problems == ()
    return found.filing.rows[0]


def test_a_purchase_is_a_movement_and_a_claim():
    line = row(transaction(shares="1,250.5", price="12.75", after="9000"))

    assert (line.ref, line.holding, line.security) == ("I.1", False, "Common Stock")
    assert (line.effective_on, line.code, line.form_type) == (date(2024, 5, 6), "P", "4")
    assert (line.shares, line.price) == (Decimal("1250.5"), Decimal("12.75"))
    assert (line.direction, line.shares_after, line.ownership) == ("acquired", 9000, "direct")
    assert (line.equity_swap, line.nature, line.value, line.timeliness) == (False, "", None, None)


def test_a_holding_is_only_a_claim():
    line = row(holding(after="400", ownership="I", nature="By Trust", form_type="3"))

    assert (line.holding, line.shares_after, line.shares, line.code) == (True, 400, None, None)
    assert (line.ownership, line.nature, line.form_type) == ("indirect", "By Trust", "3")


def test_a_derivative_line_carries_its_terms():
    line = row(
        transaction(
            "II",
            security="Option (right to buy)",
            exercise_price="3.20",
            deemed_on="2024-05-07",
            code="K",
            swap="true",
            timeliness="L",
            exercisable_on="2025-01-01",
            expires_on="2034-01-01",
            underlying="Class A Stock",
            underlying_shares="100",
        )
    )

    assert (line.ref, line.exercise_price, line.equity_swap) == ("II.1", Decimal("3.2"), True)
    assert (line.deemed_execution_on, line.timeliness) == (date(2024, 5, 7), "L")
    assert (line.exercisable_on, line.expires_on) == (date(2025, 1, 1), date(2034, 1, 1))
    assert (line.underlying, line.underlying_shares) == ("Class A Stock", 100)


def test_amounts_in_dollars_stand_in_fields_of_their_own():
    line = row(
        transaction(
            "II", shares=None, value="5000", after=None, value_after="7000.10", underlying_value="9"
        )
    )

    assert (line.value, line.value_after, line.underlying_value) == (5000, Decimal("7000.1"), 9)
    assert (line.shares, line.shares_after, line.underlying_shares) == (None, None, None)


def test_rows_are_counted_by_table_in_document_order():
    found = reading(transaction(), holding(), transaction("II"), transaction(code="S"))

    assert [r.ref for r in found.filing.rows] == ["I.1", "I.2", "I.3", "II.1"]
    assert [r.holding for r in found.filing.rows] == [False, True, False, False]


def test_each_field_keeps_the_footnotes_it_cites():
    line = row(
        transaction(
            price=None, cites={"price": ("F2", "F1"), "code": ("F3",), "shares_after": ("F1",)}
        )
    )

    assert line.cited == {"code": ("F3",), "price": ("F2", "F1"), "shares_after": ("F1",)}
    assert (line.price, line.footnotes) == (None, ("F3", "F2", "F1"))


def test_a_print_that_is_not_the_canonical_value_is_kept_beside_it():
    line = row(transaction(shares="106150.00", price=".25", on="2021-09-30-05:00", after="12"))

    assert (line.shares, line.price) == (Decimal(106150), Decimal("0.25"))
    assert line.effective_on == date(2021, 9, 30)
    assert line.printed == {
        "shares": "106150.00",
        "price": ".25",
        "effective_on": "2021-09-30-05:00",
    }


def test_zero_and_nothing_are_not_the_same_price():
    free, unknown = row(transaction(price="0")), row(transaction(price="", cites={"price": ["F1"]}))

    assert (free.price, unknown.price) == (Decimal(0), None)


@pytest.mark.parametrize(
    ("field", "name", "text"),
    [
        ("shares", "shares", "-100"),
        ("shares", "shares", "1E+999999"),
        ("shares", "shares", "$4"),
        ("price", "price", "4 dollars"),
        ("on", "effective_on", "2024-02-30"),
        ("on", "effective_on", "0203-01-05"),
        ("direction", "direction", "B"),
        ("ownership", "ownership", "Direct"),
        ("swap", "equity_swap", "maybe"),
    ],
)
def test_a_field_that_cannot_be_read_is_unknown_and_its_row_stays(field, name, text):
    found = reading(transaction(**{field: text}), holding())
    line = found.filing.rows[0]

    assert getattr(line, name) is None
    assert line.printed[name] == text
    assert [(r.field, r.printed, r.effect) for r in line.repairs] == [(name, text, "field unknown")]
    assert [p.place for p in found.problems] == [f"I.1 {name}"]
    assert len(found.filing.rows) == 2


@pytest.mark.parametrize("text", ["$1,150.20", "$ 1150.20"])
def test_a_sum_of_money_may_bear_its_sign(text):
    line = reading(transaction(price=text)).filing.rows[0]

    assert line.price == Decimal("1150.20")
    assert line.printed["price"] == text


def test_the_document_says_who_about_whom_and_when():
    found = reading(
        form="4/A",
        boxes={
            "dateOfOriginalSubmission": "2024-05-01",
            "notSubjectToSection16": "1",
            "aff10b5One": "true",
            "noSecuritiesOwned": "false",
            "form3HoldingsReported": "1",
            "form4TransactionsReported": "0",
        },
        issuer={"issuerCik": "77", "issuerForeignTradingSymbol": "ACM.L"},
        owners=[
            owner(
                isOfficer="1",
                officerTitle="Chief R&D Officer",
                isTenPercentOwner="false",
                rptOwnerStreet1="1 Main St",
                rptOwnerCity="Springfield",
                rptOwnerState="IL",
                rptOwnerZipCode="62701",
                rptOwnerGoodAddress="true",
            ),
            owner("12", "DOE FAMILY TRUST", isDirector="0", isOther="1", otherText="Trust"),
        ],
        footnotes={"F1": "Held by A & B.", "F2": "Twice\n  as much."},
        remarks="Exhibit 24.",
        signatures=[("/s/ A. Agent", "2024-05-07"), ("/s/ B. Agent", "2024-05-08-04:00")],
    )
    filing = found.filing

    assert (filing.form, filing.period, filing.original_on) == (
        "4/A",
        date(2024, 5, 6),
        date(2024, 5, 1),
    )
    assert (filing.not_subject_to_section16, filing.plan_10b5_1) == (True, True)
    assert (filing.no_securities_owned, filing.form3_holdings_reported) == (False, True)
    assert (filing.form4_transactions_reported, filing.schema_version) == (False, "X0508")
    assert filing.issuer.cik == "0000000077"
    assert (filing.issuer.symbol, filing.issuer.foreign_symbol) == ("ACME", "ACM.L")
    jane, trust = filing.owners
    assert (jane.director, jane.officer, jane.ten_percent_owner, jane.other) == (
        True,
        True,
        False,
        None,
    )
    assert (jane.officer_title, jane.street1, jane.good_address) == (
        "Chief R&D Officer",
        "1 Main St",
        True,
    )
    assert (trust.cik, trust.director, trust.other_text) == ("0000000012", False, "Trust")
    assert filing.footnotes == (
        Footnote(id="F1", text="Held by A & B."),
        Footnote(id="F2", text="Twice\n  as much."),
    )
    assert filing.remarks == "Exhibit 24."
    assert [s.signed_on for s in filing.signatures] == [date(2024, 5, 7), date(2024, 5, 8)]
    assert (filing.format, filing.recovered, found.problems) == ("ownership-xml", False, ())


def test_blank_elements_say_nothing():
    found = reading(
        transaction(timeliness="", nature=" ", deemed_on=""),
        issuer={"issuerTradingSymbol": ""},
        remarks=" \n ",
        boxes={"aff10b5One": ""},
    )

    assert found.problems == ()
    assert (found.filing.remarks, found.filing.issuer.symbol) == (None, None)
    assert found.filing.plan_10b5_1 is None
    assert found.filing.rows[0].nature == ""


def test_an_address_outside_the_country_is_kept_too():
    filing = reading(
        owners=[
            owner(
                rptOwnerNonUSAddressFlag="true",
                rptOwnerNonUSStateTerritory="Bavaria",
                rptOwnerCountry="2M",
            )
        ]
    ).filing

    (abroad,) = filing.owners
    assert (abroad.non_us_address, abroad.non_us_state, abroad.country) == (True, "Bavaria", "2M")


def test_the_accession_number_is_given_and_the_hash_is_of_the_bytes():
    payload = ownership_xml([transaction()])
    filing = reader.read(payload, source="x", accession="000100000124000007").filing

    assert filing.accession == "0001000001-24-000007"
    assert filing.sha256 == hashlib.sha256(payload).hexdigest()
    assert reader.read(payload, source="x").filing.accession is None


def test_an_element_the_specification_does_not_name_is_kept_in_words():
    found = reading(
        transaction(more='<votingPower><value>7</value><footnoteId id="F1"/></votingPower>'),
        boxes={"newBox": "yes"},
        footnotes={"F1": "Note."},
    )

    assert [(p.place, p.effect) for p in found.problems] == [
        ("newBox", "row kept"),
        ("I.1 votingPower", "row kept"),
    ]
    assert "“7”" in found.problems[1].problem
    assert found.filing.rows[0].cited == {"votingPower": ("F1",)}


def test_known_elements_inside_unknown_ones_are_still_read():
    payload = ownership_xml([transaction(), holding("II")])
    payload = payload.replace(b"<derivativeTable>", b"<newGroup><derivativeTable>")
    payload = payload.replace(b"</derivativeTable>", b"</derivativeTable></newGroup>")
    found = reader.read(payload, source="x")

    assert [r.ref for r in found.filing.rows] == ["I.1", "II.1"]
    assert [p.place for p in found.problems] == ["newGroup"]


def test_words_between_the_fields_are_reported():
    payload = ownership_xml([transaction()]).replace(
        b"<transactionAmounts>", b"oops <transactionAmounts>"
    )
    found = reader.read(payload, source="x")

    assert [(p.place, p.effect) for p in found.problems] == [("I.1 text", "row kept")]
    assert len(found.filing.rows) == 1


def test_a_field_that_stands_twice_is_read_once_and_reported():
    payload = ownership_xml(
        [transaction(more="<securityTitle><value>Other</value></securityTitle>")]
    )
    found = reader.read(payload, source="x")

    assert found.filing.rows[0].security == "Common Stock"
    assert [p.place for p in found.problems] == ["I.1 security"]


def test_a_citation_without_its_footnote_is_reported():
    found = reading(transaction(cites={"shares": ("F9",)}))

    assert found.filing.rows[0].cited == {"shares": ("F9",)}
    assert [(p.place, p.effect) for p in found.problems] == [("I.1 shares", "row kept")]


def test_a_code_the_form_does_not_have_is_kept_and_reported():
    found = reading(transaction(code="Q"))

    assert found.filing.rows[0].code == "Q"
    assert [(p.place, p.effect) for p in found.problems] == [("I.1 code", "row kept")]


def test_an_owner_or_issuer_without_a_number_is_reported():
    found = reading(owners=[owner(cik=None)], issuer={"issuerCik": None})

    assert [(p.place, p.effect) for p in found.problems] == [
        ("issuer cik", "field unknown"),
        ("owner 1 cik", "field unknown"),
    ]


def test_the_access_code_of_a_filer_is_never_recorded():
    payload = ownership_xml(
        owners=[
            owner().replace("<rptOwnerName>", "<rptOwnerCcc>s3cr&#36;t</rptOwnerCcc><rptOwnerName>")
        ]
    )
    found = reader.read(payload, source="x")

    assert "s3cr" not in repr(found)
    assert [p.effect for p in found.problems] == ["set aside"]


@pytest.mark.parametrize("form", ["144", "13D", "", "N-PX"])
def test_another_form_is_named_and_refused(form):
    with pytest.raises(NotAnOwnershipForm, match="documentType"):
        reading(form=form)


def test_a_form_that_does_not_say_which_it_is_may_be_told():
    payload = ownership_xml(form=None)

    assert reader.read(payload, source="x", form="5").filing.form == "5"
    with pytest.raises(NotAnOwnershipForm):
        reader.read(payload, source="x")


def test_other_roots_namespaces_and_a_filers_own_submission_are_opened():
    plain = ownership_xml([transaction()], declaration="")
    wrapped = b"<edgarSubmission><formData>" + plain + b"</formData></edgarSubmission>"
    spaced = plain.replace(
        b"<ownershipDocument>", b'<o:ownershipDocument xmlns:o="urn:x" xmlns="urn:y">'
    )
    spaced = spaced.replace(b"</ownershipDocument>", b"</o:ownershipDocument>")
    encoded = (
        b"<edgarSubmission><edgarDocument><documentType>4</documentType><documentMimeBlock>"
        + b64encode(plain)
        + b"</documentMimeBlock></edgarDocument></edgarSubmission>"
    )

    for payload in (wrapped, spaced, encoded):
        found = reader.read(payload, source="x")
        assert [r.shares for r in found.filing.rows] == [100]
        assert found.problems == ()
    assert reader.read(encoded, source="x").filing.sha256 == hashlib.sha256(plain).hexdigest()


def test_xml_without_an_ownership_document_is_another_thing():
    with pytest.raises(NotAnOwnershipForm, match="<schema>"):
        reader.read(b"<schema/>", source="x")
    with pytest.raises(NotAnOwnershipForm, match="not XML"):
        reader.read(b"plain words", source="x")
