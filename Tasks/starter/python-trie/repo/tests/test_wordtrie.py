import pytest

from wordtrie import Trie


@pytest.fixture
def trie():
    trie = Trie()
    for word in ("tea", "ten", "tea", "to", "inn", "in", "tea", "to"):
        trie.add(word)
    return trie


def test_empty_trie():
    trie = Trie()
    assert len(trie) == 0
    assert "tea" not in trie
    assert trie.complete("t") == []


def test_words_are_listed_in_order(trie):
    assert list(trie) == ["in", "inn", "tea", "ten", "to"]
    assert len(trie) == 5


def test_empty_word():
    trie = Trie()
    assert trie.count("") == 0
    trie.add("")
    assert trie.count("") == 1
    assert list(trie) == [""]


def test_words_are_counted(trie):
    assert trie.count("tea") == 3
    assert trie.count("to") == 2
    assert trie.count("ten") == 1
    trie.add("ten", 5)
    assert trie.count("ten") == 6


def test_prefixes_are_no_words(trie):
    assert "in" in trie
    assert "inn" in trie
    for text in ("t", "te", "i", "inns", "x", ""):
        assert text not in trie
        assert trie.count(text) == 0


def test_count_must_be_positive(trie):
    for count in (0, -1):
        with pytest.raises(ValueError):
            trie.add("tea", count)
    assert list(trie) == ["in", "inn", "tea", "ten", "to"]


def test_frequent_words_come_first(trie):
    assert trie.complete("t") == ["tea", "to", "ten"]
    assert trie.complete("te") == ["tea", "ten"]
    assert trie.complete("tea") == ["tea"]
    assert trie.complete("x") == []


def test_completion_is_limited(trie):
    assert trie.complete("", limit=3) == ["tea", "to", "in"]
    assert trie.complete("", limit=0) == []


def test_removing_a_word_keeps_the_others(trie):
    trie.remove("in")
    assert list(trie) == ["inn", "tea", "ten", "to"]
    trie.remove("tea")
    assert list(trie) == ["inn", "ten", "to"]
    assert "tea" not in trie


def test_removing_what_is_not_there(trie):
    for word in ("te", "tear", "", "x"):
        with pytest.raises(KeyError):
            trie.remove(word)
    assert len(trie) == 5


def test_longest_prefix(trie):
    assert trie.longest_prefix_of("teapot") == "tea"
    assert trie.longest_prefix_of("inner") == "inn"
    assert trie.longest_prefix_of("tea") == "tea"
    assert trie.longest_prefix_of("tennis, tea") == "ten"
    assert trie.longest_prefix_of("te") == ""
    assert trie.longest_prefix_of("") == ""
    assert trie.longest_prefix_of("xylophone") == ""
