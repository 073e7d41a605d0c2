// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>
#include <QtEndian>

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
};

namespace {

/// Adds an option from a script: "sack-ok", "ts=VALUE/ECHO", "sack=FROM-TO" (positions in the other end's stream).
void addOption(Segment &segment, const QString &option, quint32 otherIsn)
{
    const auto byte = [&segment](int value) { segment.options[segment.optionBytes++] = quint8(value); };
    const auto number = [&](quint32 value) {
        qToBigEndian(value, segment.options.data() + segment.optionBytes);
        segment.optionBytes += 4;
    };
    const auto numbers = [&](const QString &text, QChar separator, quint32 base) {
        number(base + text.section(separator, 0, 0).toUInt());
        number(base + text.section(separator, 1, 1).toUInt());
    };
    if (option == u"sack-ok") {
        byte(4);
        byte(2);
    } else if (option.startsWith(u"ts="_s)) {
        byte(8);
        byte(10);
        numbers(option.sliced(3), u'/', 0);
    } else if (option.startsWith(u"sack="_s)) {
        byte(5);
        byte(10);
        numbers(option.sliced(5), u'-', otherIsn + 1);
    } else {
        qFatal("not an option: %s", qPrintable(option));
    }
}

/// "c> A 10 [ts=5/7 sack=10-20], …"
std::vector<Segment> segmentsFrom(const QString &script)
{
    constexpr quint32 isn = 3000;
    SegmentScript plain(isn, isn);
    std::vector<Segment> all;
    for (const QString &line : script.split(u',')) {
        Segment segment = plain.segment(line.section(u'[', 0, 0).trimmed());
        const QString options = line.section(u'[', 1).chopped(line.contains(u'[') ? 1 : 0);
        for (const QString &option : options.split(u' ', Qt::SkipEmptyParts))
            addOption(segment, option, isn);
        all.push_back(segment);
    }
    return all;
}

QList<qsizetype> lostRows(const QString &script)
{
    const std::vector<Segment> segments = segmentsFrom(script);
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
const QString modern = u"c> S [sack-ok ts=1/0], s> SA [sack-ok ts=1/1], c> A [ts=1/1], "_s;

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
    row("the ACK echoes the copy", modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9]"_s, {3});
    row("the ACK echoes the copy, and reports a duplicate",
        modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9 sack=0-10]"_s, {});
    row("the ACK echoes the first", modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/2]"_s, {});
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
        segmentsFrom(modern + u"c> A 10 [ts=2/1], c> A 10 seq=0 [ts=9/1], s> A [ts=10/9]"_s);
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
        segmentsFrom(modern + u"c> FA [ts=2/1], s> A 10 [ts=3/2], s> A 10 seq=0 [ts=9/2], c> A [ts=10/9]"_s);
    Flow flow(segments.front());
    for (const Segment &segment : segments)
        flow.append(segment);
    QVERIFY(flow.at(4).has(FlowSegment::Lost));
    QCOMPARE(flow.at(4).receiverState, TcpState::FinWait1);
    QCOMPARE(flow.at(5).receiverState, TcpState::FinWait2);
}

REGISTER_TEST(TestLossInference)
#include "tst_lossinference.moc"
