// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/linkfollower.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/wirelines.h"
#include "link/linkhost.h"
#include "link/linknetwork.h"
#include "link/linkrules.h"
#include "support/privatenetwork.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdumpcapture.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

/// A Recording that follows a real link, from the socket and the files of the link to the lines of both ends.
class TestLinkFollower : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void equalsTcpdumpAtBothEnds_data();
    void equalsTcpdumpAtBothEnds();
    void onePacketByHand();
    void secondWindowBeginsLater();
    void settlesWithoutALink();
    void theLinkGoes();

private:
    void begin(const QString &rules);
    void converse();

    std::unique_ptr<LinkHost> m_host;
    QString m_path;
    std::unique_ptr<LinkClient> m_client;
    std::unique_ptr<Recording> m_recording;
    std::unique_ptr<LinkFollower> m_follower;
    QTcpServer m_server;
};

namespace {

/// The kernel gives each capture a time of its own for what it sends, even two of tcpdump.
QString withoutTime(const QString &line)
{
    return line.section(u' ', 1);
}

QStringList linesAt(const Recording &recording, Side end)
{
    WireLines lines(recording);
    lines.showFlow(0);
    lines.setSeenAt(end);
    QStringList all;
    for (qsizetype line = 0; line < lines.lineCount(); ++line) {
        const QString text = lines.textOfLine(WireLine(line));
        if (!text.startsWith(u'#')) // a heading
            all.append(withoutTime(text));
    }
    return all;
}

QStringList linesOf(const TcpdumpCapture &capture)
{
    QStringList all = capture.lines();
    std::ranges::transform(all, all.begin(), withoutTime);
    return all;
}

} // namespace

void TestLinkFollower::init()
{
    if (!PrivateNetwork::enter())
        SKIP_OR_FAIL(u"this system forbids a private network"_s);
    m_host = std::make_unique<LinkHost>();
    QSignalSpy ready(m_host.get(), &LinkHost::ready);
    QSignalSpy failed(m_host.get(), &LinkHost::failed);
    m_host->start({});
    QTRY_VERIFY(!ready.isEmpty() || !failed.isEmpty());
    if (!failed.isEmpty())
        SKIP_OR_FAIL(failed.constFirst().constFirst().toString());
    m_path = ready.constFirst().constFirst().toString();
    QVERIFY(m_server.listen(QHostAddress(LinkNetwork::address(Side::Server, 4))));
    begin({});
}

void TestLinkFollower::cleanup()
{
    m_server.close();
    m_follower.reset();
    m_client.reset();
    m_recording.reset();
    m_host.reset();
}

/// Begins to follow the link, which gets these rules.
void TestLinkFollower::begin(const QString &rules)
{
    m_recording = std::make_unique<Recording>([](qsizetype) { return Step(); });
    m_client = std::make_unique<LinkClient>();
    m_follower = std::make_unique<LinkFollower>(*m_client, *m_recording);
    m_client->connectTo(m_path);
    QTRY_VERIFY(m_follower->isSettled());
    QVERIFY(m_recording->link());
    const auto read = LinkRules::read(rules);
    QCOMPARE(read.error, QString());
    m_client->setRules(read.rules);
    QTRY_COMPARE(LinkRules::text(m_client->rules()), LinkRules::text(read.rules));
}

