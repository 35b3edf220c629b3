"""What can be done to an alert: one file for each step, one transaction for each deed."""
