"""Who read or changed what of whom: rows that can only be added, chained so that a change would show."""
