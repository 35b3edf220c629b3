"""The interface described as OpenAPI 3.1, from the tables by which requests are read."""
