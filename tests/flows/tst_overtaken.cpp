// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/optionscript.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using enum FlowSegment::Note;

/// Timestamps tell what was overtaken from what was sent again.
class TestOvertaken : public QObject
{
    Q_OBJECT

private slots:
    void notes_data();
    void notes();
    void captureFromTheMiddle();
};

void TestOvertaken::notes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<uint>("notes"); // of the last row

    const auto row = [](const char *name, const QString &script, uint notes,
                        const QString &opening = OptionScript::opening) {
        QTest::newRow(name) << opening + script << notes;
    };
    const QString gap = u"c> A 10 seq=10 [ts=3/1], c> A 10 seq=20 [ts=3/1], "_s; // a round trip takes 2 ms
    row("late, but older than what left the gap", gap + u"c> A 10 seq=0 after=300 [ts=2/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("at once, and older", gap + u"c> A 10 seq=0 [ts=2/1]"_s, OutOfOrder);
    row("late, and newer", gap + u"c> A 10 seq=0 after=300 [ts=9/1]"_s, Retransmission);
    row("at once, but newer", gap + u"c> A 10 seq=0 [ts=9/1]"_s, Retransmission | UnlikeWireshark);
    row("late, without timestamps", u"c> A 10 seq=10, c> A 10 seq=0 after=300"_s, Retransmission);
    row("late, and as old, by a clock that ticks often",
        u"c> A 10 seq=10 [ts=900/1], c> A 10 seq=0 after=300 [ts=900/1]"_s, OutOfOrder | UnlikeWireshark);
    row("late, and as old, by a clock that ticks too seldom", gap + u"c> A 10 seq=0 after=300 [ts=3/1]"_s,
        Retransmission);
    row("duplicate ACKs had requested it, but it is older",
        gap + u"s> A ack=0 [ts=4/1], s> A ack=0 [ts=4/1], s> A ack=0 [ts=4/1], c> A 10 seq=0 [ts=2/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("an ACK without data had the newer number", u"c> A seq=10 [ts=3/1], c> A 10 seq=0 after=300 [ts=2/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("late, and it alone has no timestamp", gap + u"c> A 10 seq=0 after=300"_s, Retransmission);
    row("late, but older, and the clock begins anew in between",
        u"c> A 10 seq=10 [ts=2/1], c> A 10 seq=0 after=300 [ts=4294967290/1]"_s, OutOfOrder | UnlikeWireshark);
    row("older than what left its gap, but newer than what left the gap before",
        u"c> A 10 seq=10 [ts=3/1], c> A 10 seq=30 [ts=9/1], c> A 10 seq=20 after=300 [ts=5/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("the network has made a copy, and a gap follows",
        u"c> A 10 seq=0 [ts=2/1], c> A 10 seq=20 [ts=3/1], c> A 10 seq=0 after=300 [ts=2/1]"_s, Retransmission);
    row("acknowledged, and older than what left another gap",
        u"c> A 10 seq=10 [ts=3/1], s> A [ts=4/3], c> A 10 seq=30 [ts=5/1], c> A 10 seq=0 [ts=2/1]"_s,
        Retransmission | SpuriousRetransmission);
    row("its own copy has overtaken it",
        gap + u"c> A 10 seq=0 after=300 [ts=9/1], s> A [ts=10/9], c> A 10 seq=0 [ts=2/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("two pieces of its copy have",
        gap + u"c> A 4 seq=0 after=300 [ts=9/1], c> A 6 seq=4 [ts=9/1], c> A 10 seq=0 [ts=2/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("one piece of its copy has", gap + u"c> A 4 seq=0 after=300 [ts=9/1], c> A 10 seq=0 after=300 [ts=2/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("duplicate ACKs had requested it, but it is as old, and repeated SYNs hide the round trip",
        u"c> A 10 seq=10 [ts=2060/1025], s> A ack=0, s> A ack=0, c> A 10 seq=0 after=8 [ts=2060/1025]"_s,
        OutOfOrder | UnlikeWireshark,
        u"c> S [ts=1000/0], s> SA after=0 [ts=1/1000], s> SA after=1000 [ts=1001/1000], "
        "c> S after=24 [ts=2000/0], s> SA after=0 [ts=1025/1000], c> A [ts=2012/1001], "_s);
    row("later than a round trip, and Wireshark measures it from a SYN-ACK that was lost",
        u"c> A 10 seq=10, c> A 10 seq=0 after=300"_s, Retransmission | UnlikeWireshark,
        u"c> S, s> SA, s> SA after=1000, c> A after=24, "_s);
    row("within a round trip, after a SYN-ACK that was sent again", u"c> A 10 seq=10, c> A 10 seq=0 after=20"_s,
        OutOfOrder, u"c> S [ts=1/0], s> SA [ts=1/1], s> SA after=1000 [ts=1001/1], c> A after=24 [ts=1025/1001], "_s);
    row("a second copy", gap + u"c> A 10 seq=0 after=300 [ts=9/1], c> A 10 seq=0 after=300 [ts=20/1]"_s,
        Retransmission);
    row("its copy comes twice", gap + u"c> A 10 seq=0 after=300 [ts=9/1], c> A 10 seq=0 [ts=9/1]"_s, Retransmission);
    row("its own copy has overtaken it, and the clock begins anew in between",
        u"c> A 10 seq=10 [ts=4294967290/1], c> A 10 seq=0 after=300 [ts=5/1], c> A 10 seq=0 [ts=4294967289/1]"_s,
        OutOfOrder | UnlikeWireshark);
    row("its copy filled no gap", u"c> A 10 [ts=2/1], c> A 10 seq=0 after=300 [ts=9/1], c> A 10 seq=0 [ts=2/1]"_s,
        Retransmission);
    row("a copy of what is before it is newer",
        u"c> A 10 seq=10 [ts=3/1], c> A 10 seq=0 after=300 [ts=9/1], c> A 10 seq=10 [ts=3/1]"_s, Retransmission);
    row("a copy of what is behind it is newer",
        u"c> A 10 [ts=2/1], c> A 10 seq=20 [ts=3/1], c> A 10 seq=10 after=300 [ts=9/1], c> A 10 seq=0 [ts=2/1]"_s,
        Retransmission);
}

void TestOvertaken::notes()
{
    QFETCH(const QString, script);
    const Flow flow = flowOf(OptionScript::segments(script));
    constexpr quint32 all = Retransmission | OutOfOrder | FastRetransmission | SpuriousRetransmission | UnlikeWireshark;
    QTEST(flow.at(flow.count() - 1).notes & all, "notes");
}

/// The first segment that this end sends leaves a gap, as the acknowledgement before it shows.
void TestOvertaken::captureFromTheMiddle()
{
    const QString script = u"s> A ack=0 [ts=1/1], c> A 10 seq=10 [ts=3/1], c> A 10 seq=0 after=300 [ts=2/1]"_s;
    const Flow flow = flowOf(OptionScript::segments(script), 8700);
    QVERIFY(flow.at(1).has(PreviousMissing));
    QVERIFY(flow.at(2).has(OutOfOrder) && !flow.at(2).has(Retransmission));
}

REGISTER_TEST(TestOvertaken)
#include "tst_overtaken.moc"
