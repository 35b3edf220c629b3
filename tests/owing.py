"""What is overdue in the reports: rows of the list, and an alert that its department sent back."""


def overdue(person, query=""):
    return person.asks("GET", f"reports/overdue{query}")["rows"]


def returned(city):
    """A hole in the road that its department sends back: the dispose clock stands."""
    hole = city.volunteer().reports()
    city.department().takes("return", hole, reason="物业红线内", proposed="SWJ", clause="第 12 条")
    return hole
