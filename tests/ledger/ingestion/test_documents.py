"""Finding documents: files, folders, archives, and whatever lies beside them."""

import gzip
import io
import os
import pickle
import sys
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from ledger.errors import ReadError
from ledger.ingestion import archives, unpacking
from ledger.ingestion.documents import Document, accession_of, documents, number_of
from ledger.readers.limits import SIZE_LIMIT


def found(*paths):
    return list(documents(paths))


def names(folder, *paths):
    return [d.name.removeprefix(f"{folder}/") for d in documents(paths or [folder])]


def archive(path, members, **said):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content, **said)
    return path


@pytest.mark.parametrize(
    "path",
    [
        "0001209191-13-014365__doc4.xml",
        "1831761_4_0001209191-13-014365.txt",
        "data/000120919113014365/doc4.xml",
        "data/000120919113014365/xslF345X03/doc4.xml",
        "form4_000120919113014365.xml",
        "data/0001209191-13-014365/primary.xml",
    ],
)
def test_a_name_or_folder_tells_the_accession_number(path):
    assert accession_of(path) == "0001209191-13-014365"


@pytest.mark.parametrize(
    "path",
    ["doc4.xml", "a000120919113014365b.xml", "12345678901234567.xml", "00012091911301436500.txt"],
)
def test_other_digits_are_no_accession_number(path):
    assert accession_of(path) is None


def test_a_file_is_read_only_when_asked_for(tmp_path):
    path = tmp_path / "0001209191-13-014365.xml"
    path.write_bytes(b"first")
    (document,) = found(path)
    path.write_bytes(b"second")

    assert (document.payload, document.accession) == (b"second", "0001209191-13-014365")
    assert document.problem is None


def test_a_folder_is_walked_in_order_of_names_and_everything_in_it_is_met(tmp_path):
    for name in ("b.xml", "a/z.txt", "a/y.pdf", "c.xsd", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")

    assert names(tmp_path) == [".hidden", "a/y.pdf", "a/z.txt", "b.xml", "c.xsd"]


def test_what_is_not_there_is_a_problem_and_no_exception(tmp_path):
    (tmp_path / "real.xml").write_bytes(b"x")
    missing, real = found(tmp_path / "missing.xml", tmp_path / "real.xml")

    assert missing.problem is not None
    assert missing.problem.problem == "no such file or directory; check how the path is written"
    assert missing.problem.effect == "set aside"
    with pytest.raises(ReadError, match="no such file"):
        _ = missing.payload
    assert real.payload == b"x"


def test_a_file_that_vanishes_or_is_closed_to_us_says_so_when_read(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"x")
    (document,) = found(path)
    path.unlink()

    with pytest.raises(ReadError, match="no such file"):
        _ = document.payload


def test_links_pipes_and_loops_in_a_folder_are_left_alone(tmp_path):
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.xml").write_bytes(b"x")
    (inside / "link.xml").symlink_to(outside / "secret.xml")
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe.xml")
    link, loop, pipe = found(inside)

    assert all(d.problem is not None for d in (link, loop, pipe))
    assert "not followed" in link.problem.problem
    assert "pipe" in pipe.problem.problem
    assert found(inside / "link.xml")[0].payload == b"x"


def test_a_device_is_not_opened():
    (device,) = found("/dev/zero")

    assert device.problem is not None


def test_a_file_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)

    with pytest.raises(ReadError, match="50 MB"):
        _ = found(path)[0].payload


def test_a_folder_nested_deeper_than_a_call_stack_is_walked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(1_500):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.xml").write_bytes(b"x")
    met = found(tmp_path)
    Path("a.xml").unlink()
    for _ in range(1_500):  # the usual ways to remove a tree recurse
        os.chdir("..")
        Path("d").rmdir()

    assert len(met) == 1


