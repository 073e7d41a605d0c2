// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "matching/stepmatch.h"
#include "support/registertest.h"
#include "support/segmentscript.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Which segments carried which steps.
class TestStepMatch : public QObject
{
    Q_OBJECT

private slots:
    void segments_data();
    void segments();
    void inferred_data();
    void inferred();
    void attempts();
    void attemptNumbers();
    void finThatWaited();
    void attemptsFromOnePort();
    void reuse();
    void reuseWhileSegmentsLag();
    void clocksApart();
    void implausible();
    void live();
    void many();
};

namespace {

constexpr qint64 startUs = 1'800'000'000'000'000;

/// Steps written as text: "c send 24, s recv 24, c connected, c finish, c close, c reset, c peer-fin, c peer-rst".
/// Offsets follow each other.
class StepScript
{
public:
    std::vector<Step> steps(const QString &script)
    {
        static const QMap<QString, StepKind> kinds{
            {u"send"_s, StepKind::Send},
            {u"recv"_s, StepKind::Recv},
            {u"connecting"_s, StepKind::Connecting},
            {u"refused"_s, StepKind::Refused},
            {u"connected"_s, StepKind::Connected},
            {u"finish"_s, StepKind::FinishedSending},
            {u"close"_s, StepKind::Close},
            {u"reset"_s, StepKind::Reset},
            {u"peer-fin"_s, StepKind::PeerFinished},
            {u"peer-rst"_s, StepKind::ResetByPeer},
            {u"partial"_s, StepKind::Partial},
        };
        std::vector<Step> all;
        for (const QString &line : script.split(u',')) {
            const QStringList words = line.trimmed().split(u' ');
            if (words.size() < 2)
                continue;
            const bool isClient = words[0] == u"c"_s;
            Step &step = all.emplace_back();
            step.side = isClient ? Side::Client : Side::Server;
            step.kind = kinds.value(words[1], StepKind::Error);
            step.connection = connection;
            step.local = isClient ? u"127.0.0.1:51964"_s : u"127.0.0.1:8700"_s;
            step.peer = isClient ? u"127.0.0.1:8700"_s : u"127.0.0.1:51964"_s;
            step.time.wallUs = timeUs += 1000;
            if (step.isMessage()) {
                qint64 &next = m_next[isClient ? 0 : 1][step.kind == StepKind::Send ? 0 : 1];
                step.offset = next;
                step.bytes = words.value(2).toLongLong();
                next += step.bytes;
            }
        }
        return all;
    }

    void restart(int number, qint64 atUs)
    {
        connection = number;
        timeUs = atUs;
        m_next = {};
    }

    int connection = 1;
    qint64 timeUs = startUs + 500'000;

private:
    std::array<std::array<qint64, 2>, 2> m_next{};
};

/// Formats "3 5 > 6": rows 3 and 5 carried the step, row 6 acknowledges it.
QString text(const StepSegments &segments)
{
    QStringList rows;
    for (const FlowRow row : segments.rows)
        rows.append(QString::number(row.value()));
    if (segments.ackRow.isValid())
        rows.append(u"> %1"_s.arg(segments.ackRow.value()));
    return rows.join(u' ');
}

/// Formats "[2] recv 24 at 4, server".
QString text(const InferredStep &step)
{
    static const QStringList kinds{u"send"_s, u"recv"_s, u"close"_s, u"reset"_s};
    const QString bytes = step.bytes < 0 ? QString() : u" %1+%2"_s.arg(step.offset).arg(step.bytes);
    return u"[%1] %2%3 at %4, %5"_s.arg(step.number)
        .arg(kinds[int(step.kind)], bytes)
        .arg(step.row.value())
        .arg(step.side == Side::Client ? u"client"_s : u"server"_s);
}

QStringList texts(const StepMatch &match)
{
    QStringList all;
    for (StepRow step(0); step.value() < match.count(); ++step)
        all.append(text(match.segmentsOf(step)));
    return all;
}

/// Whether both directions of the query give the same answer.
bool isConsistent(const FlowTable &table, const StepMatch &match)
{
    for (int flow = 0; flow < table.count(); ++flow) {
        for (qsizetype row = 0; row < table.at(flow).count(); ++row) {
            std::vector<StepRow> carried;
            std::vector<StepRow> acknowledged;
            for (StepRow step(0); step.value() < match.count(); ++step) {
                const StepSegments segments = match.segmentsOf(step);
                if (segments.flow != flow)
                    continue;
                if (std::binary_search(segments.rows.begin(), segments.rows.end(), FlowRow(row)))
                    carried.push_back(step);
                if (segments.ackRow == FlowRow(row))
                    acknowledged.push_back(step);
            }
            if (match.stepsOf(flow, FlowRow(row)) != carried ||
                match.acknowledgedBy(flow, FlowRow(row)) != acknowledged)
                return false;
        }
    }
    return true;
}

} // namespace

