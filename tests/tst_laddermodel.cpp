// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "support/laddercases.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Segments, steps and states as rows.
class TestLadderModel : public QObject
{
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void grows();
    void stepsBeforeSegments();
    void waitsForSegments();
    void settlesWithoutSegments();
    void lateSegmentTakesTheStepAlong();
    void stepsWithoutSegmentsStandInOrder();
    void olderSegmentGoesBeforeTheStep();
    void withoutCapture();
    void kernelStates();
    void timerEndsTimeWait();
    void countsTimeWaitDown();
    void crossing();
    void crossingStates();
    void manyStepsInOneSegment();
    void messageInManySegments();
    void rowsOfSteps();
    void absolute();
    void flowIsFoundLater();
    void anotherConnectionIsShownWithoutReading();
    void connectionsThatAlternate();
    void million();
};

namespace {

constexpr qint64 startUs = 1'800'000'000'001'000; // SegmentScript's first segment
const QString conversation = u"c> S, s> SA, c> A, c> PA 24, s> A, s> PA 12, c> A, c> FA, s> A, s> FA, c> A"_s;

QStringList texts(const LadderRow &row)
{
    QStringList all;
    for (const LadderStep &step : row.steps) {
        const QString side = step.side == Side::Client ? u"c "_s : u"s "_s;
        all.append(side + (step.isInferred ? u"(%1)"_s.arg(step.text) : step.text));
    }
    return all;
}

QString line(const LadderRow &row)
{
    const QString arrow = row.hasArrow() ? (row.sender == Side::Client ? u"> "_s : u"< "_s) + row.labels[0] : u"-"_s;
    return (QStringList(arrow) + texts(row)).join(u" | ");
}

QStringList lines(const LadderModel &model)
{
    QStringList all;
    for (qsizetype row = 0; row < model.count(); ++row)
        all.append(line(model.at(row)));
    return all;
}

} // namespace

void TestLadderModel::rows_data()
{
    QTest::addColumn<bool>("clientKnown");
    QTest::addColumn<bool>("serverKnown");
    QTest::addColumn<QStringList>("expected");

    const auto withSteps = [](const char *name, bool client, bool server, const std::array<QString, 5> &steps) {
        QTest::newRow(name) << client << server
                            << QStringList{u"> SYN: seq 0"_s,
                                           u"< SYN, ACK: seq 0, ack 1"_s,
                                           u"> ACK: ack 1"_s,
                                           u"> PSH, ACK: seq 1:25, ack 1, len 24"_s + steps[0],
                                           u"< ACK: ack 25"_s + steps[1],
                                           u"< PSH, ACK: seq 1:13, ack 25, len 12"_s + steps[2],
                                           u"> ACK: ack 13"_s,
                                           u"> FIN, ACK: seq 25, ack 13"_s + steps[3],
                                           u"< ACK: ack 26"_s,
                                           u"< FIN, ACK: seq 13, ack 26"_s + steps[4],
                                           u"> ACK: ack 14"_s};
    };
    withSteps("no steps", false, false, {});
    withSteps("the client's steps", true, false,
              {u" | c [1] Send: Hi, server! I'm client."_s, u" | s ([2] Recv: Hi, server! I'm client.)"_s,
               u" | c [4] Recv: Hi, client! | s ([3] Send: Hi, client!)"_s, u" | c [5] Close Socket"_s,
               u" | s ([6] Close Socket)"_s});
    withSteps("both ends' steps", true, true,
              {u" | c [1] Send: Hi, server! I'm client. | s [2] Recv: Hi, server! I'm client."_s,
               {},
               u" | c [4] Recv: Hi, client! | s [3] Send: Hi, client!"_s,
               u" | c [5] Close Socket"_s,
               u" | s [6] Close Socket"_s});
}

void TestLadderModel::rows()
{
    QFETCH(const bool, clientKnown);
    QFETCH(const bool, serverKnown);
    QFETCH(const QStringList, expected);
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    if (clientKnown)
        all.addSteps(Side::Client, startUs);
    if (serverKnown)
        all.addSteps(Side::Server, startUs);
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(lines(model), expected);
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:51964"_s);
    QCOMPARE(model.address(Side::Server), u"127.0.0.1:8700"_s);
    QCOMPARE(model.at(0).headings, QStringList(u"The TCP three-way handshake"_s));
    QCOMPARE(model.at(0).before[1].state, TcpState::Listen);
    QCOMPARE(model.at(10).head.state, TcpState::Closed);
    QCOMPARE(model.at(10).tail.source, LadderState::Source::Segments);
}

