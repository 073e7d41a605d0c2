// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkdecider.h"

#include <map>

/// A packet on its way.
struct LinkEntry {
    quint64 id = 0;
    Side from = Side::Client;
    QByteArray packet;
    LinkTime due{};
    bool isHeld = false;   ///< until a hand delivers or releases it
    bool isCounted = true; ///< a TCP segment or an ICMP error; others pass unseen
};

/// The packets on their way, in the order in which they are due; those that are due together keep the order in which
/// they came. Pure; used by one thread.
class LinkQueue
{
public:
    void add(LinkEntry entry);
    /// The next packet that is due and not held.
    std::optional<LinkEntry> takeDue(LinkTime now);
    std::optional<LinkTime> nextDue() const; ///< of packets that are not held

    size_t heldCount() const { return m_held.size(); }
    std::optional<quint64> firstHeld() const; ///< in queue order

    // By hand. Each returns false, or nothing, if there is no packet with this id.
    bool deliver(quint64 id, LinkTime now); ///< it is due now, before all that is due later
    bool delay(quint64 id, LinkTime by, LinkTime now);
    std::optional<LinkEntry> take(quint64 id);
    bool duplicate(quint64 id, quint64 newId); ///< the copy waits behind it, and is held if the packet is

    void deliverHeld(LinkTime now); ///< all of them, in queue order
    void release(Side from);        ///< what this end has sent is not held any longer; it is due when it was due

private:
    /// When it is due, and the number of the call that put it there.
    using Place = std::pair<LinkTime, quint64>;
    using Entries = std::map<Place, LinkEntry>;

    std::optional<LinkEntry> takeFrom(Entries &entries, quint64 id);

    Entries m_flowing;
    Entries m_held;
    quint64 m_calls = 0;
};
