// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/pausabletimer.h"
#include "support/pairtest.h"
#include "support/rawpeer.h"
#include "support/registertest.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>
#include <QTimerEvent>

#include <functional>

/// Timeouts and delays pause, and go on with what was left of them. The other end is a plain socket. That something has
/// not happened is asked after a timer that began later and is longer.
class TestPausing : public PairTest
{
    Q_OBJECT
private slots:
    void init();
    void timerGoesOnWithTheRest();
    void timerRepeats();
    void connectTimeout();
    void connectsAgain();
    void replyTimeout();
    void endOfAReply();
    void rounds();
    void replyDelay_data();
    void replyDelay();
    void replyWithoutDelay();
    void repliesKeepTheirOrder();
    void replyNow();
    void closeDelay_data();
    void closeDelay();
    void silence();
    void silenceIsWithoutThePause();
    void every();
    void everyOnANewConnection();
    void repeater();
    void newRepeater();
    void gapBetweenPieces();
    void readAfter();
    void partialMessage();
    void quit();

private:
    void connectClient();
    void connectPeer();
    void checkWait(Conversation &conversation, const std::function<bool()> &hasHappened);

    RawPeer m_listener;
    RawPeer m_peer;
};

REGISTER_TEST(TestPausing)

namespace {

constexpr int shortMs = 100; ///< the timeouts and delays that pause
constexpr int longMs = 300;
constexpr int delayMs = 1000; ///< of one that begins before it pauses
const QByteArray ping("ping\0", 5);

void letPass(int ms)
{
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    timer.setSingleShot(true);
    timer.start(ms);
    QTRY_VERIFY(!timer.isActive());
}

/// Calls after this time. Timers fire in the order in which they are due, however busy the machine is.
void after(int ms, QObject &context, const std::function<void()> &call)
{
    QTimer::singleShot(ms, Qt::PreciseTimer, &context, call);
}

ReplyRule timedRule(ReplyRule::When when, int ms, const char *reply, int id = 1)
{
    ReplyRule rule;
    rule.id = id;
    rule.when = when;
    rule.ms = ms;
    rule.reply = TypedMessage{.text = QString::fromLatin1(reply)};
    return rule;
}

/// Owns a timer, and lists when it fires.
class TimerOwner : public QObject
{
public:
    explicit TimerOwner(int everyMs = 0)
        : m_everyMs(everyMs)
    {
    }

    PausableTimer timer;
    QStringList events;

private:
    void timerEvent(QTimerEvent *event) override
    {
        if (m_everyMs > 0 ? timer.hasRepeated(event, m_everyMs, this) : timer.hasFired(event))
            events.append(QStringLiteral("timer"));
    }

    int m_everyMs;
};

} // namespace

void TestPausing::init()
{
    makePair();
    m_listener = RawPeer::listener();
    m_clientSettings.port = m_listener.port();
    m_clientSettings.messages = {QByteArray("ping")};
}

void TestPausing::connectClient()
{
    m_client->connectAndSend(m_clientSettings);
    m_peer = m_listener.accept();
    QTRY_COMPARE(m_peer.received(), ping);
}

void TestPausing::connectPeer()
{
    m_server->start(m_serverSettings);
    m_peer = RawPeer::connectTo(m_serverLog->port());
    QTRY_VERIFY(m_serverLog->has("connected"));
}

/// The conversation is paused, and goes on.
void TestPausing::checkWait(Conversation &conversation, const std::function<bool()> &hasHappened)
{
    letPass(longMs);
    QVERIFY(!hasHappened());
    conversation.setPaused(false);
    QTRY_VERIFY(hasHappened());
}

