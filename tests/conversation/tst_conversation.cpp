// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/pairtest.h"
#include "support/registertest.h"

#include <QSignalSpy>

#include <QTest>
#include <span>

/// Our Server and our Client over real loopback: the rows of the numbering table, and everything else they do together.
class TestConversation : public PairTest
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void theOriginal();
    void nobodySends();
    void serverClosesFirst();
    void finishSending();
    void clientResets();
    void clientClosesBeforeTheReply();
    void bothSendAtOnce();
    void severalMessagesInTurn();
    void emptyMessageAndEmptyReply();
    void sixteenMebibytes();
    void severalClientsCountForThemselves();
    void repliesKeepTheirOrderAndDelay();
    void closeDelayCanBeKeptOpen();
    void quitClosesEverything();
    void startAndStop();
    void refused();
    void attemptsAreNumbered();
    void notFound();
    void cancelled();
    void portInUse();
    void turnedAway();

private:
    void startServer();
    void connectClient(QList<MessageTemplate> messages = {});
};

void TestConversation::init()
{
    makePair();
    m_serverSettings.connection.closeDelayMs = 0;
}

void TestConversation::cleanup()
{
    m_client.reset();
    m_server.reset();
}

void TestConversation::startServer()
{
    m_server->start(m_serverSettings);
    QVERIFY(m_serverLog->port() != 0);
    m_clientSettings.port = m_serverLog->port();
}

/// Starts the server and connects. Returns when both ends are connected.
void TestConversation::connectClient(QList<MessageTemplate> messages)
{
    startServer();
    m_clientSettings.messages = std::move(messages);
    m_client->connectAndSend(m_clientSettings);
    QTRY_VERIFY(m_clientLog->has("connected"));
    QTRY_VERIFY(m_serverLog->has("connected"));
}

void TestConversation::theOriginal()
{
    m_clientSettings.closeAfterReply = true;
    QSignalSpy done(m_client.get(), &Client::conversationDone);
    connectClient({ClientSettings::defaultMessage()});
    QTRY_VERIFY(m_serverLog->has("[6] Close Socket"));

    QCOMPARE(m_serverLog->numbered(),
             (QStringList{"[2] Recv: Hi, server! I'm client.", "[3] Send: Hi, client!", "[6] Close Socket"}));
    QCOMPARE(m_clientLog->numbered(),
             (QStringList{"[1] Send: Hi, server! I'm client.", "[4] Recv: Hi, client!", "[5] Close Socket"}));
    QCOMPARE(m_serverLog->events(), (QStringList{"listening", "connected", "peer-finished"}));
    QCOMPARE(m_clientLog->events(), (QStringList{"connecting", "connected"}));
    QCOMPARE(m_clientLog->steps()[0].local, m_clientLog->steps()[1].local);
    QCOMPARE(done.count(), 1);
    QCOMPARE(done.constFirst().constFirst().toBool(), true);
    for (const Step &step : m_clientLog->steps()) {
        QVERIFY(step.time.wallUs > 0 && step.time.monotonicUs > 0);
        if (step.isMessage()) {
            QCOMPARE(step.bytes, step.kind == StepKind::Send ? 24 : 12);
            QCOMPARE(step.offset, 0);
            QCOMPARE(step.peer, QString("127.0.0.1:%1").arg(m_clientSettings.port));
        }
    }
}

void TestConversation::nobodySends()
{
    connectClient();
    m_client->close(1);
    QTRY_COMPARE(m_serverLog->numbered(), QStringList{"[2] Close Socket"});
    QCOMPARE(m_clientLog->numbered(), QStringList{"[1] Close Socket"});
}

void TestConversation::serverClosesFirst()
{
    connectClient({"Hi"});
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    m_server->close(1);
    QTRY_VERIFY(m_clientLog->has("peer-finished"));
    QVERIFY(m_serverLog->has("[5] Close Socket"));
    m_client->close(1);
    QTRY_VERIFY(m_clientLog->has("[6] Close Socket"));
}

