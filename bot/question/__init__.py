"""The one reading of a question: text and history become a frozen value, and everybody behind takes its fields.

Pure: no index is asked, no model, no clock. Must not know who answers.
"""
