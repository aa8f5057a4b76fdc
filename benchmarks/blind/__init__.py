"""Five reports written without sight of the patterns and rules, and what the first reading of them gave."""
