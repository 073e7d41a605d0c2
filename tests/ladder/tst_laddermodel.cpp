// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "support/amounts.h"
#include "support/laddercases.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdump.h"

#include <QRegularExpression>
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
    void nothingBeyondTheCapture();
    void kernelTellsWhatHasArrived();
    void finThatWaits_data();
    void finThatWaits();
    void finThatWaitedIsCaptured();
    void endsOtherwise_data();
    void endsOtherwise();
    void undelivered();
    void attempts();
    void attemptsAreCaptured();
    void relativeNumbersAreTcpdumps_data();
    void relativeNumbersAreTcpdumps();
    void lostSegment();
    void lateSegmentTakesTheStepAlong();
    void stepsWithoutSegmentsStandInOrder();
    void olderSegmentGoesBeforeTheStep();
    void withoutCapture();
    void gapBeforeStates();
    void kernelStates();
    void countsDownInTheNewestConnectionOnly();
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
        all.append(line(LadderRows::make(model, LadderIndex(row))));
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
        all.addSteps(Side::Client, SegmentScript::firstUs);
    if (serverKnown)
        all.addSteps(Side::Server, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(lines(model), expected);
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:51964"_s);
    QCOMPARE(model.address(Side::Server), u"127.0.0.1:8700"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).headings, QStringList(u"The TCP three-way handshake"_s));
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).before[1].state, TcpState::Listen);
    QCOMPARE(LadderRows::make(model, LadderIndex(10)).head.state, TcpState::Closed);
    QCOMPARE(LadderRows::make(model, LadderIndex(10)).tail.source, LadderState::Source::Segments);
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
    QVERIFY(changed[0][0].value<LadderIndex>().value() <= 1);
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
    all.addSteps(Side::Client, SegmentScript::firstUs);
    QCOMPARE(model.count(), 0);
    all.recording.addSegments(SegmentScript().segments(conversation));
    QCOMPARE(model.count(), 11);
    QCOMPARE(texts(LadderRows::make(model, LadderIndex(3))), QStringList(u"c [1] Send: Hi, server! I'm client."_s));
}

void TestLadderModel::waitsForSegments()
{
    LadderCase all;
    all.recording.setCapturing(true);
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 3});
    LadderModel model(all.recording);
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs + 80, "Hi, server! I'm client.", 0);
    QCOMPARE(model.count(), 3); // no arrow that vanishes again
    all.recording.addSegments({segments[3]});
    QCOMPARE(model.count(), 4);
    QCOMPARE(texts(LadderRows::make(model, LadderIndex(3))), QStringList(u"c [1] Send: Hi, server! I'm client."_s));
}

void TestLadderModel::settlesWithoutSegments()
{
    LadderCase all;
    all.recording.setCapturing(true);
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 3});
    LadderModel model(all.recording);
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Send, 1, segments[2].timeUs + 80, "lost", 0);
    QTRY_COMPARE(model.count(), 4);
    // The capture has not seen it leave.
    QCOMPARE(line(LadderRows::make(model, LadderIndex(3))), u"- | c [1] Send: lost"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).kind, LadderRow::Kind::Note);
    all.add(Side::Client, StepKind::Send, 3, segments[2].timeUs + 90, "too", 5);
    all.recording.setCapturing(false); // nothing is to come
    QCOMPARE(model.count(), 5);
}

/// What a running capture has not seen leave, or be acknowledged, is not drawn.
void TestLadderModel::nothingBeyondTheCapture()
{
    LadderCase all;
    all.recording.setCapturing(true);
    SegmentScript script;
    all.recording.addSegments(script.segments(u"c> S, s> SA, c> A, c> A 10, s> A, c> A 10"_s));
    LadderModel model(all.recording);
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    model.showConnection(1);
    const qint64 nowUs = SegmentScript::firstUs + 10'000;
    all.add(Side::Client, StepKind::Send, 1, nowUs, "dropped by the capture", 20);
    all.add(Side::Client, StepKind::FinishedSending, 0, nowUs + 1);
    all.add(Side::Client, StepKind::Reset, 3, nowUs + 2);
    QTRY_COMPARE(model.count(), 9);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(6))), u"- | c [1] Send: dropped by the capture"_s);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(7))),
             u"- | c Finished sending: FIN sent, this end still receives"_s);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(8))), u"- | c [3] Reset Socket"_s);
    // An acknowledgement shows that it has arrived all the same.
    all.recording.addSegments(script.segments(u"s> A seq=0 ack=43"_s));
    const LadderIndex send = model.rowsOfStep(StepRow(1)).front();
    QCOMPARE(line(LadderRows::make(model, send)),
             u"> 23 B | c [1] Send: dropped by the capture | s ([2] Recv: dropped by the capture)"_s);
    QCOMPARE(LadderRows::make(model, send).arrival, LadderRow::Arrival::Arrived);
}

