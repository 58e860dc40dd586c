"""Tables of incidents: one row for each, with what the reports say of it."""
