"""Everything that can be refused."""