void TestStepMatch::segments_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QStringList>("expected");

    const auto row = [](const char *name, const QString &script, const QString &steps, const QStringList &expected) {
        QTest::newRow(name) << script << steps << expected;
    };
    row("the conversation of the original", handshake + u"c> PA 24, s> A, s> PA 12, c> A, c> FA, s> A, s> FA, c> A"_s,
        u"c connected, c send 24, s connected, s recv 24, s send 12, c recv 12, c close, s peer-fin, s close"_s,
        {u"0 > 1"_s, u"3 > 4"_s, u"1 > 2"_s, u"3 > 4"_s, u"5 > 6"_s, u"5 > 6"_s, u"7 > 8"_s, u"7 > 8"_s, u"9 > 10"_s});
    row("one step in several segments", handshake + u"c> A 10, s> A, c> A 10, c> PA 4, s> A"_s,
        u"c send 24, s recv 24"_s, {u"3 5 6 > 7"_s, u"3 5 6 > 7"_s});
    row("several steps in one segment", handshake + u"c> PA 24, s> A"_s, u"c send 10, c send 10, c send 4"_s,
        {u"3 > 4"_s, u"3 > 4"_s, u"3 > 4"_s});
    row("steps and segments that overlap", handshake + u"c> PA 15, s> A, c> PA 9, s> A"_s,
        u"c send 10, c send 10, c send 4"_s, {u"3 > 4"_s, u"3 5 > 6"_s, u"5 > 6"_s});
    row("retransmitted, in other pieces", handshake + u"c> PA 10, c> PA 10, c> PA 20 seq=0, c> PA 5 seq=15, s> A"_s,
        u"c send 10, c send 10"_s, {u"3 5 > 7"_s, u"4 5 6 > 7"_s});
    row("acknowledged in part", handshake + u"c> PA 10, s> A ack=5"_s, u"c send 5, c send 5"_s, {u"3 > 4"_s, u"3"_s});
    row("a keep-alive carries nothing", handshake + u"c> PA 5, s> A, c> A 1 seq=4, s> A"_s, u"c send 5"_s,
        {u"3 > 4"_s});
    row("a probe of a zero window carries nothing", handshake + u"c> PA 5, s> A win=0, c> A 1 seq=4, s> A win=0"_s,
        u"c send 5"_s, {u"3 > 4"_s});
    row("a probe that does carry a byte", handshake + u"c> PA 5, s> A win=0, c> PA 1, s> A win=9"_s,
        u"c send 5, c send 1"_s, {u"3 > 4"_s, u"5 > 6"_s});
    row("data on SYN", u"c> S 24, s> SA, c> A"_s, u"c connected, c send 24, s connected, s recv 24"_s,
        {u"0 > 1"_s, u"0 > 1"_s, u"1 > 2"_s, u"0 > 1"_s});
    row("SYN and SYN-ACK retransmitted", u"c> S, c> S seq=-1, s> SA, s> SA seq=-1, c> A"_s,
        u"c connected, s connected"_s, {u"0 1 > 2"_s, u"2 3 > 4"_s});
    row("data on FIN", handshake + u"c> FPA 24, s> A ack=24, s> A"_s, u"c send 24, c close, s recv 24, s peer-fin"_s,
        {u"3 > 4"_s, u"3 > 5"_s, u"3 > 4"_s, u"3 > 5"_s});
    row("FIN retransmitted", handshake + u"c> FA, c> FA seq=0, s> A"_s, u"c close"_s, {u"3 4 > 5"_s});
    row("half-close: the close after it has no segment", handshake + u"c> FA, s> A, s> FA, c> A"_s,
        u"c finish, c peer-fin, c close"_s, {u"3 > 4"_s, u"5 > 6"_s, {}});
    row("half-close, then a close with bytes unread", handshake + u"c> FA, s> A, s> PA 5, c> A, c> RA"_s,
        u"c finish, c close"_s, {u"3 > 4"_s, u"7"_s});
    row("a close with bytes unread", handshake + u"s> PA 5, c> A, c> RA"_s, u"c close"_s, {u"5"_s});
    row("a close, and the peer still sends", handshake + u"c> FA, s> A, s> PA 5, c> R"_s, u"c close, s peer-rst"_s,
        {u"3 6 > 4"_s, u"6"_s});
    row("reset", handshake + u"c> PA 5, c> RA"_s, u"c send 5, c reset, s recv 5, s peer-rst"_s,
        {u"3"_s, u"4"_s, u"3"_s, u"4"_s});
    row("not captured yet", handshake, u"c send 5, c finish, c close, c reset, c peer-fin"_s, {{}, {}, {}, {}, {}});
    row("the capture begins later: bytes are not found, FIN is", u"c> PA 24, s> A, c> FA, s> A"_s,
        u"c connected, c send 24, c close"_s, {{}, {}, u"2 > 3"_s});
    row("a step of another kind", handshake, u"c partial"_s, {{}});
    row("the end of a segment was not captured", handshake + u"c> PA 5, c> PA 5 seq=10, s> A ack=15"_s,
        u"c send 5, c send 5, c send 5"_s, {u"3 > 5"_s, u"> 5"_s, u"4 > 5"_s});
}

