// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "link/linkcarrier.h"
#include "link/linknetwork.h"
#include "link/linkrules.h"
#include "support/privatenetwork.h"
#include "support/skip.h"

#include <QFile>
#include <QNetworkInterface>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUdpSocket>

#include <netinet/in.h>
#include <netinet/tcp.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Packets between the two ends of a link, with the kernel's TCP at both.
class TestLinkCarrier : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void conversation_data();
    void conversation();
    void lostDataIsSentAgain();
    void delayedBothWays();
    void copiesArrive();
    void corruptedSegmentsAreDiscarded();
    void byHand();
    void lostByHand();
    void releasedByRules();
    void muchData();
    void mtu();
    void theKernelDrops();

private:
    void setRules(const char *rules);
    bool open(int ipVersion = 4);
    QByteArray exchange(const QByteArray &sent);
    QString named(LinkEvent::Kind kind, Side from) const;
    tcp_info infoOf(const QAbstractSocket &socket) const;

    std::unique_ptr<LinkNetwork> m_network;
    std::unique_ptr<LinkCarrier> m_carrier;
    std::vector<LinkEvent> m_events;
    QTcpServer m_listener;
    std::unique_ptr<QTcpSocket> m_client;
    QTcpSocket *m_server = nullptr; ///< owned by the listener
};

REGISTER_TEST(TestLinkCarrier)

/// Each test has a network of its own, so that it does not see the segments of another one.
void TestLinkCarrier::init()
{
    if (!PrivateNetwork::enter())
        SKIP_OR_FAIL(u"this system forbids a private network"_s);
    m_network = std::make_unique<LinkNetwork>();
    QSignalSpy ready(m_network.get(), &LinkNetwork::ready);
    QSignalSpy failed(m_network.get(), &LinkNetwork::failed);
    m_network->setUp();
    QTRY_VERIFY(!ready.isEmpty() || !failed.isEmpty());
    if (!failed.isEmpty())
        SKIP_OR_FAIL(failed.constFirst().constFirst().toString());
    m_events.clear();
    m_carrier = std::make_unique<LinkCarrier>(*m_network->device(Side::Client), *m_network->device(Side::Server));
    connect(m_carrier.get(), &LinkCarrier::happened, this,
            [this](const LinkEvent &event) { m_events.push_back(event); });
}

void TestLinkCarrier::cleanup()
{
    m_client.reset();
    delete std::exchange(m_server, nullptr);
    m_listener.close();
    m_carrier.reset();
    m_network.reset();
}

void TestLinkCarrier::setRules(const char *rules)
{
    const auto read = LinkRules::read(QString::fromUtf8(rules));
    QCOMPARE(read.error, QString());
    m_carrier->setRules(read.rules);
}

/// Connects both ends.
bool TestLinkCarrier::open(int ipVersion)
{
    m_client = std::make_unique<QTcpSocket>();
    if (!m_listener.isListening())
        m_listener.listen(QHostAddress(LinkNetwork::address(Side::Server, ipVersion)));
    m_client->connectToHost(m_listener.serverAddress(), m_listener.serverPort());
    const auto isOpen = [this] {
        m_server = m_server ? m_server : m_listener.nextPendingConnection();
        return m_server && m_client->state() == QAbstractSocket::ConnectedState;
    };
    return QTest::qWaitFor(isOpen, patienceMs);
}

/// Sends the bytes to the server, and returns what arrives there.
QByteArray TestLinkCarrier::exchange(const QByteArray &sent)
{
    QByteArray received;
    m_client->write(sent);
    const auto isComplete = [&] {
        received += m_server->readAll();
        return received.size() >= sent.size();
    };
    return QTest::qWaitFor(isComplete, patienceMs) ? received : QByteArray();
}

/// The first names of one end's packets with such an event, in order: "syn 1, data 1".
QString TestLinkCarrier::named(LinkEvent::Kind kind, Side from) const
{
    QHash<quint64, QString> names;
    QStringList found;
    for (const LinkEvent &event : m_events) {
        if (event.kind == LinkEvent::Kind::Departed && event.packet.from == from)
            names[event.id] = event.packet.counted.names.value(0).text();
        else if (event.kind == LinkEvent::Kind::Copied && names.contains(event.copyOf))
            names[event.id] = names.value(event.copyOf);
        if (event.kind == kind && names.contains(event.id))
            found.append(names.value(event.id));
    }
    return found.join(", "_L1);
}

tcp_info TestLinkCarrier::infoOf(const QAbstractSocket &socket) const
{
    tcp_info info{};
    socklen_t size = sizeof info;
    getsockopt(int(socket.socketDescriptor()), IPPROTO_TCP, TCP_INFO, &info, &size);
    return info;
}

void TestLinkCarrier::conversation_data()
{
    QTest::addColumn<int>("ipVersion");
    QTest::newRow("IPv4") << 4;
    QTest::newRow("IPv6") << 6;
}

