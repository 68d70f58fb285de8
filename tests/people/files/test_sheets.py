import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.files import sheets

TWO_WAYS = "De accenten in dit bestand kun je op twee manieren lezen. Sla het op als CSV (UTF-8)."


def read(content, required=("code", "name"), **options):
    return sheets.read(io.BytesIO(content), required=required, **options)


def said(content, **options):
    with pytest.raises(sheets.Unreadable) as trouble:
        read(content, **options)
    return [str(one) for one in trouble.value.problems]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_make_is_read(encoding, delimiter, newline):
    text = newline.join([f"Code{delimiter}Name", f" A {delimiter} Één ", "", f"B{delimiter}“Twee”", ""])
    rows = read(text.encode(encoding))
    assert [(row.line, row["code"], row["name"]) for row in rows] == [(2, "A", "Één"), (4, "B", "“Twee”")]


@pytest.mark.parametrize("name", "René Zoë Müller André François Björk één Curaçao patiënt Loïs".split())
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_one_name_with_an_accent_is_enough_to_tell_windows_from_mac(name, encoding):
    if name == "Björk" and encoding == "mac_roman":  # "Bjšrk": nothing in it shows which of the two it is
        assert said(f"code,name\nA,{name}\n".encode(encoding)) == [TWO_WAYS]
    else:
        assert read(f"code,name\nA,{name}\n".encode(encoding))[0]["name"] == name


def test_accents_that_can_be_read_in_two_ways_are_refused_rather_than_guessed():
    assert said("code,name\nA,Dušan\n".encode("cp1252")) == [TWO_WAYS]
    assert read("code,name\nA,Dušan\nB,René\n".encode("cp1252"))[0]["name"] == "Dušan"
    assert read("code,name\nA,Björk\nB,René\n".encode("mac_roman"))[0]["name"] == "Björk"


@pytest.mark.parametrize(
    ("heading", "delimiter"), [("sep=;", ";"), ("SEP=,", ","), ('"sep=|"', "|"), ("sep=;;;", ";")]
)
def test_a_first_line_may_say_the_delimiter(heading, delimiter):
    text = f"{heading}\r\ncode{delimiter}name\r\nA{delimiter}b, c; d\r\n".replace(
        "b, c; d", "b, c" if delimiter == ";" else "b" if delimiter == "," else "b, c; d"
    )
    (row,) = read(text.encode())
    assert (row.line, row["name"]) == (3, text.split(delimiter)[-1].strip())


def test_a_column_is_called_as_the_file_calls_it():
    (row,) = read(b"Code,Naam\nA,b\n", also={"naam": "name"})
    assert (row["name"], row.named("name"), row.named("never")) == ("b", "Naam", "never")


def test_a_line_counts_from_where_its_row_begins():
    rows = read(b'code,name\nA,"een\ntwee"\nB,drie\n')
    assert [(row.line, row["name"]) for row in rows] == [(2, "een\ntwee"), (4, "drie")]


def test_columns_that_nobody_asked_for_are_kept_and_cells_may_be_missing():
    row = read(b"code,name,extra\nA\n")[0]
    assert (row.cells, row.get("extra"), row.get("never", "x")) == (
        {"code": "A", "name": "", "extra": ""},
        "",
        "x",
    )


def test_a_path_is_read_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"code,name\nA,b\n")
    assert sheets.read(path, required=["code"])[0]["name"] == "b"


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b"", ["Het bestand is leeg."]),
        (b"\n \n", ["Het bestand is leeg."]),
        (b"code\nA\n", ["Regel 1: de kolom ‘name’ ontbreekt in de kopregel."]),
        (b"code,name,code\n", ["Regel 1: de kolom ‘code’ staat er twee keer."]),
        (b"code,name\nA,b,c\nB,c\nC,d,e\n", [f"Regel {n}: er staan meer cellen dan in de kopregel." for n in (2, 4)]),
        (b'code,name\nA,"b\n', ["Er staat een aanhalingsteken te veel of te weinig in het bestand."]),
        (b"PK\x03\x04rest", ["Dit is een werkmap van een rekenprogramma. Sla het eerst op als CSV (UTF-8)."]),
        (b"code,name\nA,\x00\n", ["Dit bestand is geen leesbare tekst. Sla het op als CSV (UTF-8)."]),
        (b"code,name\nA,\x81\xff\n", ["Dit bestand is geen leesbare tekst. Sla het op als CSV (UTF-8)."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(content, sentences):
    assert said(content) == sentences


def test_a_file_can_be_too_long_or_too_large(monkeypatch):
    assert said(b"code,name\nA,b\nB,c\n", max_rows=1) == ["Het bestand heeft meer dan 1 regels. Splits het."]
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    assert said(b"code,name\nA,b\n") == ["Het bestand is groter dan 5 MB. Splits het."]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(sheets.Unreadable) as trouble:
        sheets.read(tmp_path / "nergens.csv", required=[])
    assert str(trouble.value) == f"Er is geen bestand {tmp_path / 'nergens.csv'}."


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(words, words), max_size=6), st.sampled_from([",", ";"]))
def test_what_is_written_is_read_again(rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("code", "name"), *rows])
    assert [(row["code"], row["name"]) for row in read(out.getvalue().encode())] == [
        (code.strip(), name.strip()) for code, name in rows
    ]


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused_in_sentences(content):
    try:
        read(content)
    except sheets.Unreadable as trouble:
        assert all(str(one).endswith(".") for one in trouble.problems)
