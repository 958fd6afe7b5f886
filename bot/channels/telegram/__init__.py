"""Telegram: the only room that speaks to its Bot API. Public papers only.

The way of an update::

    Telegram ──► DoorQueue (reception: who, where, how often; inbox: stored before it is confirmed)
             ──► Desk (one at a time a chat; done, or again later) ──► Clerk, Drawer (what was asked, what was pressed)
             ──► Postbox (split, sent, marked where it may be a repeat)

Delivery: Telegram forgets an update once it is confirmed, and a message it was given cannot be taken back. So an update
is stored before it is confirmed and answered at least once; an answer that was being sent when the process died is sent
once more and says so.
"""
