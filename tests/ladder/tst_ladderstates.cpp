// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "support/amounts.h"
#include "support/registertest.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// The states of a ladder without a capture: the steps of one end imply them, the kernel confirms or corrects them,
/// and whenever it was asked their order is one that can have been.
class TestLadderStates : public QObject
{
    Q_OBJECT

private slots:
    void order_data();
    void order();
    void impliedByTheSteps_data();
    void impliedByTheSteps();
    void standsAtTheStep();
    void earlyStateJoinsTheStep();
    void kernelCorrects();
};

namespace {

constexpr qint64 statesBeginUs = 1'800'000'000'000'000;

/// What happens in a connection, in the order in which it does: "c FIN-WAIT-1" is a state that an end comes into, "c:
/// Close" what an end does or sees, which is a step of its log.
const QString open = u"c ESTABLISHED, s ESTABLISHED, c: Connected, s: Connected, "_s;
const QString messages = open + u"c: Send, s: Recv, s: Send, c: Recv, "_s;
const QString clientWave = u"c FIN-WAIT-1, c: Close, s CLOSE-WAIT, s: PeerFinished, c FIN-WAIT-2, "
                           "s LAST-ACK, s: Close, c TIME-WAIT, s CLOSED, c CLOSED"_s;

struct Case {
    const char *name;
    QString happens;
};

QList<Case> cases()
{
    const QString serverWave = u"s FIN-WAIT-1, s: Close, c CLOSE-WAIT, c: PeerFinished, s FIN-WAIT-2, "
                               "c LAST-ACK, c: Close, s TIME-WAIT, c CLOSED, s CLOSED"_s;
    return {{"nobody sends, the client closes", open + clientWave},
            {"the client closes first", messages + clientWave},
            {"the server closes first", messages + serverWave},
            {"three-way", messages + u"c FIN-WAIT-1, c: Close, s CLOSE-WAIT, s: PeerFinished, s LAST-ACK, s: Close, "
                                     "c TIME-WAIT, s CLOSED, c CLOSED"_s},
            {"both close at once", messages + u"c FIN-WAIT-1, c: Close, s FIN-WAIT-1, s: Close, c CLOSING, s CLOSING, "
                                              "c TIME-WAIT, s TIME-WAIT, s CLOSED, c CLOSED"_s},
            {"half-close", messages + u"c FIN-WAIT-1, c: FinishedSending, s CLOSE-WAIT, s: PeerFinished, c FIN-WAIT-2, "
                                      "s: Send, c: Recv, s LAST-ACK, s: Close, c TIME-WAIT, c: PeerFinished, "
                                      "s CLOSED, c: Close, c CLOSED"_s},
            {"half-close, and FIN waits",
             open + u"c: FinWaits, c: Send, c FIN-WAIT-1, s: Recv, c: FinSent, s CLOSE-WAIT, s: PeerFinished, "
                    "c FIN-WAIT-2, s LAST-ACK, s: Close, c TIME-WAIT, c: PeerFinished, s CLOSED, c: Close, c CLOSED"_s},
            {"the client resets", messages + u"c CLOSED, c: Reset, s CLOSED, s: ResetByPeer"_s},
            {"the client closes before the reply",
             open + u"c: Send, s: Recv, c FIN-WAIT-1, c: Close, s CLOSE-WAIT, s: PeerFinished, c FIN-WAIT-2, s: Send, "
                    "c CLOSED, s CLOSED, s: ResetByPeer, s: Undelivered"_s}};
}

TcpState stateOf(const QString &name)
{
    for (int state = 0; state <= int(TcpState::TimeWait); ++state) {
        if (tcpStateName(TcpState(state)) == name)
            return TcpState(state);
    }
    qFatal("not a state: %s", qPrintable(name));
}

/// One run of a case as one end sees it.
class Run
{
public:
    Run(const QString &happens, Side end)
        : m_happens(happens.split(u", "_s, Qt::SkipEmptyParts))
        , m_end(end)
        , m_recording([this](qsizetype index) { return m_steps[size_t(index)]; })
        , m_model(m_recording)
    {
        m_model.showConnection(1);
    }

