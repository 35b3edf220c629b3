"""When something is due now: clocks, due times, pauses, rungs, recomputation and its checks."""
