// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"
#include "packets/tcpstate.h"

#include <QRandomGenerator>

#include <functional>
#include <map>
#include <queue>
#include <set>

/// How bad the network is: probabilities in percent, and the longest delay in ticks.
struct SimulatedNetwork {
    /// Lost before the capture. Never SYN or FIN, because the capture would then show a different conversation.
    int lostBefore = 0;
    int lostAfter = 0;
    int doubled = 0;
    int late = 0; ///< data that is overtaken before the capture
    int delay = 0;
};

/// Two ends that speak TCP over a bad network with a capture in between, for tests: with cumulative acknowledgements,
/// retransmission from the first lost byte, segments of any size, and FIN. It knows the real positions and states.
/// Everything derives from one seed.
class SimulatedTcp
{
public:
    struct End {
        TcpState state = TcpState::Closed;
        quint32 isn = 0;
        qint64 length = 0;        ///< of its stream
        bool closesLast = false;  ///< waits for the FIN of the other end
        qint64 acknowledged = -1; ///< first position that the other end has not acknowledged
        qint64 next = -1;         ///< to send
        qint64 expected = -1;     ///< from the other end
        std::set<qint64> early;   ///< received after a gap
        int timerAt = 0;
    };
    struct Sent {
        Segment segment;
        size_t from = 0;
        qint64 start = 0; ///< position of the first thing that it carries
        TcpState state = TcpState::Closed;
    };
    /// captured() is called with each segment, and arrived() with the end that has received a segment.
    std::function<void(const Sent &)> captured;
    std::function<void(size_t)> arrived;

    SimulatedTcp(quint32 seed, const SimulatedNetwork &network)
        : m_random(seed)
        , m_network(network)
    {
        for (End &end : m_ends) {
            end.isn = below(2) ? m_random.generate() : quint32(-below(500));
            end.length = below(3) ? below(3000) : 0;
            end.closesLast = below(3) == 0;
        }
        m_ends[0].closesLast &= !m_ends[1].closesLast;
        m_ends[1].state = TcpState::Listen;
    }

    const End &end(size_t i) const { return m_ends[i]; }

    /// Returns false if the conversation did not end.
    bool run()
    {
        m_ends[0].state = TcpState::SynSent;
        for (m_now = 0; m_now < 100'000; ++m_now) {
            while (!m_ways.empty() && m_ways.top().at <= m_now) {
                const Way way = m_ways.top();
                m_ways.pop();
                way.isCaptured ? receive(way.sent) : pass(way.sent);
            }
            if (isGone(m_ends[0]) && isGone(m_ends[1]) && m_ways.empty())
                return true;
            for (size_t i : {0, 1})
                act(i);
        }
        return false;
    }

private:
    static constexpr int retransmitAfter = 50;
    static constexpr qint64 window = 2000;

    struct Way {
        int at = 0;
        int order = 0;
        bool isCaptured = false;
        Sent sent;
        bool operator<(const Way &other) const { return std::pair(at, order) > std::pair(other.at, other.order); }
    };

    int below(int limit) { return limit <= 0 ? 0 : int(m_random.bounded(limit)); }
    bool chance(int percent) { return below(100) < percent; }
    static bool isGone(const End &end) { return end.state == TcpState::Closed || end.state == TcpState::TimeWait; }
    bool hasFin(const End &end) const { return end.acknowledged > end.length; }

    void travel(const Sent &sent, bool isCaptured, int delay)
    {
        m_ways.push({m_now + delay, ++m_order, isCaptured, sent});
    }

    void send(size_t i, quint16 flags, qint64 start, quint32 length)
    {
        const End &end = m_ends[i];
        Sent sent{.from = i, .start = start, .state = end.state};
        Segment &segment = sent.segment;
        segment.source.port = i == 0 ? 51964 : 8700;
        segment.destination.port = i == 0 ? 8700 : 51964;
        segment.flags = quint16(flags | (end.expected >= 0 ? Segment::Ack : 0));
        segment.window = 512;
        segment.sequence = quint32(end.isn + 1 + start);
        segment.acknowledgement = end.expected >= 0 ? quint32(m_ends[1 - i].isn + 1 + end.expected) : 0;
        segment.length = length;
        const bool isControl = (flags & (Segment::Syn | Segment::Fin)) != 0;
        if (chance(m_network.lostBefore) && !isControl)
            return;
        if (m_network.late > 0 && !isControl)
            travel(sent, false, chance(m_network.late) ? below(5) : 0);
        else
            pass(sent);
        if (chance(m_network.doubled) && !isControl)
            travel(sent, false, below(5));
    }

    void pass(const Sent &sent)
    {
        captured(sent);
        if (chance(m_network.lostAfter))
            return;
        if (m_network.delay == 0)
            receive(sent);
        else
            travel(sent, true, 1 + below(m_network.delay));
    }

