"""What the deeds share: loading and checking a step, assignments, clocks, rungs, the log row."""
