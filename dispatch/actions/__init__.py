"""One file per thing that can happen: load, decide, change rows, record the event."""
