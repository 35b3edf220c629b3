"""What each step does to an alert: one file for each step, one transaction for each deed.

All files are imported here, so that each registers itself; a missing one is reported at once.
"""

import pkgutil
from importlib import import_module

from dispatch.deeds.machinery.registry import check_complete

for _found in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")
check_complete()
