"""上报: what a report means to its readers; the deed itself is `intake/report_alert.py`."""

from dispatch.domain.law.deed_table import DeedEntry, Tells, enter_deed

enter_deed("report", DeedEntry(tells=(Tells("street", "to_accept", asks="accept"),)))
enter_deed(
    "dispatch",
    DeedEntry(
        tells=(
            Tells("reporter", "dispatched"),
            Tells("lead", "to_sign", asks="sign"),
            Tells("required", "support_to_sign", asks="support_sign"),
            Tells("first", "first_to_sign", asks="support_sign"),
            Tells("informed", "support_informed"),
        ),
        variants=("supports", "merged"),
    ),
)
enter_deed("propose", DeedEntry(variants=("merged",)))
