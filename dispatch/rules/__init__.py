"""The playbook: how its files are read, what it decides, how that is proved and told. Pure."""
