// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/flowtable.h"
#include "support/registertest.h"
#include "support/segmentcapture.h"
#include "support/segmentscript.h"
#include "support/simulatedtcp.h"
#include "support/skip.h"
#include "support/tshark.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Retransmissions have the same kind here as in Wireshark's TCP analysis, except where CONTRIBUTING.md says otherwise.
class TestWireshark : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void last_data();
    void last();
    void conversations_data();
    void conversations();

private:
    QStringList m_theirs; ///< the kind of each script's last segment
};

namespace {

enum class Kind { None, Retransmission, Fast, Spurious, OutOfOrder };

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::None:
        return u"-"_s;
    case Kind::Retransmission:
        return u"retransmission"_s;
    case Kind::Fast:
        return u"fast"_s;
    case Kind::Spurious:
        return u"spurious"_s;
    case Kind::OutOfOrder:
        return u"out of order"_s;
    }
    return {};
}

Kind ourKind(const FlowSegment &segment)
{
    if (segment.has(FlowSegment::OutOfOrder))
        return Kind::OutOfOrder;
    if (segment.has(FlowSegment::SpuriousRetransmission))
        return Kind::Spurious;
    if (segment.has(FlowSegment::FastRetransmission))
        return Kind::Fast;
    return segment.has(FlowSegment::Retransmission) ? Kind::Retransmission : Kind::None;
}

/// What tshark says of each segment. Empty on failure.
std::vector<Kind> theirKinds(const std::vector<Segment> &segments)
{
    const QStringList lines =
        Tshark::fields(captureOf(segments), {u"tcp.analysis.out_of_order"_s, u"tcp.analysis.spurious_retransmission"_s,
                                             u"tcp.analysis.fast_retransmission"_s, u"tcp.analysis.retransmission"_s});
    const std::array kinds{Kind::OutOfOrder, Kind::Spurious, Kind::Fast, Kind::Retransmission};
    std::vector<Kind> found;
    for (const QString &line : lines) {
        const QStringList fields = line.split(u'\t');
        Kind kind = Kind::None;
        for (size_t i = 0; i < kinds.size() && kind == Kind::None; ++i) {
            if (!fields.value(qsizetype(i)).isEmpty())
                kind = kinds[i];
        }
        found.push_back(kind);
    }
    return found;
}

/// Each script of the table, with a client port of its own.
struct Script {
    const char *name;
    const char *text;
    Kind ours;
    Kind theirs;
};

constexpr auto opening = "c> S, s> SA, c> A, ";
constexpr std::array scripts{
    Script{"new bytes", "c> PA 10", Kind::None, Kind::None},
    Script{"sent again after a timeout", "c> PA 10, c> PA 10 seq=0 after=300", Kind::Retransmission,
           Kind::Retransmission},
    Script{"sent again with more", "c> PA 10, c> PA 20 seq=0 after=300", Kind::Retransmission, Kind::Retransmission},
    Script{"a FIN sent again", "c> FA, c> FA seq=0 after=300", Kind::Retransmission, Kind::Retransmission},
    Script{"a SYN-ACK sent again", "s> SA seq=-1 after=300", Kind::Retransmission, Kind::Retransmission},
    Script{"acknowledged before", "c> PA 10, s> A, c> PA 10 seq=0 after=300", Kind::Spurious, Kind::Spurious},
    Script{"acknowledged in part", "c> PA 10, s> A ack=5, c> PA 10 seq=0 after=300", Kind::Retransmission,
           Kind::Retransmission},
    Script{"one duplicate ACK", "c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, c> PA 5 seq=5 after=10",
           Kind::Retransmission, Kind::Retransmission},
    Script{"two duplicate ACKs", "c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, s> A ack=5, c> PA 5 seq=5 after=19",
           Kind::Fast, Kind::Fast},
    Script{"the same, 20 ms later", "c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, s> A ack=5, c> PA 5 seq=5 after=20",
           Kind::Retransmission, Kind::Retransmission},
    Script{"other bytes than the duplicate ACKs name",
           "c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, s> A ack=5, c> PA 5 seq=10 after=19", Kind::Retransmission,
           Kind::Retransmission},
    Script{"data between the duplicate ACKs",
           "c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5, s> PA 7 ack=5, s> A ack=5, c> PA 5 seq=5 after=10", Kind::Fast,
           Kind::Fast},
    Script{"a SACK block leaves it out",
           "c> PA 5, s> A, c> PA 5, c> PA 5, s> A ack=5 sack=10-15, c> PA 5 seq=5 after=10", Kind::Retransmission,
           Kind::Retransmission},
    Script{"a lost segment that was not captured", "c> PA 5 seq=10, s> A ack=0, c> PA 10 seq=0 after=200",
           Kind::Retransmission, Kind::Retransmission},
    Script{"duplicate ACKs request what was not captured",
           "c> PA 5, s> A, c> PA 5 seq=10, s> A ack=5, c> PA 5 seq=15, s> A ack=5, c> PA 5 seq=5", Kind::Fast,
           Kind::Fast},
    Script{"overtaken", "c> PA 5 seq=10, c> PA 5 seq=15, c> PA 10 seq=0", Kind::OutOfOrder, Kind::OutOfOrder},
    Script{"overtaken by an ACK", "c> PA 5, c> A seq=20, c> PA 5 seq=5", Kind::OutOfOrder, Kind::OutOfOrder},
    Script{"a keep-alive", "c> PA 5, s> A, c> A 1 seq=4 after=300", Kind::None, Kind::None},
    // The differences on purpose.
    Script{"a copy at once", "c> PA 10, c> PA 5, c> PA 10 seq=0", Kind::Retransmission, Kind::OutOfOrder},
    Script{"a FIN repeated at once", "c> FA, c> FA seq=0", Kind::Retransmission, Kind::Retransmission},
    Script{"a SYN-ACK repeated at once", "s> SA seq=-1", Kind::Retransmission, Kind::Retransmission},
    Script{"the last byte repeated", "c> PA 10, c> PA 1 seq=9 after=300", Kind::Retransmission, Kind::None},
    Script{"acknowledged, and then an older ACK",
           "c> PA 10, c> PA 10, s> A ack=20, s> A ack=10, c> PA 10 after=30, c> PA 10 seq=10 after=30", Kind::Spurious,
           Kind::Retransmission},
};