void TestLadderModel::grows()
{
    LadderCase all;
    LadderModel model(all.recording);
    model.showFlow(-1);
    QCOMPARE(model.count(), 0);
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.front()});
    model.showFlow(0);
    QSignalSpy changed(&model, &LadderModel::changed);
    QSignalSpy reset(&model, &LadderModel::reset);
    all.recording.addSegments({segments.begin() + 1, segments.begin() + 4});
    QCOMPARE(model.count(), 4);
    QCOMPARE(changed.size(), 1);
    QVERIFY(changed[0][0].toLongLong() <= 1);
    all.recording.addSegments({segments.begin() + 4, segments.end()});
    QCOMPARE(model.count(), 11);
    QCOMPARE(reset.size(), 0);
}

void TestLadderModel::stepsBeforeSegments()
{
    LadderCase all;
    all.recording.setCapturing(true);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.addSteps(Side::Client, startUs);
    QCOMPARE(model.count(), 0);
    all.recording.addSegments(SegmentScript().segments(conversation));
    QCOMPARE(model.count(), 11);
    QCOMPARE(texts(model.at(3)), QStringList(u"c [1] Send: Hi, server! I'm client."_s));
}

void TestLadderModel::waitsForSegments()
{
    LadderCase all;
    all.recording.setCapturing(true);
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 3});
    LadderModel model(all.recording);
    all.add(Side::Client, StepKind::Connected, 0, startUs);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Send, 1, startUs + 80, "Hi, server! I'm client.", 0);
    QCOMPARE(model.count(), 3); // no arrow that vanishes again
    all.recording.addSegments({segments[3]});
    QCOMPARE(model.count(), 4);
    QCOMPARE(texts(model.at(3)), QStringList(u"c [1] Send: Hi, server! I'm client."_s));
}

void TestLadderModel::settlesWithoutSegments()
{
    LadderCase all;
    all.recording.setCapturing(true);
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 3});
    LadderModel model(all.recording);
    all.add(Side::Client, StepKind::Connected, 0, startUs);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Send, 1, segments[2].timeUs + 80, "lost", 0);
    QTRY_COMPARE(model.count(), 4);
    QCOMPARE(line(model.at(3)), u"> 5 B | c [1] Send: lost | s ([2] Recv: lost)"_s);
    QCOMPARE(model.at(3).kind, LadderRow::Kind::Guess);
    all.add(Side::Client, StepKind::Send, 3, segments[2].timeUs + 90, "too", 5);
    all.recording.setCapturing(false); // nothing is to come
    QCOMPARE(model.count(), 5);
}

void TestLadderModel::lateSegmentTakesTheStepAlong()
{
    LadderCase all;
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 3});
    all.add(Side::Client, StepKind::Connected, 0, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Send, 1, segments[2].timeUs + 80, "Hi, server! I'm client.", 0);
    QCOMPARE(model.count(), 4);
    all.recording.addSegments({segments[3]});
    QCOMPARE(model.count(), 4);
    QCOMPARE(model.at(3).kind, LadderRow::Kind::Segment);
    QCOMPARE(texts(model.at(3)), QStringList(u"c [1] Send: Hi, server! I'm client."_s));
}

void TestLadderModel::stepsWithoutSegmentsStandInOrder()
{
    LadderCase all;
    const auto segments = SegmentScript().segments(u"c> S, s> SA, c> A, c> FA, s> A, s> FA, c> A"_s);
    all.recording.addSegments(segments);
    all.add(Side::Client, StepKind::Connecting, 0, startUs - 500);
    all.add(Side::Client, StepKind::FinishedSending, 0, segments[3].timeUs - 10);
    all.add(Side::Client, StepKind::PeerFinished, 0, segments[5].timeUs + 10);
    const qsizetype close = all.add(Side::Client, StepKind::Close, 1, segments[5].timeUs + 20);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(model.count(), 9);
    QCOMPARE(line(model.at(0)), u"- | c Connecting to 127.0.0.1:8700"_s);
    QCOMPARE(model.at(4).segment, 3);
    QCOMPARE(texts(model.at(4)).size(), 1);
    QCOMPARE(line(model.at(7)), u"- | c [1] Close Socket"_s);
    QCOMPARE(model.at(7).before[0].state, TcpState::TimeWait);
    QCOMPARE(model.at(8).segment, 6);
    QCOMPARE(model.rowsOfStep(close), std::vector<qsizetype>{7});
    for (qsizetype segment = 0; segment < 7; ++segment)
        QCOMPARE(model.at(model.rowOfSegment(segment)).segment, segment);
}

