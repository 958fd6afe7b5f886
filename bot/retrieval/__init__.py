"""Question to ranked passages: understand, search both legs, fuse with a total order."""

from bot.retrieval.query import Query, understand
from bot.retrieval.search import search

__all__ = ["Query", "search", "understand"]
