"""The demo: invented people and an invented past, played through the real deeds."""
