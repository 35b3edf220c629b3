"""The law of an alert's life: statuses, steps, clocks, and who may take which step when. Pure."""
