// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The RFC 9293 states of both ends, segment by segment.
class TestFlowStates : public QObject
{
    Q_OBJECT

private slots:
    void states_data();
    void states();
    void resets_data();
    void resets();
    void changedRows();
};

namespace {

QString name(TcpState state)
{
    return tcpStateName(state);
}

/// Formats "SYN-SENT LISTEN": first the client, then the server; at the tail and at the head of the segment's arrow.
QString states(const FlowSegment &segment)
{
    const bool fromClient = segment.sender == Side::Client;
    return name(fromClient ? segment.senderState : segment.receiverState) + u' ' +
           name(fromClient ? segment.receiverState : segment.senderState);
}

QStringList states(const Flow &flow)
{
    QStringList all{name(flow.stateBefore(Side::Client)) + u' ' + name(flow.stateBefore(Side::Server))};
    for (qsizetype row = 0; row < flow.count(); ++row)
        all.append(states(flow.at(row)));
    return all;
}

} // namespace

void TestFlowStates::states_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<qsizetype>("from");       ///< the states before it are those of the handshake
    QTest::addColumn<QStringList>("expected"); ///< before the first row, and after each

    const auto whole = [](const char *name, const QString &script, const QStringList &expected) {
        QTest::newRow(name) << script << qsizetype(0) << expected;
    };
    /// Starts after the handshake.
    const auto open = [](const char *name, const QString &script, const QStringList &expected) {
        QTest::newRow(name) << handshake + script << qsizetype(4) << expected;
    };

    whole(
        "the handshake", handshake,
        {u"CLOSED LISTEN"_s, u"SYN-SENT SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED ESTABLISHED"_s});
    whole("unanswered", u"c> S, c> S seq=-1"_s, {u"CLOSED CLOSED"_s, u"SYN-SENT CLOSED"_s, u"SYN-SENT CLOSED"_s});
    whole("refused", u"c> S, s> RA"_s, {u"CLOSED CLOSED"_s, u"SYN-SENT CLOSED"_s, u"CLOSED CLOSED"_s});
    whole("refused twice", u"c> S, s> RA, c> S seq=-1, s> RA"_s,
          {u"CLOSED CLOSED"_s, u"SYN-SENT CLOSED"_s, u"CLOSED CLOSED"_s, u"SYN-SENT CLOSED"_s, u"CLOSED CLOSED"_s});
    whole("SYN retransmitted", u"c> S, c> S seq=-1, s> SA"_s,
          {u"CLOSED LISTEN"_s, u"SYN-SENT LISTEN"_s, u"SYN-SENT SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s});
    whole("SYN-ACK retransmitted: the ACK was lost", handshake + u"s> SA seq=-1, c> A"_s,
          {u"CLOSED LISTEN"_s, u"SYN-SENT SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED ESTABLISHED"_s,
           u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED ESTABLISHED"_s});
    whole("SYN-ACK was not captured", u"c> S, c> A ack=0"_s,
          {u"CLOSED LISTEN"_s, u"SYN-SENT CLOSED"_s, u"ESTABLISHED ESTABLISHED"_s});
    whole("an ACK of an earlier connection", u"c> S, s> A ack=77777, c> R seq=77777"_s,
          {u"CLOSED CLOSED"_s, u"SYN-SENT CLOSED"_s, u"SYN-SENT CLOSED"_s, u"SYN-SENT CLOSED"_s});
    whole("the same, and then SYN again",
          u"c> S, s> A ack=77777, c> R seq=77777, c> S seq=-1, s> SA ack=0, c> A seq=0"_s,
          {u"CLOSED LISTEN"_s, u"SYN-SENT LISTEN"_s, u"SYN-SENT LISTEN"_s, u"SYN-SENT LISTEN"_s,
           u"SYN-SENT SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED ESTABLISHED"_s});
    whole("refused, then accepted", u"c> S, s> RA, c> S seq=-1, s> SA, c> A"_s,
          {u"CLOSED CLOSED"_s, u"SYN-SENT CLOSED"_s, u"CLOSED CLOSED"_s, u"SYN-SENT SYN-RECEIVED"_s,
           u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED ESTABLISHED"_s});
    whole("a refusal that did not arrive", u"c> S, s> RA seq=0 ack=0, s> SA, c> A"_s,
          {u"CLOSED LISTEN"_s, u"SYN-SENT SYN-RECEIVED"_s, u"SYN-SENT SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s,
           u"ESTABLISHED ESTABLISHED"_s});
    whole("SYN-ACK captured before SYN", u"s> SA ack=0, c> S, c> A ack=0"_s,
          {u"SYN-SENT LISTEN"_s, u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s,
           u"ESTABLISHED ESTABLISHED"_s});
    whole("simultaneous open (figure 7)", u"c> S, s> S, c> SA seq=-1, s> SA seq=-1"_s,
          {u"CLOSED CLOSED"_s, u"SYN-SENT SYN-RECEIVED"_s, u"SYN-RECEIVED SYN-SENT"_s, u"SYN-RECEIVED ESTABLISHED"_s,
           u"ESTABLISHED SYN-RECEIVED"_s});
    whole("fast open", u"c> S 5, s> SA, s> PA 7, c> A"_s,
          {u"CLOSED LISTEN"_s, u"SYN-SENT SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED SYN-RECEIVED"_s,
           u"ESTABLISHED ESTABLISHED"_s});
    whole("begins with SYN-ACK", u"s> SA, c> A"_s,
          {u"SYN-SENT LISTEN"_s, u"ESTABLISHED SYN-RECEIVED"_s, u"ESTABLISHED ESTABLISHED"_s});
    whole("begins later", u"c> PA 24, s> A"_s,
          {u"ESTABLISHED ESTABLISHED"_s, u"ESTABLISHED ESTABLISHED"_s, u"ESTABLISHED ESTABLISHED"_s});
    whole("begins with a FIN", u"c> FA, s> A"_s,
          {u"ESTABLISHED ESTABLISHED"_s, u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s});

    open("four-way close (figure 12)", u"c> FA, s> A, s> FA, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"TIME-WAIT LAST-ACK"_s, u"TIME-WAIT CLOSED"_s});
    open("the server closes first", u"s> FA, c> A, c> FA, s> A"_s,
         {u"CLOSE-WAIT FIN-WAIT-1"_s, u"CLOSE-WAIT FIN-WAIT-2"_s, u"LAST-ACK TIME-WAIT"_s, u"CLOSED TIME-WAIT"_s});
    open("three-way close", u"c> FA, s> FA, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"TIME-WAIT LAST-ACK"_s, u"TIME-WAIT CLOSED"_s});
    open("simultaneous close (figure 13)", u"c> FA, s> FA ack=0, c> A, s> A"_s,
         {u"FIN-WAIT-1 CLOSING"_s, u"CLOSING FIN-WAIT-1"_s, u"CLOSING TIME-WAIT"_s, u"TIME-WAIT TIME-WAIT"_s});
    open("simultaneous close, the second FIN was lost: the ACK has the number behind it",
         u"c> FA, s> A seq=1, s> FA seq=0 after=200, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"TIME-WAIT CLOSING"_s, u"TIME-WAIT TIME-WAIT"_s});
    open("the same number, but the first FIN was sent again", u"c> FA, c> FA seq=0, s> A seq=1, s> FA seq=0, c> A"_s,
         {u"FIN-WAIT-1 ESTABLISHED"_s, u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"TIME-WAIT LAST-ACK"_s,
          u"TIME-WAIT CLOSED"_s});
    open("half-close", u"c> FA, s> A, s> PA 12, c> A, s> FA, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s,
          u"FIN-WAIT-2 CLOSE-WAIT"_s, u"TIME-WAIT LAST-ACK"_s, u"TIME-WAIT CLOSED"_s});
    open("data that crosses the FIN", u"c> FA, s> PA 12 ack=0, c> A, s> FA, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-1 ESTABLISHED"_s, u"FIN-WAIT-1 CLOSE-WAIT"_s, u"TIME-WAIT LAST-ACK"_s,
          u"TIME-WAIT CLOSED"_s});
    open("FIN with data", u"c> FPA 24, s> A, s> FPA 12, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"TIME-WAIT LAST-ACK"_s, u"TIME-WAIT CLOSED"_s});
    open("the data is acknowledged, but not the FIN", u"c> FPA 24, s> A ack=24, s> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-1 ESTABLISHED"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s});
    open("FIN behind a gap does not count until the gap is filled",
         u"c> FA seq=24, s> A ack=0, c> PA 24 seq=0, s> A ack=25"_s,
         {u"FIN-WAIT-1 ESTABLISHED"_s, u"FIN-WAIT-1 ESTABLISHED"_s, u"FIN-WAIT-1 CLOSE-WAIT"_s,
          u"FIN-WAIT-2 CLOSE-WAIT"_s});
    open("the second FIN retransmitted: acknowledged again in TIME-WAIT",
         u"c> FA, s> A, s> FA, c> A, s> FA seq=0, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"TIME-WAIT LAST-ACK"_s, u"TIME-WAIT CLOSED"_s,
          u"TIME-WAIT LAST-ACK"_s, u"TIME-WAIT CLOSED"_s});
    open("the first FIN retransmitted", u"c> FA, c> FA seq=0, s> A"_s,
         {u"FIN-WAIT-1 ESTABLISHED"_s, u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s});
    open("both FINs lost, and sent again at once",
         u"c> FA, s> FA ack=0, c> A ack=0, s> FA seq=0 ack=0, c> FA seq=0 ack=0, c> A ack=1, s> A"_s,
         {u"FIN-WAIT-1 ESTABLISHED"_s, u"FIN-WAIT-1 FIN-WAIT-1"_s, u"FIN-WAIT-1 FIN-WAIT-1"_s, u"CLOSING FIN-WAIT-1"_s,
          u"FIN-WAIT-1 CLOSING"_s, u"CLOSING TIME-WAIT"_s, u"TIME-WAIT TIME-WAIT"_s});
    open("the second FIN lost", u"c> FA, s> A, s> FA, c> A ack=0, s> FA seq=0, c> A"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"FIN-WAIT-2 LAST-ACK"_s, u"FIN-WAIT-2 LAST-ACK"_s,
          u"TIME-WAIT LAST-ACK"_s, u"TIME-WAIT CLOSED"_s});
    open("closed, and the peer still sends", u"c> FA, s> A, s> PA 12, c> R"_s,
         {u"FIN-WAIT-1 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"FIN-WAIT-2 CLOSE-WAIT"_s, u"CLOSED CLOSED"_s});
    open("a late segment is answered by RST", u"c> RA, s> PA 5, c> R"_s,
         {u"CLOSED ESTABLISHED"_s, u"CLOSED ESTABLISHED"_s, u"CLOSED CLOSED"_s});
    open("a reset that did not arrive: the end goes on", u"c> R, s> PA 5, c> A"_s,
         {u"ESTABLISHED ESTABLISHED"_s, u"ESTABLISHED ESTABLISHED"_s, u"ESTABLISHED ESTABLISHED"_s});
    open("a reset that the other end did not send", u"c> R, c> PA 5, s> R"_s,
         {u"ESTABLISHED CLOSED"_s, u"ESTABLISHED CLOSED"_s, u"CLOSED CLOSED"_s});
    open("data that the reset overtook", u"c> R seq=5, c> PA 5"_s,
         {u"ESTABLISHED ESTABLISHED"_s, u"ESTABLISHED ESTABLISHED"_s});
    open("a stray SYN", u"c> S seq=500, s> A"_s, {u"ESTABLISHED ESTABLISHED"_s, u"ESTABLISHED ESTABLISHED"_s});
}

void TestFlowStates::states()
{
    QFETCH(const QString, script);
    QFETCH(const qsizetype, from);
    QFETCH(const QStringList, expected);

    const Flow flow = flowOf(SegmentScript().segments(script));
    QCOMPARE(::states(flow).sliced(from), expected);
    const FlowSegment &last = flow.at(flow.count() - 1);
    QCOMPARE(flow.state(otherEnd(last.sender)), last.receiverState);
}

void TestFlowStates::resets_data()
{
    QTest::addColumn<QString>("script"); ///< the last segment is the reset
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");

    const QString closed = u"CLOSED CLOSED"_s;
    QTest::newRow("SYN-RECEIVED, by the other end")
        << u"c> S, s> SA, c> R"_s << u"ESTABLISHED SYN-RECEIVED"_s << u"CLOSED LISTEN"_s;
    QTest::newRow("SYN-RECEIVED, by itself") << u"c> S, s> SA, s> R"_s << u"ESTABLISHED SYN-RECEIVED"_s << closed;
    QTest::newRow("SYN-RECEIVED of a simultaneous open")
        << u"c> S, s> S, c> R"_s << u"SYN-RECEIVED SYN-SENT"_s << closed;
    QTest::newRow("ESTABLISHED") << handshake + u"s> R"_s << u"ESTABLISHED ESTABLISHED"_s << closed;
    QTest::newRow("FIN-WAIT-1 and CLOSE-WAIT") << handshake + u"c> FA, s> RA"_s << u"FIN-WAIT-1 CLOSE-WAIT"_s << closed;
    QTest::newRow("FIN-WAIT-2") << handshake + u"c> FA, s> A, s> RA"_s << u"FIN-WAIT-2 CLOSE-WAIT"_s << closed;
    QTest::newRow("CLOSE-WAIT") << handshake + u"c> FA, s> A, c> R"_s << u"FIN-WAIT-2 CLOSE-WAIT"_s << closed;
    QTest::newRow("LAST-ACK") << handshake + u"c> FA, s> A, s> FA, c> R"_s << u"TIME-WAIT LAST-ACK"_s << closed;
    QTest::newRow("CLOSING") << handshake + u"c> FA, s> FA ack=0, c> R"_s << u"CLOSING FIN-WAIT-1"_s << closed;
    QTest::newRow("TIME-WAIT") << handshake + u"c> FA, s> FA, c> A, s> R"_s << u"TIME-WAIT CLOSED"_s << closed;
    QTest::newRow("SYN-SENT, without acknowledging SYN: ignored")
        << u"c> S, s> R"_s << u"SYN-SENT CLOSED"_s << u"SYN-SENT CLOSED"_s;
    QTest::newRow("behind what was acknowledged: ignored")
        << handshake + u"c> PA 24, s> A, c> R seq=23"_s << u"ESTABLISHED ESTABLISHED"_s << u"ESTABLISHED ESTABLISHED"_s;
}

void TestFlowStates::resets()
{
    QFETCH(const QString, script);
    QFETCH(const QString, before);
    QFETCH(const QString, after);

    const Flow flow = flowOf(SegmentScript().segments(script));
    QCOMPARE(::states(flow.at(flow.count() - 2)), before);
    QCOMPARE(name(flow.state(Side::Client)) + u' ' + name(flow.state(Side::Server)), after);
    QCOMPARE(::states(flow.at(flow.count() - 1)), after);
}

/// append() returns the first row that it changed, and changes no earlier row.
void TestFlowStates::changedRows()
{
    for (const QString &script : {handshake + u"c> FA, s> FA ack=0, c> A, s> A"_s, u"c> S, c> S seq=-1, s> SA"_s,
                                  u"c> S, s> S, c> SA seq=-1, s> SA seq=-1"_s, handshake + u"c> FA, c> FA seq=0"_s,
                                  handshake + u"c> R, s> A, c> PA 5"_s,
                                  handshake + u"c> R, s> PA 5, c> R, s> PA 5, c> R"_s, u"c> S, s> RA, s> SA, c> A"_s}) {
        const auto segments = SegmentScript().segments(script);
        Flow flow(segments.front());
        QStringList before;
        bool lookedBack = false;
        for (const Segment &segment : segments) {
            const qsizetype changedFrom = flow.append(segment);
            lookedBack |= changedFrom < flow.count() - 1;
            QStringList now;
            for (qsizetype row = 0; row < flow.count(); ++row)
                now.append(::states(flow.at(row)) + QString::number(flow.at(row).notes));
            QCOMPARE(now.first(changedFrom), before.first(changedFrom));
            if (changedFrom < flow.count() - 1)
                QVERIFY(now[changedFrom] != before[changedFrom]);
            before = now;
        }
        QVERIFY(lookedBack);
    }
}

REGISTER_TEST(TestFlowStates)
#include "tst_flowstates.moc"
