"""All that knows the tables."""
