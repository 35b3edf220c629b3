"""How people are told: one file each, send(to, message)."""
