"""The pages, one module a subject: each takes a request and gives a response."""
