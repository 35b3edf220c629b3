"""One reader for each file of a playbook: from nodes to frozen values, every fault written down."""
