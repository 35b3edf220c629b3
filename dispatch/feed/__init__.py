"""What speaks to consoles: the board, its cursors and audience, the relay, the sockets."""
