"""What goes over the wire between the server and whoever speaks to it, declared once.

Each answer is a TypedDict: the code that builds it names it as its return type, the TypeScript of
the faces is written from it (`python -m dispatch.shapes`), and a test compares real answers with
it. Only what the JSON holds stands here; how an answer is made stands in `views` and `feed`.
"""