void TestStepMatch::segments()
{
    QFETCH(const QString, script);
    QFETCH(const QString, steps);
    QFETCH(const QStringList, expected);

    // First with the segments added before the steps, then the other way round.
    FlowTable table;
    FlowTable laterTable;
    StepMatch match(table);
    StepMatch laterMatch(laterTable);
    for (const Segment &segment : SegmentScript().segments(script))
        table.append(segment);
    for (const Step &step : StepScript().steps(steps)) {
        match.add(step);
        laterMatch.add(step);
    }
    QVERIFY(texts(laterMatch).join(QString()).isEmpty());
    for (const Segment &segment : SegmentScript().segments(script))
        laterTable.append(segment);
    QCOMPARE(texts(match), expected);
    QCOMPARE(texts(laterMatch), expected);
    QVERIFY(isConsistent(table, match));
}

void TestStepMatch::inferred_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("steps");
    QTest::addColumn<QStringList>("expected"); ///< in the order of the rows

    const auto row = [](const char *name, const QString &script, const QString &steps, const QStringList &expected) {
        QTest::newRow(name) << script << steps << expected;
    };
    const QString six = handshake + u"c> PA 24, s> A, s> PA 12, c> A, c> FA, s> A, s> FA, c> A"_s;
    row("the server, of the client's steps", six, u"c connected, c send 24, c recv 12, c close"_s,
        {u"[2] recv 0+24 at 4, server"_s, u"[3] send 0+12 at 5, server"_s, u"[6] close at 9, server"_s});
    row("the client, of the server's steps", six, u"s connected, s recv 24, s send 12, s close"_s,
        {u"[1] send 0+24 at 3, client"_s, u"[4] recv 0+12 at 6, client"_s, u"[5] close at 7, client"_s});
    row("both are known", six, u"c send 24, c recv 12, s recv 24, s send 12"_s, {});
    row("nobody is known", six, {}, {});
    row("not acknowledged yet", handshake + u"c> PA 24"_s, u"c send 24"_s, {});
    row("the reply carries the ACK", handshake + u"c> PA 24, s> PA 12, c> A"_s, u"c send 24, c recv 12"_s,
        {u"[2] recv 0+24 at 4, server"_s, u"[3] send 0+12 at 4, server"_s});
    row("both send at once", handshake + u"c> PA 24, s> PA 12 ack=0, c> A, s> A"_s, u"c send 24, c recv 12"_s,
        {u"[1] send 0+12 at 4, server"_s, u"[4] recv 0+24 at 6, server"_s});
    row("both close at once", handshake + u"c> FA, s> FA ack=0, c> A, s> A"_s, u"c close"_s,
        {u"[1] close at 4, server"_s});
    row("the server closes first", handshake + u"c> PA 24, s> A, s> PA 12, s> FA, c> A, c> FA, s> A"_s,
        u"c send 24, c recv 12, c peer-fin, c close"_s,
        {u"[2] recv 0+24 at 4, server"_s, u"[3] send 0+12 at 5, server"_s, u"[5] close at 6, server"_s});
    row("the other end resets", handshake + u"c> PA 24, s> A, s> RA"_s, u"c send 24, c peer-rst"_s,
        {u"[2] recv 0+24 at 4, server"_s, u"[3] reset at 5, server"_s});
    row("one message in two segments", handshake + u"s> A 10, s> PA 2, c> A"_s, u"c recv 12"_s,
        {u"[1] send 0+12 at 4, server"_s});
    row("retransmitted: the first copy counts", handshake + u"s> PA 12, s> PA 12 seq=0, c> A"_s, u"c recv 12"_s,
        {u"[1] send 0+12 at 3, server"_s});
    row("several acknowledged at once", handshake + u"c> PA 5, c> PA 5, s> A"_s, u"c send 5, c send 5"_s,
        {u"[2] recv 0+5 at 5, server"_s, u"[4] recv 5+5 at 5, server"_s});
}

