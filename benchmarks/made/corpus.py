"""The made documents as PDF files: rendered once into a cache, linked into the inbox of every measurement."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.made.documents import made_document
from benchmarks.made.world import HERE, UNITS
from tests.samples import render

SEED = 20_260
#: Where the rendered files are kept between runs; the system's temporary folder unless this names another.
CACHE_VARIABLE = "OJ_BENCH_CACHE"
_SAMPLES = HERE.parents[1] / "tests" / "samples"


def rendered(count: int, seed: int = SEED) -> list[Path]:
    """The first ``count`` documents as files, in the order of their numbers; rendered if they are not yet."""
    folder = _cache() / f"{_version()}-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:05d}.pdf" for number in range(count)]
    missing = [number for number, path in enumerate(paths) if not path.is_file()]
    if missing:
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            for number, data in pool.map(_render, missing, [seed] * len(missing), chunksize=8):
                part = paths[number].with_suffix(".part")
                part.write_bytes(data)
                part.replace(paths[number])
    return paths


def inbox(folder: Path, count: int, seed: int = SEED) -> Path:
    """An inbox with the first ``count`` documents, as hard links where the file system can."""
    folder.mkdir(parents=True)
    for path in rendered(count, seed):
        try:
            os.link(path, folder / path.name)
        except OSError:
            shutil.copyfile(path, folder / path.name)
    return folder


def digest_of(paths: Iterable[Path]) -> str:
    """A name for the bytes of all files, whatever their order."""
    sums = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()[:16]


def _render(number: int, seed: int) -> tuple[int, bytes]:
    document, style = made_document(number, seed)
    return number, render(document, style)


def _cache() -> Path:
    return Path(os.environ.get(CACHE_VARIABLE) or Path(tempfile.gettempdir()) / "oj-benchmarks")


def _version() -> str:
    """A name for all that the files are made by."""
    made_by = [*HERE.glob("*.py"), *HERE.glob("*.csv"), *HERE.glob("*.yaml"), *_SAMPLES.glob("*.py"), UNITS]
    hasher = hashlib.sha256()
    for path in sorted(made_by):
        hasher.update(path.read_bytes())
    return hasher.hexdigest()[:12]
