"""Steps by which a handbook that was taken over becomes one that is governed: each is one change, shown first."""
