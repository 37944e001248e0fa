"""Asking hosts for feeds: politely, within bounds, and with a story of every attempt.

Nothing is imported here: the definitions want the settings only, and the client takes long.
"""
