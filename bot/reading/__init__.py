"""The reader: which parts answer a question, which of their sentences, and whether there is an answer at all."""

from bot.reading.loading import load_reader
from bot.reading.types import Inquiry, PartReading, PartText, Reader, Reading

__all__ = ["Inquiry", "PartReading", "PartText", "Reader", "Reading", "load_reader"]
