"""The handbook that the recorded events sign; their digests are those of its texts."""

from __future__ import annotations

from tests.cli.drawing import plan, sop

PEOPLE = """\
---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: lbk, name: Lena Brandt-Keller, job: Head of finance, handle: lenabk, deputy: pna}
  - {id: oha, name: Omar Haddad, job: Head of operations, handle: "@ohaddad"}
  - {id: pna, name: Priya Nair, job: Operations manager, handle: Priya-Nair}
  - {id: jwe, name: Jonas Weil, job: Accountant, handle: jonasweil, until: 2026-08-31}
  - {id: one, name: First Clerk, handle: kiosk}
  - {id: two, name: Second Clerk, handle: kiosk}
---
"""
PATH = "content/pay.md"
FIELDS = "state: active\nrapid: LBK(D), OHA(A)\n"
PAGES = {
    "content/people.md": PEOPLE,
    PATH: sop("pay-an-invoice", "Pay an invoice", FIELDS),
    "content/hire.md": sop("hire-somebody", "Hire somebody", FIELDS),
    "content/fy27.md": plan("finance", "FY27", "state: active\nrapid: LBK(D)\n"),
}
