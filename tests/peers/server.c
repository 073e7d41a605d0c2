// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The original server: accepts one client and one message, replies after a second, and closes a second after the
// client.
// Usage: server [PORT]    (8700; 0: the system chooses)

#include "peer.h"

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    const int connection = acceptOne(argc > 1 ? toPort(argv[1]) : defaultPort);

    char message[bufferSize];
    receiveMessage(connection, message);
    printf("[2] Recv: %s\n", message);

    sleep(1);
    const char reply[] = "Hi, client!";
    sendAll(connection, reply, sizeof reply);
    printf("[3] Send: %s\n", reply);

    receiveUntilClosed(connection);
    sleep(1);
    close(connection);
    printf("[6] Close Socket\n");
    return 0;
}
