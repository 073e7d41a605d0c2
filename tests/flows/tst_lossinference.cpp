// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/optionscript.h"
#include "support/registertest.h"

#include <QTest>

#include <span>

using namespace Qt::Literals::StringLiterals;

/// Which segments were lost, as far as the other segments show it.
class TestLossInference : public QObject
{
    Q_OBJECT

private slots:
    void lost_data();
    void lost();
    void changedRows();
    void stateOfTheReceiver();
    void stateOfALateOne();
    void manyLosses();
};

namespace {

QList<qsizetype> lostRows(const QString &script)
{
    const std::vector<Segment> segments = OptionScript::segments(script);
    Flow flow(segments.front());
    for (const Segment &segment : segments)
        flow.append(segment);
    QList<qsizetype> rows;
    for (qsizetype row = 0; row < flow.count(); ++row) {
        if (flow.at(row).has(FlowSegment::Lost))
            rows.append(row);
    }
    return rows;
}

const QString plain = u"c> S, s> SA, c> A, "_s;
const QString modern = OptionScript::opening;
const QString lateFirst = modern + u"c> A 10 [ts=2/1], c> A 10 [ts=3/1], s> A ack=0 [ts=3/1 sack=10-20], "
                                   "c> A 10 seq=0 [ts=9/3], "_s; ///< rows 3 to 6
const QString slowAnswer = u"c> S [sack-ok], s> SA after=20 [sack-ok], c> A, c> A 10, c> A 10, "
                           "s> A ack=0 after=20 [sack=10-20], c> A 10 seq=0, "_s; ///< the same, without timestamps
const QString slowBlocks = u"c> S [sack-ok], s> SA after=20 [sack-ok], c> A, c> A 10, c> A 10, c> A 10, c> A 10, "
                           "s> A ack=0 after=20 [sack=20-30], c> A 10 seq=10, "_s; ///< row 4 is sent again
const QString slowClock = u"c> S [sack-ok ts=1/0], s> SA after=20 [sack-ok ts=1/1], c> A [ts=1/1], "_s; ///< it stands
const QString slowLoss = u"c> A 10 [ts=1/1], c> A 10 [ts=1/1], s> A ack=10 after=20 [ts=1/1 sack=20-30], "
                         "c> A 10 seq=10 [ts=1/1], "_s; ///< after 10 bytes

} // namespace

