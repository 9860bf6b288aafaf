#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""servers.py FOLDER GOOD WRONG: mail servers (aiosmtpd) and web servers for the tests of channels.

GOOD and WRONG are PEM files with key and certificate; the one names localhost, the other does not. Writes FOLDER/ports
("NAME=PORT" lines) when all are up. Mail that is taken becomes FOLDER/mail-N, a web request FOLDER/web-N. Ends when it is
killed, or after ten minutes.

What a mail server does depends on the recipient: refused@ is refused, grey@ is refused for now at first, nobody's
message is taken if full@ is among its recipients. What a web server does depends on the path: /taken, /broken, /moved,
/slow.
"""

import asyncio
import http.server
import os
import signal
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

folder, good, wrong = sys.argv[1:]
lock = threading.Lock()
seen = set()


def keep(kind, data):
    with lock:
        number = 1 + sum(name.startswith(kind + "-") for name in os.listdir(folder))
        path = f"{folder}/{kind}-{number}"
        with open(f"{folder}/new-{kind}", "wb") as file:
            file.write(data)
        os.rename(f"{folder}/new-{kind}", path)


def context(path):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("grey@") and address not in seen:
            seen.add(address)
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(a.startswith("full@") for a in envelope.rcpt_tos):
            return "554 5.3.4 mailbox full"
        tls = "tls" if session.ssl else "clear"
        head = f"{tls} {envelope.mail_from} {' '.join(envelope.rcpt_tos)}\n".encode()
        keep("mail", head + envelope.original_content)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    known = data.login == b"beheer" and data.password == b"geheim-woord"
    return AuthResult(success=known, handled=False)


async def start_mail(implicit=None, **options):
    def factory():
        return SMTP(Handler(), enable_SMTPUTF8=False, hostname="mail.test", **options)

    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", 0, ssl=implicit)
    return server.sockets[0].getsockname()[1]


class Web(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        keep("web", f"{self.command} {self.path}\n{self.headers}".encode() + body)
        status = {"/taken": 202, "/broken": 500, "/moved": 302}.get(self.path.split("?")[0], 404)
        if self.path == "/slow":
            threading.Event().wait(60)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/taken")
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"okay")

    do_GET = do_POST = answer

    def log_message(self, *arguments):
        pass


def start_web(path=None):
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
    web.daemon_threads = True
    if path:
        web.socket = context(path).wrap_socket(web.socket, server_side=True)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    return web.server_address[1]


async def silent(reader, writer):
    await asyncio.sleep(60)


async def slow(reader, writer):
    try:
        for octet in b"220 mail.test ESMTP, a greeting that takes a long time to arrive\r\n":
            writer.write(bytes([octet]))
            await writer.drain()
            await asyncio.sleep(1)
    except OSError:
        pass


def stops_at(word):
    """A mail server that takes everything, and falls silent at a command, or at the line of the final dot."""

    async def handle(reader, writer):
        writer.write(b"220 mail.test ESMTP\r\n")
        in_data = False
        while line := await reader.readline():
            if line.strip().upper() == word:
                await asyncio.sleep(60)
            if in_data and line != b".\r\n":
                continue
            in_data = line.strip().upper() == b"DATA"
            writer.write(b"354 go on\r\n" if in_data else b"250 OK\r\n")

    return handle


async def start_raw(handle):
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    return server.sockets[0].getsockname()[1]


async def main():
    ports = {
        "starttls": await start_mail(tls_context=context(good), require_starttls=True),
        "wrong": await start_mail(tls_context=context(wrong)),
        "smtps": await start_mail(implicit=context(good)),
        "clear": await start_mail(),
        "auth": await start_mail(tls_context=context(good), require_starttls=True, auth_required=True,
                           auth_require_tls=True, authenticator=authenticate),
        "http": start_web(),
        "https": start_web(good),
        "https_wrong": start_web(wrong),
        "silent": await start_raw(silent),
        "slow": await start_raw(slow),
        "no_bye": await start_raw(stops_at(b"QUIT")),
        "no_answer": await start_raw(stops_at(b".")),
    }
    with open(folder + "/ports.new", "w", encoding="ascii") as file:
        file.writelines(f"{name}={port}\n" for name, port in ports.items())
    os.rename(folder + "/ports.new", folder + "/ports")
    await asyncio.sleep(600)


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
asyncio.run(main())