void TestStepMatch::inferred()
{
    QFETCH(const QString, script);
    QFETCH(const QString, steps);
    QFETCH(const QStringList, expected);

    FlowTable table;
    StepMatch match(table);
    for (const Step &step : StepScript().steps(steps))
        match.add(step);
    for (const Segment &segment : SegmentScript().segments(script))
        table.append(segment);

    QStringList got;
    std::vector<InferredStep> fromSteps;
    for (qsizetype row = 0; row < table.at(0).count(); ++row) {
        for (const InferredStep &step : match.inferredAt(0, FlowRow(row))) {
            QCOMPARE(step.row, FlowRow(row));
            got.append(text(step));
            fromSteps.push_back(step);
        }
    }
    QCOMPARE(got, expected);
    size_t found = 0;
    const auto isFound = [&](const std::optional<InferredStep> &step) {
        found += step ? 1 : 0;
        return !step || std::find(fromSteps.begin(), fromSteps.end(), *step) != fromSteps.end();
    };
    for (StepRow step(0); step.value() < match.count(); ++step)
        QVERIFY(isFound(match.inferred(step)));
    for (const Side side : {Side::Client, Side::Server})
        QVERIFY(isFound(match.inferredClose(0, side)));
    QCOMPARE(found, fromSteps.size());
}