def test_a_name_with_any_bytes_can_be_shown(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[31m.xml")).write_bytes(b"x")
    (document,) = found(tmp_path)

    assert document.name.endswith("\ufffd?[31m.xml")
    assert document.payload == b"x"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archives_are_read_in_their_order_without_unpacking(tmp_path):
    path = archive(
        tmp_path / "all.ZIP",
        [
            ("b/0001209191-13-014365.xml", b"one"),
            ("a.xml", b"two"),
            ("a.xml", b"three"),
            ("d/", b""),
        ],
    )

    assert names(tmp_path) == [
        "all.ZIP:b/0001209191-13-014365.xml",
        "all.ZIP:a.xml",
        "all.ZIP:a.xml",
    ]
    assert [d.payload for d in found(path)] == [b"one", b"two", b"three"]
    assert found(path)[0].accession == "0001209191-13-014365"
    assert [p.name for p in tmp_path.iterdir()] == ["all.ZIP"]


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/passwd", "a\\..\\b.xml", "x\x1b[0m.xml"])
def test_a_members_name_is_never_a_path(tmp_path, name):
    path = archive(tmp_path / "a.zip", [(name, b"x")])
    (document,) = found(path)

    assert document.payload == b"x"
    assert "\x1b" not in document.name
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_a_bomb_is_counted_as_it_unpacks(tmp_path, monkeypatch):
    bomb = archive(tmp_path / "bomb.zip", [("zeros.xml", bytes(30_000_000)), ("good.xml", b"x")])
    zeros, good = found(bomb)

    assert "200 times" in zeros.problem.problem
    assert good.payload == b"x"

    monkeypatch.setattr(archives, "UNPACKED_LIMIT", 2_500)
    stored = tmp_path / "much.zip"
    with zipfile.ZipFile(stored, "w") as file:
        for number in range(4):
            file.writestr(f"{number}.xml", os.urandom(1_000))
    *read, over, rest = found(stored)
    assert [len(d.payload) for d in read] == [1_000, 1_000]
    assert over.problem is not None
    assert "1 members are not read" in rest.problem.problem


def test_too_many_members_are_refused_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 2)
    monkeypatch.setattr(unpacking, "MEMBER_LIMIT", 2)
    path = archive(tmp_path / "a.zip", [(f"{n}.xml", b"x") for n in range(3)])

    assert "more than 2 members" in found(path)[0].problem.problem


def test_an_archive_within_an_archive_is_read_to_the_third(tmp_path):
    def wrapped(depth):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("a.xml", b"x")
            if depth:
                file.writestr("in.zip", wrapped(depth - 1))
        return inner.getvalue()

    path = tmp_path / "outer.zip"
    path.write_bytes(wrapped(3))
    *read, deepest = found(path)

    assert [d.payload for d in read] == [b"x"] * 3
    assert deepest.problem.problem.startswith("an archive within 3 others")


def test_archives_within_one_another_share_one_allowance(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED_LIMIT", 3_000)
    inner = archive(tmp_path / "inner.zip", [("a.xml", os.urandom(1_400))]).read_bytes()
    outer = archive(tmp_path / "outer.zip", [("1.zip", inner), ("2.zip", inner)])

    first, second, *_ = found(outer)

    assert len(first.payload) == 1_400
    assert "than its archive may be" in second.problem.problem


def feed(path, members, mode="w:gz"):
    with tarfile.open(path, mode) as file:
        for name, content in members:
            told = tarfile.TarInfo(name)
            told.size = len(content)
            file.addfile(told, io.BytesIO(content))
    return path


@pytest.mark.parametrize(("name", "mode"), [("20240506.nc.tar.gz", "w:gz"), ("day.tar", "w")])
def test_a_daily_feed_is_read_member_by_member(tmp_path, name, mode):
    members = [("0001000001-24-000007.nc", b"one"), ("0001000001-24-000008.nc", b"two")]
    path = feed(tmp_path / name, members, mode)

    assert [(d.accession, d.payload) for d in found(path)] == [
        ("0001000001-24-000007", b"one"),
        ("0001000001-24-000008", b"two"),
    ]


def test_a_feed_takes_no_more_memory_the_more_it_holds(tmp_path):
    path = feed(tmp_path / "day.tar", [(f"{n:06}.nc", b"x") for n in range(3_000)], "w")
    held = []
    tracemalloc.start()
    for number, _ in enumerate(documents([path])):
        if number % 1_000 == 500:
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()

    assert held[-1] < held[0] + 100_000  # of 2,000 members, whose headers alone would be a million


def test_a_feed_cut_short_gives_what_came_before_and_says_so(tmp_path):
    members = [(f"{n}.nc", os.urandom(30_000)) for n in range(4)]
    path = feed(tmp_path / "day.tar.gz", members)
    path.write_bytes(path.read_bytes()[:80_000])

    *read, last = found(path)

    assert [len(d.payload) for d in read] == [30_000, 30_000]
    assert "a damaged archive" in last.problem.problem


@pytest.mark.parametrize("size", [0, 200])
def test_a_feed_cut_or_damaged_at_the_head_of_a_member_says_so(tmp_path, size):
    path = feed(tmp_path / "day.tar", [(f"{n}.nc", b"x" * 100) for n in range(3)], "w")
    whole = path.read_bytes()
    path.write_bytes(whole[: 1024 + size] if size else whole[:1024] + b"?" * 512 + whole[1536:])

    first, last = found(path)

    assert first.payload == b"x" * 100
    assert "a damaged archive" in last.problem.problem


def test_a_feed_of_zeros_is_left_at_the_ratio(tmp_path):
    path = feed(tmp_path / "day.tar.gz", [(f"{n}.nc", bytes(40_000_000)) for n in range(3)])

    assert found(path)[-1].problem.problem.endswith("split the archive")


def test_of_a_packed_tar_that_is_not_what_was_packed_nothing_is_read(tmp_path):
    path = feed(tmp_path / "day.tar.gz", [("0.nc", b"holds 1,000"), ("1.nc", b"holds 2,000")])
    whole = gzip.decompress(path.read_bytes())
    packed = bytearray(gzip.compress(whole, compresslevel=0))
    packed[packed.index(b"1,000")] = ord("7")
    path.write_bytes(packed)

    (told,) = found(path)

    assert "a damaged archive: CRC check failed" in told.problem.problem


def test_a_gzip_is_one_document_under_its_own_name(tmp_path):
    path = tmp_path / "0001000001-24-000007.txt.gz"
    path.write_bytes(gzip.compress(b"one"))
    (document,) = found(path)

    assert (document.accession, document.payload) == ("0001000001-24-000007", b"one")

    path.write_bytes(gzip.compress(bytes(40_000_000)))
    assert "200 times" in found(path)[0].problem.problem


def test_an_encrypted_member_is_set_aside(tmp_path):
    path = archive(tmp_path / "a.zip", [("a.xml", b"x")])
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    assert "encrypted" in found(path)[0].problem.problem


def test_a_damaged_archive_is_a_problem_wherever_it_is_damaged(tmp_path):
    path = archive(tmp_path / "a.zip", [("a.xml", b"x" * 500), ("b.xml", os.urandom(500))])
    whole = path.read_bytes()

    for cut in range(0, len(whole) - 1, 37):
        path.write_bytes(whole[:cut])
        assert all(d.problem is not None for d in found(path))
    for place in range(0, len(whole), 11):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        for document in found(path):
            assert document.problem or document.payload in (b"x" * 500, document.content)


def test_standard_input_is_one_document(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<a/>")))
    (document,) = found("-")

    assert (document.name, document.payload, document.accession) == ("-", b"<a/>", None)


def test_a_document_can_be_sent_to_another_process(tmp_path):
    (tmp_path / "a.xml").write_bytes(b"x")
    archive(tmp_path / "b.zip", [("m.xml", b"y")])
    sent = pickle.loads(pickle.dumps(found(tmp_path)))

    assert [d.payload for d in sent] == [b"x", b"y"]
    assert all(isinstance(d, Document) for d in sent)


def test_how_many_there_are_is_known_before_any_is_read_unless_they_are_packed(tmp_path):
    for name in ("a.xml", "deep/b.txt", "deep/deeper/c.pdf", "deep/no-form"):
        (tmp_path / "forms" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "forms" / name).write_bytes(b"one")
    (tmp_path / "forms" / "link").symlink_to(tmp_path)
    paths = [tmp_path / "forms", tmp_path / "forms" / "a.xml", tmp_path / "nowhere.xml", "-"]

    assert number_of(paths) == 5 + 1 + 1 + 1
    assert number_of(paths[:3]) == len(list(documents(paths[:3])))
    for packed in ("2024q3.ZIP", "SUBMISSION.tsv"):
        (tmp_path / "forms" / "deep" / packed).write_bytes(b"")
        assert number_of(paths) is None
        (tmp_path / "forms" / "deep" / packed).unlink()


def test_each_of_several_data_sets_in_one_archive_is_named(tmp_path):
    sets = [(f"{quarter}/SUBMISSION.tsv", "") for quarter in ("2024q1", "2024q2")]
    whole = archive(tmp_path / "year.zip", [*sets, ("SUBMISSION.tsv", "")])

    assert names(tmp_path, whole) == ["year.zip:2024q1", "year.zip:2024q2", "year.zip"]


def packed_tar(*members, claimed=None):
    """A tar, packed, whose first member may claim another size than it has."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as file:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    if claimed is None:
        return gzip.compress(held.getvalue())
    told = tarfile.TarInfo(members[0][0])
    told.size = claimed
    return gzip.compress(told.tobuf() + held.getvalue()[512:])


@pytest.mark.parametrize("claimed", [None, 4 * 1024**3])
def test_an_archive_in_another_takes_nothing_from_those_beside_it(tmp_path, claimed):
    form = b"<ownershipDocument/>" + os.urandom(20_000)
    inner = packed_tar(("a.xml", b"<ownershipDocument/>"), claimed=claimed)
    others = [(f"{number}.xml", form) for number in range(40)]
    whole = archive(tmp_path / "whole.zip", [("day.tar.gz", inner), *others])

    came = [d for d in found(whole) if d.problem is None]

    assert [d.name.rpartition(":")[2] for d in came][-40:] == [name for name, _ in others]