std::vector<Segment> segmentsOf(size_t script)
{
    SegmentScript source(1000, 2000, quint16(40000 + script));
    return source.segments(QLatin1StringView(opening) + QLatin1StringView(scripts[script].text));
}

} // namespace

/// One run of tshark for all scripts: it takes a second to start.
void TestWireshark::initTestCase()
{
    if (Tshark::program().isEmpty())
        SKIP_OR_FAIL(u"tshark is not installed"_s);
    std::vector<Segment> all;
    for (size_t i = 0; i < scripts.size(); ++i) {
        const auto segments = segmentsOf(i);
        all.insert(all.end(), segments.begin(), segments.end());
    }
    const std::vector<Kind> kinds = theirKinds(all);
    QCOMPARE(kinds.size(), all.size());
    size_t end = 0;
    for (size_t i = 0; i < scripts.size(); ++i) {
        end += segmentsOf(i).size();
        m_theirs.append(nameOf(kinds[end - 1]));
    }
}

void TestWireshark::last_data()
{
    QTest::addColumn<int>("script");
    for (size_t i = 0; i < scripts.size(); ++i)
        QTest::newRow(scripts[i].name) << int(i);
}

/// The kind of each script's last segment, here and there.
void TestWireshark::last()
{
    QFETCH(const int, script);
    const Script &expected = scripts[size_t(script)];
    const Flow flow = flowOf(segmentsOf(size_t(script)), 8700);
    const FlowSegment &row = flow.at(flow.count() - 1);
    QCOMPARE(nameOf(ourKind(row)), nameOf(expected.ours));
    QCOMPARE(m_theirs.at(script), nameOf(expected.theirs));
    QCOMPARE(row.has(FlowSegment::UnlikeWireshark), expected.ours != expected.theirs);
}

void TestWireshark::conversations_data()
{
    QTest::addColumn<SimulatedNetwork>("network");

    QTest::newRow("losses") << SimulatedNetwork{.lostBefore = 5, .lostAfter = 10, .delay = 5};
    QTest::newRow("reordering") << SimulatedNetwork{.late = 20, .delay = 10};
    QTest::newRow("duplicates") << SimulatedNetwork{.doubled = 20, .delay = 5};
    QTest::newRow("all of it") << SimulatedNetwork{
        .lostBefore = 5, .lostAfter = 10, .doubled = 10, .late = 10, .delay = 10};
}

/// In random conversations, the kinds differ exactly where the note says so.
void TestWireshark::conversations()
{
    QFETCH(const SimulatedNetwork, network);
    constexpr quint32 firstSeed = 201;
    constexpr quint32 seeds = 100;
    std::vector<Segment> segments;
    for (quint32 seed = firstSeed; seed < firstSeed + seeds; ++seed) {
        SimulatedTcp tcp(seed, network);
        tcp.arrived = [](size_t) {};
        tcp.captured = [&](const SimulatedTcp::Sent &sent) {
            Segment segment = sent.segment;
            segment.timeUs += 1'800'000'000'000'000;
            for (SocketAddress *end : {&segment.source, &segment.destination}) {
                end->address = {127, 0, 0, 1};
                if (end->port != 8700)
                    end->port = quint16(40000 + seed);
            }
            segments.push_back(segment);
        };
        QVERIFY(tcp.run());
    }
    FlowTable table;
    std::vector<FlowTable::Place> places;
    places.reserve(segments.size());
    for (const Segment &segment : segments)
        places.push_back(table.append(segment));
    const std::vector<Kind> theirs = theirKinds(segments);
    QCOMPARE(theirs.size(), segments.size());
    std::map<Kind, int> counts;
    for (size_t i = 0; i < segments.size(); ++i) {
        const FlowSegment &row = table.at(places[i].flow).at(places[i].row);
        const QString what = u"flow %1 row %2: %3, there %4"_s.arg(places[i].flow)
                                 .arg(places[i].row)
                                 .arg(nameOf(ourKind(row)), nameOf(theirs[i]));
        QVERIFY2((ourKind(row) == theirs[i]) != row.has(FlowSegment::UnlikeWireshark), qPrintable(what));
        ++counts[theirs[i]];
    }
    QVERIFY(counts.size() >= 2);
}

REGISTER_TEST(TestWireshark)
#include "tst_wireshark.moc"
