// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/tcpstate.h"

#include <QByteArray>
#include <QHostAddress>

#include <optional>

/// What QTcpSocket does not offer: calls on the descriptor of a TCP socket. Any thread. Built for Unix, with TCP_INFO on
/// Linux; elsewhere duplicate() gives -1 and the other functions do nothing.
namespace Descriptor {

/// A second descriptor (close-on-exec) of the same socket, or -1 with errno set. The kernel's connection lives until both are closed.
int duplicate(qintptr descriptor);
void close(int descriptor);

/// What a listening socket has accepted (close-on-exec), and from whom, which no later call tells once the peer has reset.
struct Accepted {
    int descriptor = -1;
    QHostAddress peer;
    quint16 port = 0;
    bool isExhausted =
        false; ///< there is none because no descriptor or memory is left; otherwise none waits (any more)
};
Accepted accept(int listening);

/// A socket (non-blocking, close-on-exec) that has begun to connect; error: errno, and no descriptor, if that failed at once.
struct Start {
    int descriptor = -1;
    int error = 0;
};
Start startConnecting(const QHostAddress &address, quint16 port);
/// Of a socket that has begun to connect, its own end: "127.0.0.1:51964"; empty where the system does not tell.
QString localEnd(int descriptor);

/// Nagle's algorithm is off (TCP_NODELAY), also for what a listening socket accepts from now on.
void setNoDelay(int descriptor);
/// close() will send RST instead of FIN and drop what is unsent (SO_LINGER, 0 s).
void resetOnClose(int descriptor);
/// Sends FIN after all that was sent; receiving goes on (shutdown, SHUT_WR).
void finishSending(int descriptor);
/// The longest wait for an acknowledgement (TCP_USER_TIMEOUT, RFC 5482), in ms; 0: the system's.
void setUserTimeout(int descriptor, int ms);

/// What a call that sends or receives came to.
struct Transfer {
    qint64 bytes = 0; ///< 0 where nothing could be moved now, or at end-of-file
    int error = 0;    ///< errno, but not EAGAIN
    bool endOfFile = false;
};
Transfer send(int descriptor, QByteArrayView bytes);  ///< without blocking and without SIGPIPE
Transfer receive(int descriptor, QByteArray &buffer); ///< without blocking, appends at most 64 KiB

qint64 unreadBytes(int descriptor); ///< received by the kernel, not read by a program
int takeError(int descriptor);      ///< SO_ERROR, which reading clears
quint64 cookie(int descriptor);     ///< the kernel's number of the socket (SO_COOKIE, Linux), never used again; or 0

/// What the kernel says of the connection (TCP_INFO).
struct Info {
    TcpState state = TcpState::Closed;
    quint64 bytesAcked = 0;    ///< by the peer; counts the SYN of a connecting end, and FIN
    quint64 bytesReceived = 0; ///< in order; counts the peer's FIN
    quint32 notSent = 0;       ///< bytes handed to the kernel that have not left; counts FIN
};
std::optional<Info> info(int descriptor);

/// Raises the soft limit of open descriptors to the hard one. How many there may be.
qint64 raiseDescriptorLimit();

} // namespace Descriptor
