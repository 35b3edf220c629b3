"""What somebody sees before they publish: rules, limits, routes and units that differ."""

from town import town

from dispatch.rules.proving.differences import differences


def seen(file, old, new):
    """What differs between the small playbook and the same changed in one place."""
    return {(each.kind, each.id): (each.before, each.after) for each in _all(file, old, new)}


def _all(file, old, new):
    return list(differences(town(), town(file, old, new)))


def test_a_playbook_does_not_differ_from_itself():
    assert _all("labels.yaml", "", "") == []


def test_another_lead_is_a_rule_and_its_routes_that_differ():
    found = seen("rules.yaml", "lead: ROADS", "lead: WATER")
    assert found.keys() == {
        ("rule", "holes"),
        ("route", "hole"),
        ("route", "hole danger"),
        ("route", "hole ordinary"),
        ("route", "Holes go to the road people"),
    }
    before, after = found["rule", "holes"]
    assert (before["lead"], after["lead"]) == ("ROADS", "WATER")
    assert found["route", "hole danger"] == (
        {"lead": "ROADS", "rule": "holes"},
        {"lead": "WATER", "rule": "holes"},
    )


def test_moving_a_rule_down_a_line_is_no_difference():
    assert seen("rules.yaml", "rules:\n", "rules:\n  # a remark\n") == {}


def test_a_changed_condition_is_shown_before_and_after():
    [(before, after)] = seen("rules.yaml", "at_least: 2", "at_least: 3").values()
    assert before["when"] == {"all": [{"category": ["hole"]}, {"answer.depth": {"at_least": 2}}]}
    assert after["when"] == {"all": [{"category": ["hole"]}, {"answer.depth": {"at_least": 3}}]}


def test_a_changed_limit_is_told_by_category_variant_and_clock():
    assert seen("categories.yaml", "dispose: 2 hours", "dispose: 90 minutes") == {
        ("limit", "hole 0 dispose"): ("2 hours (town)", "90 minutes (town)")
    }


def test_rules_in_another_order_are_told_because_the_first_decides():
    wide = "  - id: deep\n    when: {category: hole, answer: {depth: {at_least: 2}}}\n"
    found = seen(
        "rules.yaml",
        "rules:\n" + wide + "    lead: WATER\n    basis: rule\n  - id: holes\n"
        "    when: {category: holes}\n    lead: ROADS\n    basis: rule\n",
        "rules:\n  - id: holes\n    when: {category: holes}\n    lead: ROADS\n    basis: rule\n"
        + wide
        + "    lead: WATER\n    basis: rule\n",
    )
    assert found == {
        ("order", "holes"): (["deep", "holes", "leaks"], ["holes", "deep", "leaks"]),
    }


def test_units_and_categories_that_come_or_go():
    assert seen("departments.yaml", "  WATER:", "  PARKS: {label: Parks}\n  WATER:") == {
        ("units", "PARKS"): (None, True)
    }