namespace {

/// What the kernel says of an end that has sent so much, of which so much has left and was acknowledged.
KernelSocket socketOf(Side side, TcpState state, qint64 sent, qint64 left, qint64 acknowledged)
{
    KernelSocket socket{.state = state, .sendQueue = quint32(sent - acknowledged)};
    socket.path = KernelSocket::Path{.notSentBytes = quint32(sent - left),
                                     .bytesAcked = quint64(acknowledged + (side == Side::Client ? 1 : 0))};
    return socket;
}

} // namespace

/// Without a capture: what the kernel says has not left has no arrow, what is not acknowledged has not arrived.
void TestLadderModel::kernelTellsWhatHasArrived()
{
    LadderCase all;
    all.recording.setAsksKernel(true);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs + 10, "one", 0);
    all.add(Side::Client, StepKind::Send, 3, SegmentScript::firstUs + 20, "two", 4);
    all.add(Side::Client, StepKind::Send, 5, SegmentScript::firstUs + 30, "three", 8);
    const auto tell = [&](TcpState state, qint64 sent, qint64 left, qint64 acknowledged, qint64 timeUs) {
        all.recording.addSocket(1, Side::Client, socketOf(Side::Client, state, sent, left, acknowledged), timeUs);
    };
    using enum LadderRow::Arrival;
    const auto arrows = [&model] {
        QStringList texts;
        for (qsizetype row = 1; row < model.count(); ++row) {
            const LadderRow made = LadderRows::make(model, LadderIndex(row));
            texts.append(!made.hasArrow() ? u"none"_s : made.arrival == Arrived ? u"arrived"_s : u"awaited"_s);
        }
        return texts;
    };
    QCOMPARE(arrows(), QStringList(3, u"awaited"_s)); // the kernel was not asked yet
    QCOMPARE(line(LadderRows::make(model, LadderIndex(1))), u"> 4 B | c [1] Send: one"_s);
    QSignalSpy changed(&model, &LadderModel::changed);
    tell(TcpState::Established, 14, 6, 4, SegmentScript::firstUs + 100);
    QCOMPARE(arrows(), (QStringList{u"arrived"_s, u"awaited"_s, u"none"_s}));
    QCOMPARE(changed.constLast().constFirst().value<LadderIndex>().value(), 0); // ESTABLISHED is confirmed, too
    QCOMPARE(line(LadderRows::make(model, LadderIndex(1))), u"> 4 B | c [1] Send: one | s ([2] Recv: one)"_s);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(2))), u"> 4 B | c [3] Send: two"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).notes, u"not acknowledged"_s);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(3))), u"- | c [5] Send: three"_s);
    changed.clear();
    tell(TcpState::Established, 14, 14, 8, SegmentScript::firstUs + 200);
    QCOMPARE(arrows(), (QStringList{u"arrived"_s, u"arrived"_s, u"awaited"_s}));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.constFirst().constFirst().value<LadderIndex>().value(), 2);
    // What the other end's program has not read is no step of it.
    KernelSocket peer = socketOf(Side::Server, TcpState::Established, 0, 0, 0);
    peer.path->bytesReceived = 8;
    peer.receiveQueue = 4;
    all.recording.addSocket(1, Side::Server, peer, SegmentScript::firstUs + 200);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(2))), u"> 4 B | c [3] Send: two"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).arrival, Arrived);
    peer.receiveQueue = 0;
    all.recording.addSocket(1, Side::Server, peer, SegmentScript::firstUs + 300);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(2))), u"> 4 B | c [3] Send: two | s ([4] Recv: two)"_s);
}

void TestLadderModel::finThatWaits_data()
{
    QTest::addColumn<bool>("closes");
    QTest::newRow("Finish Sending") << false;
    QTest::newRow("Close") << true;
}

