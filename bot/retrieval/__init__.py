"""Question to ranked passages: search both legs, fuse with a total order, have the best read."""

from bot.retrieval.search import search

__all__ = ["search"]