void TestPausing::timerGoesOnWithTheRest()
{
    TimerOwner owner;
    owner.timer.start(400, &owner);
    after(300, owner, [&owner] {
        owner.timer.setPaused(true, &owner);
        QVERIFY(owner.timer.isActive());
        after(500, owner, [&owner] {
            owner.events.append("paused");
            owner.timer.setPaused(false, &owner);
            after(300, owner, [&owner] { owner.events.append("rest is over"); });
        });
    });
    QTRY_VERIFY(owner.events.contains("rest is over"));
    QCOMPARE(owner.events, QStringList({"paused", "timer", "rest is over"}));
    QVERIFY(!owner.timer.isActive());
}

/// The first time after the pause, with the rest (at most 100 ms); then with all of its time.
void TestPausing::timerRepeats()
{
    TimerOwner owner(400);
    owner.timer.start(400, &owner);
    after(300, owner, [&owner] {
        owner.timer.setPaused(true, &owner);
        owner.timer.setPaused(false, &owner);
        after(300, owner, [&owner] { owner.events.append("300"); }); // the timer fires after 100 and 500
    });
    QTRY_VERIFY(owner.events.size() >= 3);
    QCOMPARE(owner.events.first(3), QStringList({"timer", "300", "timer"}));
}

void TestPausing::connectTimeout()
{
    const RawPeer full = RawPeer::listener(0);
    const RawPeer waits = RawPeer::connectTo(full.port());
    m_clientSettings.port = full.port();
    m_clientSettings.connectTimeoutMs = shortMs;
    m_client->connectAndSend(m_clientSettings);
    m_client->setPaused(true);
    checkWait(*m_client, [this] { return m_clientLog->has("timed-out"); });
}

void TestPausing::connectsAgain()
{
    m_listener = {};
    m_clientSettings.reconnectMs = shortMs;
    m_client->setPaused(true);
    m_client->connectAndSend(m_clientSettings);
    QTRY_VERIFY(m_clientLog->has("refused"));
    checkWait(*m_client, [this] { return m_clientLog->events().filter("refused").size() > 1; });
}

void TestPausing::replyTimeout()
{
    m_clientSettings.replyTimeoutMs = shortMs;
    m_client->setPaused(true);
    connectClient();
    checkWait(*m_client, [this] { return m_clientLog->has("timed-out"); });
}

void TestPausing::endOfAReply()
{
    m_clientSettings.silenceMs = shortMs;
    m_clientSettings.closeAfterReply = true;
    m_client->setPaused(true);
    connectClient();
    m_peer.send(ping);
    QTRY_VERIFY(!m_clientLog->numbered().filter("Recv").isEmpty());
    checkWait(*m_client, [this] { return !m_clientLog->connection().isOpen(); });
}

void TestPausing::rounds()
{
    m_clientSettings.everyMs = shortMs;
    m_clientSettings.rounds = 2;
    m_client->setPaused(true);
    connectClient();
    m_peer.send(ping);
    QTRY_VERIFY(!m_clientLog->numbered().filter("Recv").isEmpty());
    checkWait(*m_client, [this] { return m_peer.received() == ping + ping; });
}

void TestPausing::replyDelay_data()
{
    QTest::addColumn<bool>("isPausedBefore");
    QTest::newRow("before the message") << true;
    QTest::newRow("after the message") << false;
}

void TestPausing::replyDelay()
{
    QFETCH(const bool, isPausedBefore);
    m_serverSettings.replyDelayMs = delayMs;
    connectPeer();
    m_server->setPaused(isPausedBefore);
    m_peer.send(ping);
    QTRY_COMPARE(m_serverLog->connection().repliesDue, 1);
    m_server->setPaused(true);
    const ConnectionStatus status = m_serverLog->connection();
    QVERIFY(status.pausedUs > 0);
    QVERIFY(status.replyDueUs <= status.pausedUs + delayMs * 1000);
    letPass(delayMs + longMs);
    QCOMPARE(m_peer.received(), QByteArray());
    m_server->setPaused(false);
    QCOMPARE(m_serverLog->connection().pausedUs, 0);
    const qint64 dueUs = m_serverLog->connection().replyDueUs;
    QVERIFY(dueUs >= status.replyDueUs + qint64(delayMs + longMs) * 1000); // what the window shows
    QTRY_VERIFY(m_peer.received().endsWith('\0'));
    QCOMPARE(m_serverLog->connection().repliesDue, 0);
}