void TestLossInference::lost_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QList<qsizetype>>("rows");
    const auto row = [](const char *name, const QString &script, const QList<qsizetype> &rows) {
        QTest::newRow(name) << script << rows;
    };

    row("nothing is sent again", plain + u"c> A 10, s> A, c> A 10, s> A"_s, {});
    row("duplicate ACKs stop before it",
        plain + u"c> A 10, s> A, c> A 10, c> A 10, s> A ack=10, c> A 10, s> A ack=10, c> A 10 seq=10, s> A"_s, {5});
    row("duplicate ACKs, and nothing is sent again", plain + u"c> A 10, s> A, c> A 10, c> A 10, s> A ack=10"_s, {});
    row("an ACK that stops before it, and nothing later had come",
        plain + u"c> A 10, s> A ack=0, c> A 10 seq=0, s> A"_s, {});
    row("acknowledged before it was sent again", plain + u"c> A 10, s> A, c> A 10 seq=0, s> A"_s, {});
    row("SACK leaves it out",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=3/1], s> A ack=0 [ts=3/1 sack=10-20], c> A 10 seq=0 [ts=4/3], "
                 "s> A [ts=4/4]"_s,
        {3});
    row("SACK has it, and leaves another out",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=3/1], c> A 10 [ts=4/1], s> A ack=0 [ts=3/1 sack=10-20], "
                 "s> A ack=0 [ts=4/1 sack=10-30], c> A 20 seq=0 [ts=5/3]"_s,
        {3});
    row("duplicate ACKs stop before another one",
        plain + u"c> A 10, s> A, c> A 10, c> A 10, c> A 10, s> A ack=10, c> A 10 seq=20, s> A"_s, {});
    row("an ACK that stops before it, for the first time",
        plain + u"c> A 10, c> A 10, c> A 10, s> A ack=10, c> A 10 seq=10, s> A"_s, {});
    row("a duplicate ACK from before it was captured",
        plain + u"c> A 10, s> A, c> A 10 seq=20, s> A ack=10 after=0, c> A 10 seq=10, c> A 10 seq=10, s> A"_s, {});
    row("the copy is not missing, as far as duplicate ACKs tell",
        plain + u"c> A 10, s> A, c> A 10, c> A 10, s> A ack=10, c> A 10 seq=10, s> A ack=10, c> A 10 seq=10, s> A"_s,
        {5});
    row("a duplicate ACK lacks the blocks that would tell",
        u"c> S [sack-ok], s> SA [sack-ok], c> A, c> A 10, s> A, c> A 10, c> A 10, s> A ack=10, c> A 10 seq=10, s> A"_s,
        {});
    row("a part of it is acknowledged",
        modern + u"c> A 20 [ts=2/1], c> A 10 [ts=3/1], s> A ack=10 [ts=3/1 sack=20-30], c> A 20 seq=0 [ts=5/3], "
                 "s> A [ts=6/5]"_s,
        {});
    row("a block that ends before it begins",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=2/1], c> A 10 [ts=2/1], s> A ack=0 [ts=3/1 sack=10-20 sack=50-40], "
                 "c> A 10 seq=20 [ts=5/3]"_s,
        {});
    row("an older ACK reports less",
        modern + u"c> A 20 [ts=2/1], c> A 10 [ts=2/1], c> A 10 [ts=2/1], c> A 10 [ts=2/1], c> A 10 [ts=2/1], "
                 "s> A ack=0 [ts=3/1 sack=20-40 sack=50-60], s> A ack=0 [ts=3/1 sack=20-30], c> A 10 seq=30 [ts=5/3]"_s,
        {});
    row("the ACK echoes the copy", modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9]"_s, {3});
    row("the ACK echoes the copy, and reports a duplicate",
        modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9 sack=0-10]"_s, {});
    row("the ACK echoes the first", modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/2]"_s, {});
    row("the ACK echoes the first, and the clock begins anew in between",
        u"c> S [sack-ok ts=4294967280/0], s> SA [sack-ok ts=1/4294967280], c> A [ts=4294967281/1], "
        "c> A 10 [ts=4294967290/1], c> A 10 seq=0 [ts=5/1], s> A [ts=10/4294967290]"_s,
        {});
    row("the first has no timestamp", modern + u"c> A 10, c> A 10 [ts=3/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9]"_s,
        {});
    row("the ACK echoes what came before both",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=5/1], c> A 10 [ts=5/1], s> A ack=10 [ts=6/2 sack=20-30], "
                 "c> A 10 seq=10 [ts=9/6], s> A [ts=10/2]"_s,
        {4});
    row("a RST tells nothing", modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> RA [ts=10/9]"_s, {});
    row("the copy is lost, too",
        modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], c> A 10 seq=0 [ts=20/1], s> A [ts=21/20]"_s, {3, 4});
    row("only the first is lost",
        modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], c> A 10 seq=0 [ts=20/1], s> A [ts=21/9]"_s, {3});
    row("the receiver does not report duplicates",
        u"c> S [ts=1/0], s> SA [ts=1/1], c> A [ts=1/1], c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9]"_s,
        {});
    row("without timestamps", u"c> S [sack-ok], s> SA [sack-ok], c> A, c> A 10, c> A 10 seq=0, s> A"_s, {});
    row("a copy that carries more than one",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=3/1], c> A 20 seq=0 [ts=9/1], s> A [ts=10/9]"_s, {3, 4});
    row("doubled by the network", modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=2/1], s> A [ts=5/2]"_s, {});
    row("late: an ACK echoes it", lateFirst + u"s> A [ts=10/2]"_s, {});
    row("late: its copy is reported as a duplicate", lateFirst + u"s> A [ts=10/9 sack=0-10]"_s, {});
    row("late: the two pieces of its copy are",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=3/1], s> A ack=0 [ts=3/1 sack=10-20], c> A 6 seq=0 [ts=9/3], "
                 "c> A 4 seq=6 [ts=9/3], s> A [ts=10/9 sack=0-10]"_s,
        {});
    row("late: it is acknowledged before its copy can be", slowAnswer + u"s> A after=19"_s, {});
    row("lost: its copy is acknowledged in time", slowAnswer + u"s> A after=20"_s, {3});
    row("late: a duplicate above the acknowledgement is reported",
        modern +
            u"c> A 10 [ts=2/1], c> A 10 [ts=3/1], c> A 10 [ts=3/1], s> A ack=0 [ts=4/1 sack=20-30], "
            "c> A 10 seq=10 [ts=9/1], s> A ack=0 [ts=10/1 sack=10-30], s> A ack=0 [ts=11/1 sack=10-20 sack=10-30], "
            "c> A 10 seq=0 [ts=12/1], s> A [ts=13/12]"_s,
        {3});
    row("late: it is in a block before its copy can be", slowBlocks + u"s> A ack=0 after=19 [sack=10-30]"_s, {});
    row("lost: only a part of it is in a block", slowBlocks + u"s> A ack=0 after=19 [sack=15-40]"_s, {4});
    row("late: what was sent again has no time to its ACK",
        slowClock + u"c> A 10 [ts=1/1], c> A 10 seq=0 after=300 [ts=1/1], s> A [ts=1/1], "_s + slowLoss +
            u"s> A after=5 [ts=1/1]"_s,
        {});
    row("lost: an ACK that was late is not the time of all",
        slowClock + u"c> A 10 [ts=1/1], s> A after=60 [ts=1/1], "_s + slowLoss + u"s> A after=30 [ts=1/1]"_s, {5});
    row("lost: a larger copy has no time to its ACK",
        u"c> A 10 [ts=1/1], c> A 10 [ts=1/1], c> A 30 seq=0 after=300 [ts=1/1], s> A after=20 [ts=1/1], "
        "c> A 10 [ts=1/1], c> A 10 [ts=1/1], s> A ack=30 after=20 [ts=1/1 sack=40-50], c> A 10 seq=30 [ts=1/1], "
        "s> A after=20 [ts=1/1]"_s,
        {4});
    row("lost: a duplicate of another one is reported",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=3/1], c> A 10 [ts=3/1], s> A ack=0 [ts=4/1 sack=10-30], "
                 "c> A 10 seq=0 [ts=9/1], s> A [ts=11/9 sack=20-30]"_s,
        {3});
    row("lost: its two copies explain the duplicate",
        lateFirst + u"c> A 10 seq=0 [ts=20/3], s> A ack=20 [ts=10/9], s> A ack=20 [ts=21/9 sack=0-10]"_s, {3});
    row("late: the end of it is a duplicate, and the copy of its beginning came twice",
        modern + u"c> A 20 [ts=2/1], c> A 10 [ts=3/1], s> A ack=0 [ts=3/1 sack=20-30], c> A 10 seq=0 [ts=9/3], "
                 "c> A 10 seq=10 [ts=9/3], c> A 10 seq=0 [ts=20/3], s> A [ts=21/9 sack=10-20]"_s,
        {});
    row("the copy is not missing: it is on its way",
        u"c> S [sack-ok], s> SA [sack-ok], c> A, c> A 10, c> A 10, s> A ack=0 [sack=10-20], c> A 10 seq=0, "
        "s> A ack=0 [sack=10-20], c> A 10 seq=0, s> A"_s,
        {3});
    row("the copy is missing: what was sent after it is not",
        lateFirst + u"c> A 10 [ts=9/3], s> A ack=0 [ts=12/1 sack=10-30], c> A 10 seq=0 [ts=20/3], s> A [ts=21/20]"_s,
        {3, 6});
    row("late, and an older ACK comes after that",
        lateFirst + u"c> A 10 [ts=9/3], c> A 10 [ts=9/3], s> A ack=20 [ts=10/2], s> A ack=20 [ts=12/2 sack=30-40], "
                    "s> A ack=0 [ts=9/2 sack=10-20]"_s,
        {});
    row("the copy filled no gap",
        modern + u"c> A 10 [ts=2/1], c> A 10 [ts=2/1], c> A 10 seq=10 [ts=9/3], c> A 10 seq=0 [ts=9/3], "
                 "s> A [ts=10/9]"_s,
        {3});
    row("a SYN whose answer echoes it", u"c> S [ts=1/0], c> S seq=-1 [ts=1001/0], s> SA [ts=5/1], c> A [ts=1002/5]"_s,
        {});
    row("a SYN whose answer echoes it, and a later ACK echoes more",
        u"c> S [ts=1/0], c> S seq=-1 [ts=1001/0], s> SA [ts=5/1], c> A 10 [ts=1002/5], s> A [ts=1003/1002]"_s, {});
    row("a SYN whose answer echoes the copy",
        u"c> S [ts=1/0], c> S seq=-1 [ts=1001/0], s> SA [ts=5/1001], c> A [ts=1002/5]"_s, {0});
    row("a SYN-ACK: its ACK may have been lost", u"c> S, s> SA, s> SA seq=-1, c> A"_s, {});
    row("a FIN", modern + u"c> FA [ts=2/1], c> FA 0 seq=0 [ts=9/1], s> A [ts=10/9]"_s, {3});
    row("a SYN", u"c> S, c> S seq=-1, s> SA, c> A"_s, {0});
    row("two SYNs", u"c> S, c> S seq=-1, c> S seq=-1, s> SA, c> A"_s, {0, 1});
    row("a SYN that is never answered", u"c> S, c> S seq=-1, c> S seq=-1"_s, {});
    row("a keep-alive", plain + u"c> A 10, s> A, c> A 1 seq=9, s> A, c> A 1 seq=9, s> A"_s, {});
    row("options that end in the middle", modern + u"c> A 10, c> A 10 seq=0, s> A"_s, {});
}

