"""Hits to reply: which sentences answer, what they rest on, or that none does."""
