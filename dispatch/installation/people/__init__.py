"""What is done with people: adding, roles, secrets, signing in and out."""