/// FIN that waits behind unsent bytes has no arrow before it leaves, and does not arrive before it is acknowledged.
void TestLadderModel::finThatWaits()
{
    QFETCH(const bool, closes);
    LadderCase all;
    all.recording.setAsksKernel(true);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs + 10, "one", 0);
    if (closes) {
        all.add(Side::Client, StepKind::Close, 3, SegmentScript::firstUs + 20);
        all.addEvent(Side::Client, StepKind::Closing, SegmentScript::firstUs + 20, 4);
    } else {
        all.addEvent(Side::Client, StepKind::FinishedSending, SegmentScript::firstUs + 20, 4);
    }
    const auto tell = [&](qint64 left, qint64 acknowledged, qint64 timeUs) {
        const TcpState state = acknowledged > 4 ? TcpState::FinWait2 : TcpState::FinWait1;
        all.recording.addSocket(1, Side::Client, socketOf(Side::Client, state, 5, left, acknowledged), timeUs);
    };
    tell(0, 0, SegmentScript::firstUs + 100);
    const auto rowOf = [&](const QString &text) {
        for (qsizetype row = 0; row < model.count(); ++row) {
            if (line(LadderRows::make(model, LadderIndex(row))).contains(text))
                return row;
        }
        return qsizetype(-1);
    };
    QCOMPARE(line(LadderRows::make(model, LadderIndex(1))), u"- | c [1] Send: one"_s);
    QCOMPARE(rowOf(u"> FIN"_s), -1);
    const LadderRow wanted =
        LadderRows::make(model, LadderIndex(rowOf(closes ? u"Close Socket"_s : u"Finished sending"_s)));
    QCOMPARE(wanted.kind, LadderRow::Kind::Note);
    tell(4, 4, SegmentScript::firstUs + 200);
    QCOMPARE(rowOf(u"> FIN"_s), -1);
    all.addEvent(Side::Client, StepKind::FinSent, SegmentScript::firstUs + 300);
    tell(5, 4, SegmentScript::firstUs + 350);
    QVERIFY(rowOf(u"> FIN"_s) > 0);
    QCOMPARE(LadderRows::make(model, LadderIndex(rowOf(u"> FIN"_s))).arrival, LadderRow::Arrival::Awaited);
    QCOMPARE(model.statesBefore(LadderIndex(model.count()))[1].state, TcpState::Established);
    tell(5, 5, SegmentScript::firstUs + 400);
    QCOMPARE(LadderRows::make(model, LadderIndex(rowOf(u"> FIN"_s))).arrival, LadderRow::Arrival::Arrived);
    QCOMPARE(model.statesBefore(LadderIndex(model.count()))[0].state, TcpState::FinWait2);
    QCOMPARE(model.statesBefore(LadderIndex(model.count()))[1].state, TcpState::CloseWait);
}

/// With a capture it stands where it left.
void TestLadderModel::finThatWaitedIsCaptured()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> A 4, s> A, c> FA, s> A"_s));
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs + 10, "one", 0);
    all.addEvent(Side::Client, StepKind::FinishedSending, SegmentScript::firstUs + 20, 4);
    all.addEvent(Side::Client, StepKind::FinSent, SegmentScript::firstUs + 5500);
    all.add(Side::Client, StepKind::Close, 3, SegmentScript::firstUs + 9000);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(model.rowsOfStep(StepRow(3)), std::vector<LadderIndex>{model.rowOfSegment(FlowRow(5))});
    QCOMPARE(line(LadderRows::make(model, model.rowsOfStep(StepRow(2)).front())),
             u"- | c Finished sending: FIN follows the remaining data; this end still receives"_s);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(model.count() - 1))), u"- | c [3] Close Socket"_s);
}

void TestLadderModel::endsOtherwise_data()
{
    QTest::addColumn<QList<StepKind>>("kinds"); ///< after Connected and a message
    QTest::addColumn<QStringList>("rows");

    using enum StepKind;
    QTest::newRow("a close that left bytes unread")
        << QList{Close, Unread}
        << QStringList{u"> RST | c [3] Close Socket"_s, u"- | c Sent RST, not FIN: 4 received bytes were unread"_s};
    QTest::newRow("a reset") << QList{Reset} << QStringList{u"> RST | c [3] Reset Socket"_s};
    QTest::newRow("a reset after both FINs")
        << QList{FinishedSending, PeerFinished, Reset}
        << QStringList{u"> FIN | "_s, u"< FIN | s ([4] Close Socket)"_s, u"- | c [3] Reset Socket"_s};
    QTest::newRow("a close after Finish Sending")
        << QList{FinishedSending, Close} << QStringList{u"> FIN | "_s, u"- | c [3] Close Socket"_s};
}

void TestLadderModel::endsOtherwise()
{
    QFETCH(const QList<StepKind>, kinds);
    QFETCH(const QStringList, rows);
    LadderCase all;
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs + 10, "one", 0);
    for (const StepKind kind : kinds) {
        if (kind == StepKind::Unread)
            all.addEvent(Side::Client, kind, SegmentScript::firstUs + 20, 4);
        else
            all.add(Side::Client, kind, kind == StepKind::Close || kind == StepKind::Reset ? 3 : 0,
                    SegmentScript::firstUs + 20);
    }
    LadderModel model(all.recording);
    model.showConnection(1);
    const QStringList got = lines(model).mid(2);
    QCOMPARE(got.size(), rows.size());
    for (qsizetype row = 0; row < rows.size(); ++row)
        QVERIFY2(got.at(row).startsWith(rows.at(row)), qPrintable(got.at(row)));
}

/// What was lost with the connection did not arrive, whoever looks at the session later.
void TestLadderModel::undelivered()
{
    LadderCase all;
    all.add(Side::Server, StepKind::Connected, 0, SegmentScript::firstUs);
    all.add(Side::Server, StepKind::Send, 1, SegmentScript::firstUs + 10, "one", 0);
    all.add(Side::Server, StepKind::Send, 3, SegmentScript::firstUs + 20, "two", 4);
    all.add(Side::Server, StepKind::ResetByPeer, 0, SegmentScript::firstUs + 30);
    all.addEvent(Side::Server, StepKind::Undelivered, SegmentScript::firstUs + 30, 4, 4);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(1))), u"< 4 B | s [1] Send: one | c ([2] Recv: one)"_s);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(2))), u"< 4 B | s [3] Send: two"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).arrival, LadderRow::Arrival::Awaited);
}

