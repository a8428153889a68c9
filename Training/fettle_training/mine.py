"""Real fixes: functions of which one to six lines changed between neighbouring releases of a project."""

import difflib
import re
from collections import Counter, defaultdict
from pathlib import Path

from .corpus import SKIPPED, TESTS, fingerprint, normal, split_of, standard_libraries, wheel
from .functions import functions, region
from .languages import PYTHON
from .workspace import folder, sources

MOST_LINES = 6


def releases(named: dict):
    """(project, [folder of each release, oldest first])."""
    yield "python", standard_libraries()
    for package, versions in named["pypi"]["release"].items():
        roots = [folder("sources", "release", package, version) for version in versions]
        if any(wheel(package, roots[-1])):
            yield normal(package), [root for root in roots if (root / ".done").exists()]


def python_files(root: Path) -> dict[str, Path]:
    paths = {str(path.relative_to(root)): path for path in root.rglob("*.py")}
    return {name: path for name, path in paths.items() if not SKIPPED.search(name) and not TESTS.search(name)}


def changed_functions(old: Path, new: Path, benchmark: set[str]):
    """(name, old lines, new lines) of functions that both releases have and that differ."""
    before, after = python_files(old), python_files(new)
    for name in before.keys() & after.keys():
        a, b = before[name].read_bytes(), after[name].read_bytes()
        if a == b or not (a.isascii() and b.isascii()) or len(a) > 400_000:
            continue
        a, b = a.decode(), b.decode()
        spans = {function: span for function, *span in functions(a, PYTHON)}
        for function, *span in functions(b, PYTHON):
            if function in spans and function.split(".")[-1].strip("_") not in benchmark:
                x, y = region(a, *spans[function], PYTHON), region(b, *span, PYTHON)
                if x and y and x != y:
                    yield f"{name}:{function}", x, y


def single_change(old: list[str], new: list[str]):
    """(first, end, new first, new end) where the two differ in one place of at most six lines below the header, else None."""
    places = [c[1:] for c in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if c[0] != "equal"]
    if len(places) != 1:
        return None
    first, end, new_first, new_end = places[0]
    if first == 0 or end - first > MOST_LINES or new_end - new_first > MOST_LINES:
        return None
    squeeze = lambda lines: re.sub(r"[\s\"']", "", "".join(lines))
    return None if squeeze(old) == squeeze(new) else places[0]


def run() -> dict[str, list[dict]]:
    """The fixes of each split, as examples. A change that a release makes in many places is a renaming: three of it are kept."""
    named = sources()
    benchmark = set(named["benchmark"]["names"])
    found, times, seen = defaultdict(list), Counter(), set()
    for project, roots in releases(named):
        split = split_of(project, named["splits"])
        count = len(found[split])
        for old, new in zip(roots, roots[1:]):
            for name, before, after in changed_functions(old, new, benchmark):
                place = single_change(before, after)
                if place is None:
                    continue
                first, end, new_first, new_end = place
                change = ("\n".join(before[first:end]).strip(), "\n".join(after[new_first:new_end]).strip())
                key = fingerprint(before + ["->"] + after)
                times[change] += 1
                if key in seen or times[change] > 3:
                    continue
                seen.add(key)
                found[split].append({
                    "language": "python", "above": before[:first], "bug": before[first:end], "fix": after[new_first:new_end],
                    "below": before[end:], "operator": "real", "project": project, "name": name})
        print(f"{project} ({split}): {len(found[split]) - count} fixes", flush=True)
    return found