void TestLinkCarrier::conversation()
{
    QFETCH(const int, ipVersion);
    QVERIFY(LinkNetwork::settings().contains("net.ipv4.tcp_congestion_control = reno"));
    QVERIFY(LinkNetwork::settings().contains("net.ipv4.tcp_no_metrics_save = 1"));
    for (const Side end : bothSides) {
        const auto device = QNetworkInterface::interfaceFromName(LinkNetwork::deviceName(end));
        QVERIFY(device.flags().testFlag(QNetworkInterface::IsUp));
        QVERIFY(!device.flags().testFlag(QNetworkInterface::CanMulticast));
    }
    QVERIFY(open(ipVersion));
    QCOMPARE(m_client->localAddress().toString(), LinkNetwork::address(Side::Client, ipVersion));
    QCOMPARE(m_server->peerAddress().toString(), LinkNetwork::address(Side::Client, ipVersion));
    QCOMPARE(exchange("Hi, server!"), "Hi, server!");
    QCOMPARE(infoOf(*m_client).tcpi_snd_mss, ipVersion == 4 ? 1448U : 1428U);
    m_server->close();
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    m_client.reset();
    const auto arrived = LinkEvent::Kind::Arrived;
    QTRY_COMPARE(named(arrived, Side::Client).section(", ", 0, 2), "syn 1, ack 1, data 1");
    QTRY_VERIFY(named(arrived, Side::Client).contains("fin 1"));
    QTRY_COMPARE(named(arrived, Side::Server).section(", ", 0, 1), "syn-ack 1, ack 1");
    QTRY_VERIFY(named(arrived, Side::Server).contains("fin 1"));

    QHash<quint64, qint64> departures;
    for (const LinkEvent &event : m_events) {
        if (event.kind == LinkEvent::Kind::Departed) {
            QVERIFY(!departures.contains(event.id));
            QCOMPARE(event.packet.segment.source.version, quint8(ipVersion));
            departures[event.id] = event.timeNs;
        } else {
            QCOMPARE(event.kind, arrived);
            QVERIFY(event.timeNs >= departures.value(event.id));
        }
    }
    QCOMPARE(size_t(departures.size()) * 2, m_events.size());
}

void TestLinkCarrier::lostDataIsSentAgain()
{
    setRules("drop client data 1");
    QVERIFY(open());
    QCOMPARE(exchange("Hi"), "Hi");
    QVERIFY(infoOf(*m_client).tcpi_total_retrans >= 1); // more if this test is delayed itself
    QCOMPARE(named(LinkEvent::Kind::Lost, Side::Client), "data 1");
    QVERIFY(named(LinkEvent::Kind::Arrived, Side::Client).contains("data 1x2"));
    QCOMPARE(m_events.front().loss, LinkLoss::None);
}

