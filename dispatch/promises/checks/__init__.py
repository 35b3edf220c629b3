"""Whether what is stored about promises agrees with what happened: parts of verify."""
