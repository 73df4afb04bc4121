"""Statements of many articles in; copies, claims, origins, independent sources and laundering out; pure, no I/O."""
