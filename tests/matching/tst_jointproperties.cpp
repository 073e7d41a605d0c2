// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/amounts.h"
#include "support/bothends.h"
#include "support/registertest.h"
#include "support/simulatedtcp.h"

#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

#include <map>

using namespace Qt::Literals::StringLiterals;

/// Random conversations over a bad network, captured at both ends by clocks that differ, on devices that merge
/// segments: departures, arrivals and losses must be those of the simulation.
class TestJointProperties : public QObject
{
    Q_OBJECT

private slots:
    void conversations_data();
    void conversations();
};

namespace {

/// A segment of the simulation: what it carries, and when it arrived.
struct Way {
    SimulatedSegment sent;
    qint64 departureUs = 0;
    qint64 arrivalUs = -1; ///< -1: it was lost

    qint64 end() const
    {
        const Segment &segment = sent.segment;
        return sent.start + segment.length + (segment.has(Segment::Syn) ? 1 : 0) + (segment.has(Segment::Fin) ? 1 : 0);
    }
};

/// A captured segment, and the segments of the simulation in it.
struct Caught {
    Segment segment;
    std::vector<quint32> ways;
};

using Ways = std::map<quint32, Way>; ///< by the frame that the simulation gives

Ways simulate(quint32 seed, const SimulatedNetwork &network)
{
    Ways ways;
    SimulatedTcp tcp(seed, network);
    qint64 now = 0;
    const auto tick = [&now](qint64 us) { return now = std::max(us, now + 1); };
    tcp.arrived = [](size_t) {};
    tcp.captured = [&](const SimulatedTcp::Sent &sent) {
        ways.emplace(sent.segment.frame, Way{sent, tick(sent.segment.timeUs)});
    };
    tcp.received = [&](const SimulatedTcp::Sent &sent, int at) {
        ways.at(sent.segment.frame).arrivalUs = tick(qint64(at) * 1000);
    };
    return tcp.run() ? ways : Ways();
}

/// Gives the segment the timestamp option (RFC 7323).
void addTimestamp(Segment &segment, quint32 value)
{
    segment.options = {8, 10};
    qToBigEndian(value, segment.options.data() + 2);
    segment.optionBytes = 12;
    segment.headerBytes = segment.capturedBytes = 32;
}

bool mayMerge(const Segment &before, const Segment &next)
{
    const auto isPlain = [](const Segment &segment) {
        return segment.length > 0 && (segment.flags & ~Segment::Psh) == Segment::Ack;
    };
    return isPlain(before) && isPlain(next) && before.source == next.source &&
           before.sequence + before.length == next.sequence && before.acknowledgement == next.acknowledgement &&
           before.options == next.options;
}

/// What the capture at an end contains. merges: segments that this end sends, or receives, may be merged.
std::vector<Caught> captureAt(size_t end, const Ways &ways, bool sends, bool receives, qint64 offsetUs)
{
    std::vector<Caught> all;
    for (const auto &[frame, way] : ways) {
        const bool isSent = way.sent.from == end;
        if (!isSent && way.arrivalUs < 0)
            continue;
        Caught caught{way.sent.segment, {frame}};
        caught.segment.timeUs = (isSent ? way.departureUs : way.arrivalUs) + offsetUs;
        all.push_back(caught);
    }
    std::ranges::sort(all, {}, [](const Caught &caught) { return caught.segment.timeUs; });
    std::vector<Caught> merged;
    for (const Caught &next : all) {
        const bool isOwn = (next.segment.source.port == 8700) == (end == 1);
        if ((isOwn ? sends : receives) && !merged.empty() && mayMerge(merged.back().segment, next.segment)) {
            merged.back().segment.length += next.segment.length;
            merged.back().segment.flags |= next.segment.flags;
            merged.back().ways.push_back(next.ways.front());
        } else {
            merged.push_back(next);
        }
    }
    for (quint32 i = 0; i < merged.size(); ++i)
        merged[i].segment.frame = i + 1;
    return merged;
}

std::vector<Segment> segmentsOf(const std::vector<Caught> &caught)
{
    std::vector<Segment> segments;
    segments.reserve(caught.size());
    for (const Caught &one : caught)
        segments.push_back(one.segment);
    return segments;
}

/// The segments of the simulation in a line of the joint flow that carry something of the row.
std::vector<quint32> waysOf(const std::array<std::vector<Caught>, 2> &caught, const Flow &flow, qsizetype row,
                            quint32 line, const Ways &ways)
{
    if (line == Transit::noLine)
        return {};
    const Transits::Line &at = flow.transits()->lines[line];
    const FlowSegment &segment = flow.at(row);
    std::vector<quint32> found;
    for (const quint32 frame : caught[at.capture][at.captureRow].ways) {
        const Way &way = ways.at(frame);
        const bool isSame = way.sent.start == segment.start() && way.end() == segment.end();
        if (isSame || (way.sent.start < segment.end() && segment.start() < way.end()))
            found.push_back(frame);
    }
    return found;
}

/// Whether nothing in their headers tells two segments apart.
bool lookAlike(const Segment &one, const Segment &other)
{
    return one.source == other.source && one.sequence == other.sequence && one.length == other.length &&
           one.flags == other.flags && one.acknowledgement == other.acknowledgement && one.options == other.options;
}

/// The time of a line of the joint flow, on the clock of the first capture.
qint64 timeOf(const std::array<std::vector<Caught>, 2> &caught, const Flow &flow, quint32 line, qint64 offsetUs)
{
    const Transits::Line &at = flow.transits()->lines[line];
    return caught[at.capture][at.captureRow].segment.timeUs - (at.capture == 1 ? offsetUs : 0);
}

/// What is wrong with a row; nothing: it left and arrived as in the simulation. period: in which both captures were
/// certainly running. offsetUs: of the second clock, as the joint capture has it.
QByteArray wrong(const Flow &flow, qsizetype row, const std::array<std::vector<Caught>, 2> &caught, const Ways &ways,
                 std::pair<qint64, qint64> period, qint64 offsetUs)
{
    const Transit &transit = flow.transits()->rows[size_t(row)];
    const auto departed = waysOf(caught, flow, row, transit.departureLine, ways);
    if (departed.empty())
        return "its departure is not that of a segment";
    if (transit.departureUs != timeOf(caught, flow, transit.departureLine, offsetUs))
        return "it leaves at another time";
    if (transit.fate == Transit::Fate::Arrived) {
        const auto arrived = waysOf(caught, flow, row, transit.arrivalLine, ways);
        const bool isSame = std::ranges::any_of(departed, [&](quint32 one) {
            return std::ranges::any_of(arrived, [&](quint32 other) {
                return lookAlike(ways.at(one).sent.segment, ways.at(other).sent.segment);
            });
        });
        if (!isSame)
            return "another segment arrives";
        const qint64 arrivalUs = timeOf(caught, flow, transit.arrivalLine, offsetUs);
        return transit.arrivalUs == std::max(arrivalUs, transit.departureUs) ? QByteArray() : "it arrives late";
    }
    const Way &way = ways.at(departed.front());
    const bool isAnyLost = std::ranges::any_of(ways, [&way](const auto &other) {
        return other.second.arrivalUs < 0 && lookAlike(way.sent.segment, other.second.sent.segment);
    });
    if (!isAnyLost)
        return "it has arrived";
    const bool isInside = way.departureUs > period.first && way.departureUs < period.second;
    return transit.fate == Transit::Fate::Lost || !isInside ? QByteArray() : "it was lost";
}

} // namespace

