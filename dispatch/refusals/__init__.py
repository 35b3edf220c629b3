"""The codes of everything that is refused, one table for each thing that refuses."""