    LadderModel &model() { return m_model; }
    Recording &recording() { return m_recording; }
    int changes() const { return int(m_happens.filter(QRegularExpression(u"^. "_s)).size()); }

    /// The kernel is asked after those changes of state whose bits are set; a step comes so many happenings late.
    void go(quint32 polls, int lateness)
    {
        std::vector<std::pair<int, Step>> late;
        const auto deliver = [&](int now) {
            while (!late.empty() && late.front().first <= now) {
                m_steps.push_back(late.front().second);
                m_recording.addStep(m_steps.back());
                late.erase(late.begin());
            }
        };
        int change = 0;
        for (int i = 0; i < m_happens.size(); ++i) {
            const QString &what = m_happens.at(i);
            const Side side = what.front() == u'c' ? Side::Client : Side::Server;
            m_nowUs = statesBeginUs + 100 * i;
            if (what.at(1) == u':') {
                if (side == m_end)
                    late.emplace_back(i + lateness, step(what.sliced(3)));
            } else {
                m_states[size_t(side)] = stateOf(what.sliced(2));
                if (polls & (1U << change++))
                    poll();
            }
            deliver(i);
        }
        deliver(std::numeric_limits<int>::max());
    }

private:
    void poll()
    {
        for (const Side side : {m_end, otherEnd(m_end)}) {
            if (const auto state = m_states[size_t(side)])
                m_recording.addState(1, {m_nowUs + 10, side, *state});
        }
    }

    Step step(const QString &name)
    {
        static const QHash<QString, StepKind> kinds{{u"Connected"_s, StepKind::Connected},
                                                    {u"Send"_s, StepKind::Send},
                                                    {u"Recv"_s, StepKind::Recv},
                                                    {u"Close"_s, StepKind::Close},
                                                    {u"Reset"_s, StepKind::Reset},
                                                    {u"FinishedSending"_s, StepKind::FinishedSending},
                                                    {u"FinWaits"_s, StepKind::FinishedSending},
                                                    {u"FinSent"_s, StepKind::FinSent},
                                                    {u"PeerFinished"_s, StepKind::PeerFinished},
                                                    {u"ResetByPeer"_s, StepKind::ResetByPeer},
                                                    {u"Undelivered"_s, StepKind::Undelivered}};
        Step made;
        made.time.wallUs = m_nowUs + 50; // a system call returns a moment after the kernel has done it
        made.side = m_end;
        made.kind = kinds.value(name, StepKind::Error);
        made.connection = 1;
        made.local = m_end == Side::Client ? u"127.0.0.1:51964"_s : u"127.0.0.1:8700"_s;
        made.peer = m_end == Side::Client ? u"127.0.0.1:8700"_s : u"127.0.0.1:51964"_s;
        if (made.isMessage()) {
            qint64 &offset = m_offsets[made.kind == StepKind::Send ? 0 : 1];
            made.bytes = 3;
            made.offset = std::exchange(offset, offset + 3);
        } else if (name == u"FinWaits"_s) {
            made.bytes = 3;
        } else if (made.kind == StepKind::Undelivered) {
            made.bytes = 3;
            made.offset = m_offsets[0] - 3;
        }
        return made;
    }

