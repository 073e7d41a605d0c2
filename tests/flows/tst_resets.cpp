// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/amounts.h"
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Which RSTs count: every state, every kind of RST, and every position relative to the receive window.
class TestResets : public QObject
{
    Q_OBJECT

private slots:
    void positions_data();
    void positions();
    void withOptions_data();
    void withOptions();
    void uncertain_data();
    void uncertain();
    void followed_data();
    void followed();
    void many();
};

namespace {

/// The state of the client, or before the handshake of the server, which receives the RST.
struct State {
    const char *name;
    QString script;
    bool isServer = false;
    qint64 next = 0;           ///< RCV.NXT, as a position in the stream of the RST's sender
    bool countsBefore = false; ///< RCV.NXT - 1 counts, too
    const char *rule = "RFC 9293, 3.10.7.4";
};

/// A state in which the sequence number decides.
std::vector<State> statesWithWindow()
{
    const char *afterFin = "Linux, after a FIN";
    return {
        {.name = "SYN-RECEIVED", .script = u"c> S, s> SA, "_s, .isServer = true},
        {.name = "ESTABLISHED", .script = handshake + u"s> PA 10, c> A, "_s, .next = 10},
        {.name = "FIN-WAIT-1", .script = handshake + u"s> PA 10, c> A, c> FA, "_s, .next = 10},
        {.name = "FIN-WAIT-2", .script = handshake + u"s> PA 10, c> A, c> FA, s> A, "_s, .next = 10},
        {.name = "CLOSE-WAIT",
         .script = handshake + u"s> FA, c> A, "_s,
         .next = 1,
         .countsBefore = true,
         .rule = afterFin},
        {.name = "CLOSING",
         .script = handshake + u"c> FA, s> FA ack=0, c> A, "_s,
         .next = 1,
         .countsBefore = true,
         .rule = afterFin},
        {.name = "LAST-ACK",
         .script = handshake + u"s> FA, c> A, c> FA, "_s,
         .next = 1,
         .countsBefore = true,
         .rule = afterFin},
        {.name = "TIME-WAIT",
         .script = handshake + u"c> FA, s> A, s> FA, c> A, "_s,
         .next = 1,
         .rule = "RFC 9293, 3.10.7.4, not RFC 1337"},
    };
}

TcpState receiversState(const Flow &flow, bool isServer)
{
    return flow.state(isServer ? Side::Server : Side::Client);
}

} // namespace

void TestResets::positions_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("isServer");
    QTest::addColumn<QString>("before"); ///< the receiver's state
    QTest::addColumn<QString>("reset");
    QTest::addColumn<QString>("after");

    constexpr int window = 512;
    for (const State &state : statesWithWindow()) {
        const QString sender = state.isServer ? u"c> "_s : u"s> "_s;
        const QString closed = state.isServer ? u"LISTEN"_s : u"CLOSED"_s;
        const auto row = [&](const char *kind, const QString &flags, const char *where, qint64 position, bool counts,
                             const char *rule) {
            const QString title = u"%1, %2 %3: %4 (%5)"_s.arg(
                QLatin1StringView(state.name), QLatin1StringView(kind), QLatin1StringView(where),
                counts ? u"counts"_s : u"ignored"_s, QLatin1StringView(rule));
            QTest::newRow(qPrintable(title))
                << state.script << state.isServer << QString::fromLatin1(state.name) << sender + flags.arg(position)
                << (counts ? closed : QString::fromLatin1(state.name));
        };
        // TCP does not look at the acknowledgement of a RST in these states.
        for (const auto &[kind, flags] : {std::pair("RST", u"R seq=%1"_s), std::pair("RST with ACK", u"RA seq=%1"_s),
                                          std::pair("RST with an ACK of nothing sent", u"RA seq=%1 ack=7777"_s)}) {
            row(kind, flags, "left of the window", state.next - 2, false, "RFC 9293, 3.10.7.4");
            row(kind, flags, "at RCV.NXT - 1", state.next - 1, state.countsBefore, state.rule);
            row(kind, flags, "at RCV.NXT", state.next, true, "RFC 5961, 3.2");
            row(kind, flags, "at RCV.NXT + 1", state.next + 1, false, "RFC 5961, 3.2: challenge ACK");
            row(kind, flags, "at the end of the window", state.next + window - 1, false,
                "RFC 5961, 3.2: challenge ACK");
            row(kind, flags, "right of the window", state.next + window, false, "RFC 9293, 3.10.7.4");
        }
    }
    const auto synSent = [](const char *name, const QString &script, const QString &reset, bool counts) {
        QTest::newRow(name) << script << false << u"SYN-SENT"_s << reset << (counts ? u"CLOSED"_s : u"SYN-SENT"_s);
    };
    synSent("SYN-SENT, RST without ACK: ignored (RFC 9293, 3.10.7.3)", u"c> S, "_s, u"s> R"_s, false);
    synSent("SYN-SENT, RST with an ACK of SYN: counts (3.10.7.3)", u"c> S, "_s, u"s> RA ack=0"_s, true);
    synSent("SYN-SENT, RST with ACK = ISS: ignored (3.10.7.3)", u"c> S, "_s, u"s> RA ack=-1"_s, false);
    synSent("SYN-SENT, RST with ACK > SND.NXT: ignored (3.10.7.3)", u"c> S, "_s, u"s> RA ack=1"_s, false);
    synSent("SYN-SENT with data, RST with an ACK of SYN: counts (RFC 7413)", u"c> S 10, "_s, u"s> RA ack=0"_s, true);
    synSent("SYN-SENT with data, RST with an ACK of both: counts (RFC 7413)", u"c> S 10, "_s, u"s> RA ack=10"_s, true);
    synSent("SYN-SENT with data, RST with ACK > SND.NXT: ignored (3.10.7.3)", u"c> S 10, "_s, u"s> RA ack=11"_s, false);
    QTest::newRow("SYN-RECEIVED of a simultaneous open, RST at RCV.NXT: counts, back to CLOSED (3.10.7.4)")
        << u"s> S, c> S, "_s << true << u"SYN-RECEIVED"_s << u"c> R seq=0"_s << u"CLOSED"_s;
}