void TestLadderModel::attempts()
{
    LadderCase all;
    const auto add = [&all](StepKind kind, const QString &local, const QString &peer, qint64 timeUs) {
        Step step;
        step.time.wallUs = timeUs;
        step.side = Side::Client;
        step.kind = kind;
        step.local = local;
        step.peer = peer;
        all.steps.push_back(step);
        all.recording.addStep(step);
    };
    LadderModel model(all.recording);
    model.showConnection(-1);
    add(StepKind::Connecting, {}, u"localhost:8700"_s, SegmentScript::firstUs); // it looks the name up
    add(StepKind::Connecting, u"[::1]:51964"_s, u"[::1]:8700"_s, SegmentScript::firstUs + 10);
    QCOMPARE(lines(model), QStringList(u"> SYN"_s));
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).arrival, LadderRow::Arrival::Awaited);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).tail,
             (LadderState{TcpState::SynSent, LadderState::Source::Steps}));
    add(StepKind::Refused, u"[::1]:51964"_s, u"[::1]:8700"_s, SegmentScript::firstUs + 20);
    QCOMPARE(lines(model), (QStringList{u"> SYN"_s, u"< RST"_s}));
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).arrival, LadderRow::Arrival::Arrived);
    QCOMPARE(LadderRows::make(model, LadderIndex(1)).head, (LadderState{TcpState::Closed, LadderState::Source::Steps}));
    add(StepKind::Connecting, all.client, all.server, SegmentScript::firstUs + 30);
    add(StepKind::TimedOut, all.client, all.server, SegmentScript::firstUs + 40);
    add(StepKind::Connecting, {}, u"192.0.2.1:8700"_s, SegmentScript::firstUs + 50); // there is no way there
    add(StepKind::Unreachable, {}, u"192.0.2.1:8700"_s, SegmentScript::firstUs + 60);
    QCOMPARE(model.count(), 2);
    model.showConnection(-2);
    QCOMPARE(lines(model).constFirst(), u"> SYN"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).arrival, LadderRow::Arrival::Awaited);
    QCOMPARE(model.count(), 2);
    QCOMPARE(LadderRows::make(model, LadderIndex(1)).tail.state, TcpState::Closed);
    QCOMPARE(model.address(Side::Server), all.server);
    model.showConnection(-3);
    QCOMPARE(lines(model).constFirst(), u"- | c Connecting to 192.0.2.1:8700"_s);
    QCOMPARE(model.count(), 2);
    model.showConnection(-4);
    QCOMPARE(model.count(), 0);
}

/// Every attempt has its own SYN and RST, though one follows the other.
void TestLadderModel::attemptsAreCaptured()
{
    LadderCase all;
    const auto first = SegmentScript(1000, 2000, 40001).segments(u"c> S, s> RA seq=-2001"_s);
    const auto second = SegmentScript(5000, 2000, 40002).segments(u"c> S, s> RA seq=-2001"_s);
    for (const auto &[segments, port] : {std::pair(first, 40001), std::pair(second, 40002)}) {
        for (const StepKind kind : {StepKind::Connecting, StepKind::Refused}) {
            Step step;
            step.time.wallUs = segments.front().timeUs;
            step.kind = kind;
            step.local = u"127.0.0.1:%1"_s.arg(port);
            step.peer = all.server;
            all.steps.push_back(step);
            all.recording.addStep(step);
        }
    }
    LadderModel model(all.recording);
    model.showConnection(-2);
    QCOMPARE(model.flow(), nullptr);
    all.recording.addSegments(first);
    QCOMPARE(model.flow(), nullptr);
    all.recording.addSegments(second);
    QVERIFY(model.flow());
    QCOMPARE(lines(model), (QStringList{u"> SYN: seq 0"_s, u"< RST, ACK: seq 0, ack 1"_s}));
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:40002"_s);
    model.showConnection(-1);
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:40001"_s);
    QCOMPARE(model.count(), 2);
}

void TestLadderModel::relativeNumbersAreTcpdumps_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("from"); ///< the first packet that is there

    QTest::newRow("refused") << u"refused"_s << 0;
    QTest::newRow("a conversation") << u"conversation"_s << 0;
    QTest::newRow("from the client's message on") << u"conversation"_s << 3;
    QTest::newRow("from the server's acknowledgement on") << u"conversation"_s << 4;
    QTest::newRow("half-close, from the server's message on") << u"half-close"_s << 5;
}

