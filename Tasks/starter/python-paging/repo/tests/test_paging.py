import pytest

from paging import PageError, Pages


def count(items, size, orphans=0):
    return len(Pages(range(items), size, orphans))


def test_sizes_must_make_sense():
    for size, orphans in ((0, 0), (-1, 0), (5, 5), (5, -1)):
        with pytest.raises(ValueError):
            Pages([], size, orphans)


def test_an_empty_list_has_one_page():
    page = Pages([], 10).page(1)
    assert page.items == ()
    assert page.caption == "nothing"
    assert (page.has_previous, page.has_next) == (False, False)


def test_full_pages_are_counted():
    assert count(10, 10) == 1
    assert count(20, 10) == 2
    assert count(3, 1) == 3


def test_part_of_a_page_is_a_page():
    assert count(1, 10) == 1
    assert count(11, 10) == 2
    assert count(19, 10) == 2
    assert count(23, 10) == 3
    assert count(7, 2) == 4


def test_first_page():
    page = Pages("abcdef", 3).page(1)
    assert page.items == ("a", "b", "c")
    assert page.caption == "1-3"
    assert (page.has_previous, page.has_next) == (False, True)


def test_last_page_has_what_is_left():
    page = Pages("abcdefg", 3).page(3)
    assert page.items == ("g",)
    assert page.caption == "7"
    assert (page.has_previous, page.has_next) == (True, False)


def test_every_item_is_on_exactly_one_page():
    for length in range(1, 25):
        for size in range(1, 8):
            pages = Pages(range(length), size)
            items = [item for number in range(1, len(pages) + 1) for item in pages.page(number).items]
            assert items == list(range(length))
            assert all(
                item in pages.page(pages.page_with(item)).items for item in range(length)
            )


def test_unknown_pages():
    pages = Pages("abcdef", 3)
    for number in (0, -1, 3):
        with pytest.raises(PageError):
            pages.page(number)


def test_orphans_join_the_page_before():
    pages = Pages(range(32), 10, orphans=2)
    assert len(pages) == 3
    assert pages.page(3).caption == "21-32"
    assert pages.page_with(31) == 3
    assert count(30, 10, orphans=2) == 3
    assert count(2, 10, orphans=2) == 1


def test_page_with_an_item():
    pages = Pages("abcdef", 2)
    assert [pages.page_with(index) for index in range(6)] == [1, 1, 2, 2, 3, 3]
    for index in (-1, 6):
        with pytest.raises(PageError):
            pages.page_with(index)


def test_links():
    pages = Pages(range(100), 10)
    assert pages.links(1) == ["1", "2", "…", "10"]
    assert pages.links(5) == ["1", "…", "4", "5", "6", "…", "10"]
    assert pages.links(9, around=2) == ["1", "…", "7", "8", "9", "10"]
    assert Pages(range(30), 10).links(2) == ["1", "2", "3"]
