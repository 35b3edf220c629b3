"""The live side: the board's snapshot and changes, and the sockets that push them."""
