"""python -m dispatch."""
