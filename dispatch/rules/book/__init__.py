"""The frozen values of a playbook, and how its files are read into them."""
