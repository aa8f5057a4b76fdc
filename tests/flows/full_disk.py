"""Runs on a disk that is full, then on the same disk with room: ``unshare -rm python -m … PLACE MOUNT ROOM``.

The disk is a file system in memory that only this process sees. Prints what became of it, as JSON.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.dataset import verify


def oj(place: Path) -> "subprocess.CompletedProcess[str]":
    call = [sys.executable, "-m", "flows.cli", "run", str(place / "in"), "--out", str(place / "ut")]
    return subprocess.run(
        [*call, "--direct", "--no-exports", "--workers", "1"], capture_output=True, text=True, check=False
    )


def digests(out: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.parquet"))
    }


def mount(options: str, where: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(where)], check=True)


if __name__ == "__main__":
    source, where, room = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    mount("size=64m", where)
    place = shutil.copytree(source, where / "kopia")
    used = shutil.disk_usage(where).used
    mount(f"remount,size={used + room}", where)
    before, full = digests(place / "ut"), oj(place)
    after, wrong = digests(place / "ut"), verify(place / "ut")
    mount("remount,size=64m", where)
    told = {
        "code": full.returncode,
        "said": full.stderr,
        "untouched": after == before,
        "wrong": list(wrong),
        "again": oj(place).returncode,
        "then": digests(place / "ut"),
    }
    sys.stdout.write(json.dumps(told))
