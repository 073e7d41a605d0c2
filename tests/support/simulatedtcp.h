// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/segment.h"
#include "simulatedend.h"
#include "simulatednetwork.h"

#include <QRandomGenerator>

#include <functional>
#include <optional>
#include <queue>

/// Two ends that speak TCP over a bad network with a capture in between, for tests: with cumulative acknowledgements,
/// retransmission from the first lost byte, segments of any size, and FIN. With RSTs, the ends follow RFC 9293, section
/// 3.10.7, and RFC 5961, section 3.2: challenge ACKs, answers of closed ends, and keep-alives that notice a closed end.
/// It knows the real positions and states. Everything derives from one seed.
class SimulatedTcp
{
public:
    using End = SimulatedEnd;
    using Sent = SimulatedSegment;

    /// captured() is called with each segment, and arrived() with the end that has received a segment.
    std::function<void(const Sent &)> captured;
    std::function<void(size_t)> arrived;
    /// Called with each segment that reaches its receiver, with the frame that captured() gave it, and the tick.
    std::function<void(const Sent &, int)> received = [](const Sent &, int) {};

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
            if (m_ends[0].isGone() && m_ends[1].isGone() && m_ways.empty())
                return true;
            for (size_t i : {0, 1})
                act(i);
            if (perThousand(m_network.blind))
                sendBlindly(size_t(below(2)));
        }
        return false;
    }

