"""A PostgreSQL of its own for a test, on a Unix socket in the directory given; it ends with its standard input."""

import sys

import pgserver

server = pgserver.get_server(sys.argv[1], cleanup_mode="stop")
print(server.get_uri(), flush=True)
sys.stdin.read()
server.cleanup()
