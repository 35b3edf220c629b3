"""Finds the kind of a problem by the words of the street."""
