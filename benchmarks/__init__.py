"""The figures: each file measures one thing and prints one table; `make bench` runs them all."""
