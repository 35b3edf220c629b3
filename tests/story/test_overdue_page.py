"""The page of what is overdue says the same as the console: urgency, dates, and what to choose."""

from city import CIVIC_CENTRE


def page_of(person):
    return person.http.get(
        "/reports/overdue", headers={"Authorization": f"Bearer {person.token}"}
    ).get_data(as_text=True)


def test_what_is_done_is_no_emergency_any_more(city, photo):
    city.clock.reads("2026-11-08T10:00:00+08:00")
    collapse = city.volunteer().reports("E0505", answers={})
    city.department().signs(collapse, to=city.handler())
    city.clock.advance(days=1)
    assert ">应急<" in page_of(city.supervisor())
    city.street().takes("release_support", collapse, unit="JJDD", reason="路口不用疏导")
    city.handler().arrives(collapse, CIVIC_CENTRE)
    city.handler().submits_with(collapse, photo)
    city.department().confirms(collapse)
    city.clock.advance(days=9)
    page = page_of(city.supervisor())
    assert (collapse.status, collapse.id in page) == ("verifying", True)
    assert ">应急<" not in page


def test_days_are_said_as_everywhere_else(city):
    city.clock.reads("2026-11-08T10:00:00+08:00")
    city.volunteer().reports("E0505", answers={})
    city.clock.reads("2026-11-09T09:05:00+08:00")
    page = page_of(city.supervisor())
    assert "11 月 9 日 09:05" in page
    assert "11 月 09 日" not in page


def test_accusations_of_which_nothing_is_kept_are_no_filter(city):
    page = page_of(city.supervisor())
    assert 'value="E0113"' in page
    assert "检举控告" not in page
    assert 'value="futian"' in page, "what the district itself holds can still be chosen"
