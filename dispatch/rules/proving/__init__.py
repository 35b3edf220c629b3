"""What can be proved of a playbook: checks, cases, shadowed rules, comparisons of two."""
