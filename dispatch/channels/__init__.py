"""How people are told: each channel is one file that ends in its value, CHANNEL."""
