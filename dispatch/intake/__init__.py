"""How alerts and their photos come in."""
