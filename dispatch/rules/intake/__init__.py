"""How a report is read by the playbook's forms: a volunteer's, and another system's row."""
