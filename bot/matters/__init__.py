"""What the catalogue knows of the council's matters: how many, which, by whom, when, where, and what came of them.

A matter (Vorgang) is what is counted: a motion with its reply and its minutes is one, however many files it has. Must
not know how a question is worded; sees no more than the indexes it is handed.
"""