void TestLossInference::lost()
{
    QFETCH(const QString, script);
    QFETCH(const QList<qsizetype>, rows);
    QCOMPARE(lostRows(script), rows);
}

/// append() returns the row that turns out to be lost.
void TestLossInference::changedRows()
{
    const std::vector<Segment> segments =
        OptionScript::segments(modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9]"_s);
    Flow flow(segments.front());
    QList<qsizetype> changed;
    for (const Segment &segment : segments)
        changed.append(flow.append(segment));
    QCOMPARE(changed.mid(3), (QList<qsizetype>{3, 4, 3}));
}

/// Data that acknowledges a FIN, but does not arrive.
void TestLossInference::stateOfTheReceiver()
{
    const std::vector<Segment> segments =
        OptionScript::segments(modern + u"c> FA [ts=2/1], s> A 10 [ts=3/2], s> A 10 seq=0 [ts=9/2], c> A [ts=10/9]"_s);
    Flow flow(segments.front());
    for (const Segment &segment : segments)
        flow.append(segment);
    QVERIFY(flow.at(4).has(FlowSegment::Lost));
    QCOMPARE(flow.at(4).receiverState, TcpState::FinWait1);
    QCOMPARE(flow.at(5).receiverState, TcpState::FinWait2);
}

/// It was only late, so its receiver has got it.
void TestLossInference::stateOfALateOne()
{
    const std::vector<Segment> segments = OptionScript::segments(
        modern + u"c> FA [ts=2/1], s> A 10 [ts=3/2], s> A 10 [ts=4/2], c> A ack=0 [ts=5/1 sack=10-20], "
                 "s> A 10 seq=0 [ts=9/5], c> A [ts=10/3]"_s);
    Flow flow(segments.front());
    for (const Segment &segment : std::span(segments).first(segments.size() - 1))
        flow.append(segment);
    QVERIFY(flow.at(4).has(FlowSegment::Lost));
    QCOMPARE(flow.at(4).receiverState, TcpState::FinWait1);
    QCOMPARE(flow.append(segments.back()), 4); // the first row that has changed
    QVERIFY(!flow.at(4).has(FlowSegment::Lost));
    QCOMPARE(flow.at(4).receiverState, TcpState::FinWait2);
}

/// What was acknowledged takes no room.
void TestLossInference::manyLosses()
{
    constexpr int losses = 300;
    QString script = modern.chopped(2);
    for (int from = 0; from < losses * 20; from += 20)
        script += u", c> A 10 [ts=1/1], c> A 10 [ts=1/1], s> A ack=%1 [ts=1/1 sack=%2-%3], "
                  "c> A 10 seq=%1 [ts=1/1], s> A [ts=1/1]"_s.arg(from)
                      .arg(from + 10)
                      .arg(from + 20);
    QCOMPARE(lostRows(script).size(), losses);
}

REGISTER_TEST(TestLossInference)
#include "tst_lossinference.moc"
