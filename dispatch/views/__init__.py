"""What is read of alerts: the card, one alert whole, lists, tasks."""
