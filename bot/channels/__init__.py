"""Where people ask: each channel turns an update into `ask` and a reply into what it can show.

No logic of their own.
"""
