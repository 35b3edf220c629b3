"""Deeds that end an alert, or merge it, before its unit has done anything."""


def withdraw(city, alert):
    city.volunteer().takes("withdraw", alert)


def decline(city, alert):
    city.street().takes("decline", alert, reason="other_channel", where_instead="请拨 12345")


def merge(city, alert):
    other = city.person("neighbour").reports()
    city.street().takes("merge", alert, into=other.now["number"])


def void(city, alert):
    city.street().takes("void", alert, reason="误报")
    city.district().takes("confirm_void", alert)
