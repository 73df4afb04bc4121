"""How the reader does outside the corpus that it was trained on."""
