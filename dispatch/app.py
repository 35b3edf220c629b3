"""create_app(): the only module that knows everybody."""