    QStringList m_happens;
    Side m_end;
    qint64 m_nowUs = 0;
    std::array<std::optional<TcpState>, 2> m_states;
    std::array<qint64, 2> m_offsets{};
    std::vector<Step> m_steps;
    Recording m_recording;
    LadderModel m_model;
};

struct Shown {
    Side side = Side::Client;
    TcpState state = TcpState::Closed;
    LadderState::Source source = LadderState::Source::Unknown;
};

/// The states that a ladder shows, from top to bottom.
std::vector<Shown> shown(const LadderModel &model)
{
    std::vector<Shown> all;
    for (qsizetype row = 0; row < model.count(); ++row) {
        const LadderRow made = LadderRows::make(model, LadderIndex(row));
        const auto add = [&](Side side, const LadderState &state) {
            const LadderState &before = made.before[size_t(side)];
            const bool isNew = before.source == LadderState::Source::Unknown || before.state != state.state;
            if (state.source != LadderState::Source::Unknown && isNew)
                all.push_back({side, state.state, state.source});
        };
        add(made.sender, made.tail);
        add(made.receiver(), made.head);
    }
    return all;
}

QStringList texts(const LadderModel &model)
{
    QStringList all;
    for (const Shown &state : shown(model))
        all.append((state.side == Side::Client ? u"c "_s : u"s "_s) + tcpStateName(state.state) +
                   (state.source == LadderState::Source::Kernel ? u"!"_s : QString()));
    return all;
}

/// What cannot have been in this order; nothing if all can.
QString impossible(const LadderModel &model)
{
    using enum TcpState;
    const std::vector<Shown> all = shown(model);
    const auto at = [&all](Side side, TcpState state) {
        const auto found =
            std::ranges::find_if(all, [&](const Shown &one) { return one.side == side && one.state == state; });
        return found == all.end() ? -1 : int(found - all.begin());
    };
    QStringList wrong;
    const auto first = [&](Side one, TcpState before, Side other, TcpState after) {
        const int i = at(one, before);
        const int j = at(other, after);
        if (i >= 0 && j >= 0 && i >= j)
            wrong.append(tcpStateName(after) + u" before "_s + tcpStateName(before));
    };
    for (const Side one : {Side::Client, Side::Server}) {
        const Side other = otherEnd(one);
        for (const TcpState later : {FinWait1, CloseWait, FinWait2, LastAck, Closing, TimeWait, Closed})
            first(one, Established, one, later);
        first(one, FinWait1, one, FinWait2);
        first(one, FinWait1, one, Closing);
        first(one, FinWait1, one, TimeWait);
        first(one, FinWait2, one, TimeWait);
        first(one, Closing, one, TimeWait);
        first(one, CloseWait, one, LastAck);
        for (const TcpState earlier : {FinWait1, FinWait2, Closing, TimeWait, CloseWait, LastAck})
            first(one, earlier, one, Closed);
        first(one, FinWait1, other, CloseWait);
        first(one, CloseWait, other, FinWait2);
        first(one, LastAck, other, TimeWait);
        if (at(one, LastAck) >= 0)
            first(other, TimeWait, one, Closed);
        for (const TcpState state : {Established, FinWait1, FinWait2, CloseWait, LastAck, Closing, TimeWait, Closed}) {
            if (std::ranges::count_if(all, [&](const Shown &s) { return s.side == one && s.state == state; }) > 1)
                wrong.append(tcpStateName(state) + u" twice"_s);
        }
    }
    for (qsizetype row = 0; row < model.count(); ++row) {
        const LadderModel::Item item = model.itemAt(LadderIndex(row));
        if (!item.step.isValid())
            continue;
        const Step step = model.recording().step(item.step.value());
        const TcpState now = LadderRows::make(model, LadderIndex(row)).before[size_t(step.side)].state;
        const bool maySend = now == Established || now == CloseWait;
        const bool mayReceive = now == Established || now == FinWait1 || now == FinWait2;
        if ((step.kind == StepKind::Send && !maySend) || (step.kind == StepKind::Recv && !mayReceive))
            wrong.append(u"a message in "_s + tcpStateName(now));
        const std::array<LadderState, 2> after = row + 1 < model.count()
                                                     ? LadderRows::make(model, LadderIndex(row + 1)).before
                                                     : model.statesBefore(LadderIndex(row + 1));
        const LadderRow made = LadderRows::make(model, LadderIndex(row));
        if (after[size_t(made.sender)] != made.tail || after[size_t(made.receiver())] != made.head)
            wrong.append(u"row %1 ends otherwise than the next begins"_s.arg(row));
    }
    return wrong.join(u", "_s);
}

} // namespace

