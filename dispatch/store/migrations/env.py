"""Alembic's environment: migrations run on the connection that is given, in its transaction."""

from alembic import context

from dispatch.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
context.run_migrations()
