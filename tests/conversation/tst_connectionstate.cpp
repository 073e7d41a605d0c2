// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/connectionstate.h"
#include "support/registertest.h"

#include <QTest>

#include <array>

namespace {

using enum ConnectionEvent;

constexpr std::array allSending{Sending::Open, Sending::FinWanted, Sending::FinQueued, Sending::FinSent,
                                Sending::FinAcked};
constexpr std::array allReceiving{Receiving::Open, Receiving::FinSeen, Receiving::FinLogged};
constexpr std::array allLives{Life::Open, Life::CloseWanted, Life::ResetWanted, Life::Ending, Life::Over};
constexpr std::array allEvents{FinishAsked,   FinHandedOver, FinLeft,    FinAcknowledged, PeerFinSeen,
                               PeerFinLogged, CloseAsked,    ResetAsked, EndBegun,        Ended};

QString text(const ConnectionState &state)
{
    static const QStringList sending{"open", "FIN wanted", "FIN queued", "FIN sent", "FIN acknowledged"};
    static const QStringList receiving{"open", "FIN seen", "FIN logged"};
    static const QStringList lives{"open", "close wanted", "reset wanted", "ending", "over"};
    return QStringLiteral("%1 / %2 / %3")
        .arg(sending.at(int(state.sending)), receiving.at(int(state.receiving)), lives.at(int(state.life)));
}

/// The state as three digits, the parts in their order: "041" has sending 0, receiving 4 and life 1.
QByteArray digits(const ConnectionState &state)
{
    return QByteArray::number(int(state.sending)) + QByteArray::number(int(state.receiving)) +
           QByteArray::number(int(state.life));
}

template<typename F>
void forAllStates(F f)
{
    for (const Sending sending : allSending) {
        for (const Receiving receiving : allReceiving) {
            for (const Life life : allLives)
                f(ConnectionState{sending, receiving, life});
        }
    }
}

} // namespace

class TestConnectionState : public QObject
{
    Q_OBJECT

private slots:
    void transitions_data();
    void transitions();
    void neverGoesBack();
    void nothingFollowsTheEnd();
    void sequences_data();
    void sequences();
    void questions_data();
    void questions();
};

void TestConnectionState::transitions_data()
{
    QTest::addColumn<ConnectionEvent>("event");
    // Each change: the part that changes (s, r, l), its value before and after, and the lives in which that happens.
    QTest::addColumn<QByteArrayList>("changes");

    QTest::newRow("Finish Sending, only while messages can be sent") << FinishAsked << QByteArrayList{"s 0 1 0"};
    QTest::newRow("FIN is handed over, though a close may wait") << FinHandedOver << QByteArrayList{"s 1 2 01"};
    QTest::newRow("FIN leaves, even while the end is near") << FinLeft << QByteArrayList{"s 2 3 0123"};
    QTest::newRow("FIN is acknowledged after it has left") << FinAcknowledged << QByteArrayList{"s 3 4 0123"};
    QTest::newRow("the peer's FIN is seen") << PeerFinSeen << QByteArrayList{"r 0 1 0123"};
    QTest::newRow("the peer's FIN is logged after it was seen") << PeerFinLogged << QByteArrayList{"r 1 2 0123"};
    QTest::newRow("close") << CloseAsked << QByteArrayList{"l 0 1 0"};
    QTest::newRow("reset, even instead of a close that waits") << ResetAsked << QByteArrayList{"l 0 2 0", "l 1 2 1"};
    QTest::newRow("the end begins once") << EndBegun << QByteArrayList{"l 0 3 0", "l 1 3 1", "l 2 3 2"};
    QTest::newRow("the end, also of what could not be opened") << Ended << QByteArrayList{"l 0 4 0", "l 3 4 3"};
}

/// Every state and the event: what the row does not list is ignored.
void TestConnectionState::transitions()
{
    QFETCH(const ConnectionEvent, event);
    QFETCH(const QByteArrayList, changes);
    forAllStates([&](const ConnectionState &before) {
        QByteArray expected = digits(before);
        for (const QByteArray &change : changes) {
            const QByteArrayList words = change.split(' ');
            const qsizetype part = QByteArray("srl").indexOf(words.at(0));
            const QByteArray now = digits(before);
            const bool isHit = now.at(part) == words.at(1).front() && words.at(3).contains(now.at(2));
            if (isHit)
                expected[part] = words.at(2).front();
        }
        ConnectionState after = before;
        const bool isApplied = after.apply(event);
        QVERIFY2(digits(after) == expected, qPrintable(text(before) + " became " + text(after)));
        QCOMPARE(isApplied, after != before);
    });
}

