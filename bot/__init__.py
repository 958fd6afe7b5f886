"""Question to reply: retrieval, answering, and the channels that show a reply."""
