"""Backups of an installation: written while it runs, checked, and restored elsewhere."""
