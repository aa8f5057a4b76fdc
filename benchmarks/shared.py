"""Where the published documents and the scorers lie beside the project, and what to say without them."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

SHARED = Path(__file__).parents[1].parent / "shared"
CORPUS = SHARED / "corpus"
ICDAR = SHARED / "icdar2013-eu"
TOOLS = SHARED / "tools"
ABSENT = "De publicerade dokumenten finns inte bredvid projektet (../shared)."


def present(console: Console, *folders: Path) -> bool:
    """Whether the folders are there; says so where one is not."""
    if all(folder.is_dir() for folder in folders):
        return True
    console.print(f"{ABSENT} Mätningen hoppas över.")
    return False
