"""What supervisors read: each report is one file that ends in its value, REPORT."""
