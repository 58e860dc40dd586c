"""What several formats are made of: JSON, XML, ZIP, tables, tokens, offsets, names."""
