"""Stage 1b: functions of permissively licensed projects, split by project, near-duplicates across the split removed.

Reads what `fetch` brought, the standard library and the installed distributions of this machine's Pythons, and the git
repositories under `FETTLE_SWIFT_PACKAGES` (by default SwiftPM's checkouts).
"""

import hashlib
import io
import os
import random
import re
import subprocess
import sysconfig
import tarfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from . import licences
from .functions import functions, region
from .languages import BY_EXTENSION
from .workspace import HERE, folder, read_lines, sources, write_lines

SKIPPED = re.compile(
    r"(^|/)(_?vendor(ed)?|third_party|_distutils|extern|external|node_modules|site-packages|idlelib|lib2to3|pydoc_data|encodings|"
    r"testdata|fixtures|generated|migrations|locale|Pods|\.build|min)(/|$)|\.min\.js$|_pb2\.py$|\.pb\.swift$|bundle|\.d\.ts$|\.umd\.")
TESTS = re.compile(r"(^|/)(tests?|testing|Tests|benchmarks?|examples?)(/|$)|(^|/)test_|_test\.\w+$|Tests?\.(swift|java)$")
LOOP = re.compile(r"^\s*(for|while|repeat)\b", re.M)
CONDITION = re.compile(r"^\s*(if|elif|\} else if|guard|switch|match)\b", re.M)