void TestConnectionState::neverGoesBack()
{
    forAllStates([](const ConnectionState &before) {
        for (const ConnectionEvent event : allEvents) {
            ConnectionState after = before;
            after.apply(event);
            QVERIFY(after.sending >= before.sending && after.receiving >= before.receiving);
            QVERIFY(after.life >= before.life);
        }
    });
}

void TestConnectionState::nothingFollowsTheEnd()
{
    forAllStates([](const ConnectionState &before) {
        for (const ConnectionEvent event : allEvents) {
            ConnectionState after = before;
            QVERIFY(before.life != Life::Over || !after.apply(event));
        }
    });
}

void TestConnectionState::sequences_data()
{
    QTest::addColumn<QList<ConnectionEvent>>("events");
    QTest::addColumn<QString>("state");
    using Events = QList<ConnectionEvent>;

    QTest::newRow("fresh") << Events{} << "open / open / open";
    QTest::newRow("close, after the peer's FIN")
        << Events{PeerFinSeen, PeerFinLogged, CloseAsked, EndBegun, Ended} << "open / FIN logged / over";
    QTest::newRow("half-close, then the peer's FIN")
        << Events{FinishAsked, FinHandedOver, FinLeft, FinAcknowledged, PeerFinSeen, PeerFinLogged}
        << "FIN acknowledged / FIN logged / open";
    QTest::newRow("close while FIN waits in the program")
        << Events{FinishAsked, CloseAsked, FinHandedOver, FinLeft, EndBegun} << "FIN sent / open / ending";
    QTest::newRow("reset while a close waits") << Events{CloseAsked, ResetAsked} << "open / open / reset wanted";
    QTest::newRow("Finish Sending while a close waits")
        << Events{CloseAsked, FinishAsked} << "open / open / close wanted";
    QTest::newRow("close after a reset") << Events{ResetAsked, CloseAsked} << "open / open / reset wanted";
    QTest::newRow("the peer's FIN is found while closing")
        << Events{CloseAsked, EndBegun, PeerFinSeen, PeerFinLogged} << "open / FIN logged / ending";
    QTest::newRow("no descriptor was left") << Events{EndBegun, Ended} << "open / open / over";
    QTest::newRow("FIN never left before the reset")
        << Events{FinishAsked, FinHandedOver, EndBegun, Ended, FinLeft} << "FIN queued / open / over";
}

void TestConnectionState::sequences()
{
    QFETCH(const QList<ConnectionEvent>, events);
    QFETCH(const QString, state);
    ConnectionState got;
    for (const ConnectionEvent event : events)
        got.apply(event);
    QCOMPARE(text(got), state);
}

void TestConnectionState::questions_data()
{
    QTest::addColumn<ConnectionState>("state");
    QTest::addColumn<QString>("answers");

    QTest::newRow("fresh") << ConnectionState{} << "untouched open canSend";
    QTest::newRow("FIN waits here") << ConnectionState{.sending = Sending::FinWanted} << "open finWaits";
    QTest::newRow("FIN waits in the kernel") << ConnectionState{.sending = Sending::FinQueued} << "open finWaits";
    QTest::newRow("FIN has left") << ConnectionState{.sending = Sending::FinSent} << "open";
    QTest::newRow("the peer has finished")
        << ConnectionState{.receiving = Receiving::FinSeen} << "open canSend peerFinished";
    QTest::newRow("close wanted") << ConnectionState{.life = Life::CloseWanted} << "open closing";
    QTest::newRow("reset wanted") << ConnectionState{.life = Life::ResetWanted} << "open closing";
    QTest::newRow("ending") << ConnectionState{.life = Life::Ending} << "open closing ending";
    QTest::newRow("over") << ConnectionState{.life = Life::Over} << "ending";
}

void TestConnectionState::questions()
{
    QFETCH(const ConnectionState, state);
    QFETCH(const QString, answers);
    QStringList got;
    const auto ask = [&got](bool is, const QString &word) {
        if (is)
            got.append(word);
    };
    ask(state.isUntouched(), "untouched");
    ask(state.isOpen(), "open");
    ask(state.isClosing(), "closing");
    ask(state.isEnding(), "ending");
    ask(state.canSend(), "canSend");
    ask(state.hasPeerFinished(), "peerFinished");
    ask(state.finWaits(), "finWaits");
    QCOMPARE(got.join(' '), answers);
}

REGISTER_TEST(TestConnectionState)
#include "tst_connectionstate.moc"
