"""What people read: cards, one alert, lists, tasks, with the choices of its steps."""
