"""Promises on rows: their clocks, due times, pauses, rungs, requests and recomputation."""
