// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The original client: sends one message to 127.0.0.1, waits for the reply, and closes.
// Usage: client [PORT]    (8700)

#include "peer.h"

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    const int connection = connectTo("127.0.0.1", argc > 1 ? toPort(argv[1]) : defaultPort);

    const char message[] = "Hi, server! I'm client.";
    sendAll(connection, message, sizeof message);
    printf("[1] Send: %s\n", message);

    char reply[bufferSize];
    receiveMessage(connection, reply);
    printf("[4] Recv: %s\n", reply);

    close(connection);
    printf("[5] Close Socket\n");
    return 0;
}
