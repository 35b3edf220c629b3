"""The only APScheduler: it starts the jobs again and again; what is due stands in the tables."""