void TestLinkCarrier::delayedBothWays()
{
    setRules("delay client 30ms; delay server 20ms");
    QVERIFY(open());
    QVERIFY(infoOf(*m_client).tcpi_rtt >= 50'000); // in microseconds, of SYN and SYN-ACK
    QCOMPARE(exchange("Hi"), "Hi");
    QHash<quint64, LinkEvent> departed;
    for (const LinkEvent &event : m_events) {
        if (event.kind == LinkEvent::Kind::Departed) {
            departed[event.id] = event;
            continue;
        }
        const LinkEvent &start = departed[event.id];
        QVERIFY(event.timeNs - start.timeNs >= (start.packet.from == Side::Client ? 30'000'000 : 20'000'000));
    }
}

void TestLinkCarrier::copiesArrive()
{
    setRules("duplicate client data 1");
    QVERIFY(open());
    QCOMPARE(exchange("Hi"), "Hi");
    QCOMPARE(exchange("again"), "again");
    QTRY_COMPARE(named(LinkEvent::Kind::Arrived, Side::Client).split(", ").count("data 1"), 2);
}

void TestLinkCarrier::corruptedSegmentsAreDiscarded()
{
    const auto wrongChecksums = [] {
        QFile file(u"/proc/thread-self/net/snmp"_s);
        const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        const QList<QByteArray> lines = text.mid(text.indexOf("Tcp:")).split('\n');
        const qsizetype column = lines.value(0).split(' ').indexOf("InCsumErrors");
        return lines.value(1).split(' ').value(column).toInt();
    };
    const int before = wrongChecksums();
    setRules("corrupt client 30%; seed 4");
    QVERIFY(open());
    for (int i = 0; i < 10; ++i)
        QCOMPARE(exchange("Hi, server!"), "Hi, server!");
    int corrupted = 0;
    for (const LinkEvent &event : m_events)
        corrupted += event.isCorrupted ? 1 : 0;
    QVERIFY(corrupted > 0);
    QTRY_COMPARE(wrongChecksums() - before, corrupted);
}

void TestLinkCarrier::byHand()
{
    setRules("hold");
    QSignalSpy changes(m_carrier.get(), &LinkCarrier::stateChanged);
    m_listener.listen(QHostAddress(LinkNetwork::address(Side::Server, 4)));
    m_client = std::make_unique<QTcpSocket>();
    m_client->connectToHost(m_listener.serverAddress(), m_listener.serverPort());
    QTRY_COMPARE(m_carrier->heldCount(), 1U);
    QVERIFY(m_events.front().isHeld);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(m_events.size(), 1U);
    QVERIFY(m_carrier->deliverFirst());
    QVERIFY(!m_carrier->deliver(1)); // not any longer
    QTRY_COMPARE(named(LinkEvent::Kind::Departed, Side::Server), "syn-ack 1");
    QVERIFY(m_client->state() == QAbstractSocket::ConnectingState);
    m_carrier->deliverAll();
    QTRY_COMPARE(m_client->state(), QAbstractSocket::ConnectedState);
    m_carrier->release();
    QTRY_VERIFY(m_listener.hasPendingConnections());
    m_server = m_listener.nextPendingConnection();
    QCOMPARE(exchange("Hi"), "Hi");
    QCOMPARE(m_carrier->heldCount(), 0U);
}

void TestLinkCarrier::lostByHand()
{
    setRules("hold from client data");
    QVERIFY(open());
    m_client->write("Hi");
    QTRY_COMPARE(m_carrier->heldCount(), 1U);
    const quint64 id = m_events.back().id;
    QVERIFY(m_carrier->duplicate(id));
    QCOMPARE(m_carrier->heldCount(), 2U);
    QVERIFY(m_carrier->delay(id + 1, 1h));
    QVERIFY(m_carrier->loseFirst());
    QCOMPARE(m_events.back().loss, LinkLoss::Hand);
    QCOMPARE(m_events.back().id, id);
    QVERIFY(m_carrier->deliver(id + 1));
    QTRY_COMPARE(m_server->bytesAvailable(), 2);
    QCOMPARE(named(LinkEvent::Kind::Arrived, Side::Client).section(", ", -1), "data 1");
}

void TestLinkCarrier::releasedByRules()
{
    setRules("hold; delay 1ms");
    m_listener.listen(QHostAddress(LinkNetwork::address(Side::Server, 4)));
    m_client = std::make_unique<QTcpSocket>();
    m_client->connectToHost(m_listener.serverAddress(), m_listener.serverPort());
    QTRY_VERIFY(m_carrier->heldCount() > 0);
    QVERIFY(m_carrier->isHolding());
    setRules("delay 1ms");
    QVERIFY(!m_carrier->isHolding());
    QTRY_COMPARE(m_client->state(), QAbstractSocket::ConnectedState);
    QTRY_COMPARE(named(LinkEvent::Kind::Arrived, Side::Client), "syn 1, ack 1"); // and no copy before
}

void TestLinkCarrier::muchData()
{
    QSignalSpy dropped(m_carrier.get(), &LinkCarrier::dropped);
    setRules("delay 1ms ±1ms");
    QVERIFY(open());
    QByteArray sent(8 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < sent.size(); ++i)
        sent[i] = char(i * 7 / 1000);
    QVERIFY(exchange(sent) == sent);
    QCOMPARE(named(LinkEvent::Kind::Lost, Side::Client), "");
    QCOMPARE(dropped.size(), 0);
    QTRY_COMPARE(m_carrier->heldCount(), 0U);
}

void TestLinkCarrier::mtu()
{
    QSignalSpy ready(m_network.get(), &LinkNetwork::ready);
    m_network->setMtu(576);
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(open());
    QCOMPARE(exchange(QByteArray(5000, 'x')).size(), 5000);
    for (const LinkEvent &event : m_events)
        QVERIFY(event.packet.bytes <= 576);
    QCOMPARE(infoOf(*m_client).tcpi_snd_mss, 524U); // 536 without the timestamps
    m_network->setMtu(1500);
    QTRY_COMPARE(ready.size(), 2);
    m_listener.close();
    delete std::exchange(m_server, nullptr);
    QVERIFY(open(6));
    QCOMPARE(exchange("Hi"), "Hi");
    QCOMPARE(m_client->localAddress().toString(), "2001:db8::1");
}

/// More packets than the queue of a device takes, while nobody reads.
void TestLinkCarrier::theKernelDrops()
{
    QSignalSpy dropped(m_carrier.get(), &LinkCarrier::dropped);
    QUdpSocket socket;
    socket.setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 1 << 26);
    for (int i = 0; i < 12'000; ++i)
        socket.writeDatagram("x", QHostAddress(LinkNetwork::address(Side::Server, 4)), 9);
    QTRY_VERIFY(!dropped.isEmpty());
    QVERIFY(dropped.constFirst().constFirst().toULongLong() >= 1000);
}

#include "tst_linkcarrier.moc"