void TestResets::positions()
{
    QFETCH(const QString, script);
    QFETCH(const bool, isServer);
    QFETCH(const QString, before);
    QFETCH(const QString, reset);
    QFETCH(const QString, after);

    SegmentScript source;
    Flow flow = flowOf(source.segments(script));
    const bool isSwapped = script.startsWith(u"s> S,"_s); // then the server is the client of the flow
    QCOMPARE(QString(tcpStateName(receiversState(flow, isServer && !isSwapped))),
             isSwapped ? u"SYN-RECEIVED"_s : before);
    const size_t headings = flow.headings().size();
    flow.append(source.segment(reset));
    const bool isIgnored = before == after;
    QCOMPARE(QString(tcpStateName(receiversState(flow, isServer && !isSwapped))), after);
    QCOMPARE(flow.at(flow.count() - 1).has(FlowSegment::IgnoredReset), isIgnored);
    if (isIgnored)
        QCOMPARE(flow.headings().size(), headings);
}

void TestResets::withOptions_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("counts");

    const QString gap = handshake + u"s> PA 10, c> A, s> PA 10 seq=20, c> A ack=10 sack=20-30, s> PA 10 seq=40, "
                                    u"c> A ack=10 sack=40-50, "_s;
    QTest::newRow("at RCV.NXT") << gap + u"s> R seq=10"_s << true;
    QTest::newRow("at the right edge of the highest SACK block (Linux)") << gap + u"s> R seq=50"_s << true;
    const QString filled = gap + u"s> PA 10 seq=10, s> PA 10 seq=30, c> A ack=50, "_s;
    QTest::newRow("the same, after it was acknowledged") << filled + u"s> R seq=50"_s << true;
    QTest::newRow("at a right edge that was passed")
        << filled + u"s> PA 10 seq=50, c> A ack=60, s> R seq=50"_s << false;
}

void TestResets::withOptions()
{
    QFETCH(const QString, script);
    QFETCH(const bool, counts);
    const Flow flow = flowOf(SegmentScript().segments(script));
    QCOMPARE(flow.state(Side::Client), counts ? TcpState::Closed : TcpState::Established);
}

/// The capture does not tell RCV.NXT, and nothing follows.
void TestResets::uncertain_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("counts");

    QTest::newRow("after data that may have arrived") << handshake + u"s> PA 10, s> R seq=10"_s << true;
    QTest::newRow("before data that may have been lost") << handshake + u"s> PA 10, s> R seq=0"_s << true;
    QTest::newRow("between two segments that may have arrived")
        << handshake + u"s> PA 10, s> PA 10, s> R seq=10"_s << true;
    QTest::newRow("in the middle of a segment") << handshake + u"s> PA 10, s> R seq=5"_s << false;
    QTest::newRow("after data that was not captured, though it was acknowledged")
        << handshake + u"c> A ack=30, s> R seq=40"_s << true;
    QTest::newRow("after a gap in the capture") << handshake + u"s> PA 10 seq=10, s> R seq=300"_s << true;
    QTest::newRow("after a gap in the capture, but right of the window")
        << handshake + u"s> PA 10 seq=10, s> R seq=600"_s << false;
    QTest::newRow("the capture begins with it") << u"s> R"_s << true;
    QTest::newRow("the capture began before, and the other end has acknowledged nothing")
        << u"s> PA 5, s> R seq=77"_s << true;
    QTest::newRow("FIN that was not acknowledged, and a RST that does not count it")
        << handshake + u"s> FPA 10, s> R seq=10"_s << true;
}

