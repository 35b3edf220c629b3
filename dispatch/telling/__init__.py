"""Notices: who is told of what, and their delivery."""