void TestPausing::replyWithoutDelay()
{
    connectPeer();
    m_server->setPaused(true);
    m_peer.send(ping);
    QTRY_VERIFY(m_peer.received().endsWith('\0'));
}

void TestPausing::repliesKeepTheirOrder()
{
    ReplyRule slow;
    slow.id = 1;
    slow.delayMs = delayMs;
    slow.message = TypedMessage{.text = QStringLiteral("slow")};
    slow.answer = ReplyRule::Answer::Echo;
    ReplyRule quick = slow;
    quick.id = 2;
    quick.delayMs = shortMs;
    quick.message = TypedMessage{.text = QStringLiteral("quick")};
    m_serverSettings.replyMode = ReplyMode::Rules;
    m_serverSettings.rules = {slow, quick};
    connectPeer();
    m_peer.send(QByteArray("slow\0", 5));
    QTRY_COMPARE(m_serverLog->connection().repliesDue, 1);
    m_server->setPaused(true);
    m_peer.send(QByteArray("quick\0", 6));
    QTRY_COMPARE(m_serverLog->connection().repliesDue, 2);
    letPass(delayMs + longMs);
    QCOMPARE(m_peer.received(), QByteArray());
    m_server->setPaused(false);
    QTRY_COMPARE(m_peer.received(), QByteArray("slow\0quick\0", 11));
}

void TestPausing::replyNow()
{
    m_serverSettings.replyDelayMs = shortMs;
    connectPeer();
    m_server->setPaused(true);
    m_peer.send(ping);
    QTRY_COMPARE(m_serverLog->connection().repliesDue, 1);
    m_server->replyNow(1);
    QTRY_VERIFY(m_peer.received().endsWith('\0'));
}

void TestPausing::closeDelay_data()
{
    QTest::addColumn<bool>("isPausedBefore");
    QTest::newRow("before FIN") << true;
    QTest::newRow("after FIN") << false;
}

void TestPausing::closeDelay()
{
    QFETCH(const bool, isPausedBefore);
    m_serverSettings.connection.closeDelayMs = delayMs;
    connectPeer();
    m_server->setPaused(isPausedBefore);
    m_peer.finishSending();
    QTRY_VERIFY(m_serverLog->connection().closeDueUs > 0);
    m_server->setPaused(true);
    const ConnectionStatus status = m_serverLog->connection();
    QVERIFY(status.closeDueUs <= status.pausedUs + delayMs * 1000);
    letPass(delayMs + longMs);
    QVERIFY(m_serverLog->connection().isOpen());
    m_server->setPaused(false);
    const qint64 dueUs = m_serverLog->connection().closeDueUs;
    QVERIFY(dueUs >= status.closeDueUs + qint64(delayMs + longMs) * 1000); // what the window shows
    QTRY_VERIFY(!m_serverLog->connection().isOpen());
}

void TestPausing::silence()
{
    m_serverSettings.replyMode = ReplyMode::Rules;
    m_serverSettings.rules = {timedRule(ReplyRule::When::Silence, shortMs, "silence")};
    m_server->setPaused(true);
    connectPeer();
    checkWait(*m_server, [this] { return m_peer.received().contains("silence"); });
}