/// Attempts before there is a connection, and how they failed.
void TestStepMatch::attempts()
{
    FlowTable table(8700);
    StepMatch match(table);
    StepScript script;
    script.connection = 0;
    for (const Step &step : script.steps(u"c connecting, c refused"_s))
        match.add(step);
    QCOMPARE(match.segmentsOf(StepRow(0)), StepSegments());
    for (const Segment &segment : SegmentScript().segments(u"c> S, c> S, s> RA"_s))
        table.append(segment);
    QCOMPARE(match.segmentsOf(StepRow(0)).rows, (std::vector<FlowRow>{FlowRow(0), FlowRow(1)}));
    QCOMPARE(match.segmentsOf(StepRow(0)).ackRow, FlowRow()); // RST is no acknowledgement
    QCOMPARE(match.segmentsOf(StepRow(1)), (StepSegments{.flow = 0, .rows = {FlowRow(2)}}));
    QCOMPARE(match.stepsOf(0, FlowRow(0)), std::vector<StepRow>{StepRow(0)});
    QCOMPARE(match.stepsOf(0, FlowRow(2)), std::vector<StepRow>{StepRow(1)});
    QVERIFY(!match.inferredClose(0, Side::Server)); // no step: there was no connection
}

/// An attempt has a number, like a connection.
void TestStepMatch::attemptNumbers()
{
    FlowTable table(8700);
    StepMatch match(table);
    StepScript script;
    script.connection = 0;
    const auto attempt = script.steps(u"c connecting, c refused"_s);
    Step lookup = attempt.front();
    lookup.peer = u"localhost:8700"_s;
    match.add(lookup);
    for (int i = 0; i < 2; ++i) {
        for (Step step : attempt) {
            step.time.wallUs += i * 10'000'000;
            match.add(step);
        }
    }
    script.connection = 1;
    match.add(script.steps(u"c connected"_s).front());
    QCOMPARE(match.attemptOf(StepRow(0)), 0);
    QCOMPARE(match.attemptOf(StepRow(1)), -1);
    QCOMPARE(match.attemptOf(StepRow(4)), -2);
    QCOMPARE(match.attemptOf(StepRow(5)), 0);
    QCOMPARE(match.connection(-2)->events.size(), 2);
    QCOMPARE(match.connection(-3), nullptr);
    QCOMPARE(match.connection(1)->number, 1);
    QCOMPARE(match.connection(2), nullptr);
    QCOMPARE(match.flowOf(-1), -1);
    QCOMPARE(match.flowOf(-3), -1);
    for (const Segment &segment : SegmentScript().segments(u"c> S, s> RA"_s))
        table.append(segment);
    QCOMPARE(match.flowOf(-1), 0);
}

/// The FIN that had to wait belongs to FinSent; the step that requested it has no segment.
void TestStepMatch::finThatWaited()
{
    FlowTable table(8700);
    for (const Segment &segment : SegmentScript().segments(handshake + u"c> FA, s> A"_s))
        table.append(segment);
    StepMatch match(table);
    StepScript script;
    auto steps = script.steps(u"c connected, c finish, c finish, c close"_s);
    steps[1].bytes = 100;
    steps[2].kind = StepKind::FinSent;
    for (const Step &step : steps)
        match.add(step);
    QVERIFY(match.segmentsOf(StepRow(1)).rows.empty());
    QCOMPARE(match.segmentsOf(StepRow(2)), (StepSegments{.flow = 0, .rows = {FlowRow(3)}, .ackRow = FlowRow(4)}));
    QVERIFY(match.segmentsOf(StepRow(3)).rows.empty());
    QCOMPARE(match.stepsOf(0, FlowRow(3)), std::vector<StepRow>{StepRow(2)});
}

