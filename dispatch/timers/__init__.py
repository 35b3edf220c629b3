"""The only APScheduler: it knocks, the sweep decides."""