void TestLadderStates::order_data()
{
    QTest::addColumn<QString>("happens");
    QTest::addColumn<Side>("end");
    for (const Case &one : cases()) {
        QTest::addRow("%s, the client's steps", one.name) << one.happens << Side::Client;
        QTest::addRow("%s, the server's steps", one.name) << one.happens << Side::Server;
    }
}

/// The kernel is asked after every set of changes, from none of them to all; steps come at once, or after what
/// follows them.
void TestLadderStates::order()
{
    QFETCH(const QString, happens);
    QFETCH(const Side, end);
    const quint32 sets = 1U << Run(happens, end).changes();
    for (quint32 polls = 0; polls < sets; polls += nthCase) {
        for (const int lateness : {0, 4}) {
            Run run(happens, end);
            run.go(polls, lateness);
            const QString wrong = impossible(run.model());
            QVERIFY2(wrong.isEmpty(), qPrintable(u"polls %1, late %2: %3: %4"_s.arg(polls, 0, 2)
                                                     .arg(lateness)
                                                     .arg(wrong, texts(run.model()).join(u" | "_s))));
            // What the model was told bit by bit it shows like what it finds.
            if (polls % 8 != 0)
                continue;
            const QStringList before = texts(run.model());
            run.model().showConnection(1);
            QCOMPARE(texts(run.model()), before);
        }
    }
}

void TestLadderStates::impliedByTheSteps_data()
{
    QTest::addColumn<QString>("happens");
    QTest::addColumn<Side>("end");
    QTest::addColumn<QStringList>("never");  ///< what is shown where the kernel was never asked
    QTest::addColumn<QStringList>("always"); ///< where it was asked after each change

    const auto row = [](const char *name, const QString &happens, Side end, const QString &never,
                        const QString &always) {
        QTest::newRow(name) << happens << end << never.split(u", "_s) << always.split(u", "_s);
    };
    const auto happens = [](const char *name) {
        for (const Case &one : cases()) {
            if (QLatin1StringView(one.name) == QLatin1StringView(name))
                return one.happens;
        }
        return QString();
    };
    const QString clientFirst =
        u"c ESTABLISHED!, s ESTABLISHED!, c FIN-WAIT-1!, s CLOSE-WAIT!, c FIN-WAIT-2!, s LAST-ACK!, "
        "c TIME-WAIT!, s CLOSED!, c CLOSED!"_s;
    row("the client closes first, its steps", happens("the client closes first"), Side::Client,
        u"c ESTABLISHED, s ESTABLISHED, c FIN-WAIT-1, s CLOSE-WAIT"_s, clientFirst);
    row("the client closes first, the server's steps", happens("the client closes first"), Side::Server,
        u"c ESTABLISHED, s ESTABLISHED, c FIN-WAIT-1, s CLOSE-WAIT, s LAST-ACK, c TIME-WAIT"_s, clientFirst);
    row("both close at once", happens("both close at once"), Side::Client,
        u"c ESTABLISHED, s ESTABLISHED, c FIN-WAIT-1, s CLOSE-WAIT"_s, // as far as anything tells
        u"c ESTABLISHED!, s ESTABLISHED!, s FIN-WAIT-1!, c FIN-WAIT-1!, s CLOSING!, c CLOSING!, c TIME-WAIT!, "
        "s TIME-WAIT!, s CLOSED!, c CLOSED!"_s);
    row("half-close", happens("half-close"), Side::Client,
        u"c ESTABLISHED, s ESTABLISHED, c FIN-WAIT-1, s CLOSE-WAIT, s LAST-ACK, c TIME-WAIT"_s, clientFirst);
    row("half-close, and FIN waits", happens("half-close, and FIN waits"), Side::Client,
        u"c ESTABLISHED, s ESTABLISHED, c FIN-WAIT-1, s CLOSE-WAIT, s LAST-ACK, c TIME-WAIT"_s, clientFirst);
    row("the client resets", happens("the client resets"), Side::Client,
        u"c ESTABLISHED, s ESTABLISHED, c CLOSED, s CLOSED"_s,
        u"c ESTABLISHED!, s ESTABLISHED!, c CLOSED!, s CLOSED!"_s);
    row("the client resets, the server's steps", happens("the client resets"), Side::Server,
        u"c ESTABLISHED, s ESTABLISHED, c CLOSED, s CLOSED"_s,
        u"c ESTABLISHED!, s ESTABLISHED!, c CLOSED!, s CLOSED!"_s);
    row("the client closes before the reply, the server's steps", happens("the client closes before the reply"),
        Side::Server, u"c ESTABLISHED, s ESTABLISHED, c FIN-WAIT-1, s CLOSE-WAIT, c CLOSED, s CLOSED"_s,
        u"c ESTABLISHED!, s ESTABLISHED!, c FIN-WAIT-1!, s CLOSE-WAIT!, c FIN-WAIT-2!, c CLOSED!, s CLOSED!"_s);
}