/// An attempt belongs to its own flow, and does not affect the flows of connections.
void TestStepMatch::attemptsFromOnePort()
{
    FlowTable table(8700);
    SegmentScript segments;
    StepScript script;
    std::vector<Segment> all = segments.segments(u"c> S, s> RA"_s);
    segments.restart(5000, 6000);
    for (Segment segment : segments.segments(handshake + u"c> PA 24"_s)) {
        segment.timeUs += 60'000'000;
        all.push_back(segment);
    }
    for (const Segment &segment : all)
        table.append(segment);
    QCOMPARE(table.count(), 2);
    StepMatch match(table);
    script.restart(0, startUs + 1000);
    for (const Step &step : script.steps(u"c connecting, c refused"_s))
        match.add(step);
    script.restart(0, startUs + 60'003'000);
    match.add(script.steps(u"c connecting"_s).front());
    script.restart(1, startUs + 60'006'000);
    for (const Step &step : script.steps(u"c connected, c send 24"_s))
        match.add(step);
    QCOMPARE(match.segmentsOf(StepRow(0)).flow, 0);
    QCOMPARE(match.segmentsOf(StepRow(1)).rows, std::vector<FlowRow>{FlowRow(1)});
    QCOMPARE(match.segmentsOf(StepRow(2)), (StepSegments{.flow = 1, .rows = {FlowRow(0)}, .ackRow = FlowRow(1)}));
    QCOMPARE(match.segmentsOf(StepRow(3)), (StepSegments{.flow = 1, .rows = {FlowRow(0)}, .ackRow = FlowRow(1)}));
    QCOMPARE(match.segmentsOf(StepRow(4)).rows, std::vector<FlowRow>{FlowRow(3)});
    QCOMPARE(match.stepsOf(1, FlowRow(0)), (std::vector<StepRow>{StepRow(2), StepRow(3)}));
    QCOMPARE(match.acknowledgedBy(1, FlowRow(1)), (std::vector<StepRow>{StepRow(2), StepRow(3)}));
}

