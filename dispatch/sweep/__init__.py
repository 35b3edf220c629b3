"""What falls due: rungs that fire, calendars that end, promises that a new calendar moves."""
