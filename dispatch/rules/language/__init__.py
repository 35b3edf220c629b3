"""How the text of a playbook file becomes values, each with its place, and faults."""
