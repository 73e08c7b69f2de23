"""Runs a command on a pseudo-terminal of 12 rows, makes it one of 30 after the second picture, presses Ctrl-C after the fourth.

Prints a line of JSON: how it ended, and each picture, which begins where the screen is cleared.
"""

import fcntl
import json
import os
import pty
import struct
import sys
import termios

CLEAR = b"\x1b[2J"


def resize(terminal, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 60, 0, 0))


pid, terminal = pty.fork()
if pid == 0:
    # Until its terminal has the size it is to have.
    os.read(0, 1)
    os.execvp(sys.argv[1], sys.argv[1:])
resize(terminal, 12)
os.write(terminal, b"\n")
said = b""
resized = interrupted = False
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    said += data
    if not resized and said.count(CLEAR) == 2:
        resize(terminal, 30)
        resized = True
    if not interrupted and said.count(CLEAR) == 4:
        os.write(terminal, b"\x03")
        interrupted = True
_, status = os.waitpid(pid, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "pictures": said.decode().split(CLEAR.decode())[1:]}))