/// tcpdump prints the numbers of the first segment with ACK, and those before it, as they are.
void TestLadderModel::relativeNumbersAreTcpdumps()
{
    QFETCH(const QString, name);
    QFETCH(const int, from);
    const QString tcpdump = Tcpdump::program();
    if (tcpdump.isEmpty())
        SKIP_OR_FAIL(u"tcpdump is not here"_s);
    QFile file(QStringLiteral(EXAMPLES "/") + name + u".pcap"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray capture = file.readAll();
    for (int i = 0; i < from; ++i)
        capture.remove(24, 16 + qFromLittleEndian<quint32>(capture.constData() + 32));
    QTemporaryFile cut;
    QVERIFY(cut.open() && cut.write(capture) == capture.size() && cut.flush());
    LadderCase all;
    all.recording.addSegments(segmentsOfFile(cut.fileName()));
    LadderModel model(all.recording);
    model.showFlow(0);
    const QList<QByteArray> printed = Tcpdump::output(tcpdump, capture, true).trimmed().split('\n');
    QCOMPARE(printed.size(), model.count());
    static const QRegularExpression sequence(u"seq ([0-9:]+)"_s);
    static const QRegularExpression acknowledgement(u"ack ([0-9]+)"_s);
    bool isRelative = false;
    int compared = 0;
    for (qsizetype row = 0; row < model.count(); ++row) {
        const QString theirs = QString::fromLatin1(printed[row]);
        const QString ours = LadderRows::make(model, LadderIndex(row)).labels[0];
        const QString number = sequence.match(theirs).captured(1);
        const bool isReset = ours.startsWith(u"RST"_s); // its own number is 0
        if (!number.isEmpty() && (isRelative || isReset) && ++compared)
            QCOMPARE(sequence.match(ours).captured(1), number);
        if (isRelative)
            QCOMPARE(acknowledgement.match(ours).captured(1), acknowledgement.match(theirs).captured(1));
        isRelative = isRelative || theirs.contains(u" ack "_s);
    }
    QVERIFY(compared > 0);
}

void TestLadderModel::lostSegment()
{
    LadderCase all;
    all.recording.addSegments(
        SegmentScript().segments(handshake + u"c> A 10, s> A, c> A 10, c> A 10, s> A ack=10, c> A 10, s> A ack=10, "
                                             "c> A 10 seq=10, s> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(LadderRows::make(model, LadderIndex(5)).arrival, LadderRow::Arrival::Lost);
    QCOMPARE(LadderRows::make(model, LadderIndex(5)).notes, u"lost, sent again"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(10)).arrival, LadderRow::Arrival::Arrived);
    QCOMPARE(LadderRows::make(model, LadderIndex(10)).notes, u"fast retransmission"_s);
}

void TestLadderModel::lateSegmentTakesTheStepAlong()
{
    LadderCase all;
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 3});
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Send, 1, segments[2].timeUs + 80, "Hi, server! I'm client.", 0);
    QCOMPARE(model.count(), 4);
    all.recording.addSegments({segments[3]});
    QCOMPARE(model.count(), 4);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).kind, LadderRow::Kind::Segment);
    QCOMPARE(texts(LadderRows::make(model, LadderIndex(3))), QStringList(u"c [1] Send: Hi, server! I'm client."_s));
}

void TestLadderModel::stepsWithoutSegmentsStandInOrder()
{
    LadderCase all;
    const auto segments = SegmentScript().segments(u"c> S, s> SA, c> A, c> FA, s> A, s> FA, c> A"_s);
    all.recording.addSegments(segments);
    all.add(Side::Client, StepKind::Connecting, 0, SegmentScript::firstUs - 500);
    all.add(Side::Client, StepKind::FinishedSending, 0, segments[3].timeUs - 10);
    all.add(Side::Client, StepKind::PeerFinished, 0, segments[5].timeUs + 10);
    const qsizetype close = all.add(Side::Client, StepKind::Close, 1, segments[5].timeUs + 20);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(model.count(), 9);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(0))), u"- | c Connecting to 127.0.0.1:8700"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(4)).segment, FlowRow(3));
    QCOMPARE(texts(LadderRows::make(model, LadderIndex(4))).size(), 1);
    QCOMPARE(line(LadderRows::make(model, LadderIndex(7))), u"- | c [1] Close Socket"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(7)).before[0].state, TcpState::TimeWait);
    QCOMPARE(LadderRows::make(model, LadderIndex(8)).segment, FlowRow(6));
    QCOMPARE(model.rowsOfStep(StepRow(close)), std::vector<LadderIndex>{LadderIndex(7)});
    for (qsizetype segment = 0; segment < 7; ++segment)
        QCOMPARE(LadderRows::make(model, model.rowOfSegment(FlowRow(segment))).segment, FlowRow(segment));
}

