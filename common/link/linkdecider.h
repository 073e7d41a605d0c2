// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkpacket.h"

#include <QList>
#include <QStringList>

#include <deque>

/// When something happens on the link: of a clock that never goes back.
using LinkTime = std::chrono::nanoseconds;

enum class LinkLoss : quint8 {
    None,
    Chance, ///< "loss 2%"
    Rule,   ///< "drop client data 2"
    Queue,  ///< the queue of a bottleneck is full
    Hand,
};

/// What the rules say about a packet.
struct LinkFate {
    LinkLoss loss = LinkLoss::None;
    bool isHeld = false;                 ///< it waits for a hand, however late it is due
    int copies = 0;                      ///< that follow it
    std::optional<quint32> corruptedBit; ///< to flip: its place in the packet; the most significant bit of a byte is 0
    LinkTime late{};                     ///< by how much a rule for it alone, or chance, delays it beyond its turn
    LinkTime due{};                      ///< when it arrives; invalid if it is lost
};

/// Applies the rules of the link to each packet. Pure: the same rules, packets and times give the same fates. Used by
/// one thread.
///
/// Rules apply in order: a packet that is lost before a bottleneck does not wait in its queue. Delays add up. Packets
/// of one end arrive in the order in which they were sent, except for those that a rule delays alone or reorders.
/// A flipped bit is one that the checksum of TCP protects, so the receiver always discards such a segment.
class LinkDecider
{
public:
    static constexpr quint64 defaultSeed = 1;

    /// Forgets what waits in bottlenecks.
    void setRules(const QList<LinkRule> &rules);
    const QList<LinkRule> &rules() const { return m_rules; }

    /// The next packet of this end that is of this kind, a copy or not, is lost as by hand.
    void loseNext(Side from, SegmentKind kind);
    QStringList losingNext() const; ///< "client data", in the order in which they were asked for

    LinkFate decide(const LinkPacket &packet, LinkTime now);

    bool holds(Side from) const { return m_holds.at(size_t(from)); } ///< what this end sends now
    void stopHolding(); ///< "hold from" waits for a segment again only when the rules are set

private:
    /// One rate rule, in one direction.
    struct Bottleneck {
        LinkTime free{};               ///< when it has sent everything
        std::deque<LinkTime> finished; ///< when each packet in it has been sent
    };
    struct State {
        quint64 ordinal = 0; ///< among the rules with this verb
        std::array<Bottleneck, 2> bottlenecks;
        bool isOver = false; ///< "hold from": the segment has come
    };

    bool isLostByHand(const LinkPacket &packet);
    void apply(size_t rule, const LinkPacket &packet, LinkFate &fate);
    static void delay(const LinkRule &rule, quint64 number, LinkFate &fate);
    static void pass(const LinkRule &rule, Bottleneck &bottleneck, const LinkPacket &packet, LinkFate &fate);
    void holdFrom(size_t rule, const LinkPacket &packet);
    quint64 number(size_t rule, const LinkPacket &packet) const;

    QList<LinkRule> m_rules;
    std::vector<State> m_states; ///< of the rules
    quint64 m_seed = defaultSeed;
    QList<std::pair<Side, SegmentKind>> m_losingNext;
    std::array<bool, 2> m_holds{};       ///< what each end sends
    std::array<LinkTime, 2> m_last{};    ///< when the last packet of each end is due
    std::array<quint64, 2> m_nameless{}; ///< how many packets of each end had no name
};