void TestLadderStates::impliedByTheSteps()
{
    QFETCH(const QString, happens);
    QFETCH(const Side, end);
    QFETCH(const QStringList, never);
    QFETCH(const QStringList, always);
    Run unasked(happens, end);
    unasked.go(0, 0);
    QCOMPARE(texts(unasked.model()), never);
    Run asked(happens, end);
    asked.go(~0U, 0);
    QCOMPARE(texts(asked.model()), always);
}

/// The kernel is asked once, long after: what it confirms stands where the steps do.
void TestLadderStates::standsAtTheStep()
{
    Run run(messages + clientWave, Side::Client);
    run.go(0, 0);
    QCOMPARE(run.model().count(), 4);
    run.recording().addState(1, {statesBeginUs + 1'000'000, Side::Client, TcpState::FinWait1});
    run.recording().addState(1, {statesBeginUs + 1'000'000, Side::Server, TcpState::CloseWait});
    QCOMPARE(run.model().count(), 4);
    const LadderRow close = LadderRows::make(run.model(), LadderIndex(3));
    QCOMPARE(close.tail, (LadderState{TcpState::FinWait1, LadderState::Source::Kernel}));
    QCOMPARE(close.head, (LadderState{TcpState::CloseWait, LadderState::Source::Kernel}));
    QCOMPARE(LadderRows::make(run.model(), LadderIndex(0)).tail,
             (LadderState{TcpState::Established, LadderState::Source::Steps}));
}

/// The kernel is asked between the system call and the time when its step comes.
void TestLadderStates::earlyStateJoinsTheStep()
{
    Run run(messages, Side::Client);
    run.go(0, 0);
    run.recording().addState(1, {statesBeginUs + 5000, Side::Client, TcpState::FinWait1});
    QCOMPARE(run.model().count(), 4); // a row of its own
    QCOMPARE(LadderRows::make(run.model(), LadderIndex(3)).kind, LadderRow::Kind::Note);
    Run closed(messages + clientWave, Side::Client);
    closed.go(1U << 2, 1);
    QCOMPARE(closed.model().count(), 4);
    QCOMPARE(LadderRows::make(closed.model(), LadderIndex(3)).tail,
             (LadderState{TcpState::FinWait1, LadderState::Source::Kernel}));
}

/// It says that the other end closes, too, and has not received this end's FIN.
void TestLadderStates::kernelCorrects()
{
    Run run(messages + u"c FIN-WAIT-1, c: Close"_s, Side::Client);
    run.go(0, 0);
    QCOMPARE(texts(run.model()).constLast(), u"s CLOSE-WAIT"_s);
    run.recording().addState(1, {statesBeginUs + 5000, Side::Server, TcpState::FinWait1});
    QCOMPARE(texts(run.model()).mid(2), (QStringList{u"c FIN-WAIT-1"_s, u"s FIN-WAIT-1!"_s}));
}

REGISTER_TEST(TestLadderStates)
#include "tst_ladderstates.moc"
