"""Where uploaded files are opened: a process of its own with little memory, little time and no way to write.

Nothing an outsider sent is ever parsed by the web process. The modules here are the only ones that open
such files; they know nothing of the database, and ``process`` is the only one that others call.
"""
