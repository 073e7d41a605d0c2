// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The reference for the figures of exchanges: a server that blocks in every call, serves one client after the other,
// answers each message at once, and logs nothing.
// Usage: bench_server PORT

#include "peers/peer.h"

#include <netinet/tcp.h>

/// Answers until the client closes.
static void serve(int connection)
{
    static const char reply[] = "Hi, client!";
    char buffer[bufferSize];
    ssize_t received = 0;
    while ((received = recv(connection, buffer, sizeof buffer, 0)) > 0) {
        for (ssize_t i = 0; i < received; ++i) {
            if (buffer[i] == '\0')
                sendAll(connection, reply, sizeof reply);
        }
    }
    close(connection);
}

int main(int argc, char **argv)
{
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    const struct sockaddr_in address = toAddress("127.0.0.1", argc > 1 ? toPort(argv[1]) : defaultPort);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(listener, (const struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 4096) < 0)
        die("listen");
    for (;;) {
        const int connection = accept(listener, NULL, NULL);
        if (connection < 0)
            die("accept");
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        serve(connection);
    }
}