void TestConversation::finishSending()
{
    connectClient({"Hi"});
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    m_client->finishSending(1);
    QTRY_VERIFY(m_serverLog->has("[6] Close Socket"));
    QTRY_VERIFY(m_clientLog->has("peer-finished"));
    QVERIFY(m_clientLog->has("finished-sending"));
    QVERIFY(!m_clientLog->has("[5] Close Socket"));
    m_client->send(1, "too late");
    m_client->close(1);
    QTRY_VERIFY(m_clientLog->has("[5] Close Socket"));
    QVERIFY(!m_clientLog->numbered().join(' ').contains("too late"));
}

void TestConversation::clientResets()
{
    m_serverSettings.connection.closeDelayMs = ConnectionSettings::never;
    connectClient({"Hi"});
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    m_client->reset(1);
    QTRY_COMPARE(m_serverLog->events().constLast(), "reset-by-peer");
    QVERIFY(m_clientLog->has("[5] Reset Socket"));
    QCOMPARE(m_serverLog->numbered().size(), 2);
    QVERIFY(!m_serverLog->connection().isOpen());
}

void TestConversation::clientClosesBeforeTheReply()
{
    m_serverSettings.connection.closeDelayMs = ConnectionSettings::never;
    m_serverSettings.replyDelayMs = 60'000;
    connectClient({"Hi"});
    QTRY_VERIFY(m_serverLog->has("[2] Recv: Hi"));
    m_client->close(1);
    QTRY_VERIFY(m_serverLog->has("peer-finished"));
    QCOMPARE(m_serverLog->connection().repliesDue, 1);
    m_server->replyNow(1);
    QTRY_VERIFY(m_serverLog->has("undelivered 12"));

    QCOMPARE(m_clientLog->numbered(), (QStringList{"[1] Send: Hi", "[3] Close Socket"}));
    QCOMPARE(m_serverLog->lines().mid(2), (QStringList{"[2] Recv: Hi", "peer-finished", "[3] Send: Hi, client!",
                                                       "reset-by-peer", "undelivered 12"}));
}

void TestConversation::bothSendAtOnce()
{
    m_serverSettings.reply = {};
    connectClient();
    m_client->send(1, "from the client");
    m_server->send(1, "from the server");
    QTRY_COMPARE(m_clientLog->numbered().size(), 2);
    QTRY_COMPARE(m_serverLog->numbered().size(), 2);
    QCOMPARE(m_clientLog->numbered(), (QStringList{"[1] Send: from the client", "[4] Recv: from the server"}));
    QCOMPARE(m_serverLog->numbered(), (QStringList{"[1] Send: from the server", "[4] Recv: from the client"}));
}

void TestConversation::severalMessagesInTurn()
{
    m_clientSettings.closeAfterReply = true;
    connectClient({"one", "two", "three"});
    QTRY_VERIFY(!m_clientLog->connection().isOpen());
    QCOMPARE(m_clientLog->numbered(),
             (QStringList{"[1] Send: one", "[4] Recv: Hi, client!", "[5] Send: two", "[8] Recv: Hi, client!",
                          "[9] Send: three", "[12] Recv: Hi, client!", "[13] Close Socket"}));
    QCOMPARE(m_clientLog->steps().at(6).offset, 8); // three: behind "one" and "two" with their NULs
}

void TestConversation::emptyMessageAndEmptyReply()
{
    m_serverSettings.reply = {};
    connectClient({""});
    QTRY_VERIFY(m_serverLog->has("[2] Recv: "));
    QVERIFY(m_clientLog->has("[1] Send: "));
    QCOMPARE(m_clientLog->steps().back().bytes, 1);
    QCOMPARE(m_serverLog->connection().repliesDue, 0);
    QVERIFY(m_clientLog->connection().waitsForReply);
}