@dataclass
class Project:
    name: str
    licence: str
    root: Path | None = None
    repository: Path | None = None
    files: list[str] | None = None

    def texts(self, limit: int, seed: int):
        """(path, text) of its sources; a sample of `limit` of them."""
        paths = self.files if self.files is not None else self._list()
        paths = sorted(p for p in paths if Path(p).suffix in BY_EXTENSION and not SKIPPED.search(p))
        if len(paths) > limit:
            paths = sorted(random.Random(f"{seed}{self.name}").sample(paths, limit))
        for path, text in self._read_archive(paths) if self.repository else self._read_files(paths):
            if text and len(text) < 400_000:
                yield path, text.replace("\r\n", "\n")

    def _list(self):
        if self.repository:
            return git(self.repository, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
        return [str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file()]

    def _read_files(self, paths):
        for path in paths:
            try:
                yield path, (self.root / path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue

    def _read_archive(self, paths):
        """The files of a repository's HEAD, by one call of git."""
        wanted = set(paths)
        archive = subprocess.run(["git", "--git-dir", self.repository, "archive", "HEAD"], capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
            for member in opened:
                if member.isfile() and member.name in wanted:
                    yield member.name, opened.extractfile(member).read().decode("utf-8", "replace")


def git(repository: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "--git-dir", repository, *arguments], capture_output=True, text=True, errors="replace", check=False).stdout


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def standard_libraries() -> list[Path]:
    """One `lib/python3.x` for each Python that is installed, oldest first."""
    found = [Path(sysconfig.get_path("stdlib"))]
    found += Path.home().glob(".pyenv/versions/3.*/lib/python3.*")
    version = lambda p: tuple(map(int, re.findall(r"\d+", p.name)))
    return sorted({version(p): p for p in found if p.is_dir()}.values(), key=version)


def installed(site: Path):
    """The distributions of a site-packages folder whose licence allows it."""
    for metadata in sorted(site.glob("*.dist-info/METADATA")):
        licence = licences.of_metadata(metadata)
        record = metadata.with_name("RECORD")
        if licence and record.exists():
            files = [line.split(",")[0] for line in record.read_text(errors="replace").splitlines()]
            yield Project(normal(metadata.parent.name.split("-")[0]), licence, root=site, files=[f for f in files if not f.startswith("..")])


def fetched(named: dict):
    for package in named["pypi"]["corpus"]:
        yield from wheel(package, folder("sources", "pypi", package))
    for package, releases in named["pypi"]["release"].items():
        yield from wheel(package, folder("sources", "release", package, releases[-1]))
    for package in named["debian"]["source"] + named["debian"]["binary"]:
        licence = next(text for prefix, text in named["debian"]["licence"].items() if package.startswith(prefix))
        yield Project(f"debian:{package}", licence, root=folder("sources", "debian", package))


def wheel(package: str, root: Path):
    for metadata in root.glob("*.dist-info/METADATA"):
        licence = licences.of_metadata(metadata)
        if licence:
            yield Project(normal(package), licence, root=root)
        else:
            print(f"left out {package}: its licence is not among the permissive ones", flush=True)


def swift_packages():
    place = Path(os.environ.get("FETTLE_SWIFT_PACKAGES", HERE.parent / ".build" / "checkouts"))
    seen = set()
    for repository in sorted([*place.glob("*/*.git"), *place.glob("*/.git")]):
        name = repository.stem if repository.suffix == ".git" and repository.name != ".git" else repository.parent.name
        head = git(repository, "rev-parse", "HEAD").strip()
        listing = git(repository, "ls-tree", "--name-only", "HEAD").split("\n")
        licence_file = next((f for f in listing if re.match(r"(?i)licen[cs]e", f)), None)
        licence = licences.of_text(git(repository, "show", f"HEAD:{licence_file}")) if licence_file else None
        if licence and head not in seen:
            seen.add(head)
            yield Project(f"swift:{name}", licence, repository=repository)


def projects():
    """Every project once, under its first name; excluded ones left out."""
    named, seen = sources(), set()
    excluded = set(named["splits"]["excluded"])
    libraries = standard_libraries()
    found = [Project("python", "PSF-2.0", root=libraries[-1])]
    found += fetched(named)
    found += swift_packages()
    for library in libraries:
        found += installed(library / "site-packages")
    found += installed(Path(sysconfig.get_path("purelib")))
    for project in found:
        key = project.name.lower()
        if key not in seen and normal(key) not in excluded:
            seen.add(key)
            yield project


def split_of(name: str, splits: dict) -> str:
    listed = lambda names: name.lower() in {n.lower() for n in names}
    return "test" if listed(splits["test"]) else "validation" if listed(splits["validation"]) else "train"


def read_functions(project: Project, limit: int, seed: int, benchmark: set[str]):
    for path, text in project.texts(limit, seed):
        language = BY_EXTENSION[Path(path).suffix]
        is_test = bool(TESTS.search(path))
        try:
            found = list(functions(text, language))
        except RecursionError:
            continue
        for name, first, last in found:
            if name.split(".")[-1].strip("_") in benchmark:
                continue
            lines = region(text, first, last, language)
            if lines:
                yield {"project": project.name, "path": path, "name": name, "language": language.name, "lines": lines,
                       "weight": weight("\n".join(lines), is_test)}


def weight(body: str, is_test: bool) -> float:
    """How often a function is drawn: code that loops and decides is where bugs live; tests teach little."""
    if is_test:
        return 0.1
    return 1 + 0.7 * min(3, len(LOOP.findall(body))) + 0.3 * min(3, len(CONDITION.findall(body)))


def fingerprint(lines: list[str]) -> bytes:
    """Equal for functions that differ in white space alone."""
    return hashlib.blake2b("".join("".join(line.split()) for line in lines).encode(), digest_size=8).digest()


class NearDuplicates:
    """Finds functions most of whose telling lines stand together in one held-out function."""

    def __init__(self, held):
        self.index = defaultdict(list)
        for number, function in enumerate(held):
            for line in self.telling(function["lines"]):
                if len(self.index[line]) < 40:
                    self.index[line].append(number)

    @staticmethod
    def telling(lines):
        return {hash(squeezed) for line in lines if len(squeezed := "".join(line.split())) > 12}

    def contains(self, lines) -> bool:
        telling = self.telling(lines)
        shared = Counter(number for line in telling for number in self.index.get(line, ()))
        return bool(shared) and shared.most_common(1)[0][1] >= max(2, 0.6 * len(telling))


def run(limit: int, seed: int = 1) -> None:
    """Reads each project once (`corpus/projects/NAME.jsonl` is kept), then splits them."""
    named = sources()
    benchmark, parts = set(named["benchmark"]["names"]), folder("corpus", "projects")
    found = list(projects())
    held_out_first = sorted(found, key=lambda project: split_of(project.name, named["splits"]) == "train")
    for project in held_out_first:
        part = parts / f"{project.name.replace('/', '_')}.jsonl"
        if not part.exists():
            count = write_lines(part, read_functions(project, limit, seed, benchmark))
            print(f"{project.name}: {count} functions", flush=True)
    divide({project.name: project.licence for project in found}, named["splits"])


def divide(licence_of: dict[str, str], splits: dict) -> None:
    """Writes the splits: what is double left out, and what resembles a held-out function left out of training."""
    place, seen, counts = folder("corpus"), set(), Counter()
    by_split = {split: [] for split in ("train", "validation", "test")}
    for name in licence_of:
        for function in read_lines(place / "projects" / f"{name.replace('/', '_')}.jsonl"):
            key = fingerprint(function["lines"])
            if key in seen:
                counts["duplicates"] += 1
                continue
            seen.add(key)
            by_split[split_of(name, splits)].append(function)
    held = by_split["validation"] + by_split["test"] + list(benchmark_functions())
    duplicates = NearDuplicates(held)
    train = [f for f in by_split["train"] if not duplicates.contains(f["lines"])]
    counts["near-duplicates of held-out functions"] = len(by_split["train"]) - len(train)
    by_split["train"] = train
    used = set()
    for split, functions_of_split in by_split.items():
        write_lines(place / f"{split}.jsonl", functions_of_split)
        counts.update(f"{split} {f['language']}" for f in functions_of_split)
        used.update(f["project"] for f in functions_of_split)
    write_lines(place / "licences.jsonl", ({"project": p, "licence": l} for p, l in sorted(licence_of.items()) if p in used))
    write_lines(place / "counts.jsonl", [dict(sorted(counts.items()))])
    print(dict(sorted(counts.items())))


def benchmark_functions():
    """Functions of benchmarks that lie under `FETTLE_BENCHMARKS`, to keep what resembles them out of training."""
    place = os.environ.get("FETTLE_BENCHMARKS")
    if place:
        yield from read_functions(Project("benchmark", "", root=Path(place)), 100_000, 1, set())


def load(split: str) -> list[dict]:
    return list(read_lines(folder("corpus") / f"{split}.jsonl"))
