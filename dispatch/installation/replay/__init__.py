"""Replays another system's requests through the real intake."""
