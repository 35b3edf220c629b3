"""Pictures from anywhere: what they will cost, and how they become upright JPEGs."""
