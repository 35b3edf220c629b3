"""Checks for `verify`: every open promise and its rungs, recomputed from the events."""
