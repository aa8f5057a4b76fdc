"""The whole way over made documents: time, memory, growth, workers, warm runs, equal results."""

from benchmarks.scale.measure import run

NAME = "scale"

__all__ = ["NAME", "run"]
