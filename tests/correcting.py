"""What the street puts right: verbs of the stories about corrections."""

WHY = {"reason": "现场看过，报错了"}


def corrects(city, alert, **right):
    return city.street().takes("correct", alert, **WHY | right)
