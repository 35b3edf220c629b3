"""The relations of people to an alert, by which the law says whose step and whose turn it is."""

from typing import Final

# Relations of a person to one alert; `relations.py` says which people have them.
REPORTER: Final = "reporter"
STREET: Final = "street"
GRID_WORKER: Final = "grid_worker"
LEAD_UNIT: Final = "lead_unit"
HANDLER: Final = "handler"
SUPPORT_UNIT: Final = "support_unit"
SUPPORT_HANDLER: Final = "support_handler"
VERIFIER: Final = "verifier"
UNIT_STAFF: Final = "unit_staff"
DISTRICT: Final = "district"
SUPERVISOR: Final = "supervisor"
NOBODY: Final = "nobody"
