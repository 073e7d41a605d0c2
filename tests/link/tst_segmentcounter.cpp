// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "link/segmentcounter.h"
#include "support/registertest.h"

#include <QTest>

/// Names of the segments on a link.
class TestSegmentCounter : public QObject
{
    Q_OBJECT
private slots:
    void conversation();
    void copies();
    void splitAndMerged();
    void dataWithFlags();
    void numbersWrap();
    void connections();
    void aPortUsedAgain();
    void withoutTheBeginning();
    void manySegments();
    void errorsHaveNoName();
};

REGISTER_TEST(TestSegmentCounter)

namespace {

constexpr quint32 clientStart = 1000;
constexpr quint32 serverStart = 5000;

/// Segments of one connection, given as relative sequence numbers.
class CountedWire
{
public:
    explicit CountedWire(quint16 port = 40000)
        : m_port(port)
    {
    }
    QString client(quint32 sequence, quint32 length, int flags = Segment::Ack)
    {
        return names(Side::Client, clientOrigin + sequence, length, flags);
    }
    QString server(quint32 sequence, quint32 length, int flags = Segment::Ack)
    {
        return names(Side::Server, serverStart + sequence, length, flags);
    }
    /// "data 1x2, data 2"
    QString names(Side from, quint32 sequence, quint32 length, int flags)
    {
        Segment segment;
        segment.source = address(from == Side::Client);
        segment.destination = address(from == Side::Server);
        segment.sequence = sequence;
        segment.length = length;
        segment.flags = quint16(flags);
        const auto counted = m_counter.count(from, segment);
        connection = counted.connection;
        QStringList texts;
        for (const SegmentName &name : counted.names)
            texts.append(name.text());
        return texts.join(", ");
    }
    void setPort(quint16 port) { m_port = port; }

    quint32 clientOrigin = clientStart;
    quint32 connection = 0; ///< of the last segment

private:
    SocketAddress address(bool isClient) const
    {
        return {{192, 0, 2, quint8(isClient ? 1 : 2)}, isClient ? m_port : quint16(8700)};
    }

    quint16 m_port;
    SegmentCounter m_counter;
};

constexpr int finAck = Segment::Fin | Segment::Ack;

} // namespace

void TestSegmentCounter::conversation()
{
    CountedWire wire;
    QCOMPARE(wire.client(0, 0, Segment::Syn), "syn 1");
    QCOMPARE(wire.server(0, 0, Segment::Syn | Segment::Ack), "syn-ack 1");
    QCOMPARE(wire.client(1, 0), "ack 1");
    QCOMPARE(wire.client(1, 24), "data 1");
    QCOMPARE(wire.server(1, 0), "ack 1");
    QCOMPARE(wire.server(1, 12), "data 1");
    QCOMPARE(wire.client(25, 0), "ack 2");
    QCOMPARE(wire.client(25, 0, finAck), "fin 1");
    QCOMPARE(wire.server(13, 0), "ack 2");
    QCOMPARE(wire.server(13, 0), "ack 3");
    QCOMPARE(wire.server(13, 0, finAck), "fin 1");
    QCOMPARE(wire.client(26, 0), "ack 3");
    QCOMPARE(wire.client(26, 0, Segment::Rst), "rst 1");
    QCOMPARE(wire.connection, 1U);
}

void TestSegmentCounter::copies()
{
    CountedWire wire;
    wire.client(0, 0, Segment::Syn);
    QCOMPARE(wire.client(0, 0, Segment::Syn), "syn 1x2");
    wire.server(0, 0, Segment::Syn | Segment::Ack);
    QCOMPARE(wire.server(0, 0, Segment::Syn | Segment::Ack), "syn-ack 1x2");
    QCOMPARE(wire.client(1, 10), "data 1");
    QCOMPARE(wire.client(11, 10), "data 2");
    QCOMPARE(wire.client(11, 10), "data 2x2");
    QCOMPARE(wire.client(11, 10), "data 2x3");
    QCOMPARE(wire.client(1, 10), "data 1x2");
    QCOMPARE(wire.client(21, 0, finAck), "fin 1");
    QCOMPARE(wire.client(21, 0, finAck), "fin 1x2");
    QCOMPARE(wire.client(22, 0, Segment::Rst), "rst 1");
    QCOMPARE(wire.client(30, 0, Segment::Rst), "rst 1x2");
}

