// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/side.h"
#include "framing.h"

/// The numbered kinds come first; everything from Listening on is an event and has no number.
enum class StepKind : quint8 {
    Send,
    Recv,
    Close,
    Reset,
    Listening,
    Connecting,
    Connected,
    PeerFinished,
    FinishedSending,
    FinSent,
    Closing,
    Refused,
    Unreachable,
    NotFound,
    ResetByPeer,
    TimedOut,
    Cancelled,
    Undelivered,
    Unread,
    Partial,
    Skipped,
    ReadingStopped,
    ReadingAgain,
    AcceptPaused,
    AcceptResumed,
    TurnedAway,
    Limit,
    Capture,
    Session,
    Rule,
    File,
    Error,
    Stopped,
};

/// The moment a system call returned, on both clocks, in microseconds.
struct StepTime {
    qint64 wallUs = 0;      ///< since 1970-01-01T00:00:00Z
    qint64 monotonicUs = 0; ///< CLOCK_MONOTONIC: comparable between processes of one machine

    static StepTime now();
    bool operator==(const StepTime &) const = default;
};

/// One line of the log: a numbered step, or an event. A plain value; crosses threads by copy.
struct Step {
    /// How much of a message is kept, in bytes.
    static constexpr qsizetype keptBytes = 64 * 1024;

    StepTime time;
    Side side = Side::Client;
    StepKind kind = StepKind::Error;
    int number = 0;     ///< 1, 2, …; 0 for an event
    int connection = 0; ///< 1, 2, … in the order they were opened; 0: of none
    QString local;      ///< "127.0.0.1:8700", "[::1]:8700", or empty
    QString peer;
    qint64 bytes = -1; ///< on the wire, terminator included; for events the bytes they speak of; -1: does not apply
    qint64 offset =
        -1; ///< of the first of them in its direction's stream, from 0 (messages, Undelivered); -1: does not apply
    Framing framing;           ///< hasFraming(): of the message; of Connected: of the messages that come
    Framing sendFraming;       ///< of Connected: of the messages that this end sends; else Nul
    bool unterminated = false; ///< a message that FIN (or the user) ended, not its terminator
    bool part = false;         ///< of a message over the limit of 16 MiB
    qint64 size = 0;           ///< of the message without its terminator, in bytes
    QByteArray payload;        ///< the message without its terminator: its first keptBytes at most
    QString detail;            ///< a sentence, if the kind alone does not say enough

    /// An event of this end that belongs to no connection, now.
    static Step event(Side side, StepKind kind, const QString &detail);

    bool isEvent() const { return kind > StepKind::Reset; }
    bool isMessage() const { return kind == StepKind::Send || kind == StepKind::Recv; }
    bool isCut() const { return size > payload.size(); }
    bool hasFraming() const { return isMessage() || kind == StepKind::Partial || kind == StepKind::Connected; }
    /// The size of a message as far as bytes and framing tell it, or 0.
    qint64 expectedSize() const;
    bool operator==(const Step &) const = default;
};
