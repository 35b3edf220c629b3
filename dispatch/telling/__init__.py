"""Who is told of what happened, in which notice, and how it goes out."""
