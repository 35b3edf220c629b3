"""Promises on rows: their clocks, due times, pauses, rungs and requests, and their
recomputation.
"""
