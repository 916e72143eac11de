"""The command line: parses, asks for the PIN, calls a use case or a query, renders. No rule, no SQL."""
