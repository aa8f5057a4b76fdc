"""``python -m tests.samples [FOLDER]``: write the sample documents again, byte for byte."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.samples.publish import RAW_PDFS, write_all


def main(arguments: list[str]) -> int:
    """Write into the folder given, by default raw_pdfs/."""
    for path in write_all(Path(arguments[0]) if arguments else RAW_PDFS):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