void TestLadderModel::olderSegmentGoesBeforeTheStep()
{
    LadderCase all;
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 5});
    all.add(Side::Client, StepKind::Connected, 0, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Partial, 0, segments[6].timeUs + 10); // logged before the segments came
    QCOMPARE(model.at(5).kind, LadderRow::Kind::Note);
    all.recording.addSegments({segments.begin() + 5, segments.begin() + 8});
    QCOMPARE(model.count(), 9);
    QCOMPARE(model.at(6).segment, 6);
    QCOMPARE(model.at(7).kind, LadderRow::Kind::Note);
    QCOMPARE(model.at(8).segment, 7);
}

void TestLadderModel::withoutCapture()
{
    LadderCase all;
    all.addSteps(Side::Server, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(lines(model),
             (QStringList{u"> connection opened"_s,
                          u"> 24 B | s [2] Recv: Hi, server! I'm client. | c ([1] Send: Hi, server! I'm client.)"_s,
                          u"< 12 B | s [3] Send: Hi, client! | c ([4] Recv: Hi, client!)"_s,
                          u"> FIN | c ([5] Close Socket)"_s, u"< FIN | s [6] Close Socket"_s}));
    for (qsizetype row = 0; row < model.count(); ++row)
        QCOMPARE(model.at(row).kind, LadderRow::Kind::Guess);
    QCOMPARE(model.at(2).gapUs, 1'000'320);
    QCOMPARE(model.at(3).gapUs, 0);
    QCOMPARE(model.at(0).before[0].source, LadderState::Source::Unknown);
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:51964"_s);
    // A state is read a moment after it began: no gap before it, and none that it cuts in two.
    all.recording.addState(1, {startUs + 1'100'000, Side::Server, TcpState::CloseWait});
    QCOMPARE(model.at(4).tail.state, TcpState::CloseWait);
    QCOMPARE(model.at(4).gapUs, 0);
    QCOMPARE(model.at(5).gapUs, 999'700);
}

void TestLadderModel::kernelStates()
{
    LadderCase all;
    all.add(Side::Client, StepKind::Connected, 0, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.recording.addState(1, {startUs + 10, Side::Client, TcpState::Established});
    all.recording.addState(1, {startUs + 20, Side::Client, TcpState::Established}); // nothing new
    all.recording.addState(2, {startUs + 20, Side::Client, TcpState::Established}); // another connection
    all.add(Side::Client, StepKind::Close, 1, startUs + 30);
    all.recording.addState(1, {startUs + 40, Side::Client, TcpState::FinWait2});
    QCOMPARE(model.count(), 4);
    QCOMPARE(model.at(1).tail, (LadderState{TcpState::Established, LadderState::Source::Kernel}));
    QCOMPARE(model.at(2).before[0], (LadderState{TcpState::Established, LadderState::Source::Kernel}));
    QCOMPARE(model.at(3).tail.state, TcpState::FinWait2);
    QCOMPARE(model.at(3).before[1].source, LadderState::Source::Unknown);
}

void TestLadderModel::countsTimeWaitDown()
{
    LadderCase all;
    SegmentScript script;
    all.recording.addSegments(script.segments(conversation));
    LadderModel model(all.recording);
    model.showFlow(0);
    QSignalSpy changed(&model, &LadderModel::changed);
    const auto left = [&model](qsizetype row) { return std::pair(model.at(row).tail.leftS, model.at(row).head.leftS); };
    QCOMPARE(model.count(), 11);
    QCOMPARE(left(9), std::pair(-1, -1));
    model.setTimeWaitLeft(Side::Client, 60);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.constFirst().constFirst().toLongLong(), 9);
    QCOMPARE(left(9), std::pair(-1, 60)); // the second FIN begins it
    QCOMPARE(left(10), std::pair(-1, -1));
    model.setTimeWaitLeft(Side::Client, 60);
    QCOMPARE(changed.size(), 1);                                                             // nothing has changed
    all.recording.addSegments(script.segments("s> FA 0 seq=12 ack=25, c> A seq=25 ack=13")); // repeated
    QCOMPARE(model.count(), 13);
    changed.clear();
    model.setTimeWaitLeft(Side::Client, 59);
    QCOMPARE(changed.constFirst().constFirst().toLongLong(), 9);
    QCOMPARE(left(9).second, 59);
    QCOMPARE(left(12), std::pair(-1, -1));
    model.setTimeWaitLeft(Side::Server, 59); // which is not in TIME-WAIT
    QCOMPARE(changed.size(), 1);
    model.showFlow(0);
    QCOMPARE(left(9).second, -1);
}

void TestLadderModel::timerEndsTimeWait()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    all.addSteps(Side::Client, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.recording.addState(1, {startUs + 20'000, Side::Client, TcpState::TimeWait}); // the segments tell that
    QCOMPARE(model.count(), 11);
    all.recording.addState(1, {startUs + 60'000'000, Side::Client, TcpState::Closed});
    QCOMPARE(model.count(), 12);
    QCOMPARE(model.at(11).tail, (LadderState{TcpState::Closed, LadderState::Source::Kernel}));
    QCOMPARE(model.at(11).before[0], (LadderState{TcpState::TimeWait, LadderState::Source::Segments}));
    QVERIFY(model.at(11).gapUs > 59'000'000);
}

void TestLadderModel::crossing()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 24, s> PA 12 ack=0, c> A, s> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    for (qsizetype row = 0; row < model.count(); ++row)
        QCOMPARE(model.at(row).crossesPrevious, row == 4);
}

void TestLadderModel::crossingStates()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> FA, s> FA ack=0, c> A, s> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    QVERIFY(model.at(4).crossesPrevious);
    QCOMPARE(model.at(4).tail.state, TcpState::FinWait1);
    // The first FIN arrives after the second has left.
    QCOMPARE(model.at(5).before[1].state, TcpState::Closing);
    QCOMPARE(model.at(5).before[0].state, TcpState::Closing);
}

void TestLadderModel::manyStepsInOneSegment()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 2000, s> A"_s));
    for (int i = 0; i < 1000; ++i)
        all.add(Side::Client, StepKind::Send, 2 * i + 1, startUs + 80, "x", qint64(i) * 2);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.stepsRead = 0;
    const LadderRow row = model.at(3);
    QCOMPARE(row.steps.size(), size_t(LadderRow::mostSteps));
    QCOMPARE(row.hiddenSteps[0], 1000 - LadderRow::mostSteps);
    QVERIFY2(all.stepsRead < 20, qPrintable(QString::number(all.stepsRead)));
    QCOMPARE(model.at(4).hiddenSteps[1], 1000 - LadderRow::mostSteps); // their Recv, inferred
}

void TestLadderModel::messageInManySegments()
{
    LadderCase all;
    all.recording.addSegments(
        SegmentScript().segments(u"c> S, s> SA, c> A, c> A 10, c> A 10, c> A 10 seq=10, c> PA 4, s> A"_s));
    all.add(Side::Client, StepKind::Send, 1, startUs, "Hi, server! I'm client.", 0);
    all.add(Side::Server, StepKind::Recv, 2, startUs, "Hi, server! I'm client.", 0);
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(texts(model.at(3)), (QStringList{u"c [1] Send: Hi, server! I'm client."_s, u"s [2] …"_s}));
    QCOMPARE(texts(model.at(4)), (QStringList{u"c [1] …"_s, u"s [2] …"_s}));
    QCOMPARE(model.at(5).notes, u"retransmission"_s);
    QCOMPARE(texts(model.at(6)), (QStringList{u"c [1] …"_s, u"s [2] Recv: Hi, server! I'm client."_s}));
    QCOMPARE(model.rowsOfStep(0), (std::vector<qsizetype>{3, 4, 5, 6}));
    QCOMPARE(model.ackRowOfStep(0), 7);
}

void TestLadderModel::rowsOfSteps()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    all.addSteps(Side::Client, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(model.rowsOfStep(1), std::vector<qsizetype>{3});
    QCOMPARE(model.ackRowOfStep(1), 4);
    QCOMPARE(model.rowsOfStep(3), std::vector<qsizetype>{7});
    QCOMPARE(model.ackRowOfStep(3), 8);
    model.showFlow(-1);
    QCOMPARE(model.count(), 0);
    QVERIFY(model.rowsOfStep(1).empty());
    QCOMPARE(model.ackRowOfStep(1), -1);
}

void TestLadderModel::absolute()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript(4'294'967'290U, 7).segments(conversation));
    LadderModel model(all.recording);
    model.showFlow(0);
    QSignalSpy reset(&model, &LadderModel::reset);
    model.setAbsolute(true);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.at(0).labels[0], u"SYN: seq 4294967290"_s);
    QCOMPARE(model.at(3).labels[0], u"PSH, ACK: seq 4294967291:19, ack 8, len 24"_s);
    QCOMPARE(model.at(3).labels[1], u"PSH, ACK: seq 4294967291:19, len 24"_s);
    QCOMPARE(model.at(3).labels[2], u"PSH, ACK: len 24"_s);
    QCOMPARE(model.at(3).labels[3], u"PSH, ACK"_s);
}

