"""Who may see a paper: the one room that decides, and says why. In doubt nobody but staff may.

Order (contract): the folder `nichtoeffentlich/`; staff's logged decision; the sidecar; signs of confidentiality that a
paper gives of itself; else public. `deciding` is the door; the other modules each know one kind of evidence:

=============  =======================================================================
`spelling`     words of confidentiality in every spelling
`misspelling`  the same words with a letter wrong
`choices`      boxes of a form: which one is ticked, if that can be read
`fields`       "Status: nichtöffentlich", "öffentlich: nein"
`mentions`     what is said of something else: a rule, another paper, another session
`consulting`   a Beratungsfolge: rows and columns about sessions, not about the paper
`signs`        a line of a paper: does it say of the paper that it is confidential?
`pages`        all lines of a paper: head, page edges, the heading of a non-public part
`places`       folders and file names
`sidecars`     keys and values of a sidecar
`text_keys`    the same text under two names
=============  =======================================================================

Nothing here reads a file or knows an index. Nobody outside decides about visibility.
"""
