"""The playbook: its files, its language, its decisions. Pure."""
