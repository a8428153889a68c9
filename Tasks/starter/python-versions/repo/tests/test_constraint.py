import pytest

from versions import Constraint, Version, VersionError


def allowed(constraint, *texts):
    parsed = Constraint.parse(constraint)
    return [text for text in texts if parsed.allows(Version.parse(text))]


def test_comparisons():
    assert allowed(">=1.2.0, <2.0.0", "1.1.9", "1.2.0", "1.9.9", "2.0.0") == ["1.2.0", "1.9.9"]
    assert allowed(">1.0.0,<=1.1.0", "1.0.0", "1.0.1", "1.1.0", "1.1.1") == ["1.0.1", "1.1.0"]
    assert allowed("1.0.0", "1.0.0", "1.0.1") == ["1.0.0"]
    assert allowed("!= 1.0.0", "1.0.0", "1.0.1") == ["1.0.1"]


def test_caret():
    assert allowed("^1.4.2", "1.4.1", "1.4.2", "1.9.0", "2.0.0") == ["1.4.2", "1.9.0"]
    assert allowed("^0.3.1", "0.3.0", "0.3.9", "0.4.0") == ["0.3.9"]
    assert allowed("^0.0.3", "0.0.3", "0.0.4") == ["0.0.3"]


def test_tilde():
    assert allowed("~1.4.2", "1.4.1", "1.4.9", "1.5.0") == ["1.4.9"]


def test_not_a_constraint():
    for text in ("", "=>1.0.0", ">=", "^1", ">=1.0.0,"):
        with pytest.raises(VersionError):
            Constraint.parse(text)


def test_best_prefers_stable_versions():
    versions = [Version.parse(text) for text in ("1.0.0", "1.3.0", "1.4.0-rc.1", "1.1.0", "2.0.0")]
    assert Constraint.parse("^1.0.0").best(versions) == Version(1, 3, 0)
    assert Constraint.parse(">=3.0.0").best(versions) is None


def test_best_of_prereleases():
    versions = [Version.parse(text) for text in ("1.0.0-rc.2", "1.0.0-rc.10", "1.0.0-beta")]
    assert Constraint.parse("<1.0.0").best(versions) == Version(1, 0, 0, ("rc", "10"))
