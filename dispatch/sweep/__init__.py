"""What happens because its time has come: rungs, late dates, the end of a calendar."""
