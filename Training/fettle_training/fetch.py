"""Stage 1a: fetches the named packages through the ordinary clients, pip and apt. Nothing that is fetched is installed or run."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from .workspace import folder, sources

#: What apt is asked of each index of binary packages that it knows, to find the sources beside them.
INDEX_FORMAT = "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) $(RELEASE) $(COMPONENT)"


def fetch_wheel(requirement: str, into: Path) -> None:
    """Unpacks the sources of one wheel; what has no wheel is left out, for building one would run its code."""
    done = into / ".done"
    if done.exists():
        return
    downloads = folder("downloads", requirement)
    result = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", downloads, requirement],
        capture_output=True, text=True)
    wheels = list(downloads.glob("*.whl"))
    if not wheels:
        print(f"left out {requirement}: {result.stderr.strip().splitlines()[-1:]}", flush=True)
        return
    with zipfile.ZipFile(wheels[0]) as archive:
        kept = [n for n in archive.namelist() if n.endswith((".py", ".js", "METADATA")) or "LICENSE" in n.upper()]
        archive.extractall(into, kept)
    wheels[0].unlink()
    done.touch()


def fetch_debian_binary(package: str, into: Path) -> None:
    done = into / ".done"
    if done.exists():
        return
    downloads = folder("downloads", package)
    subprocess.run(["apt-get", "download", "-qq", package], cwd=downloads, capture_output=True, check=False)
    for archive in downloads.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, into], check=True)
        archive.unlink()
        done.touch()
    if not done.exists():
        print(f"left out {package}: apt-get cannot download it", flush=True)


def debian_source_indexes() -> str:
    """The source indexes of the archives that this machine's apt takes Debian's own packages from."""
    command = ["apt-get", "indextargets", "--format", INDEX_FORMAT, "Created-By: Packages", "Origin: Debian"]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "".join(f"{line}\n" for line in sorted(set(found.splitlines())))


def fetch_debian_source(package: str, into: Path) -> None:
    done = into / ".done"
    if done.exists():
        return
    lists, downloads = folder("apt", "lists"), folder("downloads", package)
    (lists / "partial").mkdir(exist_ok=True)
    options = ["-o", f"Dir::Etc::sourcelist={lists.parent}/list", "-o", "Dir::Etc::sourceparts=/dev/null", "-o", f"Dir::State::lists={lists}"]
    if not any(lists.glob("*Sources*")):
        (lists.parent / "list").write_text(debian_source_indexes())
        subprocess.run(["apt-get", "update", "-qq", *options], check=True)
    subprocess.run(["apt-get", "source", "-qq", "--download-only", *options, package], cwd=downloads, capture_output=True)
    for archive in downloads.glob("*.orig.tar.*"):
        if archive.suffix == ".asc":
            continue
        with tarfile.open(archive) as opened:
            opened.extractall(into, filter="data")
        archive.unlink()
        done.touch()
    if not done.exists():
        print(f"left out {package}: apt-get has no source of it", flush=True)


def run() -> None:
    named = sources()
    if not shutil.which("apt-get") or not debian_source_indexes():
        print("apt-get knows no package of Debian's, so they will be left out: run `apt-get update`, then this again", flush=True)
    for package in named["debian"]["source"]:
        fetch_debian_source(package, folder("sources", "debian", package))
    for package in named["debian"]["binary"]:
        fetch_debian_binary(package, folder("sources", "debian", package))
    for package, releases in named["pypi"]["release"].items():
        for release in releases:
            fetch_wheel(f"{package}=={release}", folder("sources", "release", package, release))
    for package in named["pypi"]["corpus"]:
        fetch_wheel(package, folder("sources", "pypi", package))


if __name__ == "__main__":
    run()
