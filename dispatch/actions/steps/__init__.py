"""What does a step ask for, and what does it do? The parts that steps and the sweep share."""
