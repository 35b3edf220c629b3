"""A promise knows whose it is: the lead's round that owes it, or a support.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"

# One statement on both databases; copying the table, as Alembic would on SQLite, breaks on the
# rows that refer to it. Clocks of the alert itself (accept, ruling, verify, rate) stay without.
_ADD = """
ALTER TABLE promise ADD COLUMN assignment_id VARCHAR(32)
CONSTRAINT fk_promise_assignment_id REFERENCES assignment (id)
"""
# Dispose goes on through the rounds and names whoever holds it; the others begin in each anew.
_FILL = """
UPDATE promise SET assignment_id = (
    SELECT assignment.id FROM assignment
    WHERE assignment.alert_id = promise.alert_id
    AND assignment.kind = 'lead'
    AND assignment.unit = promise.unit
    AND (promise.clock = 'dispose' OR assignment.round = promise.round)
    ORDER BY assignment.round DESC
    LIMIT 1
)
WHERE clock IN ('sign', 'contact', 'arrive', 'dispose')
"""
# Who was called in before supports had clocks was told, and owed nothing: so it stays.
_INFORM = "UPDATE assignment SET kind = 'informed' WHERE kind = 'required'"


def upgrade() -> None:
    op.execute(_ADD)
    op.execute(_FILL)
    op.execute(_INFORM)
