"""OUT/site: pages that open from disk, without server or network; every figure leads to its source."""
