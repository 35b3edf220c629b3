"""How a playbook and its decisions are told to people and to other programs."""
