// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The headings, each from a separate conversation.
class TestHeadings : public QObject
{
    Q_OBJECT

private slots:
    void headings_data();
    void headings();
    void endIsTakenBack();
    void grow();
};

namespace {

const QString exchange = handshake + u"c> PA 24, s> A, s> PA 12, c> A, "_s;

/// Formats "0 three-way handshake" for a heading before row 0, with "?" at the end if it is not final.
QStringList shortened(const std::vector<Heading> &headings)
{
    QStringList lines;
    for (const Heading &heading : headings) {
        QString text = heading.text;
        text.remove(u"# "_s);
        lines.append(u"%1 %2%3"_s.arg(heading.row).arg(text, heading.isFinal ? QString() : u"?"_s));
    }
    return lines;
}

} // namespace

void TestHeadings::headings_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("live");
    QTest::addColumn<QStringList>("ended"); ///< empty: as live

    const QString opened = u"0 The TCP three-way handshake"_s;
    const QString data = u"3 Send / Recv data"_s;
    const auto row = [](const char *name, const QString &script, const QStringList &live,
                        const QStringList &ended = {}) { QTest::newRow(name) << script << live << ended; };

    // opening
    row("the conversation of the original, four-way", exchange + u"c> FA, s> A, s> FA, c> A"_s,
        {opened, data, u"7 The TCP four-way wave"_s});
    row("open", exchange, {opened, data});
    row("nothing was said", handshake, {opened});
    row("a SYN", u"c> S"_s, {opened + u"?"_s}, {u"0 The TCP handshake, unanswered"_s});
    row("a SYN, again and again", u"c> S, c> S seq=-1, c> S seq=-1"_s, {opened + u"?"_s},
        {u"0 The TCP handshake, unanswered"_s});
    row("unfinished", u"c> S, s> SA, s> SA seq=-1"_s, {opened + u"?"_s}, {u"0 The TCP handshake, unfinished"_s});
    row("refused", u"c> S, s> RA"_s, {u"0 The TCP handshake, refused"_s});
    const QString refused = u"0 The TCP handshake, refused"_s;
    row("refused again and again", u"c> S, s> RA, c> S seq=-1, s> RA"_s, {refused, u"2 The TCP handshake, refused"_s});
    row("refused, and tried again", u"c> S, s> RA, c> S seq=-1"_s, {refused, u"2 The TCP three-way handshake?"_s},
        {refused, u"2 The TCP handshake, unanswered"_s});
    row("refused, then accepted and closed",
        u"c> S, s> RA, c> S seq=-1, s> SA, c> A, c> PA 5, s> A, c> FA, s> FA, c> A"_s,
        {refused, u"2 The TCP three-way handshake"_s, u"5 Send / Recv data"_s,
         u"7 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("taken back, then tried again", u"c> S, c> R, c> S seq=-1, s> SA, c> A"_s,
        {u"0 The TCP handshake, unanswered"_s, u"1 The TCP reset"_s, u"2 The TCP three-way handshake"_s});
    row("a RST that does not acknowledge SYN", u"c> S, s> RA ack=-1, s> SA, c> A"_s, {opened});
    row("refused by a RST without ACK: ignored", u"c> S, s> R, s> SA, c> A"_s, {opened});
    row("a refusal that did not arrive", u"c> S, s> RA seq=0 ack=0, s> SA, c> A, c> PA 5"_s,
        {opened, u"4 Send / Recv data"_s});
    row("a challenge ACK, then SYN again",
        u"c> S, s> A ack=7777, c> R seq=7777, c> S seq=-1, s> SA ack=0, c> A seq=0"_s, {opened});
    row("an old SYN-ACK (RFC 9293, figure 9)", u"c> S, s> SA ack=7777, c> R seq=7777, s> SA seq=-1 ack=0, c> A seq=0"_s,
        {opened});
    row("only a challenge ACK", u"c> S, s> A ack=7777, c> R seq=7777"_s, {opened + u"?"_s},
        {u"0 The TCP handshake, unanswered"_s});
    row("SYN-ACK captured before SYN", u"s> SA ack=0, c> S, c> A ack=0, c> PA 5 ack=0"_s,
        {opened, u"3 Send / Recv data"_s});
    row("SYN-ACK answered by RST", u"c> S, s> SA, c> R"_s,
        {u"0 The TCP handshake, unfinished"_s, u"2 The TCP reset"_s});
    row("SYN taken back by RST", u"c> S, c> RA ack=0"_s, {u"0 The TCP handshake, unanswered"_s, u"1 The TCP reset"_s});
    row("simultaneous open", u"c> S, s> S, c> SA seq=-1, s> SA seq=-1"_s,
        {u"0 The TCP handshake, simultaneous open"_s});
    row("begins after the handshake, with data", u"c> PA 24, s> A, s> PA 12, c> A"_s,
        {u"0 The capture begins after the handshake"_s, u"0 Send / Recv data"_s});
    row("begins after the handshake, with an ACK", u"c> A, c> PA 24"_s,
        {u"0 The capture begins after the handshake"_s, u"1 Send / Recv data"_s});
    row("begins with the first FIN", u"c> FA, s> A, s> FA, c> A"_s,
        {u"0 The capture begins after the handshake"_s, u"0 The TCP four-way wave"_s});
    row("begins with a reset", u"c> R"_s, {u"0 The capture begins after the handshake"_s, u"0 The TCP reset"_s});
    row("begins with SYN-ACK", u"s> SA, c> A"_s, {opened});
    row("SYN-ACK was not captured", u"c> S, c> A ack=0, c> PA 5 ack=0"_s, {opened, u"2 Send / Recv data"_s});
    row("SYN retransmitted", u"c> S, c> S seq=-1, s> SA, c> A, c> PA 24"_s, {opened, u"4 Send / Recv data"_s});
    row("SYN-ACK retransmitted after the ACK", handshake + u"s> SA seq=-1, c> A, c> PA 24"_s,
        {opened, u"5 Send / Recv data"_s});
    row("data on SYN (fast open)", u"c> S 24, s> SA, s> PA 12, c> A"_s, {opened, u"2 Send / Recv data"_s});
    row("data on SYN, acknowledged without it", u"c> S 24, s> SA ack=0, c> PA 24 seq=0, s> A, c> PA 3"_s,
        {opened, u"4 Send / Recv data"_s});
    row("data with the handshake's ACK", u"c> S, s> SA, c> PA 24, s> A"_s, {opened, u"2 Send / Recv data"_s});
    row("a window update stays with the handshake", handshake + u"s> A win=600, c> PA 24"_s,
        {opened, u"4 Send / Recv data"_s});
    row("a keep-alive is no data", handshake + u"c> A 1 seq=-1, s> A"_s, {opened});

    // closing
    row("no data, four-way", handshake + u"c> FA, s> A, s> FA, c> A"_s, {opened, u"3 The TCP four-way wave"_s});
    row("the server closes first", exchange + u"s> FA, c> A, c> FA, s> A"_s,
        {opened, data, u"7 The TCP four-way wave"_s});
    row("three-way", exchange + u"c> FA, s> FA, c> A"_s,
        {opened, data, u"7 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("a wave that has begun", exchange + u"c> FA"_s, {opened, data, u"7 The TCP wave?"_s},
        {opened, data, u"7 The TCP wave, unfinished"_s});
    row("a wave whose FIN is acknowledged", exchange + u"c> FA, s> A"_s, {opened, data, u"7 The TCP wave?"_s},
        {opened, data, u"7 The TCP wave, unfinished"_s});
    row("simultaneous close", exchange + u"c> FA, s> FA ack=24, c> A, s> A"_s,
        {opened, data, u"7 The TCP wave, simultaneous close"_s});
    row("simultaneous close, the second FIN retransmitted with an ACK",
        exchange + u"c> FA, s> FA ack=24, s> FA seq=12, c> A, s> A"_s,
        {opened, data, u"7 The TCP wave, simultaneous close"_s});
    row("simultaneous close, the second FIN was lost", exchange + u"c> FA, s> A seq=13, s> FA seq=12, c> A"_s,
        {opened, data, u"7 The TCP wave, simultaneous close"_s});
    row("the first FIN retransmitted, and an ACK after the lost second FIN",
        exchange + u"c> FA, c> FA seq=24, s> A seq=13, s> FA seq=12, c> A"_s,
        {opened, data, u"7 The TCP four-way wave"_s});
    row("the first FIN retransmitted, three-way", exchange + u"c> FA, c> FA seq=24, s> FA, c> A"_s,
        {opened, data, u"7 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("the first FIN retransmitted, four-way", exchange + u"c> FA, c> FA seq=24, s> A, s> FA, c> A"_s,
        {opened, data, u"7 The TCP four-way wave"_s});
    row("the second FIN retransmitted", exchange + u"c> FA, s> FA, s> FA seq=12, c> A"_s,
        {opened, data, u"7 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("the second FIN was captured first", exchange + u"c> FA ack=13, s> FA ack=24, s> A"_s,
        {opened, data, u"7 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("the first FIN carries data", handshake + u"c> FPA 24, s> A, s> FA, c> A"_s,
        {opened, u"3 The TCP four-way wave"_s});
    row("the second FIN carries data", exchange + u"c> FA, s> FPA 12, c> A"_s,
        {opened, data, u"7 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("the last bytes come after their FIN", exchange + u"c> FA seq=30, c> PA 6 seq=24, s> A, s> FA, c> A"_s,
        {opened, data, u"7 The TCP four-way wave"_s});
    row("an old retransmission is not one way", exchange + u"c> FA, s> PA 12 seq=0, s> A, s> FA, c> A"_s,
        {opened, data, u"7 The TCP four-way wave"_s});
    row("half-close", handshake + u"c> PA 24, s> A, c> FA, s> A, s> PA 12, c> A, s> FA, c> A"_s,
        {opened, data, u"5 The TCP wave, first half"_s, u"7 Send / Recv data, one way"_s,
         u"9 The TCP wave, second half"_s});
    row("half-close, the data carries the ACK", handshake + u"c> PA 24, c> FA, s> PA 12, c> A, s> FA, c> A"_s,
        {opened, data, u"4 The TCP wave, first half"_s, u"5 Send / Recv data, one way"_s,
         u"7 The TCP wave, second half"_s});
    row("half-close, the data crosses the FIN", handshake + u"c> PA 24, c> FA, s> PA 12 ack=24, c> A, s> FA, c> A"_s,
        {opened, data, u"4 The TCP wave, first half"_s, u"5 Send / Recv data, one way"_s,
         u"7 The TCP wave, second half"_s});
    row("half-close, the last data carries FIN", handshake + u"c> FA, s> A, s> PA 12, c> A, s> FPA 5, c> A"_s,
        {opened, u"3 The TCP wave, first half"_s, u"5 Send / Recv data, one way"_s, u"7 The TCP wave, second half"_s});
    row("half-close, not yet the second half", handshake + u"c> FA, s> PA 12, c> A"_s,
        {opened, u"3 The TCP wave, first half"_s, u"4 Send / Recv data, one way"_s});

    // resets
    row("a reset while open", exchange + u"c> RA"_s, {opened, data, u"7 The TCP reset"_s});
    row("a reset without data", handshake + u"s> R"_s, {opened, u"3 The TCP reset"_s});
    row("two resets", exchange + u"c> RA, c> RA"_s, {opened, data, u"7 The TCP reset"_s});
    row("a reset that nobody takes", exchange + u"c> R seq=3, c> PA 5"_s, {opened, data});
    row("a reset in the window: ignored", exchange + u"c> R seq=100, s> A ack=24, c> PA 5 seq=24"_s, {opened, data});
    row("a reset that counts, but the end goes on", exchange + u"c> R, s> A, c> PA 5, s> A"_s, {opened, data});
    row("the same, before anything follows", exchange + u"c> R"_s, {opened, data, u"7 The TCP reset"_s});
    row("the same, and then a wave", exchange + u"c> R, s> A, c> PA 5, s> A, c> FA, s> FA, c> A"_s,
        {opened, data, u"11 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("a challenge ACK that the closed end answers",
        handshake + u"c> PA 24 seq=10, s> A ack=0, c> R seq=34, s> A ack=0, c> R seq=0"_s,
        {opened, u"3 Send / Recv data"_s, u"5 The TCP reset"_s});
    row("a wave that is not cut off", exchange + u"c> FA, s> RA, c> A, s> FA, c> A"_s,
        {opened, data, u"7 The TCP three-way wave (the second FIN carries the ACK)"_s});
    row("cut off", exchange + u"c> FA, s> RA"_s, {opened, data, u"7 The TCP wave, cut off by a reset"_s});
    row("cut off after the ACK", exchange + u"c> FA, s> A, s> RA"_s,
        {opened, data, u"7 The TCP wave, cut off by a reset"_s});
    row("closed, and the peer still sends", handshake + u"c> PA 24, s> A, c> FA, s> PA 12, c> R"_s,
        {opened, data, u"5 The TCP wave, first half"_s, u"6 Send / Recv data, one way"_s, u"7 The TCP reset"_s});
    row("a reset after both FINs", exchange + u"c> FA, s> A, s> FA, c> A, s> R"_s,
        {opened, data, u"7 The TCP four-way wave"_s});
    row("a late FIN gets RST", exchange + u"c> FA, s> A, s> FA, c> R"_s, {opened, data, u"7 The TCP four-way wave"_s});
    row("a reset after the second half", handshake + u"c> FA, s> PA 12, s> FA, c> R"_s,
        {opened, u"3 The TCP wave, first half"_s, u"4 Send / Recv data, one way"_s, u"5 The TCP wave, second half"_s});
}

void TestHeadings::headings()
{
    QFETCH(const QString, script);
    QFETCH(const QStringList, live);
    QFETCH(const QStringList, ended);

    Flow flow = flowOf(SegmentScript().segments(script));
    QCOMPARE(shortened(flow.headings()), live);
    for (const Heading &heading : flow.headings())
        QVERIFY(heading.text.startsWith("# "_L1));
    flow.setEnded();
    QCOMPARE(shortened(flow.headings()), ended.isEmpty() ? live : ended);
}

void TestHeadings::endIsTakenBack()
{
    SegmentScript script;
    Flow flow = flowOf(script.segments(exchange + u"c> FA"_s));
    flow.setEnded();
    QCOMPARE(flow.headings().back().text, "# The TCP wave, unfinished"_L1);
    flow.append(script.segment(u"s> A"_s));
    QVERIFY(!flow.isEnded());
    QCOMPARE(flow.headings().back().text, "# The TCP wave"_L1);
    flow.append(script.segment(u"s> FA"_s));
    QCOMPARE(flow.headings().back().text, "# The TCP four-way wave"_L1);
}

/// A final heading does not change, whatever follows.
void TestHeadings::grow()
{
    SegmentScript script;
    const auto segments =
        script.segments(handshake + u"c> PA 24, s> A, c> FA, s> A, s> PA 12, c> A, s> FA, c> A, s> R"_s);
    Flow flow(segments.front());
    std::vector<Heading> before;
    for (const Segment &segment : segments) {
        flow.append(segment);
        QVERIFY(flow.headings().size() >= before.size());
        for (size_t i = 0; i < before.size(); ++i) {
            if (before[i].isFinal)
                QCOMPARE(flow.headings()[i], before[i]);
        }
        before = flow.headings();
    }
}

REGISTER_TEST(TestHeadings)
#include "tst_headings.moc"
