"""Reads news and keeps a ledger of who says what, on whose word."""
