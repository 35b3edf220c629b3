"""The commands: python -m dispatch …, one file per group."""
