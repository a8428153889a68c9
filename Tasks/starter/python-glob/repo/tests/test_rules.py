from ignore import Rules


def test_comments_and_blank_lines():
    rules = Rules(["# *.py", "", "  ", "*.log"])
    assert rules.keep(["a.py", "a.log"]) == ["a.py"]


def test_names_match_in_every_folder():
    rules = Rules(["*.o"])
    assert rules.ignores("main.o")
    assert rules.ignores("src/deep/main.o")
    assert not rules.ignores("src/main.c")


def test_anchored_rules():
    rules = Rules(["/build", "docs/*.html"])
    assert rules.ignores("build")
    assert not rules.ignores("src/build")
    assert rules.ignores("docs/a.html")
    assert not rules.ignores("docs/api/a.html")


def test_folders_take_their_contents_along():
    rules = Rules(["cache/"])
    assert rules.ignores("cache/")
    assert rules.ignores("src/cache/a/b.txt")
    assert not rules.ignores("cache")


def test_later_rules_win():
    rules = Rules(["*.log", "!keep.log"])
    assert rules.ignores("a.log")
    assert not rules.ignores("keep.log")
    assert Rules(["!keep.log", "*.log"]).ignores("keep.log")
