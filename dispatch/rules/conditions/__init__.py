"""What a condition says about an alert: the facts, the tree of comparisons, the operators."""
