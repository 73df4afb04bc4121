"""Who is meant: mentions and antecedents, learnt on what the shipped encoder gives."""
