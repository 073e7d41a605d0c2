// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/servertest.h"

#include <QSignalSpy>

using When = ReplyRule::When;
using Then = ReplyRule::Then;

/// The server's replies by rules, seen by a plain peer.
class TestServerReplies : public ServerTest
{
    Q_OBJECT
private slots:
    void init();
    void modes_data();
    void modes();
    void modeChangesWhileRunning();
    void capturesAreExact();
    void pieces();
    void otherMessagesFollowPieces();
    void piecesAreSentBeforeTheEnd_data();
    void piecesAreSentBeforeTheEnd();
    void resetDropsPieces();
    void then_data();
    void then();
    void thenOfNoReply();
    void resetWaitsForTheReply();
    void laterRepliesAreDropped();
    void toAll();
    void toAllSkipsAFullPeer();
    void accept();
    void silence();
    void silenceIsThatOfThePeer();
    void every();
    void everyPausesForASlowPeer();
    void changedTimersOfOpenConnections();
    void runawayIsTold();
    void rulesAreCounted();
    void delayed();

private:
    RawPeer withRules(const QList<ReplyRule> &rules);
    QByteArray lastNumbered() const { return m_log->numbered().constLast().toUtf8(); }
};

REGISTER_TEST(TestServerReplies)

namespace {

ReplyRule ruleOn(When when, const QString &message, const QString &reply)
{
    ReplyRule rule{.id = 1, .when = when, .message = {.text = message}};
    rule.reply = {.text = reply, .form = MessageForm::Escapes};
    if (when == When::Matches)
        rule.expression = message;
    return rule;
}

const QByteArray nul(1, '\0');

} // namespace

void TestServerReplies::init()
{
    makeServer();
    m_settings.reply = "fixed";
}

RawPeer TestServerReplies::withRules(const QList<ReplyRule> &rules)
{
    m_settings.replyMode = ReplyMode::Rules;
    m_settings.rules = rules;
    return startAndConnect();
}

void TestServerReplies::modes_data()
{
    QTest::addColumn<ReplyMode>("mode");
    QTest::addColumn<QByteArray>("replies");
    QTest::newRow("fixed") << ReplyMode::Fixed << "fixed" + nul + "fixed" + nul;
    QTest::newRow("rules") << ReplyMode::Rules << "yes" + nul + "fixed" + nul;
    QTest::newRow("echo") << ReplyMode::Echo << "a" + nul + "b" + nul;
    QTest::newRow("none") << ReplyMode::None << QByteArray();
}

void TestServerReplies::modes()
{
    QFETCH(const ReplyMode, mode);
    QFETCH(const QByteArray, replies);
    m_settings.replyMode = mode;
    m_settings.rules = {ruleOn(When::Equals, "a", "yes")};
    RawPeer peer = startAndConnect();
    peer.send("a" + nul + "b" + nul);
    QTRY_COMPARE(peer.received(), replies);
    QTRY_COMPARE(m_log->numbered().size(), mode == ReplyMode::None ? 2 : 4);
    QCOMPARE(peer.received(), replies);
}

void TestServerReplies::modeChangesWhileRunning()
{
    RawPeer peer = startAndConnect();
    peer.send("a" + nul);
    QTRY_COMPARE(peer.received(), "fixed" + nul);
    m_server->setReplies(ReplyMode::Rules, {ruleOn(When::Equals, "a", "rule")});
    peer.send("a" + nul);
    QTRY_COMPARE(peer.received(), "fixed" + nul + "rule" + nul);
    m_server->setReplies(ReplyMode::Echo, {});
    peer.send("a" + nul);
    QTRY_COMPARE(peer.received(), "fixed" + nul + "rule" + nul + "a" + nul);
}

void TestServerReplies::capturesAreExact()
{
    RawPeer peer = withRules({ruleOn(When::Matches, "^(.)MEAS (.*)$", "\\g{2}\\g{1}")});
    peer.send("\xff"
              "MEAS \xc3\x01" +
              nul);
    QTRY_COMPARE(peer.received(), "\xc3\x01\xff" + nul);
}

