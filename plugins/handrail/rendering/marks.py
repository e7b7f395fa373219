"""What stands before addresses in a rendered text until it is known where they lead."""

from __future__ import annotations

from secrets import token_hex

FROM_FILE = f"/{token_hex(8)}/"
"""Stands before a path that counts from the page's file; no author can know it."""
DOCUMENT = f"{FROM_FILE}//"
"""Stands before the name of a document, such as `sop:pay-an-invoice`, to which `[[…]]` leads."""
