#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""receiver.py FILE: a mail server and a web server on loopback that take everything.

Each message becomes a line of FILE, "CHANNEL KEY SHA256", before it is acknowledged: the channel with the recipients,
the Message-ID or the Idempotency-Key, and the hash of all that came. Writes FILE.ports ("NAME=PORT" lines) when both are
up. Ends when it is killed.
"""

import hashlib
import http.server
import os
import re
import socketserver
import sys
import threading

path = sys.argv[1]
lock = threading.Lock()


def keep(channel, name, head, whole):
    key = re.search(rb"(?im)^" + name + rb": *(\S+)", head)
    line = f"{channel} {key.group(1).decode() if key else '-'} {hashlib.sha256(whole).hexdigest()}\n"
    with lock, open(path, "a", encoding="ascii") as file:
        file.write(line)


class Mail(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text + b"\r\n")

    def take(self, recipients):
        self.say(b"354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if line:
            message = b"".join(lines)
            keep("mail:" + ",".join(recipients), b"Message-ID", message, message)
            self.say(b"250 taken")

    def handle(self):
        recipients = []
        self.say(b"220 mail.test")
        while line := self.rfile.readline():
            if line.startswith(b"RCPT"):
                recipients.append(re.search(rb"<(.*)>", line).group(1).decode())
            if line.startswith(b"DATA"):
                self.take(recipients)
            else:
                self.say(b"250 mail.test")


class Web(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        keep("webhook", b"Idempotency-Key", str(self.headers).encode(), body)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def start(handler):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever).start()
    return server.server_address[1]


with open(path + ".new", "w", encoding="ascii") as ports:
    ports.write(f"mail={start(Mail)}\nweb={start(Web)}\n")
os.rename(path + ".new", path + ".ports")
