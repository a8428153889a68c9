"""Look settings up and turn them into values."""

from __future__ import annotations

from collections.abc import Mapping

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


class SettingError(ValueError):
    """A setting has a value that makes no sense."""


class Settings:
    """Layers of settings; the first layer that knows a name wins."""

    def __init__(self, *layers: Mapping[str, str]) -> None:
        self._layers = layers

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """The setting as it was written."""
        found = self._find(name)
        return default if found is None else found

    def number(self, name: str, default: int = 0) -> int:
        """The setting as a whole number; underscores may group its digits."""
        found = self._find(name)
        try:
            return int(found.strip())
        except ValueError:
            raise SettingError(f"{name} is not a number: {found!r}") from None

    def flag(self, name: str, default: bool = False) -> bool:
        """The setting as yes or no."""
        word = self.text(name, "yes" if default else "no").strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise SettingError(f"{name} is neither yes nor no: {word!r}")

    def seconds(self, name: str, default: float = 0.0) -> float:
        """The setting as a duration: "250ms", "30s", "5m", "2h", or plain seconds."""
        text = self.text(name).strip()
        if not text:
            return default
        figure = text.rstrip("mhs")
        unit = text[len(figure) :] or "s"
        if unit not in UNITS or not figure.replace(".", "", 1).isdigit():
            raise SettingError(f"{name} is not a duration: {text!r}")
        return float(figure) * UNITS[unit]

    def words(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The setting as a list, separated by commas; empty items are dropped."""
        if name not in self:
            return default
        items = (item.strip() for item in self.text(name).split(","))
        return tuple(item for item in items if item)

    def _find(self, name: str) -> str | None:
        for layer in self._layers:
            if name in layer:
                return layer[name]
        return None
