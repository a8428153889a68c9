"""Where the pipeline's data lies, and what the configuration says."""

import json
import os
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def folder(*parts: str) -> Path:
    """A folder of the workspace, made when missing. `FETTLE_TRAINING_DATA` says where the workspace is."""
    path = Path(os.environ.get("FETTLE_TRAINING_DATA", HERE / ".data")).joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True)
    return path


def sources() -> dict:
    return tomllib.loads((HERE / "sources.toml").read_text())


def configuration(name: str) -> dict:
    """A file of `configs/`, by its name (`cpu`, `gpu`, `smoke`)."""
    return tomllib.loads((HERE / "configs" / f"{name}.toml").read_text())


def write_atomically(path: Path, content: bytes) -> None:
    """Puts a file in place in one step, so that an interrupted stage never leaves half of it."""
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(content)
    os.replace(partial, path)


def read_lines(path: Path):
    """The records of a JSON-lines file."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def write_lines(path: Path, records) -> int:
    """Writes records as JSON lines and returns how many there were."""
    partial, count = path.with_name(path.name + ".partial"), 0
    with open(partial, "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    os.replace(partial, path)
    return count
