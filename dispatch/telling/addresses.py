"""The address of a notice."""

Address = tuple[str, str]  # `to_kind` (person, desk or reporter) and `to_ref` of a notice