void TestLadderModel::olderSegmentGoesBeforeTheStep()
{
    LadderCase all;
    const auto segments = SegmentScript().segments(conversation);
    all.recording.addSegments({segments.begin(), segments.begin() + 5});
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.add(Side::Client, StepKind::Partial, 0, segments[6].timeUs + 10); // logged before the segments came
    QCOMPARE(LadderRows::make(model, LadderIndex(5)).kind, LadderRow::Kind::Note);
    all.recording.addSegments({segments.begin() + 5, segments.begin() + 8});
    QCOMPARE(model.count(), 9);
    QCOMPARE(LadderRows::make(model, LadderIndex(6)).segment, FlowRow(6));
    QCOMPARE(LadderRows::make(model, LadderIndex(7)).kind, LadderRow::Kind::Note);
    QCOMPARE(LadderRows::make(model, LadderIndex(8)).segment, FlowRow(7));
}

void TestLadderModel::withoutCapture()
{
    LadderCase all;
    all.addSteps(Side::Server, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(lines(model),
             (QStringList{u"> connection opened"_s,
                          u"> 24 B | s [2] Recv: Hi, server! I'm client. | c ([1] Send: Hi, server! I'm client.)"_s,
                          u"< 12 B | s [3] Send: Hi, client! | c ([4] Recv: Hi, client!)"_s,
                          u"> FIN | c ([5] Close Socket)"_s, u"< FIN | s [6] Close Socket"_s}));
    for (qsizetype row = 0; row < model.count(); ++row)
        QCOMPARE(LadderRows::make(model, LadderIndex(row)).kind, LadderRow::Kind::Guess);
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).gapUs, 1'000'320);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).gapUs, 0);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).before[0].source, LadderState::Source::Unknown);
    QCOMPARE(model.address(Side::Client), u"127.0.0.1:51964"_s);
    // A state is read a moment after it began: no gap before it, and none that it cuts in two.
    all.recording.addState(1, {SegmentScript::firstUs + 1'100'000, Side::Client, TcpState::FinWait2});
    QCOMPARE(LadderRows::make(model, LadderIndex(4)).tail.state, TcpState::FinWait2);
    QCOMPARE(LadderRows::make(model, LadderIndex(4)).gapUs, 0);
    QCOMPARE(LadderRows::make(model, LadderIndex(5)).gapUs, 999'700);
}

/// Time that passed before one state is not shown before the next again.
void TestLadderModel::gapBeforeStates()
{
    LadderCase all;
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    all.add(Side::Client, StepKind::Close, 1, SegmentScript::firstUs + 10);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.recording.addState(1, {SegmentScript::firstUs + 2'000'010, Side::Client, TcpState::TimeWait});
    all.recording.addState(1, {SegmentScript::firstUs + 2'000'020, Side::Server, TcpState::Closed});
    all.addEvent(Side::Client, StepKind::Undelivered, SegmentScript::firstUs + 3'500'010, 1, 0);
    QCOMPARE(model.count(), 5);
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).gapUs, 2'000'000);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).gapUs, 0);
    QCOMPARE(LadderRows::make(model, LadderIndex(4)).gapUs, 1'500'000);
}

void TestLadderModel::kernelStates()
{
    LadderCase all;
    all.add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.recording.addState(1, {SegmentScript::firstUs + 10, Side::Client, TcpState::Established});
    all.recording.addState(1, {SegmentScript::firstUs + 20, Side::Client, TcpState::Established}); // nothing new
    all.recording.addState(2, {SegmentScript::firstUs + 20, Side::Client, TcpState::Established}); // another connection
    all.add(Side::Client, StepKind::Close, 1, SegmentScript::firstUs + 30);
    all.recording.addState(1, {SegmentScript::firstUs + 40, Side::Client, TcpState::FinWait2});
    QCOMPARE(model.count(), 3);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).tail,
             (LadderState{TcpState::Established, LadderState::Source::Kernel}));
    QCOMPARE(LadderRows::make(model, LadderIndex(1)).before[0],
             (LadderState{TcpState::Established, LadderState::Source::Kernel}));
    QCOMPARE(LadderRows::make(model, LadderIndex(1)).tail,
             (LadderState{TcpState::FinWait1, LadderState::Source::Steps}));
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).tail,
             (LadderState{TcpState::FinWait2, LadderState::Source::Kernel}));
    QCOMPARE(LadderRows::make(model, LadderIndex(2)).before[1],
             (LadderState{TcpState::CloseWait, LadderState::Source::Steps}));
}

