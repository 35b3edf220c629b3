"""Does what is stored agree with what happened? The parts of verify_store."""
