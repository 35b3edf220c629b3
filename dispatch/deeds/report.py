"""上报: what a report means to its readers; the deed itself is `intake/report_alert.py`."""

from dispatch.domain.law.deeds import DeedLore, Tells, register

register("report", DeedLore(tells=(Tells("street", "to_accept", asks="accept"),)))
register(
    "dispatch",
    DeedLore(
        tells=(
            Tells("reporter", "dispatched"),
            Tells("lead", "to_sign", asks="sign"),
            Tells("required", "support_to_sign", asks="support_sign"),
            Tells("informed", "support_informed"),
        ),
        variants=("supports", "merged"),
    ),
)
register("propose", DeedLore(variants=("merged",)))
