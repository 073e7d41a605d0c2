// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/step.h"

#include <vector>

class SoakPeer;

/// What one of our ends has logged of one connection, and what it was asked to send.
struct Ledger {
    std::vector<Step> steps;
    qint64 commanded = 0; ///< bytes of all messages that it was given, with terminators; not all may have been taken
    bool isOpen = true;

    QString local() const { return steps.front().local; }
    QString peer() const { return steps.front().peer; }
};

/// The sums of a ledger.
struct Account {
    qint64 sent = 0;
    qint64 received = 0;   ///< Recv steps
    qint64 incomplete = 0; ///< of a last message that never became whole
    qint64 unread = 0;
    qint64 undelivered = 0;
    bool finishedSending = false;
    bool peerFinished = false;
    bool closed = false;    ///< a Close step
    bool resetByUs = false; ///< a Reset step
    bool failed = false;    ///< reset by the peer, or timed out

    explicit Account(const Ledger &ledger);

    qint64 taken() const { return received + incomplete + unread; } ///< of what the peer sent
    QString text() const;
};

/// What must hold whatever happened. Each function returns the first rule that is broken, as a sentence, or nothing.
namespace Audit {

/// Numbers and offsets (design.md §1), and the order of steps: of one end alone.
QString own(const Ledger &ledger);
/// One of our ends against a peer that kept account.
QString against(const Ledger &ledger, const SoakPeer &peer);
/// What one of our ends sent against what the other received.
QString oneWay(const Ledger &from, const Ledger &to);

/// The end of what it has logged, for a person.
QString text(const Ledger &ledger);

} // namespace Audit
