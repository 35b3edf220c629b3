"""What the deeds share: the case before them, the move between statuses, who leads and helps."""
