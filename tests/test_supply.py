"""What is said of the packages this project is made of is said of every one of them."""

from tests.supply import ACCEPTED, LOCKS, audited, licences, locked, sbom


def page(version, *advisories):
    return {"info": {"version": version}, "vulnerabilities": [{"id": told} for told in advisories]}


def index(**pages):
    """An index with some pages: `name_version` for that of a version, `name` for a package's own."""
    return lambda asked: pages.get(asked.replace("/", "_").replace(".", "_"), {})


def test_a_package_without_advisories_is_clean():
    assert audited([("click", "8.1")], index(click_8_1=page("8.1"))) == (1, [], [])


def test_a_package_with_an_advisory_is_named_with_it():
    audit = audited([("click", "8.1")], index(click_8_1=page("8.1", "PYSEC-1")))

    assert (audit.clean, audit.weak, audit.exit_code) == (0, ["click 8.1: PYSEC-1"], 1)


def test_where_a_version_has_no_page_the_packages_own_speaks_of_the_newest():
    assert audited([("click", "8.1")], index(click=page("8.1"))).exit_code == 0


def test_a_package_of_which_nothing_can_be_learnt_is_not_covered_and_the_others_are_judged():
    packages = [("click", "8.1"), ("lxml", "6"), ("rich", "1")]
    audit = audited(packages, index(click=page("8.2"), lxml_6=page("6")))

    assert audit == (1, [], ["click 8.1", "rich 1"])
    assert audit.lines == [
        "click 8.1: not covered, the index tells nothing of it",
        "rich 1: not covered, the index tells nothing of it",
        "1 of 3 locked packages have no known weakness, 2 are not covered",
    ]
    assert audit.exit_code == 3


def test_a_weakness_outweighs_what_is_not_covered():
    packages = [("click", "8.1"), ("rich", "1")]
    audit = audited(packages, index(click_8_1=page("8.1", "PYSEC-1", "PYSEC-3")))

    assert audit.exit_code == 1
    assert audit.lines[-1] == "0 of 2 locked packages have no known weakness, 1 are not covered"


def test_an_advisory_that_was_taken_back_or_does_not_concern_us_counts_for_nothing(monkeypatch):
    monkeypatch.setitem(ACCEPTED, "PYSEC-2", "what it concerns is never called")
    said = page("8.1", "PYSEC-1", "PYSEC-2")
    said["vulnerabilities"][0]["withdrawn"] = "2026-01-01"

    assert audited([("click", "8.1")], index(click_8_1=said)) == (1, [], [])


def test_every_accepted_advisory_has_its_reason():
    assert all(reason.strip() for reason in ACCEPTED.values())


def test_every_locked_package_bears_a_hash():
    for lock in LOCKS:
        packages = [*locked(lock)]
        assert packages
        assert all(hashes for _, _, hashes in packages)


def test_the_bill_of_materials_lists_what_a_user_installs():
    listed = [(part["name"], part["version"]) for part in sbom()["components"]]

    assert listed == [package[:2] for package in locked("run.lock")]
    assert len(listed) > 10


def test_every_installed_package_says_its_licence():
    assert [name for name, _, licence in licences() if licence == "unknown"] == []
