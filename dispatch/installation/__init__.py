"""Sets an installation up and keeps it: start, playbooks, people, checks, demo, replay."""
