import pytest

from settings import SettingError, Settings, environment_layer, file_layer

FILE = """
# server
name = demo

[http]
port = 8_080
timeout = 1.5m
tags = a, b,, c
"""


@pytest.fixture
def settings():
    return Settings(environment_layer({"APP_HTTP__DEBUG": "Yes", "HOME": "/"}, "APP_"), file_layer(FILE))


def test_environment_names():
    assert environment_layer({"APP_HTTP__PORT": "1", "APP_X": "2", "Y": "3"}, "APP_") == {
        "http.port": "1",
        "x": "2",
    }


def test_file_names():
    assert file_layer(FILE) == {
        "name": "demo",
        "http.port": "8_080",
        "http.timeout": "1.5m",
        "http.tags": "a, b,, c",
    }


@pytest.mark.parametrize("text", ["nonsense", "= 5", "a = 1\n[open"])
def test_malformed_file(text):
    with pytest.raises(ValueError, match="expected name = value"):
        file_layer(text)


def test_membership(settings):
    assert "name" in settings
    assert "http.debug" in settings
    assert "home" not in settings


def test_first_layer_wins():
    settings = Settings({"a": "1"}, {"a": "2", "b": "3"})
    assert settings.text("a") == "1"
    assert settings.text("b") == "3"


def test_text(settings):
    assert settings.text("name") == "demo"
    assert settings.text("theme") == ""
    assert settings.text("theme", "light") == "light"
    assert Settings({"theme": ""}).text("theme", "light") == ""


def test_number_that_is_there(settings):
    assert settings.number("http.port") == 8080
    assert Settings({"n": " -3 "}).number("n", 5) == -3
    assert Settings({"n": "0"}).number("n", 5) == 0


def test_number_that_is_absent(settings):
    assert settings.number("workers", default=4) == 4
    assert settings.number("workers") == 0
    assert Settings().number("port", 8080) == 8080


def test_number_that_is_none(settings):
    for text in ("", "abc", "1.5"):
        with pytest.raises(SettingError, match="n is not a number"):
            Settings({"n": text}).number("n", 5)


def test_flag(settings):
    assert settings.flag("http.debug")
    assert not settings.flag("verbose")
    assert settings.flag("verbose", default=True)
    assert not Settings({"v": "OFF"}).flag("v", default=True)
    with pytest.raises(SettingError, match="neither"):
        Settings({"v": "maybe"}).flag("v")


def test_seconds(settings):
    assert settings.seconds("http.timeout") == 90
    assert settings.seconds("retry", 2.5) == 2.5
    assert Settings({"t": "250ms"}).seconds("t") == 0.25
    assert Settings({"t": "2h"}).seconds("t") == 7200
    assert Settings({"t": "7"}).seconds("t") == 7
    for text in ("x", "5d", "5 m s", "s"):
        with pytest.raises(SettingError, match="duration"):
            Settings({"t": text}).seconds("t")


def test_words(settings):
    assert settings.words("http.tags") == ("a", "b", "c")
    assert settings.words("absent", ("x",)) == ("x",)
    assert Settings({"w": ""}).words("w", ("x",)) == ()
