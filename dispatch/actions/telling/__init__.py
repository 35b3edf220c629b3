"""Who is told of what happened, and in which notice?"""
