"""Every sentence a user sees, German first, English beside it: one module a room.

No logic but choosing the language.
"""
