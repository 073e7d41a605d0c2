// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "descriptor.h"
#include "steps/step.h"

/// What has become of this end's FIN. The states follow each other in this order, and none comes back; a connection may end in each.
enum class Sending : quint8 {
    Open,         ///< nobody wants it yet: messages can be sent
    FinishWanted, ///< no more can; FIN will be handed to the kernel behind the bytes that wait in this program
    FinQueued,    ///< the kernel has it, behind bytes that have not left
    FinSent,      ///< it has left
    FinAcked,     ///< the peer's TCP has acknowledged it
};

/// A connection as a window shows it now, beside its steps, or an attempt to open one. A plain value; crosses threads by copy.
struct ConnectionStatus {
    int id = 0;    ///< 1, 2, …; of an attempt -1, -2, …, as StepMatch counts them
    int after = 0; ///< of an attempt: the newest connection when it began
    QString local;
    QString peer;
    quint64 cookie = 0;           ///< Descriptor::cookie(), by which the kernel knows it after a close too
    qint64 unsentBytes = 0;       ///< of messages given to send: those that the kernel does not have
    qint64 kernelUnsentBytes = 0; ///< that the kernel has, and that have not left; known once an end has finished
    qint64 replyDueUs = 0;        ///< monotonic time of the next reply due
    qint64 closeDueUs = 0;        ///< monotonic time of the close after the peer's FIN; 0: none is due
    qint64 partialBytes = 0;      ///< that have waited for a terminator for half a second; 0: none
    int repliesDue = 0;
    bool isOpen = true;
    TcpState state = TcpState::Established; ///< the kernel's, while isOpen
    bool peerFinished = false;
    Sending sending = Sending::Open;
    bool closing = false;       ///< Close was asked for and waits for unsent bytes
    bool sendingIsFull = false; ///< 64 MiB wait to be sent: send no more
    bool waitsForReply = false; ///< a client's message was sent and none has come since
    bool partialEndsWithNewline = false;
    Framing framing = Framing::Nul;
    /// Of an attempt: Connecting while it is under way, Connected when a connection has come of it, else the event that ended it.
    StepKind outcome = StepKind::Connected;

    bool isAttempt() const { return id < 0; } ///< and not open
    /// FIN was asked for, and has not left.
    bool finWaits() const { return sending == Sending::FinishWanted || sending == Sending::FinQueued; }

    bool operator==(const ConnectionStatus &) const = default;
};
