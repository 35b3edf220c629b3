"""How does a promise begin, stand, go on and end, and which rungs wait on it?"""
