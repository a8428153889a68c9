import pytest

from versions import Version, VersionError

ORDERED = [
    "0.9.9",
    "1.0.0-1",
    "1.0.0-2",
    "1.0.0-11",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1",
    "1.2.0",
    "1.10.0",
    "2.0.0",
]


def parse(*texts):
    return [Version.parse(text) for text in texts]


def test_parse_and_print():
    version = Version.parse(" v1.20.3-rc.1+linux ")
    assert version == Version(1, 20, 3, ("rc", "1"))
    assert version.build == "linux"
    assert str(version) == "1.20.3-rc.1+linux"
    assert str(Version.parse("0.1.0")) == "0.1.0"


def test_not_a_version():
    for text in ("", "1", "1.2", "1.2.x", "1.2.3.4", "1.2.3-"):
        with pytest.raises(VersionError):
            Version.parse(text)


def test_builds_are_not_compared():
    one, two = parse("1.0.0+a", "1.0.0+b")
    assert one == two
    assert not one < two


def test_releases_are_compared_as_numbers():
    low, high = parse("1.9.0", "1.10.0")
    assert low < high
    assert high > low
    assert max(parse("2.0.0", "10.0.0", "9.9.9")) == Version(10, 0, 0)


def test_prerelease_comes_before_release():
    early, final = parse("1.0.0-rc.1", "1.0.0")
    assert early < final
    assert not final < early


def test_numbers_come_before_words():
    number, word = parse("1.0.0-5", "1.0.0-a")
    assert number < word
    assert not word < number


def test_order_of_everything():
    versions = parse(*ORDERED)
    assert sorted(reversed(versions)) == versions
    for earlier, later in zip(versions, versions[1:]):
        assert earlier < later
        assert not later < earlier


def test_stability():
    assert [version.is_stable for version in parse("1.0.0", "0.9.0", "2.0.0-rc.1")] == [True, False, False]


def test_bumping():
    version = Version.parse("1.2.3-rc.1")
    assert [str(version.bumped(part)) for part in ("major", "minor", "patch")] == ["2.0.0", "1.3.0", "1.2.4"]
    with pytest.raises(VersionError):
        version.bumped("micro")
