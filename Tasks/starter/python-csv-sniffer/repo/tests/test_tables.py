import pytest

from tables import Dialect, read_rows, read_table, sniff
from tables.dialect import consistency, guess_quote, split_line

PRICES = "name;price;stock\nBolt, M8;0,35;1200\nNut, M8;0,12;800\n"


def test_split_plain_line():
    assert split_line("a,b,,c", Dialect()) == ["a", "b", "", "c"]
    assert split_line("", Dialect()) == [""]
    assert split_line("a;b", Dialect()) == ["a;b"]


def test_split_quoted_line():
    assert split_line('"a,b",c', Dialect()) == ["a,b", "c"]
    assert split_line('"say ""hi""",x', Dialect()) == ['say "hi"', "x"]
    assert split_line("it\"s,5'", Dialect()) == ['it"s', "5'"]
    assert split_line("'a;b';c", Dialect(";", "'")) == ["a;b", "c"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_only_one_delimiter_in_the_text(delimiter):
    text = f"a{delimiter}b\n1{delimiter}2\n3{delimiter}4\n"
    assert sniff(text).delimiter == delimiter


def test_text_without_delimiters_or_lines():
    assert sniff("") == Dialect()
    assert sniff("\n  \n") == Dialect()
    assert sniff("one\ntwo\n").delimiter == ","


def test_decimal_commas_do_not_win_over_semicolons():
    assert sniff(PRICES).delimiter == ";"
    assert read_rows(PRICES)[1] == ["Bolt, M8", "0,35", "1200"]


def test_most_lines_decide():
    text = "a|b|c,\n1|2|3\n4|5|6\n7|8\n"
    assert sniff(text).delimiter == "|"
    text = "k\tv\nx\t1,5\ny\t2,5\nz\t7\nw\t8\n"
    assert sniff(text).delimiter == "\t"


def test_consistency():
    lines = ["a,b", "c,d", "e,f,g", "h"]
    assert consistency(lines, Dialect(",")) == (0.5, 2)
    assert consistency(["a,b", "c,d,e", "f,g,h"], Dialect(",")) == (2 / 3, 3)
    assert consistency(["a,b", "c,d,e"], Dialect(",")) == (0.5, 3)
    assert consistency(lines, Dialect("|")) == (0.0, 1)


def test_quote_at_the_edges_of_fields():
    assert guess_quote(["'a','b'", "\"c\",'d'"], ",") == "'"
    assert guess_quote(['"a",b', "it's,so"], ",") == '"'
    assert guess_quote(["a,b"], ",") == '"'


def test_quoted_delimiters_do_not_count():
    text = "name,city\n'Roe; Jane','Oslo; N'\n'Doe; John','Bern; CH'\n"
    assert sniff(text) == Dialect(",", "'")


def test_records_by_header():
    assert read_table(PRICES) == [
        {"name": "Bolt, M8", "price": "0,35", "stock": "1200"},
        {"name": "Nut, M8", "price": "0,12", "stock": "800"},
    ]


def test_short_rows_are_filled_up():
    assert read_table("a, b\n1,2\n3\n") == [{"a": "1", "b": "2"}, {"a": "3", "b": ""}]
    assert read_table("") == []


def test_same_name_twice_is_refused():
    with pytest.raises(ValueError, match="same name"):
        read_table("a,a\n1,2\n")
