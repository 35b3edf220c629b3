"""What a playbook decides about one alert, and why."""
