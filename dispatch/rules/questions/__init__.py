"""The kinds of questions that a form asks, one file each; `kinds` has the table of them."""
