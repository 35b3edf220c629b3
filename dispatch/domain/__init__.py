"""Pure values and decisions of the city: no framework, no clock, no rows."""
