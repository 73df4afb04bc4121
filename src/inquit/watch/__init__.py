"""Feeds and sitemaps, visited round by round: their articles, and what becomes of them later."""