void TestLadderModel::countsTimeWaitDown()
{
    LadderCase all;
    SegmentScript script;
    all.recording.addSegments(script.segments(conversation));
    LadderModel model(all.recording);
    model.showFlow(0);
    QSignalSpy changed(&model, &LadderModel::changed);
    const auto left = [&model](qsizetype row) {
        return std::pair(LadderRows::make(model, LadderIndex(row)).tail.leftS,
                         LadderRows::make(model, LadderIndex(row)).head.leftS);
    };
    QCOMPARE(model.count(), 11);
    QCOMPARE(left(9), std::pair(-1, -1));
    model.setTimeWaitLeft(Side::Client, 60);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.constFirst().constFirst().value<LadderIndex>().value(), 9);
    QCOMPARE(left(9), std::pair(-1, 60)); // the second FIN begins it
    QCOMPARE(left(10), std::pair(-1, -1));
    model.setTimeWaitLeft(Side::Client, 60);
    QCOMPARE(changed.size(), 1);                                                             // nothing has changed
    all.recording.addSegments(script.segments("s> FA 0 seq=12 ack=25, c> A seq=25 ack=13")); // repeated
    QCOMPARE(model.count(), 13);
    changed.clear();
    model.setTimeWaitLeft(Side::Client, 59);
    QCOMPARE(changed.constFirst().constFirst().value<LadderIndex>().value(), 9);
    QCOMPARE(left(9).second, 59);
    QCOMPARE(left(12), std::pair(-1, -1));
    model.setTimeWaitLeft(Side::Server, 59); // which is not in TIME-WAIT
    QCOMPARE(changed.size(), 1);
    model.showFlow(0);
    QCOMPARE(left(9).second, -1);
}

/// Once another connection has begun, this one is history.
void TestLadderModel::countsDownInTheNewestConnectionOnly()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    LadderModel model(all.recording);
    all.addSteps(Side::Client, SegmentScript::firstUs);
    model.showConnection(1);
    model.setTimeWaitLeft(Side::Client, 60);
    QCOMPARE(LadderRows::make(model, LadderIndex(9)).head.leftS, 60);
    Step other = all.steps.front();
    other.connection = 2;
    all.steps.push_back(other);
    all.recording.addStep(other);
    model.setTimeWaitLeft(Side::Client, 59);
    QCOMPARE(LadderRows::make(model, LadderIndex(9)).head.leftS, -1);
}

void TestLadderModel::timerEndsTimeWait()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    all.addSteps(Side::Client, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.recording.addState(
        1, {SegmentScript::firstUs + 20'000, Side::Client, TcpState::TimeWait}); // the segments tell that
    QCOMPARE(model.count(), 11);
    all.recording.addState(1, {SegmentScript::firstUs + 60'000'000, Side::Client, TcpState::Closed});
    QCOMPARE(model.count(), 12);
    QCOMPARE(LadderRows::make(model, LadderIndex(11)).tail,
             (LadderState{TcpState::Closed, LadderState::Source::Kernel}));
    QCOMPARE(LadderRows::make(model, LadderIndex(11)).before[0],
             (LadderState{TcpState::TimeWait, LadderState::Source::Segments}));
    QVERIFY(LadderRows::make(model, LadderIndex(11)).gapUs > 59'000'000);
}

void TestLadderModel::crossing()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 24, s> PA 12 ack=0, c> A, s> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    for (qsizetype row = 0; row < model.count(); ++row)
        QCOMPARE(LadderRows::make(model, LadderIndex(row)).crossesPrevious, row == 4);
}

void TestLadderModel::crossingStates()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> FA, s> FA ack=0, c> A, s> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    QVERIFY(LadderRows::make(model, LadderIndex(4)).crossesPrevious);
    QCOMPARE(LadderRows::make(model, LadderIndex(4)).tail.state, TcpState::FinWait1);
    // The first FIN arrives after the second has left.
    QCOMPARE(LadderRows::make(model, LadderIndex(5)).before[1].state, TcpState::Closing);
    QCOMPARE(LadderRows::make(model, LadderIndex(5)).before[0].state, TcpState::Closing);
}

void TestLadderModel::manyStepsInOneSegment()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 2000, s> A"_s));
    for (int i = 0; i < 1000; ++i)
        all.add(Side::Client, StepKind::Send, 2 * i + 1, SegmentScript::firstUs + 80, "x", qint64(i) * 2);
    LadderModel model(all.recording);
    model.showConnection(1);
    all.stepsRead = 0;
    const LadderRow row = LadderRows::make(model, LadderIndex(3));
    QCOMPARE(row.steps.size(), size_t(LadderRow::maxSteps));
    QCOMPARE(row.hiddenSteps[0], 1000 - LadderRow::maxSteps);
    QVERIFY2(all.stepsRead < 20, qPrintable(QString::number(all.stepsRead)));
    QCOMPARE(LadderRows::make(model, LadderIndex(4)).hiddenSteps[1],
             1000 - LadderRow::maxSteps); // their Recv, inferred
}

