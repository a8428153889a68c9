import csv
import io
import random

import pytest

from fields import join_fields, split_fields


def test_plain_fields():
    assert split_fields("a,b,c") == ["a", "b", "c"]
    assert split_fields("one") == ["one"]


def test_empty_fields():
    assert split_fields("") == [""]
    assert split_fields(",") == ["", ""]
    assert split_fields("a,,b,") == ["a", "", "b", ""]


def test_blanks_are_kept():
    assert split_fields(" a , b") == [" a ", " b"]


def test_separators_within_quotes():
    assert split_fields('1,"a,b",2') == ["1", "a,b", "2"]
    assert split_fields('"a,b"') == ["a,b"]


def test_other_separators():
    assert split_fields("a;b,c", separator=";") == ["a", "b,c"]
    assert split_fields('"a;b";c', separator=";") == ["a;b", "c"]


def test_quotes_around_nothing():
    assert split_fields('"",x') == ["", "x"]
    assert split_fields('x,""') == ["x", ""]


def test_quotes_within_quotes():
    assert split_fields('4711,"TV, 43"" flat",299') == ["4711", 'TV, 43" flat', "299"]
    assert split_fields('"say ""hi"" twice"') == ['say "hi" twice']


def test_only_quotes():
    assert split_fields('""""') == ['"']
    assert split_fields('"""""",') == ['""', ""]


def test_unclosed_quote():
    for line in ('"abc', 'a,"', '"a""'):
        with pytest.raises(ValueError):
            split_fields(line)


def test_joining():
    assert join_fields(["a", "", "b c"]) == "a,,b c"
    assert join_fields(["a,b", 'c"d']) == '"a,b","c""d"'
    assert join_fields(["a,b", "c;d"], separator=";") == 'a,b;"c;d"'


def test_there_and_back():
    numbers = random.Random(109)
    for _ in range(300):
        fields = ["".join(numbers.choice('a,b" ;') for _ in range(numbers.randrange(6))) for _ in range(3)]
        assert split_fields(join_fields(fields)) == fields
        assert split_fields(join_fields(fields, ";"), ";") == fields


def test_as_the_standard_library_does():
    numbers = random.Random(113)
    for _ in range(200):
        fields = ["".join(numbers.choice('xy,"') for _ in range(numbers.randrange(1, 6))) for _ in range(4)]
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(fields)
        assert split_fields(written.getvalue()) == fields