/// The rule's timer runs since the connection, the silence since the last byte.
void TestPausing::silenceIsWithoutThePause()
{
    m_serverSettings.replyMode = ReplyMode::Rules;
    m_serverSettings.rules = {timedRule(ReplyRule::When::Silence, 1'500, "silence"),
                              timedRule(ReplyRule::When::Every, 50, "tick", 2)};
    connectPeer();
    QElapsedTimer quiet;
    for (int tick = 1; tick <= 20; ++tick) {
        QTRY_VERIFY(m_peer.received().count("tick") >= tick);
        quiet.start();
        m_peer.send("x");
    }
    QTRY_VERIFY(m_peer.received().count("tick") >= 21); // the last byte has been read
    m_server->setPaused(true);
    const qint64 beforeMs = quiet.elapsed();
    letPass(1'200);
    quiet.start();
    m_server->setPaused(false);
    QTRY_VERIFY(m_peer.received().contains("silence"));
    QVERIFY(beforeMs + quiet.elapsed() >= 1'490); // 1,500, but times are rounded to milliseconds
}

void TestPausing::every()
{
    m_serverSettings.replyMode = ReplyMode::Rules;
    m_serverSettings.rules = {timedRule(ReplyRule::When::Every, shortMs, "tick")};
    connectPeer();
    QTRY_VERIFY(m_peer.received().count("tick") >= 1);
    m_server->setPaused(true);
    const auto sent = m_serverLog->numbered().filter("tick").size();
    checkWait(*m_server, [&] { return m_serverLog->numbered().filter("tick").size() >= sent + 1; });
}

void TestPausing::everyOnANewConnection()
{
    m_serverSettings.replyMode = ReplyMode::Rules;
    m_serverSettings.rules = {timedRule(ReplyRule::When::Every, shortMs, "tick")};
    m_server->setPaused(true);
    connectPeer();
    checkWait(*m_server, [this] { return m_peer.received().contains("tick"); });
}

void TestPausing::repeater()
{
    connectClient();
    m_client->repeat(1, "a", {.everyMs = shortMs, .times = 0});
    QTRY_VERIFY(m_clientLog->connection().repeated >= 2);
    m_client->setPaused(true);
    const qint64 sent = m_clientLog->connection().repeated;
    checkWait(*m_client, [&] { return m_clientLog->connection().repeated > sent; });
}

/// The first message leaves at once, as the user asks.
void TestPausing::newRepeater()
{
    connectClient();
    m_client->setPaused(true);
    m_client->repeat(1, "a", {.everyMs = shortMs, .times = 0});
    QCOMPARE(m_clientLog->connection().repeated, 1);
    checkWait(*m_client, [this] { return m_clientLog->connection().repeated > 1; });
}

void TestPausing::gapBetweenPieces()
{
    m_serverSettings.replyMode = ReplyMode::Rules;
    ReplyRule rule = timedRule(ReplyRule::When::Accept, 0, "abcdef");
    rule.pieces = {3};
    rule.gapMs = shortMs;
    m_serverSettings.rules = {rule};
    m_server->setPaused(true);
    connectPeer();
    QTRY_COMPARE(m_peer.received(), QByteArray("abc"));
    checkWait(*m_server, [this] { return m_peer.received() == QByteArray("abcdef\0", 7); });
}

void TestPausing::readAfter()
{
    m_serverSettings.connection.readAfterMs = shortMs;
    m_server->setPaused(true);
    connectPeer();
    checkWait(*m_server, [this] { return !m_serverLog->connection().isReadingStopped; });
}

void TestPausing::partialMessage()
{
    connectPeer();
    m_server->setPaused(true);
    m_peer.send("pi");
    letPass(Connection::partialMs + longMs);
    QVERIFY(m_serverLog->events().filter("partial").isEmpty());
    m_server->setPaused(false);
    QTRY_VERIFY(m_serverLog->has("partial 2"));
}

/// The user does not wait for what is held.
void TestPausing::quit()
{
    m_serverSettings.replyDelayMs = shortMs;
    connectPeer();
    m_server->setPaused(true);
    m_peer.send(ping);
    QTRY_COMPARE(m_serverLog->connection().repliesDue, 1);
    m_server->quit();
    QVERIFY(!m_serverLog->connection().isOpen()); // at once
    QVERIFY(m_serverLog->has("cancelled"));
}

#include "tst_pausing.moc"
