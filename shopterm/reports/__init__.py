"""Reports: query, typed rows, table or file."""