    /// Sends what the end may send; called once per tick.
    void act(size_t i)
    {
        End &end = m_ends[i];
        if (isGone(end) || end.state == TcpState::Listen)
            return;
        if (end.next > end.acknowledged && m_now >= end.timerAt)
            end.next = end.acknowledged; // lost: starts again from there
        if (end.next > end.acknowledged + window)
            return;
        if (end.next < 0) {
            end.next = 0;
            end.timerAt = m_now + retransmitAfter;
            return send(i, Segment::Syn, -1, 0);
        }
        if (end.state == TcpState::SynSent || end.state == TcpState::SynReceived || end.next > end.length)
            return;
        const auto length = quint32(qMin<qint64>(end.length - end.next, 1 + below(below(2) ? 30 : 500)));
        const bool isLast = end.next + length == end.length;
        const bool peerIsFinished = end.state == TcpState::CloseWait || end.state == TcpState::LastAck;
        const bool finishes = isLast && (length == 0 || below(2)) && (!end.closesLast || peerIsFinished);
        if (length == 0 && !finishes)
            return;
        const qint64 start = end.next;
        end.timerAt = m_now + retransmitAfter;
        end.next += length + (finishes ? 1 : 0);
        if (finishes && end.state == TcpState::Established)
            end.state = TcpState::FinWait1;
        else if (finishes && end.state == TcpState::CloseWait)
            end.state = TcpState::LastAck;
        send(i, finishes ? Segment::Fin : 0, start, length);
    }

    void receive(const Sent &sent)
    {
        const size_t i = 1 - sent.from;
        End &end = m_ends[i];
        const Segment &segment = sent.segment;
        if (end.state == TcpState::Closed)
            return arrived(i);
        const bool carries = segment.length > 0 || segment.has(Segment::Syn) || segment.has(Segment::Fin);
        takeSyn(end, segment);
        if (segment.has(Segment::Ack))
            takeAck(end, end.acknowledged + qint32(segment.acknowledgement - quint32(end.isn + 1 + end.acknowledged)));
        if (end.state != TcpState::Listen && end.state != TcpState::SynSent)
            takePositions(end, m_ends[1 - i], sent);
        arrived(i);
        if (segment.has(Segment::Syn) && end.state == TcpState::SynReceived) {
            end.next = 0;
            end.timerAt = m_now + retransmitAfter;
            send(i, Segment::Syn, -1, 0);
        } else if (carries && end.expected >= 0) {
            send(i, 0, qMax<qint64>(end.next, 0), 0);
        }
    }

    static void takeSyn(End &end, const Segment &segment)
    {
        if (!segment.has(Segment::Syn))
            return;
        if (end.state == TcpState::Listen)
            end.state = TcpState::SynReceived;
        else if (end.state == TcpState::SynSent && segment.has(Segment::Ack))
            end.state = TcpState::Established;
        else
            return;
        end.expected = 0;
    }

    void takeAck(End &end, qint64 acknowledged)
    {
        if (acknowledged <= end.acknowledged || end.state == TcpState::Listen)
            return;
        end.acknowledged = acknowledged;
        end.next = qMax(end.next, acknowledged);
        end.timerAt = m_now + retransmitAfter;
        if (end.state == TcpState::SynReceived)
            end.state = TcpState::Established;
        if (!hasFin(end))
            return;
        if (end.state == TcpState::FinWait1)
            end.state = TcpState::FinWait2;
        else if (end.state == TcpState::Closing)
            end.state = TcpState::TimeWait;
        else if (end.state == TcpState::LastAck)
            end.state = TcpState::Closed;
    }

    static void takePositions(End &end, const End &other, const Sent &sent)
    {
        const qint64 from = qMax<qint64>(sent.start, 0);
        const qint64 to = sent.start + sent.segment.length + (sent.segment.has(Segment::Fin) ? 1 : 0);
        for (qint64 position = from; position < to; ++position) {
            if (position >= end.expected)
                end.early.insert(position);
        }
        const qint64 before = end.expected;
        while (!end.early.empty() && *end.early.begin() == end.expected) {
            end.early.erase(end.early.begin());
            ++end.expected;
        }
        if (before > other.length || end.expected <= other.length)
            return;
        // A FIN has arrived.
        if (end.state == TcpState::Established)
            end.state = TcpState::CloseWait;
        else if (end.state == TcpState::FinWait1)
            end.state = TcpState::Closing;
        else if (end.state == TcpState::FinWait2)
            end.state = TcpState::TimeWait;
    }

    QRandomGenerator m_random;
    SimulatedNetwork m_network;
    std::array<End, 2> m_ends;
    std::priority_queue<Way> m_ways;
    int m_now = 0;
    int m_order = 0;
};