void TestLadderModel::flowIsFoundLater()
{
    LadderCase all;
    LadderModel model(all.recording);
    model.showConnection(1);
    all.addSteps(Side::Client, startUs);
    QCOMPARE(model.flow(), nullptr);
    QCOMPARE(model.count(), 4);
    QSignalSpy reset(&model, &LadderModel::reset);
    all.recording.addSegments(SegmentScript().segments(conversation));
    QCOMPARE(reset.size(), 1);
    QVERIFY(model.flow());
    QCOMPARE(model.count(), 11);
}

/// Adding and asking look at nothing that was there before: this ends.
void TestLadderModel::anotherConnectionIsShownWithoutReading()
{
    LadderCase some;
    some.add(Side::Server, StepKind::Connected, 0, startUs);
    for (int i = 0; i < 1000; ++i)
        some.add(Side::Server, StepKind::Recv, 2 * i + 2, startUs + i, "Hi", 3 * i);
    some.add(Side::Server, StepKind::FinishedSending, 0, startUs + 2000);
    some.add(Side::Server, StepKind::PeerFinished, 0, startUs + 3000);
    LadderModel model(some.recording);
    some.stepsRead = 0;
    model.showConnection(1);
    QVERIFY(some.stepsRead < 5);
    QCOMPARE(model.count(), 1003);
    QCOMPARE(model.address(Side::Server), some.server);
    QVERIFY(model.isAfterFinishedSending(1002, Side::Server));
    QCOMPARE(model.itemAt(500).step, 500);
    QCOMPARE(model.itemAt(500).timeUs, startUs + 499);
}

