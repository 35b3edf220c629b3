"""Who may come in: people, their roles, their sessions and secrets."""