/// The same ports three times; the second connection has no segments.
void TestStepMatch::reuse()
{
    FlowTable table;
    StepMatch match(table);
    SegmentScript segments;
    StepScript steps;
    const auto connection = [&](quint32 isn, bool isCaptured) {
        segments.restart(isn, isn + 5000);
        qint64 startedUs = 0;
        for (const Segment &segment : segments.segments(handshake + u"c> PA 5, s> A, c> FA, s> FA, c> A"_s)) {
            startedUs = startedUs == 0 ? segment.timeUs : startedUs;
            if (isCaptured)
                table.append(segment);
        }
        steps.restart(steps.connection + 1, startedUs + 1500);
        for (const Step &step : steps.steps(u"c connected, c send 5, c close"_s))
            match.add(step);
    };
    connection(100'000, true);
    connection(200'000, false);
    connection(300'000, true);
    QCOMPARE(table.count(), 2);
    QList<int> flows;
    for (StepRow step(0); step.value() < match.count(); ++step)
        flows.append(match.segmentsOf(step).flow);
    QCOMPARE(flows, (QList<int>{0, 0, 0, -1, -1, -1, 1, 1, 1}));
    QCOMPARE(text(match.segmentsOf(StepRow(7))), u"3 > 4"_s);
    QVERIFY(isConsistent(table, match));
}

/// The steps of the second connection arrive before its segments, and must not match those of the first connection.
void TestStepMatch::reuseWhileSegmentsLag()
{
    FlowTable table;
    StepMatch match(table);
    SegmentScript segments;
    StepScript steps;
    for (const Segment &segment : segments.segments(handshake + u"c> R"_s))
        table.append(segment);
    steps.restart(1, startUs + 2500);
    match.add(steps.steps(u"c connected"_s).front());
    steps.restart(2, startUs + 7000);
    match.add(steps.steps(u"c connected"_s).front());
    QCOMPARE(match.segmentsOf(StepRow(0)).flow, 0);
    QCOMPARE(match.segmentsOf(StepRow(1)).flow, -1);
    segments.restart(50'000, 60'000);
    for (const Segment &segment : segments.segments(handshake))
        table.append(segment);
    QCOMPARE(match.segmentsOf(StepRow(0)).flow, 0);
    QCOMPARE(match.segmentsOf(StepRow(1)).flow, 1);
}

void TestStepMatch::clocksApart()
{
    FlowTable table;
    StepMatch match(table);
    StepScript steps;
    steps.restart(1, startUs - 3'600'000'000);
    match.add(steps.steps(u"c connected"_s).front());
    for (const Segment &segment : SegmentScript().segments(handshake))
        table.append(segment);
    QCOMPARE(text(match.segmentsOf(StepRow(0))), u"0 > 1"_s);
}

/// A session file may contain anything.
void TestStepMatch::implausible()
{
    FlowTable table;
    StepMatch match(table);
    for (const Segment &segment : SegmentScript().segments(handshake + u"c> PA 24, s> A"_s))
        table.append(segment);
    Step send = StepScript().steps(u"c send 24"_s).front();
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    for (const auto &[offset, bytes] : std::vector<std::pair<qint64, qint64>>{
             {-1, 24}, {0, 0}, {0, -1}, {0, most}, {most, 5}, {most - 2, 5}, {0, qint64(1) << 32}}) {
        send.offset = offset;
        send.bytes = bytes;
        QCOMPARE(match.segmentsOf(match.add(send)), StepSegments{.flow = 0});
    }
    send.offset = 0;
    send.bytes = 24;
    Step nowhere = send;
    nowhere.connection = 0;
    QCOMPARE(match.segmentsOf(match.add(nowhere)), StepSegments());
    QCOMPARE(text(match.segmentsOf(match.add(send))), u"3 > 4"_s);
    QCOMPARE(match.segmentsOf(match.add(send)), StepSegments{.flow = 0}); // those bytes already have a step
    QVERIFY(isConsistent(table, match));
}

/// Segments and steps arrive alternately, so that the matches grow.
void TestStepMatch::live()
{
    FlowTable table;
    StepMatch match(table);
    SegmentScript segments;
    StepScript steps;
    for (const Segment &segment : segments.segments(handshake))
        table.append(segment);
    match.add(steps.steps(u"c send 24"_s).front());
    QCOMPARE(text(match.segmentsOf(StepRow(0))), QString());
    table.append(segments.segment(u"c> PA 20"_s));
    QCOMPARE(text(match.segmentsOf(StepRow(0))), u"3"_s);
    table.append(segments.segment(u"s> A"_s));
    QCOMPARE(text(match.segmentsOf(StepRow(0))), u"3"_s);
    table.append(segments.segment(u"c> PA 4"_s));
    table.append(segments.segment(u"c> PA 24 seq=0"_s));
    QCOMPARE(text(match.segmentsOf(StepRow(0))), u"3 5 6"_s);
    QVERIFY(!match.inferred(StepRow(0)));
    table.append(segments.segment(u"s> A"_s));
    QCOMPARE(text(match.segmentsOf(StepRow(0))), u"3 5 6 > 7"_s);
    QCOMPARE(text(match.inferred(StepRow(0)).value()), u"[2] recv 0+24 at 7, server"_s);
}

/// Many steps, queried one by one.
void TestStepMatch::many()
{
    FlowTable table;
    StepMatch match(table);
    SegmentScript segments;
    for (const Segment &segment : segments.segments(handshake))
        table.append(segment);
    Segment data = segments.segment(u"c> PA 100"_s);
    Step send = StepScript().steps(u"c send 10"_s).front();
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i) {
        if (i % 10 == 0) {
            table.append(data);
            data.sequence += 100;
        }
        match.add(send);
        send.offset += 10;
    }
    for (int i = 0; i < count; i += 100)
        QCOMPARE(match.segmentsOf(StepRow(i)).rows, std::vector<FlowRow>{FlowRow(3 + i / 10)});
    QCOMPARE(match.stepsOf(0, FlowRow(3 + count / 20)).size(), size_t(10));
}

REGISTER_TEST(TestStepMatch)
#include "tst_stepmatch.moc"
