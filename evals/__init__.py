"""How good the answers are, with which certainty, and what got worse. Sees bot and ingest, never a channel."""
