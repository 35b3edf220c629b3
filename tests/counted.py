"""`counted()` lists the SQL statements of a block: a bound on cost that no busy machine moves."""

from contextlib import contextmanager

from sqlalchemy import Engine, event

# Transactions themselves, and the test clock, which a city does not have.
APART = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SELECT fact.value")


@contextmanager
def counted():
    """The statements, one for each time that the database was asked."""
    said = []

    def listen(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(APART):
            said.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
