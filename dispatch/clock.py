"""The only module that asks for the time."""
