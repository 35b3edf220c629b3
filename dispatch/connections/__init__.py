"""Connections: who may hold one, for how long, and when a request takes a thread."""
