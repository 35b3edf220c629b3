"""The page of the console: an empty frame that its script fills from the interface."""

from dispatch.blueprints.pages import Values, page_blueprint, serve_page

console = page_blueprint("console")


@serve_page(console, "console")
def show() -> Values:
    """Nothing but the frame."""
    return {}