void TestResets::uncertain()
{
    QFETCH(const QString, script);
    QFETCH(const bool, counts);
    const Flow flow = flowOf(SegmentScript().segments(script));
    QCOMPARE(flow.state(Side::Client), counts ? TcpState::Closed : TcpState::Established);
    QCOMPARE(flow.rstRow(Side::Server), counts ? flow.count() - 1 : -1);
}

void TestResets::followed_data()
{
    QTest::addColumn<QString>("script"); ///< after the handshake; the first segment is the RST
    QTest::addColumn<QString>("states"); ///< right after the RST, once all is known
    QTest::addColumn<QString>("end");

    const QString open = u"ESTABLISHED ESTABLISHED"_s;
    const QString closed = u"CLOSED CLOSED"_s;
    const auto row = [](const char *name, const QString &script, const QString &states, const QString &end) {
        QTest::newRow(name) << script << states << end;
    };
    row("nothing", u"s> R"_s, closed, closed);
    row("a challenge ACK", u"s> R, c> A"_s, open, open);
    row("data of the receiver", u"s> R, c> PA 5"_s, open, open);
    row("a FIN of the receiver", u"s> R, c> FA"_s, open, u"FIN-WAIT-1 CLOSE-WAIT"_s);
    row("a RST of the receiver", u"s> R, c> R"_s, closed, closed);
    row("data of the sender", u"s> R, s> PA 5"_s, u"CLOSED ESTABLISHED"_s, u"CLOSED ESTABLISHED"_s);
    row("data of the sender, answered by RST", u"s> R, s> PA 5, c> R"_s, u"CLOSED ESTABLISHED"_s, closed);
    row("data of both", u"s> R, s> PA 5, c> A"_s, open, open);
    row("a challenge ACK, answered by RST", u"s> R, c> A, s> R"_s, u"ESTABLISHED CLOSED"_s, closed);
    row("a challenge ACK, and data of the sender", u"s> R, c> A, s> PA 5"_s, open, open);
    row("a challenge ACK, data of the sender, and another RST", u"s> R, c> A, s> PA 5, c> A, s> R"_s, open, closed);
    row("two challenge ACKs, both answered", u"s> R seq=50, c> A ack=0, s> R seq=0, c> A ack=0, s> R seq=0"_s,
        u"ESTABLISHED CLOSED"_s, closed);
    row("an earlier ACK that it overtook", u"s> R, s> A"_s, closed, closed);
    row("a RST that is elsewhere", u"s> R, c> A, s> R seq=77"_s, open, open);
}

void TestResets::followed()
{
    QFETCH(const QString, script);
    QFETCH(const QString, states);
    QFETCH(const QString, end);
    const Flow flow = flowOf(SegmentScript().segments(handshake + script));
    const FlowSegment &reset = flow.at(3);
    QCOMPARE(u"%1 %2"_s.arg(tcpStateName(reset.receiverState), tcpStateName(reset.senderState)), states);
    QCOMPARE(u"%1 %2"_s.arg(tcpStateName(flow.state(Side::Client)), tcpStateName(flow.state(Side::Server))), end);
    QCOMPARE(reset.has(FlowSegment::IgnoredReset), states == u"ESTABLISHED ESTABLISHED"_s);
}

/// Each of very many RSTs is answered: a revision looks back only a little.
void TestResets::many()
{
    SegmentScript script;
    Flow flow = flowOf(script.segments(handshake));
    for (int i = 0; i < manyRows / 10; ++i) {
        flow.append(script.segment(u"s> R seq=0"_s));
        QVERIFY(flow.append(script.segment(u"c> A"_s)) >= flow.count() - 2 - 256);
    }
    QCOMPARE(flow.state(Side::Client), TcpState::Established);
    QCOMPARE(flow.state(Side::Server), TcpState::Closed);
    QCOMPARE(flow.rstRow(Side::Server), 3);
}

REGISTER_TEST(TestResets)
#include "tst_resets.moc"