void TestJointProperties::conversations_data()
{
    QTest::addColumn<SimulatedNetwork>("network");
    QTest::addColumn<bool>("sends");
    QTest::addColumn<bool>("receives");

    const SimulatedNetwork good{.delay = 5};
    const SimulatedNetwork bad{.lostAfter = 15, .delay = 20};
    const SimulatedNetwork worse{.lostAfter = 30, .late = 10, .delay = 40};
    QTest::newRow("a good network") << good << false << false;
    QTest::newRow("losses and reordering") << bad << false << false;
    QTest::newRow("more losses") << worse << false << false;
    QTest::newRow("senders merge") << bad << true << false;
    QTest::newRow("receivers merge") << bad << false << true;
    QTest::newRow("all merge") << worse << true << true;
}

void TestJointProperties::conversations()
{
    QFETCH(const SimulatedNetwork, network);
    QFETCH(const bool, sends);
    QFETCH(const bool, receives);
    qsizetype lost = 0;
    for (quint32 seed = 1; seed <= 200; seed += nthCase) {
        const QByteArray which = "seed " + QByteArray::number(seed);
        Ways ways = simulate(seed, network);
        QVERIFY2(!ways.empty(), which);
        for (auto &[frame, way] : ways)
            addTimestamp(way.sent.segment, quint32(way.departureUs / 1000));
        const qint64 offsetUs = qint64(QRandomGenerator(seed).bounded(2'000'000)) - 1'000'000;
        const std::array<std::vector<Caught>, 2> caught{captureAt(0, ways, sends, receives, 0),
                                                        captureAt(1, ways, sends, receives, offsetUs)};
        constexpr qint64 longestUs = 40'000; ///< a segment is under way
        const std::pair period(
            std::max(caught[0].front().segment.timeUs, caught[1].front().segment.timeUs - offsetUs) + longestUs,
            std::min(caught[0].back().segment.timeUs, caught[1].back().segment.timeUs - offsetUs) - longestUs);
        const JointCapture joint = jointOf(segmentsOf(caught[0]), segmentsOf(caught[1]));
        QVERIFY2(joint.error().isEmpty() && !joint.isOfOnePlace(), which);
        QVERIFY2(std::abs(joint.offset().us - offsetUs) <= 20'000, which + QByteArray::number(joint.offset().us));
        QCOMPARE(joint.flows().count(), 1);
        const Flow &flow = joint.flows().at(0);
        const auto isLost = [](const auto &way) { return way.second.arrivalUs < 0; };
        const auto isGone = [](const Transit &transit) { return transit.fate != Transit::Fate::Arrived; };
        for (qsizetype row = 0; row < flow.count(); ++row) {
            const QByteArray why = wrong(flow, row, caught, ways, period, joint.offset().us);
            QVERIFY2(why.isEmpty(), which + " row " + QByteArray::number(row) + ": " + why);
            lost += flow.transits()->rows[size_t(row)].fate == Transit::Fate::Lost ? 1 : 0;
        }
        if (receives || sends)
            continue;
        QCOMPARE(flow.count(), qsizetype(ways.size()));
        QCOMPARE(std::ranges::count_if(flow.transits()->rows, isGone), std::ranges::count_if(ways, isLost));
    }
    QVERIFY2(network.lostAfter == 0 || lost > 500 / nthCase, QByteArray::number(lost));
}

REGISTER_TEST(TestJointProperties)
#include "tst_jointproperties.moc"
