"""Telegram: the only package that speaks to its Bot API. Public papers only.

The way of an update:

1. `app` receives it, by polling or webhook; `access` decides who may ask and how often (`mentions`: in a group, whom).
2. `update_queue` stores it in the `inbox` before Telegram may forget it, and works on one at a time in each chat.
3. `handlers` answers messages and commands, `callback_queries` and `motion_news` the `buttons`, in a `thread_pool`.
4. `render` and `formatting` make blocks and then messages of it; `sending` sends them, marked where they may repeat.
5. What goes wrong ends in `errors`: a later attempt, one sentence, or silence; else it is done in the `inbox`.

Delivery: Telegram forgets an update once it is confirmed, and a message it was given cannot be taken back. So an update
is stored before it is confirmed and answered at least once; an answer that was being sent when the process died is sent
once more and says so.
"""
