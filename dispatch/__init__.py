"""哨到 Shaodao: alerts about problems at places, dispatched to those who can solve them.

docs/architecture.md says which room answers what, and which may import which.
"""