void TestLadderModel::messageInManySegments()
{
    LadderCase all;
    all.recording.addSegments(
        SegmentScript().segments(u"c> S, s> SA, c> A, c> A 10, c> A 10, c> A 10 seq=10, c> PA 4, s> A"_s));
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs, "Hi, server! I'm client.", 0);
    all.add(Side::Server, StepKind::Recv, 2, SegmentScript::firstUs, "Hi, server! I'm client.", 0);
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(texts(LadderRows::make(model, LadderIndex(3))),
             (QStringList{u"c [1] Send: Hi, server! I'm client."_s, u"s [2] …"_s}));
    QCOMPARE(texts(LadderRows::make(model, LadderIndex(4))), (QStringList{u"c [1] …"_s, u"s [2] …"_s}));
    QCOMPARE(LadderRows::make(model, LadderIndex(5)).notes, u"retransmission"_s);
    QCOMPARE(texts(LadderRows::make(model, LadderIndex(6))),
             (QStringList{u"c [1] …"_s, u"s [2] Recv: Hi, server! I'm client."_s}));
    QCOMPARE(model.rowsOfStep(StepRow(0)),
             (std::vector<LadderIndex>{LadderIndex(3), LadderIndex(4), LadderIndex(5), LadderIndex(6)}));
    QCOMPARE(model.ackRowOfStep(StepRow(0)), LadderIndex(7));
}

void TestLadderModel::rowsOfSteps()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    all.addSteps(Side::Client, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(model.rowsOfStep(StepRow(1)), std::vector<LadderIndex>{LadderIndex(3)});
    QCOMPARE(model.ackRowOfStep(StepRow(1)), LadderIndex(4));
    QCOMPARE(model.rowsOfStep(StepRow(3)), std::vector<LadderIndex>{LadderIndex(7)});
    QCOMPARE(model.ackRowOfStep(StepRow(3)), LadderIndex(8));
    model.showFlow(-1);
    QCOMPARE(model.count(), 0);
    QVERIFY(model.rowsOfStep(StepRow(1)).empty());
    QCOMPARE(model.ackRowOfStep(StepRow(1)), LadderIndex());
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
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).labels[0], u"SYN: seq 4294967290"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).labels[0], u"PSH, ACK: seq 4294967291:19, ack 8, len 24"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).labels[1], u"PSH, ACK: seq 4294967291:19, len 24"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).labels[2], u"PSH, ACK: len 24"_s);
    QCOMPARE(LadderRows::make(model, LadderIndex(3)).labels[3], u"PSH, ACK"_s);
}

void TestLadderModel::flowIsFoundLater()
{
    LadderCase all;
    LadderModel model(all.recording);
    model.showConnection(1);
    all.addSteps(Side::Client, SegmentScript::firstUs);
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
    some.add(Side::Server, StepKind::Connected, 0, SegmentScript::firstUs);
    for (int i = 0; i < 1000; ++i)
        some.add(Side::Server, StepKind::Recv, 2 * i + 2, SegmentScript::firstUs + i, "Hi", 3 * i);
    some.add(Side::Server, StepKind::FinishedSending, 0, SegmentScript::firstUs + 2000);
    some.add(Side::Server, StepKind::PeerFinished, 0, SegmentScript::firstUs + 3000);
    LadderModel model(some.recording);
    some.stepsRead = 0;
    model.showConnection(1);
    QVERIFY(some.stepsRead < 5);
    QCOMPARE(model.count(), 1003);
    QCOMPARE(model.address(Side::Server), some.server);
    QVERIFY(model.hasSentFin(StepRow(1002)));
    QCOMPARE(model.itemAt(LadderIndex(500)).step, StepRow(500));
    QCOMPARE(model.itemAt(LadderIndex(500)).timeUs, SegmentScript::firstUs + 499);
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
    addOther(2, SegmentScript::firstUs);
    some.add(Side::Server, StepKind::Connected, 0, SegmentScript::firstUs + 1);
    addOther(3, SegmentScript::firstUs + 2);
    some.add(Side::Server, StepKind::Recv, 2, SegmentScript::firstUs + 3, "Hi", 0);
    addOther(2, SegmentScript::firstUs + 4);
    some.add(Side::Server, StepKind::Close, 6, SegmentScript::firstUs + 5);
    addOther(4, SegmentScript::firstUs + 6);
    LadderModel model(some.recording);
    const auto stepsOf = [&model](int connection) {
        model.showConnection(connection);
        QList<qsizetype> steps;
        for (qsizetype row = 0; row < model.count(); ++row)
            steps.append(model.itemAt(LadderIndex(row)).step.value());
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
    for (int i = 0; i < manyRows; ++i) {
        batch.push_back(data);
        data.sequence += 100;
        data.timeUs += 10;
        if (batch.size() == 1000) {
            all.recording.addSegments(batch);
            batch.clear();
        }
    }
    QCOMPARE(model.count(), manyRows + 3);
    QCOMPARE(LadderRows::make(model, LadderIndex(manyRows)).segment, FlowRow(manyRows));
    QCOMPARE(model.rowOfSegment(FlowRow(manyRows)), LadderIndex(manyRows));
}

REGISTER_TEST(TestLadderModel)
#include "tst_laddermodel.moc"