/// A conversation from SYN to the last ACK.
void TestLinkFollower::converse()
{
    QTcpSocket client;
    client.connectToHost(m_server.serverAddress(), m_server.serverPort());
    QTRY_VERIFY(m_server.hasPendingConnections());
    QTcpSocket *accepted = m_server.nextPendingConnection();
    client.write(QByteArray(20'000, 'c'));
    QTRY_COMPARE(accepted->bytesAvailable(), 20'000);
    accepted->write("Hi, client!");
    QTRY_COMPARE(client.bytesAvailable(), 11);
    client.close();
    QTRY_COMPARE(accepted->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QTRY_VERIFY(m_recording->flows().count() == 1 && m_recording->flows().at(0).isOver());
    const auto isOnItsWay = [](const Transit &transit) { return transit.fate == Transit::Fate::OnItsWay; };
    QTRY_VERIFY(std::ranges::none_of(m_recording->flows().at(0).transits()->rows, isOnItsWay));
}

void TestLinkFollower::equalsTcpdumpAtBothEnds_data()
{
    QTest::addColumn<QString>("rules");
    QTest::newRow("perfect") << QString();
    QTest::newRow("weather") << u"delay 3ms ±2ms; loss 4%; duplicate 4%; reorder 10% 5ms; corrupt 3%; seed 5"_s;
    QTest::newRow("the first of each lost") << u"drop client syn 1; drop client data 3; drop server fin 1"_s;
}

void TestLinkFollower::equalsTcpdumpAtBothEnds()
{
    QFETCH(const QString, rules);
    TcpdumpCapture atClient(m_server.serverPort(), LinkNetwork::deviceName(Side::Client));
    TcpdumpCapture atServer(m_server.serverPort(), LinkNetwork::deviceName(Side::Server));
    QTRY_VERIFY(atClient.hasStarted() || atClient.hasFailed());
    QTRY_VERIFY(atServer.hasStarted() || atServer.hasFailed());
    if (atClient.hasFailed())
        SKIP_OR_FAIL(atClient.errors());
    begin(rules);
    converse();
    QTRY_COMPARE(linesOf(atClient), linesAt(*m_recording, Side::Client));
    QTRY_COMPARE(linesOf(atServer), linesAt(*m_recording, Side::Server));
}

void TestLinkFollower::onePacketByHand()
{
    begin(u"hold client"_s);
    QTcpSocket client;
    client.connectToHost(m_server.serverAddress(), m_server.serverPort());
    QTRY_VERIFY(m_recording->flows().count() == 1);
    LadderModel model(*m_recording);
    model.showFlow(0);
    QCOMPARE(LadderRows::make(model, LadderIndex(0)).arrival, LadderRow::Arrival::Held);
    QTRY_COMPARE(model.count(), 2); // the kernel sends it again
    m_client->lose(m_recording->link()->packetAt({0, 0}));
    QTRY_COMPARE(LadderRows::make(model, LadderIndex(0)).arrival, LadderRow::Arrival::Lost);
    m_client->duplicate(m_recording->link()->packetAt({0, 1}));
    QTRY_COMPARE(m_client->heldCount(), 2);
    m_client->delay(m_recording->link()->packetAt({0, 1}), std::chrono::milliseconds(1));
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    QTRY_COMPARE(LadderRows::make(model, LadderIndex(1)).arrival, LadderRow::Arrival::Arrived);
    m_client->deliverFirst(); // the copy
    const auto isCopy = [](const Transit &transit) { return transit.isDuplicate; };
    QTRY_COMPARE(std::ranges::count_if(m_recording->flows().at(0).transits()->rows, isCopy), 1);
    QSignalSpy refused(m_client.get(), &LinkClient::refused);
    m_client->deliver(999);
    QTRY_COMPARE(refused.size(), 1);
}

/// It shows what comes from then on.
void TestLinkFollower::secondWindowBeginsLater()
{
    QTcpSocket client;
    client.connectToHost(m_server.serverAddress(), m_server.serverPort());
    QTRY_VERIFY(m_server.hasPendingConnections());
    QTRY_COMPARE(m_recording->flows().count(), 1);
    begin({});
    client.write("Hi");
    QTRY_VERIFY(m_recording->flows().count() == 1 && m_recording->flows().at(0).count() == 2);
    QCOMPARE(m_recording->flows().at(0).at(0).length, 2U);
    QTRY_COMPARE(linesAt(*m_recording, Side::Client).size(), 2); // it reads the file of each end separately
}

void TestLinkFollower::settlesWithoutALink()
{
    m_recording = std::make_unique<Recording>([](qsizetype) { return Step(); });
    m_client = std::make_unique<LinkClient>();
    m_follower = std::make_unique<LinkFollower>(*m_client, *m_recording);
    m_client->connectTo(m_path + u"-none"_s);
    QTRY_VERIFY(m_follower->isSettled());
    QVERIFY(!m_recording->link());
}

/// Nobody knows any more what becomes of the packets that it had.
void TestLinkFollower::theLinkGoes()
{
    begin(u"hold"_s);
    QTcpSocket client;
    client.connectToHost(m_server.serverAddress(), m_server.serverPort());
    QTRY_COMPARE(m_recording->flows().count(), 1);
    m_host.reset();
    QTRY_COMPARE(m_recording->flows().at(0).transits()->rows.front().fate, Transit::Fate::NotCaptured);
}

REGISTER_TEST(TestLinkFollower)

#include "tst_linkfollower.moc"
