// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/endpoint.h"
#include "packets/tcpstate.h"
#include "socketoptions.h"

#include <QByteArray>
#include <QHostAddress>

#include <optional>

/// What QTcpSocket does not offer: calls on the descriptor of a TCP socket. Linux; any thread.
namespace Descriptor {

/// A second descriptor (close-on-exec) of the same socket, or -1 with errno set. The kernel's connection lives until
/// both are closed.
int duplicate(qintptr descriptor);
void close(int descriptor);

/// A descriptor that a listening socket has accepted (close-on-exec), and the peer's address, which no later call gives
/// once the peer has reset.
struct Accepted {
    int descriptor = -1;
    QHostAddress peer;
    quint16 port = 0;
    bool isExhausted = false; ///< no descriptor or memory is left; if false and there is no descriptor, none waits
};
Accepted accept(int listening);

/// A socket (non-blocking, close-on-exec) that has begun to connect. If that failed at once: errno, and no descriptor.
struct Start {
    int descriptor = -1;
    int error = 0;
    bool isOfThisEnd = false; ///< the error: the local end cannot be used
};
Start startConnecting(const QHostAddress &address, quint16 port, const LocalEnd &from = {},
                      const SocketOptions &options = {});
/// The local end of a socket that has begun to connect: "127.0.0.1:51964"; empty if unknown.
QString localEnd(int descriptor);

/// Turns Nagle's algorithm off (TCP_NODELAY), also for connections that a listening socket accepts later.
void setNoDelay(int descriptor);
/// Makes close() send RST instead of FIN, and drop what is unsent (SO_LINGER, 0 s).
void resetOnClose(int descriptor);
/// Sends FIN after all that was sent; receiving continues (shutdown, SHUT_WR).
void finishSending(int descriptor);
/// The longest wait for an acknowledgement (TCP_USER_TIMEOUT, RFC 5482), in ms; 0: the system's.
void setUserTimeout(int descriptor, int ms);

/// The result of a call that sends or receives.
struct Transfer {
    qint64 bytes = 0; ///< 0 if the call would have blocked, or at end-of-file
    int error = 0;    ///< errno, but not EAGAIN
    bool isEndOfFile = false;
};
Transfer send(int descriptor, QByteArrayView bytes);  ///< without blocking and without SIGPIPE
Transfer receive(int descriptor, QByteArray &buffer); ///< without blocking; appends at most 64 KiB

qint64 unreadBytes(int descriptor); ///< received by the kernel and not read yet
int takeError(int descriptor);      ///< SO_ERROR, which reading clears
quint64 cookie(int descriptor);     ///< the kernel's number of the socket (SO_COOKIE), never used again; or 0

/// What the kernel knows of the connection (TCP_INFO).
struct Info {
    TcpState state = TcpState::Closed;
    quint64 bytesAcked = 0;    ///< by the peer; counts the SYN of a connecting end, and FIN
    quint64 bytesReceived = 0; ///< in order; counts the peer's FIN
    quint32 notSent = 0;       ///< bytes handed to the kernel that have not left; counts FIN
};
std::optional<Info> info(int descriptor);

/// Raises the soft limit of open descriptors to the hard one. Returns the limit.
qint64 raiseDescriptorLimit();

} // namespace Descriptor
