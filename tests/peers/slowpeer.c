// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// A peer that is slow, does not read, sends nothing, or resets. All modes keep the connection until standard input
// ends, so that a test determines how long; then they close it.
// Usage: slowpeer MODE HOST PORT        connects, and acts as a client
//        slowpeer MODE listen PORT      accepts one connection, and acts as a server (0: the system chooses the port)
// MODE:  bytewise            sends a message, one byte every 2 ms, and prints the message that it receives
//        neverreads          sends COUNT messages (a further argument; default 1) and reads nothing; if the other end
//                            stops reading too, it blocks until it is killed
//        silent              sends nothing and reads nothing
//        reset               sends a message, and finally resets the connection (RST) instead of closing it

#include "peer.h"

#include <netinet/tcp.h>
#include <time.h>

static void option(int connection, int level, int name, int value)
{
    if (setsockopt(connection, level, name, &value, sizeof value) < 0)
        die("setsockopt");
}

static void waitForEndOfInput(void)
{
    char buffer[bufferSize];
    while (read(STDIN_FILENO, buffer, sizeof buffer) > 0)
        ;
}

static void sendBytewise(int connection, const char *message, size_t size)
{
    option(connection, IPPROTO_TCP, TCP_NODELAY, 1);
    const struct timespec pause = {.tv_nsec = 2000000};
    for (size_t i = 0; i < size; ++i) {
        sendAll(connection, message + i, 1);
        nanosleep(&pause, NULL);
    }
}

static int usage(void)
{
    fprintf(stderr, "usage: slowpeer bytewise|neverreads|silent|reset HOST|listen PORT [COUNT]\n");
    return 2;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc < 4)
        return usage();
    const char *mode = argv[1];
    const int listens = strcmp(argv[2], "listen") == 0;
    const in_port_t port = toPort(argv[3]);
    const int connection = listens ? acceptOne(port) : connectTo(argv[2], port);
    const char *message = listens ? "Hi, client!" : "Hi, server! I'm client.";
    const size_t size = strlen(message) + 1;

    if (strcmp(mode, "bytewise") == 0) {
        sendBytewise(connection, message, size);
        char received[bufferSize];
        receiveMessage(connection, received);
        printf("Recv: %s\n", received);
    } else if (strcmp(mode, "neverreads") == 0) {
        option(connection, SOL_SOCKET, SO_RCVBUF, 4096);
        for (long count = argc > 4 ? atol(argv[4]) : 1; count > 0; --count)
            sendAll(connection, message, size);
    } else if (strcmp(mode, "reset") == 0) {
        sendAll(connection, message, size);
        const struct linger now = {.l_onoff = 1, .l_linger = 0};
        if (setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now) < 0)
            die("setsockopt");
    } else if (strcmp(mode, "silent") != 0) {
        return usage();
    }

    waitForEndOfInput();
    close(connection);
    return 0;
}
