// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <vector>

class SoakPeer;

/// What one of our ends has logged about one connection, and what it was asked to send.
struct Ledger {
    std::vector<Step> steps;
    /// The bytes of all messages that it was asked to send, with terminators; it may have rejected some of them.
    qint64 commanded = 0;
    bool isOpen = true;

    QString local() const { return steps.front().local; }
    QString peer() const { return steps.front().peer; }
};

/// The totals of a ledger.
struct Account {
    qint64 sent = 0;
    qint64 received = 0;   ///< in Recv steps
    qint64 incomplete = 0; ///< of a last message that was never completed
    qint64 unread = 0;
    qint64 undelivered = 0;
    bool finishedSending = false;
    bool peerFinished = false;
    bool closed = false;    ///< a Close step
    bool resetByUs = false; ///< a Reset step
    bool failed = false;    ///< reset by the peer, or timed out

    explicit Account(const Ledger &ledger);

    qint64 taken() const { return received + incomplete + unread; } ///< what this end received from the peer
    QString text() const;
};

/// Rules that must hold whatever happened. Each function returns the first broken rule as a sentence, or an empty
/// string.
namespace Audit {

/// Checks the numbers and offsets, and the order of the steps, of one end alone.
QString own(const Ledger &ledger);
/// Compares one of our ends with a peer that kept account.
QString against(const Ledger &ledger, const SoakPeer &peer);
/// Compares what one of our ends sent with what the other received.
QString oneWay(const Ledger &from, const Ledger &to);

/// Returns the end of the log, for a person.
QString text(const Ledger &ledger);

} // namespace Audit
