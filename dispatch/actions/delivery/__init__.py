"""How does a notice leave the house, and when need it not? The parts of deliver_notices."""