void TestServerReplies::pieces()
{
    ReplyRule rule = ruleOn(When::Equals, "a", "123456");
    rule.pieces = {1, 3};
    rule.gapMs = 500; // long enough that each piece is seen before the next one
    RawPeer peer = withRules({rule});
    peer.send("a" + nul);
    QTRY_COMPARE(peer.received(), "1");
    QCOMPARE(m_log->numbered().size(), 1); // the message is not sent yet
    QTRY_COMPARE(peer.received(), "1234");
    QTRY_COMPARE(peer.received(), "123456" + nul);
    QTRY_COMPARE(m_log->numbered().size(), 2);
    QVERIFY(lastNumbered().endsWith("Send: 123456"));
}

void TestServerReplies::otherMessagesFollowPieces()
{
    ReplyRule rule = ruleOn(When::Equals, "a", "12");
    rule.pieces = {1};
    rule.gapMs = 500;
    RawPeer peer = withRules({rule});
    peer.send("a" + nul + "b" + nul);
    QTRY_COMPARE(peer.received(), "1");
    m_server->send(1, "typed");
    QTRY_COMPARE(peer.received(), "12" + nul + "fixed" + nul + "typed" + nul);
    QTRY_COMPARE(m_log->numbered().size(), 5);
    QVERIFY(lastNumbered().endsWith("Send: typed"));
}

void TestServerReplies::piecesAreSentBeforeTheEnd_data()
{
    QTest::addColumn<Then>("then");
    QTest::newRow("close") << Then::Close;
    QTest::newRow("half-close") << Then::HalfClose;
    QTest::newRow("reset") << Then::Reset;
}

void TestServerReplies::piecesAreSentBeforeTheEnd()
{
    QFETCH(const Then, then);
    ReplyRule rule = ruleOn(When::Equals, "a", "bye");
    rule.pieces = {1};
    rule.gapMs = 20;
    rule.then = then;
    RawPeer peer = withRules({rule});
    peer.send("a" + nul);
    QTRY_VERIFY(then == Then::Reset ? peer.sawReset() : peer.sawEnd());
    QCOMPARE(peer.received(), "bye" + nul);
    QVERIFY(m_log->events().filter("undelivered").isEmpty());
}

void TestServerReplies::resetDropsPieces()
{
    ReplyRule rule = ruleOn(When::Equals, "a", "12345");
    rule.pieces = {1, 100};
    rule.gapMs = 1'000'000;
    RawPeer peer = withRules({rule});
    peer.send("a" + nul);
    QTRY_COMPARE(peer.received(), "1");
    QTRY_COMPARE(m_log->connection().unsentBytes, 5);
    m_server->reset(1);
    QTRY_VERIFY(peer.sawReset());
    QTRY_VERIFY(m_log->has("undelivered 5"));
    QCOMPARE(peer.received(), "1");
}

void TestServerReplies::then_data()
{
    QTest::addColumn<Then>("then");
    QTest::addColumn<QString>("last");
    QTest::newRow("close") << Then::Close << "Close Socket";
    QTest::newRow("half-close") << Then::HalfClose << "Send: bye";
    QTest::newRow("reset") << Then::Reset << "Reset Socket";
}

void TestServerReplies::then()
{
    QFETCH(const Then, then);
    QFETCH(const QString, last);
    ReplyRule rule = ruleOn(When::Equals, "a", "bye");
    rule.then = then;
    RawPeer peer = withRules({rule});
    peer.send("a" + nul);
    QTRY_VERIFY(then == Then::Reset ? peer.sawReset() : peer.sawEnd());
    QCOMPARE(peer.received(), "bye" + nul);
    QTRY_VERIFY(m_log->numbered().constLast().endsWith(last));
    QCOMPARE(m_log->connection().isOpen(), then == Then::HalfClose);
    if (then != Then::HalfClose)
        return;
    peer.send("b" + nul); // this end still receives, but sends no more
    QTRY_VERIFY(lastNumbered().endsWith("Recv: b"));
    QCOMPARE(peer.received(), "bye" + nul);
}

