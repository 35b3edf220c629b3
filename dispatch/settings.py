"""Every knob: name, default, meaning."""
