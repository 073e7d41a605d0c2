// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flow.h"

#include <QRegularExpression>
#include <QStringList>
#include <QtEndian>

#include <array>
#include <map>

inline const QString handshake = QStringLiteral("c> S, s> SA, c> A, "); ///< the beginning of a SegmentScript

/// Segments written as text, for tests: "c> S, s> SA, c> A, c> PA 24, s> A". The letters are S, F, R, P, A, and . for
/// no flag; a number is the length of the payload. Each end continues where it stopped, and acknowledges everything
/// that the other end has sent before. seq=N, ack=N (positions in the stream, as in FlowSegment) and win=N override
/// this. seq= does not affect where the end continues. Each segment comes 1 ms after the one before; after=N makes it
/// N ms. sack=A-B adds a SACK block.
class SegmentScript
{
public:
    explicit SegmentScript(quint32 clientIsn = 1000, quint32 serverIsn = 2000, quint16 clientPort = 51964)
        : m_isn{clientIsn, serverIsn}
    {
        for (SocketAddress &address : m_addresses)
            address.address = {127, 0, 0, 1};
        m_addresses[0].port = clientPort;
        m_addresses[1].port = 8700;
    }

    std::vector<Segment> segments(const QString &script)
    {
        std::vector<Segment> all;
        for (const QString &line : script.split(u',')) {
            if (!line.trimmed().isEmpty())
                all.push_back(segment(line.trimmed()));
        }
        return all;
    }

    Segment segment(const QString &line)
    {
        static const QRegularExpression pattern(QStringLiteral(
            "^([cs])> ([SFRPA.]+)(?: ([0-9]+))?(?: seq=(-?[0-9]+))?(?: ack=(-?[0-9]+))?(?: win=([0-9]+))?"
            "(?: after=([0-9]+))?(?: sack=([0-9]+)-([0-9]+))?$"));
        const auto match = pattern.match(line);
        if (!match.hasMatch())
            qFatal("not a segment: %s", qPrintable(line));
        const size_t from = match.captured(1) == QLatin1StringView("c") ? 0 : 1;
        Segment segment;
        segment.timeUs = m_timeUs += match.hasCaptured(7) ? match.captured(7).toLongLong() * 1000 : 1000;
        segment.frame = ++m_frame;
        segment.source = m_addresses[from];
        segment.destination = m_addresses[1 - from];
        segment.flags = flags(match.captured(2));
        segment.length = match.captured(3).toUInt();
        segment.window = match.hasCaptured(6) ? match.captured(6).toUShort() : 512;
        const qint64 position = match.hasCaptured(4)        ? match.captured(4).toLongLong()
                                : segment.has(Segment::Syn) ? -1
                                                            : m_next[from];
        segment.sequence = quint32(m_isn[from] + 1 + position);
        if (segment.has(Segment::Ack)) {
            const qint64 acknowledged = match.hasCaptured(5) ? match.captured(5).toLongLong() : m_next[1 - from];
            segment.acknowledgement = quint32(m_isn[1 - from] + 1 + acknowledged);
        }
        if (match.hasCaptured(8))
            addSack(segment, m_isn[1 - from] + 1, match.captured(8).toUInt(), match.captured(9).toUInt());
        const qint64 end =
            position + segment.length + (segment.has(Segment::Syn) ? 1 : 0) + (segment.has(Segment::Fin) ? 1 : 0);
        m_next[from] = qMax(m_next[from], end);
        return segment;
    }

    static constexpr qint64 firstUs = 1'800'000'000'001'000; ///< the time of the first segment

    /// Starts another connection between the same addresses, with these initial sequence numbers.
    void restart(quint32 clientIsn, quint32 serverIsn)
    {
        m_isn = {clientIsn, serverIsn};
        m_next = {0, 0};
    }

    /// The sequence number of a position in the stream of that end.
    quint32 number(const SocketAddress &sender, qint64 position) const
    {
        return quint32(m_isn[sender == m_addresses[0] ? 0 : 1] + 1 + position);
    }

    SocketAddress &address(Side side) { return m_addresses[size_t(side)]; }

private:
    static void addSack(Segment &segment, quint32 zero, quint32 from, quint32 to)
    {
        segment.options[0] = segment.options[1] = 1;
        segment.options[2] = 5;
        segment.options[3] = 10;
        qToBigEndian(zero + from, segment.options.data() + 4);
        qToBigEndian(zero + to, segment.options.data() + 8);
        segment.optionBytes = 12;
        segment.headerBytes = segment.capturedBytes = quint8(segment.headerBytes + 12);
    }

    static quint16 flags(const QString &letters)
    {
        quint16 flags = 0;
        for (const QChar letter : letters) {
            flags |= letter == u'S'   ? Segment::Syn
                     : letter == u'F' ? Segment::Fin
                     : letter == u'R' ? Segment::Rst
                     : letter == u'P' ? Segment::Psh
                     : letter == u'A' ? Segment::Ack
                                      : 0;
        }
        return flags;
    }

    std::array<quint32, 2> m_isn; ///< by Side
    std::array<qint64, 2> m_next{0, 0};
    std::array<SocketAddress, 2> m_addresses;
    qint64 m_timeUs = firstUs - 1000;
    quint32 m_frame = 0;
};

/// Creates a flow from these segments.
inline Flow flowOf(const std::vector<Segment> &segments, quint16 serverPort = 0)
{
    Flow flow(segments.front(), serverPort);
    for (const Segment &segment : segments)
        flow.append(segment);
    return flow;
}
