// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

// Shared by the peers: plain POSIX calls that end the program with a message if they fail.

#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { defaultPort = 8700, bufferSize = 1024 };

static inline void die(const char *what)
{
    perror(what);
    exit(1);
}

/// Parses text as a port number; ends the program with status 2 if it is none.
static inline in_port_t toPort(const char *text)
{
    char *end = NULL;
    const long port = strtol(text, &end, 10);
    if (*text == '\0' || *end != '\0' || port < 0 || port > 65535) {
        fprintf(stderr, "%s is no port (0 to 65535)\n", text);
        exit(2);
    }
    return (in_port_t)port;
}

static inline struct sockaddr_in toAddress(const char *host, in_port_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) {
        fprintf(stderr, "%s is no IPv4 address\n", host);
        exit(2);
    }
    return address;
}

/// Listens on 127.0.0.1, prints the address on standard error, accepts one connection and returns it.
static inline int acceptOne(in_port_t port)
{
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0)
        die("socket");
    const int yes = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0)
        die("setsockopt");

    struct sockaddr_in address = toAddress("127.0.0.1", port);
    if (bind(listener, (const struct sockaddr *)&address, sizeof address) < 0)
        die("bind");
    if (listen(listener, 1) < 0)
        die("listen");
    socklen_t size = sizeof address;
    if (getsockname(listener, (struct sockaddr *)&address, &size) < 0)
        die("getsockname");
    fprintf(stderr, "listening on 127.0.0.1:%d\n", ntohs(address.sin_port));

    const int connection = accept(listener, NULL, NULL);
    if (connection < 0)
        die("accept");
    close(listener);
    return connection;
}

static inline int connectTo(const char *host, in_port_t port)
{
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connection < 0)
        die("socket");
    const struct sockaddr_in address = toAddress(host, port);
    if (connect(connection, (const struct sockaddr *)&address, sizeof address) < 0)
        die("connect");
    return connection;
}

/// Sends size bytes, with as many calls as necessary.
static inline void sendAll(int connection, const char *bytes, size_t size)
{
    while (size > 0) {
        const ssize_t sent = send(connection, bytes, size, MSG_NOSIGNAL);
        if (sent < 0)
            die("send");
        bytes += sent;
        size -= (size_t)sent;
    }
}

/// Reads up to and including a NUL, with as many calls as necessary, into a buffer of bufferSize bytes.
static inline void receiveMessage(int connection, char *buffer)
{
    size_t size = 0;
    while (size < bufferSize) {
        const ssize_t received = recv(connection, buffer + size, bufferSize - size, 0);
        if (received < 0)
            die("recv");
        if (received == 0) {
            fprintf(stderr, "recv: the peer closed before its message was complete\n");
            exit(1);
        }
        size += (size_t)received;
        if (memchr(buffer, '\0', size) != NULL)
            return;
    }
    fprintf(stderr, "recv: the message is longer than %d bytes\n", bufferSize);
    exit(1);
}

/// Reads and discards data until the peer has closed.
static inline void receiveUntilClosed(int connection)
{
    char buffer[bufferSize];
    ssize_t received = 0;
    do {
        received = recv(connection, buffer, sizeof buffer, 0);
    } while (received > 0);
    if (received < 0)
        die("recv");
}
