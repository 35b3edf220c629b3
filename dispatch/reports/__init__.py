"""What supervisors read: one file each, TITLE, COLUMNS, rows()."""
