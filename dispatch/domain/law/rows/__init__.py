"""The rows of the table of steps, one file for each part of an alert's life."""
