"""Another system's history, played through the real intake and sweep in its own order of time."""
