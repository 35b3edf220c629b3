"""The demo: its people, and some weeks of invented alerts."""
