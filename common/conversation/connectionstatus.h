// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "connectionstate.h"
#include "descriptor.h"
#include "steps/step.h"

/// A connection, or an attempt to open one, as a window shows it beside its steps. A plain value; crosses threads by
/// copy.
struct ConnectionStatus {
    int id = 0;    ///< 1, 2, …; of an attempt -1, -2, …, as StepMatch counts them
    int after = 0; ///< of an attempt: the newest connection when it began
    QString local;
    QString peer;
    quint64 cookie = 0;           ///< Descriptor::cookie(): identifies the socket in the kernel, even after a close
    qint64 unsentBytes = 0;       ///< of sent messages and files, bytes that the kernel does not have yet
    qint64 kernelUnsentBytes = 0; ///< bytes that the kernel has and that have not left; known once an end has finished
    qint64 replyDueUs = 0;        ///< monotonic time of the next reply due
    qint64 closeDueUs = 0;        ///< monotonic time of the close after the peer's FIN; 0: none is due
    qint64 pausedUs = 0;          ///< monotonic time at which the timeouts and delays were paused; 0: they run
    qint64 partialBytes = 0;      ///< bytes that have waited for the end of their message for half a second; 0: none
    qint64 repeated = -1;         ///< how often a message that is repeated was sent; -1: none is
    qint64 repeats = 0;           ///< how often it is sent in all; 0: until it is stopped
    QString file;                 ///< the path of the file that is being sent in parts
    qint64 fileBytes = 0;         ///< its size; 0: none is being sent
    int repliesDue = 0;
    ConnectionState progress;               ///< of an attempt: over
    TcpState state = TcpState::Established; ///< the kernel's, while isOpen()
    bool sendingIsFull = false;             ///< 64 MiB wait to be sent: nothing more can be sent
    bool isReadingStopped = false;          ///< what the peer sends stays in the kernel
    bool waitsForReply = false;             ///< a client has sent a message, and none has come since
    bool partialEndsWithNewline = false;
    bool partialEndsWithCrLf = false;
    Framing framing;     ///< of the messages that come
    Framing sendFraming; ///< of the messages that this end sends
    /// Of an attempt: Connecting while it is under way, Connected if it became a connection, else the event that
    /// ended it.
    StepKind outcome = StepKind::Connected;

    bool isAttempt() const { return id < 0; }
    bool isOpen() const { return progress.isOpen(); }

    bool operator==(const ConnectionStatus &) const = default;
};
