"""How time is promised and counted: limits, calendars, working time, ladders. Pure."""