void TestConversation::sixteenMebibytes()
{
    connectClient({QByteArray(Framer::messageLimit, 'x')});
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    // On a loaded machine the message takes so long that a Partial event comes first.
    const auto &steps = m_serverLog->steps();
    const auto received = std::find_if(steps.begin(), steps.end(), [](const Step &step) { return step.isMessage(); });
    QVERIFY(received != steps.end());
    QCOMPARE(received->kind, StepKind::Recv);
    QCOMPARE(received->bytes, Framer::messageLimit + 1);
    QCOMPARE(received->size, Framer::messageLimit);
    QCOMPARE(received->payload.size(), Step::keptBytes);
    QVERIFY(!received->part);
}

void TestConversation::severalClientsCountForThemselves()
{
    connectClient({"first"});
    Journal journal;
    JournalLog log(journal);
    Client second(journal);
    m_clientSettings.messages = {"second"};
    second.connectAndSend(m_clientSettings);
    QTRY_VERIFY(log.has("[4] Recv: Hi, client!"));
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));
    for (const Step &step : m_serverLog->steps()) {
        if (step.kind == StepKind::Recv) {
            QCOMPARE(step.number, 2);
            QCOMPARE(step.payload, step.connection == 1 ? "first" : "second");
        }
    }
    QVERIFY(m_serverLog->connection(1).peer != m_serverLog->connection(2).peer);
}

