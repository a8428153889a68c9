"""Where settings come from. A layer is a mapping from dotted names to text."""

from __future__ import annotations

from collections.abc import Mapping


def environment_layer(environment: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Variables that begin with `prefix`: APP_HTTP__PORT becomes "http.port"."""
    layer = {}
    for variable, value in environment.items():
        if variable.startswith(prefix):
            name = variable[len(prefix) :].lower().replace("__", ".")
            layer[name] = value
    return layer


def file_layer(text: str) -> dict[str, str]:
    """Lines of "name = value", under optional [section] headers; # begins a comment line."""
    layer = {}
    section = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip() + "."
            continue
        name, separator, value = line.partition("=")
        if not separator or not name.strip():
            raise ValueError(f"line {number}: expected name = value")
        layer[section + name.strip()] = value.strip()
    return layer
