"""哨到 Shaodao: alerts about problems at places, dispatched to those who can solve them.

app         create_app(): the only module that knows everybody      cli, __main__: the commands
blueprints  HTTP in, one action or one query, HTTP out              timers: the only APScheduler
actions     one file per thing that can happen
live        board, audience, sockets (the only Socket.IO)           reports: what supervisors read
store       all that knows the tables                               channels: how people are told
rules       pure: the playbook, its language, decide + trace
domain      pure: lifecycle, promises, work time, roles, places
settings, clock, errors: every knob, the time, everything that can be refused
"""