void TestConversation::repliesKeepTheirOrderAndDelay()
{
    m_serverSettings.replyDelayMs = 200;
    connectClient({});
    m_client->send(1, "one");
    m_client->send(1, "two");
    QTRY_VERIFY(m_serverLog->has("[4] Recv: two"));
    QCOMPARE(m_serverLog->connection().repliesDue, 2);
    m_server->setReply("changed", 200);
    m_client->send(1, "three");
    QTRY_VERIFY(m_clientLog->has("[12] Recv: changed"));
    qint64 arrived = 0;
    for (const Step &step : m_serverLog->steps()) {
        if (step.kind == StepKind::Recv && arrived == 0)
            arrived = step.time.monotonicUs;
        if (step.kind == StepKind::Send)
            QVERIFY(step.time.monotonicUs - arrived >= 200'000);
    }
}

void TestConversation::closeDelayCanBeKeptOpen()
{
    m_serverSettings.connection.closeDelayMs = 60'000;
    connectClient();
    m_client->finishSending(1);
    QTRY_VERIFY(m_serverLog->connection().closeDueUs > 0);
    m_server->keepOpen(1);
    QCOMPARE(m_serverLog->connection().closeDueUs, 0);
    QVERIFY(m_serverLog->connection().progress.hasPeerFinished());
    QCOMPARE(m_serverLog->connection().state, TcpState::CloseWait);
    m_server->send(1, "still here");
    QTRY_VERIFY(m_clientLog->has("[2] Recv: still here"));
}

void TestConversation::quitClosesEverything()
{
    m_serverSettings.replyDelayMs = 60'000;
    connectClient({"Hi"});
    QTRY_VERIFY(m_serverLog->has("[2] Recv: Hi"));
    QSignalSpy quitDone(m_server.get(), &Server::quitDone);
    m_server->quit();
    QCOMPARE(quitDone.count(), 1);
    QCOMPARE(m_serverLog->lines().mid(3), (QStringList{"stopped", "cancelled", "[3] Close Socket"}));
    QTRY_VERIFY(m_clientLog->has("peer-finished"));
}

void TestConversation::startAndStop()
{
    connectClient();
    m_server->stop();
    QVERIFY(m_serverLog->has("stopped"));
    QCOMPARE(m_serverLog->activity().phase, Activity::Phase::Idle);
    m_client->send(1, "the connection goes on");
    QTRY_VERIFY(m_clientLog->has("[4] Recv: Hi, client!"));

    Journal journal;
    JournalLog log(journal);
    Client late(journal);
    late.connectAndSend(m_clientSettings);
    QTRY_VERIFY(log.has("refused"));
}

void TestConversation::refused()
{
    startServer();
    m_server->stop();
    QSignalSpy failed(m_client.get(), &Client::connectFailed);
    m_client->connectAndSend(m_clientSettings);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(m_clientLog->lines(), (QStringList{"connecting", "refused"}));
    const QString local = m_clientLog->steps().front().local;
    QVERIFY2(local.startsWith("127.0.0.1:") && !local.endsWith(":0"), qPrintable(local));
    QCOMPARE(m_clientLog->steps().back().local, local);
    QVERIFY(m_clientLog->steps().back().detail.contains("Connection refused"));
    QCOMPARE(m_clientLog->activity().phase, Activity::Phase::Idle);
    const ConnectionStatus attempt = m_clientLog->connection(-1);
    QVERIFY(attempt.isAttempt());
    QCOMPARE(attempt.outcome, StepKind::Refused);
    QCOMPARE(attempt.state, TcpState::Closed);
    QCOMPARE(attempt.local, local);
    QCOMPARE(attempt.after, 0);
}

/// Each address of a name that is tried is an attempt, and so is the one that becomes a connection.
void TestConversation::attemptsAreNumbered()
{
    connectClient();
    QCOMPARE(m_clientLog->connection(-1).outcome, StepKind::Connected);
    m_client->close(1);
    QTRY_VERIFY(m_clientLog->has("[1] Close Socket"));
    m_server->stop();
    const size_t before = m_clientLog->steps().size();
    m_clientSettings.host = "localhost"; // perhaps ::1 and 127.0.0.1
    QSignalSpy failed(m_client.get(), &Client::connectFailed);
    m_client->connectAndSend(m_clientSettings);
    QTRY_COMPARE(failed.count(), 1);
    int attempts = 1;
    const std::vector<Step> steps = m_clientLog->steps();
    for (const Step &step : std::span(steps).subspan(before)) {
        if (step.kind != StepKind::Connecting || step.peer.startsWith("localhost"))
            continue;
        ++attempts;
        QCOMPARE(m_clientLog->connection(-attempts).peer, step.peer);
        QCOMPARE(m_clientLog->connection(-attempts).outcome, StepKind::Refused);
        QCOMPARE(m_clientLog->connection(-attempts).after, 1);
    }
    QVERIFY(attempts > 1);
}

void TestConversation::notFound()
{
    m_clientSettings.host = "no-such-host.invalid";
    m_client->connectAndSend(m_clientSettings);
    QCOMPARE(m_clientLog->activity().phase, Activity::Phase::Connecting);
    QTRY_VERIFY(m_clientLog->has("not-found"));
    QVERIFY(m_clientLog->steps().back().detail.contains("no-such-host.invalid"));
}

void TestConversation::cancelled()
{
    m_clientSettings.host = "no-such-host.invalid";
    m_client->connectAndSend(m_clientSettings);
    m_client->cancel();
    QCOMPARE(m_clientLog->lines(), (QStringList{"connecting", "cancelled"}));
    QCOMPARE(m_clientLog->activity().phase, Activity::Phase::Idle);
    m_clientSettings.host = "127.0.0.1";
    connectClient();
}

void TestConversation::portInUse()
{
    startServer();
    Journal journal;
    JournalLog log(journal);
    Server second(journal);
    QSignalSpy failed(&second, &Server::listenFailed);
    m_serverSettings.port = m_serverLog->port();
    second.start(m_serverSettings);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(log.lines(), QStringList{"error"});
    QVERIFY(log.steps().back().detail.contains("Address already in use"));
    QCOMPARE(log.activity().failure, Activity::Failure::PortInUse);
}

void TestConversation::turnedAway()
{
    m_serverSettings.allowed = {*Endpoint::parseSubnet("192.0.2.0/24")};
    startServer();
    m_client->connectAndSend(m_clientSettings);
    QTRY_VERIFY(m_serverLog->has("turned-away"));
    QTRY_COMPARE(m_clientLog->events().constLast(), "reset-by-peer");
    QTRY_COMPARE(m_clientLog->activity().phase, Activity::Phase::Idle);
    QCOMPARE(m_serverLog->lines(), (QStringList{"listening", "turned-away"}));
    QVERIFY(!m_serverLog->has("connected"));
}

REGISTER_TEST(TestConversation)
#include "tst_conversation.moc"