/// TCP may send bytes again in other pieces.
void TestSegmentCounter::splitAndMerged()
{
    CountedWire wire;
    wire.client(0, 0, Segment::Syn);
    wire.client(1, 100);
    wire.client(101, 100);
    QCOMPARE(wire.client(1, 50), "data 1x2");
    QCOMPARE(wire.client(51, 50), "");
    QCOMPARE(wire.client(51, 100), "data 2x2");
    QCOMPARE(wire.client(1, 200), "data 1x3, data 2x3");
    QCOMPARE(wire.client(101, 150), "data 2x4, data 3");
    QCOMPARE(wire.client(201, 10), "data 3x2"); // its first new byte
    QCOMPARE(wire.client(191, 10), "");
}

void TestSegmentCounter::dataWithFlags()
{
    CountedWire wire;
    QCOMPARE(wire.client(0, 5, Segment::Syn), "syn 1, data 1"); // TCP Fast Open
    QCOMPARE(wire.client(6, 10, finAck), "data 2, fin 1");
    QCOMPARE(wire.client(6, 10, finAck), "data 2x2, fin 1x2");
    QCOMPARE(wire.client(1, 5), "data 1x2");
}

void TestSegmentCounter::numbersWrap()
{
    CountedWire wire;
    wire.clientOrigin = 0xfffffff0;
    wire.client(0, 0, Segment::Syn);
    QCOMPARE(wire.client(1, 20), "data 1");
    QCOMPARE(wire.client(21, 20), "data 2");
    QCOMPARE(wire.client(1, 20), "data 1x2");
}

void TestSegmentCounter::connections()
{
    CountedWire wire;
    wire.client(0, 0, Segment::Syn);
    wire.client(1, 10);
    wire.setPort(40001);
    QCOMPARE(wire.client(0, 0, Segment::Syn), "syn 1");
    QCOMPARE(wire.connection, 2U);
    QCOMPARE(wire.client(1, 10), "data 1");
    wire.setPort(40000);
    QCOMPARE(wire.server(0, 0, Segment::Syn | Segment::Ack), "syn-ack 1");
    QCOMPARE(wire.connection, 1U);
    QCOMPARE(wire.client(11, 10), "data 2");
    for (size_t i = 0; i < SegmentCounter::maxConnections - 1; ++i) {
        wire.setPort(quint16(40002 + i));
        wire.client(0, 0, Segment::Syn);
    }
    wire.setPort(40001);
    QCOMPARE(wire.client(11, 10), "data 2");
    wire.setPort(40000); // forgotten
    QCOMPARE(wire.client(21, 10), "data 1");
}

void TestSegmentCounter::aPortUsedAgain()
{
    CountedWire wire;
    wire.client(0, 0, Segment::Syn);
    wire.client(1, 10);
    wire.clientOrigin += 100'000;
    QCOMPARE(wire.client(0, 0, Segment::Syn), "syn 1");
    QCOMPARE(wire.connection, 2U);
    QCOMPARE(wire.client(1, 10), "data 1");
    // Both ends open at the same time: their SYNs belong to one connection.
    QCOMPARE(wire.server(0, 0, Segment::Syn), "syn 1");
    QCOMPARE(wire.connection, 2U);
}

void TestSegmentCounter::withoutTheBeginning()
{
    CountedWire wire;
    QCOMPARE(wire.client(500, 10), "data 1");
    QCOMPARE(wire.client(510, 0), "ack 1");
    QCOMPARE(wire.client(500, 10), "data 1x2");
    QCOMPARE(wire.client(490, 10), "");
}

void TestSegmentCounter::manySegments()
{
    CountedWire wire;
    wire.client(0, 0, Segment::Syn);
    for (quint32 i = 0; i <= SegmentCounter::maxStarts; ++i)
        wire.client(1 + i * 2, 2);
    QCOMPARE(wire.client(1, 2), ""); // forgotten
    QCOMPARE(wire.client(3, 2), "data 2x2");
    QCOMPARE(wire.client(1 + SegmentCounter::maxStarts * 2, 2), "data 100001x2");
}

void TestSegmentCounter::errorsHaveNoName()
{
    SegmentCounter counter;
    Segment error;
    error.oddity().icmp = IcmpError();
    const auto counted = counter.count(Side::Server, error);
    QCOMPARE(counted.connection, 0U);
    QVERIFY(counted.names.isEmpty());
}

#include "tst_segmentcounter.moc"
