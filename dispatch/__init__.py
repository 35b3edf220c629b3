"""哨到 Shaodao: alerts about problems at places, dispatched to those who can solve them.

docs/domain.md says what things mean, docs/architecture.md how the rooms stand on each other.
"""
