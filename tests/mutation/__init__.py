"""Asks the tests by breaking the code: `make mutants`, or `python -m mutation` in tests/.

Mutants are drawn by seed from the rooms that decide; each is applied in a scratch copy of the tree
and tried with the tests that are known to run the broken function, on SQLite. Own code because
mutmut 3 rewrites every function into trampolines, which a registry that is filled at import and
lru_caches do not survive, and cosmic-ray keeps its sessions in a database and runs one fixed
command for each mutant: with a suite of minutes that is a day for a hundred.
"""
