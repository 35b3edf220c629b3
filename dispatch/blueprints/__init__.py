"""HTTP in, one action or one query, HTTP out."""
