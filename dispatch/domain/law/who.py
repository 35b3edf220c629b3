"""How a person can stand to an alert: the names that steps use for whose turn it is."""

from typing import Final

# Who a step belongs to, seen from the alert; domain/roles.py says which people these are.
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