/// What others did meanwhile, before and behind is left out.
void TestLadderModel::connectionsThatAlternate()
{
    LadderCase some;
    const auto addOther = [&some](int connection, qint64 timeUs) {
        Step step;
        step.time.wallUs = timeUs;
        step.side = Side::Server;
        step.kind = StepKind::Connected;
        step.connection = connection;
        step.local = some.server;
        step.peer = u"127.0.0.1:%1"_s.arg(50'000 + connection);
        some.steps.push_back(step);
        some.recording.addStep(step);
    };
    addOther(2, startUs);
    some.add(Side::Server, StepKind::Connected, 0, startUs + 1);
    addOther(3, startUs + 2);
    some.add(Side::Server, StepKind::Recv, 2, startUs + 3, "Hi", 0);
    addOther(2, startUs + 4);
    some.add(Side::Server, StepKind::Close, 6, startUs + 5);
    addOther(4, startUs + 6);
    LadderModel model(some.recording);
    const auto stepsOf = [&model](int connection) {
        model.showConnection(connection);
        QList<qsizetype> steps;
        for (qsizetype row = 0; row < model.count(); ++row)
            steps.append(model.itemAt(row).step);
        return steps;
    };
    QCOMPARE(stepsOf(1), (QList<qsizetype>{1, 3, 5}));
    QCOMPARE(stepsOf(2), (QList<qsizetype>{0, 4}));
    QCOMPARE(stepsOf(3), (QList<qsizetype>{2}));
    QCOMPARE(stepsOf(4), (QList<qsizetype>{6}));
    QCOMPARE(stepsOf(5), QList<qsizetype>());
}

void TestLadderModel::million()
{
    SegmentScript script;
    LadderCase all;
    all.recording.addSegments(script.segments(u"c> S, s> SA, c> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    Segment data = script.segment(u"c> PA 100"_s);
    std::vector<Segment> batch;
    constexpr int count = 1'000'000;
    for (int i = 0; i < count; ++i) {
        batch.push_back(data);
        data.sequence += 100;
        data.timeUs += 10;
        if (batch.size() == 1000) {
            all.recording.addSegments(batch);
            batch.clear();
        }
    }
    QCOMPARE(model.count(), count + 3);
    QCOMPARE(model.at(count).segment, count);
    QCOMPARE(model.rowOfSegment(count), count);
}

QTEST_GUILESS_MAIN(TestLadderModel)
#include "tst_laddermodel.moc"