private:
    static constexpr int retransmitAfter = 50;
    static constexpr int keepAliveAfter = 300;
    static constexpr qint64 window = 2000;
    static constexpr qint64 receiveWindow = 5000; ///< as announced

    struct Way {
        int at = 0;
        int order = 0;
        bool isCaptured = false;
        Sent sent;
        bool operator<(const Way &other) const { return std::pair(at, order) > std::pair(other.at, other.order); }
    };

    int below(int limit) { return limit <= 0 ? 0 : int(m_random.bounded(limit)); }
    /// Draws no number for 0, so that a seed means the same with and without RSTs.
    bool perThousand(int limit) { return limit > 0 && below(1000) < limit; }
    bool chance(int percent) { return below(100) < percent; }
    bool hasFin(const End &end) const { return end.acknowledged > end.length; }

    void travel(const Sent &sent, bool isCaptured, int delay)
    {
        m_ways.push({m_now + delay, ++m_order, isCaptured, sent});
    }

    Sent sentBy(size_t i, qint64 start) const
    {
        Sent sent{.from = i, .start = start, .state = m_ends[i].state};
        sent.segment.source.port = i == 0 ? 51964 : 8700;
        sent.segment.destination.port = i == 0 ? 8700 : 51964;
        return sent;
    }

    void send(size_t i, quint16 flags, qint64 start, quint32 length)
    {
        const End &end = m_ends[i];
        Sent sent = sentBy(i, start);
        Segment &segment = sent.segment;
        segment.flags = quint16(flags | (end.expected >= 0 ? Segment::Ack : 0));
        segment.window = quint16(receiveWindow);
        segment.sequence = quint32(end.isn + 1 + start);
        segment.acknowledgement = end.expected >= 0 ? quint32(m_ends[1 - i].isn + 1 + end.expected) : 0;
        segment.length = length;
        const bool isControl = (flags & (Segment::Syn | Segment::Fin | Segment::Rst)) != 0;
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
        Sent timed = sent;
        timed.segment.timeUs = qint64(m_now) * 1000;
        timed.segment.frame = ++m_frames;
        captured(timed);
        const bool isReset = sent.segment.has(Segment::Rst);
        // If an end goes on after a RST, and that is lost, no capture can show that the RST arrives later.
        if (chance(m_network.lostAfter) && m_resetsUnderWay == 0)
            return;
        m_resetsUnderWay += isReset ? 1 : 0;
        if (m_network.delay == 0)
            receive(timed);
        else
            travel(timed, true, 1 + below(m_network.delay));
    }

    /// Sends what the end may send; called once per tick.
    void act(size_t i)
    {
        End &end = m_ends[i];
        if (end.isGone() || end.state == TcpState::Listen)
            return;
        if (end.isSynchronized() && perThousand(m_network.aborts))
            return abort(i);
        if (m_network.hasResets() && end.isSynchronized() && m_now >= end.timerAt + keepAliveAfter) {
            end.timerAt = m_now;
            return send(i, 0, end.next - 1, 0);
        }
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
        received(sent, m_now);
        if (segment.has(Segment::Rst)) {
            --m_resetsUnderWay;
            return receiveReset(i, segment);
        }
        if (end.state == TcpState::Closed || (end.state == TcpState::Listen && end.wasReset)) {
            arrived(i);
            if (end.wasReset)
                answerWithReset(i, segment);
            return;
        }
        if (end.state == TcpState::SynSent && segment.has(Segment::Ack) && end.acknowledgedBy(segment) != 0) {
            arrived(i); // an unacceptable ACK
            return answerWithReset(i, segment);
        }
        const bool carries = segment.length > 0 || segment.has(Segment::Syn) || segment.has(Segment::Fin);
        takeSyn(end, segment);
        if (segment.has(Segment::Ack))
            takeAck(end, end.acknowledgedBy(segment));
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

    void abort(size_t i)
    {
        End &end = m_ends[i];
        end.state = TcpState::Closed;
        end.wasReset = true;
        send(i, Segment::Rst, end.next, 0);
    }

    /// As TCP does without a connection, and in SYN-SENT (RFC 9293, sections 3.10.7.1 and 3.10.7.3).
    void answerWithReset(size_t i, const Segment &segment)
    {
        if (segment.has(Segment::Ack))
            sendReset(i, segment.acknowledgement, {});
    }

    void sendReset(size_t i, quint32 number, std::optional<quint32> acknowledgement)
    {
        Sent sent = sentBy(i, qint32(number - quint32(m_ends[i].isn + 1)));
        Segment &segment = sent.segment;
        segment.flags = quint16(Segment::Rst | (acknowledgement ? Segment::Ack : 0));
        segment.sequence = number;
        segment.acknowledgement = acknowledgement.value_or(0);
        pass(sent);
    }

    /// RFC 9293, sections 3.10.7.3 and 3.10.7.4.
    void receiveReset(size_t i, const Segment &segment)
    {
        End &end = m_ends[i];
        const qint64 offset = qint32(segment.sequence - quint32(m_ends[1 - i].isn + 1 + end.expected));
        if (end.state == TcpState::SynSent) {
            if (segment.has(Segment::Ack) && end.acknowledgedBy(segment) == 0)
                reset(end);
        } else if (end.state != TcpState::Closed && end.state != TcpState::Listen) {
            if (offset == 0)
                reset(end);
            else if (offset > 0 && offset < receiveWindow) {
                arrived(i);
                return send(i, 0, end.next, 0); // a challenge ACK
            }
        }
        arrived(i);
    }

    static void reset(End &end)
    {
        end.state = end.state == TcpState::SynReceived ? TcpState::Listen : TcpState::Closed;
        end.wasReset = true;
    }

    /// Somebody who knows addresses and ports sends a segment in the name of an end, at a position that the receiver
    /// expects, or not.
    void sendBlindly(size_t i)
    {
        const End &receiver = m_ends[1 - i];
        if (receiver.state == TcpState::SynSent) {
            const quint32 number = receiver.isn - quint32(below(1000));
            if (below(2))
                return sendReset(i, 0, number);
            Sent stray = sentBy(i, 0);
            stray.segment.flags = Segment::Ack;
            stray.segment.sequence = m_random.generate();
            stray.segment.acknowledgement = number;
            return pass(stray);
        }
        if (!receiver.isSynchronized() || !m_ends[i].isSynchronized())
            return;
        const std::array<qint64, 5> offsets{0, -1 - below(300), 1, receiveWindow - 1, receiveWindow + below(100)};
        const qint64 offset = offsets[size_t(below(int(offsets.size())))];
        sendReset(i, quint32(m_ends[i].isn + 1 + receiver.expected + offset), {});
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
    quint32 m_frames = 0;
    int m_resetsUnderWay = 0;
};
