"""A ledger for assistants, over the Model Context Protocol."""
