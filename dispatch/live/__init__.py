"""The board: one card shape, who sees it, and the sockets that speak it."""
