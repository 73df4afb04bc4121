"""The web reader: a ledger in a browser."""