void TestServerReplies::thenOfNoReply()
{
    ReplyRule rule = ruleOn(When::Begins, "QUIT", {});
    rule.answer = ReplyRule::Answer::None;
    rule.then = Then::Close;
    RawPeer peer = withRules({rule});
    peer.send("QUIT now" + nul);
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received(), QByteArray());
}

/// A large reply to a slow peer arrives whole before the reset.
void TestServerReplies::resetWaitsForTheReply()
{
    ReplyRule rule = ruleOn(When::Equals, "a", {});
    rule.reply = TypedMessage::ofBytes(QByteArray(8 * 1024 * 1024, 'x'));
    rule.then = Then::Reset;
    m_settings.replyMode = ReplyMode::Rules;
    m_settings.rules = {rule};
    m_server->start(m_settings);
    RawPeer peer = RawPeer::connectTo(m_log->port(), 4096);
    peer.send("a" + nul);
    QTRY_VERIFY(m_log->connection().unsentBytes > 0);
    QTRY_VERIFY_WITH_TIMEOUT(peer.sawReset(), 30'000);
    QCOMPARE(peer.received().size(), 8 * 1024 * 1024 + 1);
}

void TestServerReplies::laterRepliesAreDropped()
{
    ReplyRule rule = ruleOn(When::Equals, "a", "bye");
    rule.then = Then::Close;
    m_settings.replyDelayMs = 10'000;
    RawPeer peer = withRules({rule});
    peer.send("b" + nul);
    QTRY_COMPARE(m_log->connection().repliesDue, 1);
    m_server->replyNow(1);
    peer.send("a" + nul + "b" + nul);
    QTRY_VERIFY(peer.sawEnd());
    QCOMPARE(peer.received(), "fixed" + nul + "bye" + nul);
}

void TestServerReplies::toAll()
{
    ReplyRule rule = ruleOn(When::Matches, "^say (.*)$", "\\g{1}");
    rule.to = ReplyRule::To::All;
    RawPeer first = withRules({rule});
    RawPeer second = RawPeer::connectTo(m_log->port());
    QTRY_COMPARE(m_log->events().filter("connected").size(), 2);
    first.send("say hi" + nul);
    QTRY_COMPARE(first.received(), "hi" + nul);
    QTRY_COMPARE(second.received(), "hi" + nul);
    second.send("x" + nul);
    QTRY_COMPARE(second.received(), "hi" + nul + "fixed" + nul);
    QCOMPARE(first.received(), "hi" + nul);
}

void TestServerReplies::toAllSkipsAFullPeer()
{
    ReplyRule rule = ruleOn(When::Equals, "a", {});
    constexpr qint64 size = 8 * 1024 * 1024;
    rule.reply = TypedMessage::ofBytes(QByteArray(size, 'x'));
    rule.to = ReplyRule::To::All;
    RawPeer slow = withRules({rule});
    RawPeer quick = RawPeer::connectTo(m_log->port());
    QTRY_COMPARE(m_log->events().filter("connected").size(), 2);
    for (int i = 1; i <= 14; ++i) {
        quick.send("a" + nul);
        QTRY_COMPARE(quick.received().size(), i * (size + 1));
    }
    QTRY_COMPARE(m_log->events().filter("rule").size(), 1);
    QVERIFY(m_log->connection(1).unsentBytes <= Outbox::limit + size);
}

void TestServerReplies::accept()
{
    RawPeer peer = withRules({ruleOn(When::Accept, {}, "220 ready")});
    QTRY_COMPARE(peer.received(), "220 ready" + nul);
    peer.send("a" + nul);
    QTRY_COMPARE(peer.received(), "220 ready" + nul + "fixed" + nul);
}

void TestServerReplies::silence()
{
    ReplyRule rule = ruleOn(When::Silence, {}, "still there?");
    rule.ms = 40;
    ReplyRule clock = ruleOn(When::Every, {}, "tick");
    clock.ms = 20;
    clock.id = rule.id + 1;
    RawPeer peer = withRules({rule, clock});
    QTRY_COMPARE(peer.received().count("still there?"), 1);
    const auto ticks = peer.received().count("tick");
    QTRY_VERIFY(peer.received().count("tick") >= ticks + 10);
    QCOMPARE(peer.received().count("still there?"), 1); // it is told once
    peer.send("a" + nul);
    QTRY_COMPARE(peer.received().count("still there?"), 2);
}

/// Bytes without an end are no silence.
void TestServerReplies::silenceIsThatOfThePeer()
{
    ReplyRule rule = ruleOn(When::Silence, {}, "silence");
    rule.ms = 1'500;
    ReplyRule clock = ruleOn(When::Every, {}, "tick");
    clock.ms = 50;
    clock.id = rule.id + 1;
    RawPeer peer = withRules({rule, clock});
    for (int tick = 1; tick <= 40; ++tick) {
        QTRY_VERIFY(peer.received().count("tick") >= tick);
        peer.send("x");
    }
    QVERIFY(!peer.received().contains("silence"));
    QTRY_COMPARE(peer.received().count("silence"), 1);
}

void TestServerReplies::every()
{
    ReplyRule rule = ruleOn(When::Every, {}, "tick {counter}");
    rule.ms = 20;
    rule.often = ReplyRule::Often::First;
    rule.times = 3;
    ReplyRule clock = ruleOn(When::Every, {}, "tock");
    clock.ms = 20;
    clock.id = rule.id + 1;
    RawPeer peer = withRules({rule, clock});
    QTRY_VERIFY(peer.received().count("tock") >= 6);
    QCOMPARE(peer.received().count("tick "), 3);
    peer.closeNow();
    QTRY_VERIFY(!m_log->connection().isOpen());
}

void TestServerReplies::everyPausesForASlowPeer()
{
    ReplyRule rule = ruleOn(When::Every, {}, {});
    rule.reply = TypedMessage::ofBytes(QByteArray(8 * 1024 * 1024, 'x'));
    rule.ms = 1;
    RawPeer peer = withRules({rule});
    QTRY_VERIFY(!m_log->events().filter("limit").isEmpty());
    QVERIFY(m_log->connection().unsentBytes <= Outbox::limit + 8 * 1024 * 1024 + 1);
    QTRY_VERIFY(peer.received().size() > 2 * Outbox::limit); // it goes on
}

void TestServerReplies::changedTimersOfOpenConnections()
{
    ReplyRule rule = ruleOn(When::Every, {}, "tick");
    rule.ms = 10;
    RawPeer peer = startAndConnect();
    m_server->setReplies(ReplyMode::Rules, {rule});
    QTRY_VERIFY(peer.received().size() > 10);
    m_server->setReplies(ReplyMode::Fixed, {rule});
    m_server->send(1, "last");
    QTRY_VERIFY(peer.received().endsWith("last" + nul));
    const auto ticks = peer.received().count("tick");
    for (int i = 1; i <= 5; ++i) {
        peer.send("a" + nul);
        QTRY_COMPARE(peer.received().count("fixed"), i);
    }
    QCOMPARE(peer.received().count("tick"), ticks);
}

void TestServerReplies::runawayIsTold()
{
    RawPeer peer = withRules({ruleOn(When::Matches, "(a+)+$", "slow")});
    peer.send(QByteArray(100, 'a') + "b" + nul);
    QTRY_COMPARE(peer.received(), "fixed" + nul);
    QCOMPARE(m_log->events().filter("rule").size(), 1);
}

void TestServerReplies::rulesAreCounted()
{
    QHash<int, qint64> counts;
    connect(m_server.get(), &Server::rulesCounted, this, [&counts](const QHash<int, qint64> &now) { counts = now; });
    RawPeer peer = withRules({ruleOn(When::Equals, "a", "yes")});
    peer.send("a" + nul + "b" + nul + "a" + nul);
    QTRY_COMPARE(counts.value(1), 2);
}

void TestServerReplies::delayed()
{
    ReplyRule rule = ruleOn(When::Equals, "a", "yes");
    rule.delayMs = 60'000;
    RawPeer peer = withRules({rule});
    peer.send("a" + nul);
    QTRY_COMPARE(m_log->connection().repliesDue, 1);
    m_server->replyNow(1);
    QTRY_COMPARE(peer.received(), "yes" + nul);
}

#include "tst_serverreplies.moc"
