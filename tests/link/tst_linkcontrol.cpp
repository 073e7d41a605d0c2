// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "link/linkclient.h"
#include "link/linkhost.h"
#include "link/linkrules.h"
#include "support/privatenetwork.h"
#include "support/skip.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QNetworkInterface>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

#include <netinet/in.h>
#include <netinet/tcp.h>

using namespace Qt::StringLiterals;

/// The link as windows control it.
class TestLinkControl : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void onlyTheUser();
    void statusFirst();
    void rulesForAll();
    void aConversationByHand();
    void windowsSeeTheSame();
    void records();
    void patientTimers();
    void congestionControl();
    void wrongCommands_data();
    void wrongCommands();
    void aLineTooLong();
    void nothingIsLeft();
    void goesWhileACommandRuns();

private:
    std::unique_ptr<LinkHost> m_host;
    QString m_path;
};

REGISTER_TEST(TestLinkControl)

namespace {

/// A window's end of the control socket.
class ControlPeer
{
public:
    explicit ControlPeer(const QString &path)
    {
        QObject::connect(&socket, &QLocalSocket::readyRead, &socket, [this] {
            while (socket.canReadLine())
                lines.append(QJsonDocument::fromJson(socket.readLine()).object());
        });
        socket.connectToServer(path);
    }
    void send(const QByteArray &line) { socket.write(line + '\n'); }
    /// The last line that has this field; empty if there is none.
    QJsonObject last(const QString &field, const QString &value = {}) const
    {
        const auto found = std::find_if(lines.crbegin(), lines.crend(), [&](const QJsonObject &line) {
            return line.contains(field) && (value.isEmpty() || line.value(field) == value);
        });
        return found == lines.crend() ? QJsonObject() : *found;
    }
    /// How many packets have had this event.
    int count(const QString &event) const
    {
        return int(std::count_if(lines.begin(), lines.end(),
                                 [&](const QJsonObject &line) { return line.value("event"_L1) == event; }));
    }

    QLocalSocket socket;
    QList<QJsonObject> lines;
};

} // namespace

void TestLinkControl::init()
{
    if (!PrivateNetwork::enter())
        SKIP_OR_FAIL(u"this system forbids a private network"_s);
    m_host = std::make_unique<LinkHost>();
    QSignalSpy ready(m_host.get(), &LinkHost::ready);
    QSignalSpy failed(m_host.get(), &LinkHost::failed);
    m_host->start(LinkRules::read(u"hold client; seed 7; mtu 1000"_s).rules);
    QTRY_VERIFY(!ready.isEmpty() || !failed.isEmpty());
    if (!failed.isEmpty())
        SKIP_OR_FAIL(failed.constFirst().constFirst().toString());
    m_path = ready.constFirst().constFirst().toString();
}

void TestLinkControl::cleanup()
{
    m_host.reset();
}

void TestLinkControl::onlyTheUser()
{
    constexpr auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY((QFile::permissions(m_path) & others) == QFile::Permissions());
    QVERIFY((QFile::permissions(QFileInfo(m_path).path()) & others) == QFile::Permissions());
}

void TestLinkControl::statusFirst()
{
    ControlPeer peer(m_path);
    QTRY_COMPARE(peer.lines.size(), 1);
    const QJsonObject status = peer.lines.constFirst();
    QCOMPARE(status.value("event"), "status");
    QCOMPARE(status.value("rules"), "hold client; seed 7; mtu 1000");
    QCOMPARE(status.value("holding"), true);
    QCOMPARE(status.value("held"), 0);
    QVERIFY(status.value("settings").toArray().contains("net.ipv4.tcp_congestion_control = reno"));
    QCOMPARE(QNetworkInterface::interfaceFromName("client0").maximumTransmissionUnit(), 1000);
    peer.send(R"({"command": "status"})");
    QTRY_COMPARE(peer.lines.size(), 2);
    QCOMPARE(peer.lines.constLast(), status);
}

void TestLinkControl::rulesForAll()
{
    ControlPeer first(m_path);
    ControlPeer second(m_path);
    first.send(R"({"command": "rules", "rules": "delay 50ms; mtu 1400"})");
    for (const ControlPeer *peer : {&first, &second}) {
        QTRY_COMPARE(peer->last("event").value("rules"), "delay 50ms; mtu 1400");
        QCOMPARE(peer->last("event").value("holding"), false);
    }
    QTRY_COMPARE(QNetworkInterface::interfaceFromName("server0").maximumTransmissionUnit(), 1400);
    second.socket.abort(); // the link goes on
    first.send(R"({"command": "rules", "rules": ""})");
    QTRY_COMPARE(first.last("event").value("rules"), "");
}

void TestLinkControl::aConversationByHand()
{
    ControlPeer peer(m_path);
    QTRY_COMPARE(peer.lines.size(), 1);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress("192.0.2.2")));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QTRY_COMPARE(peer.last("event", "status").value("held"), 1);
    const QJsonObject syn = peer.last("event", "departed");
    QCOMPARE(syn.value("names"), QJsonArray{"syn 1"});
    QCOMPARE(syn.value("from"), "client");
    QCOMPARE(syn.value("held"), true);
    QCOMPARE(syn.value("connection"), 1);
    QCOMPARE(syn.value("destination"), u"192.0.2.2:%1"_s.arg(server.serverPort()));
    QCOMPARE(syn.value("bytes"), 60);
    QCOMPARE(syn.value("flags"), int(Segment::Syn));

    peer.send(R"({"command": "duplicate", "id": 1})");
    QTRY_COMPARE(peer.last("event", "copied").value("copyOf"), 1);
    peer.send(R"({"command": "lose"})");
    QTRY_COMPARE(peer.last("event", "lost").value("by"), "hand");
    QCOMPARE(peer.last("event", "lost").value("id"), 1);
    peer.send(R"({"command": "deliver", "id": 2})");
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    QVERIFY(peer.last("event", "arrived").value("timeUs").toDouble() >= syn.value("timeUs").toDouble());
    QVERIFY(!server.hasPendingConnections()); // the ACK waits
    QTRY_VERIFY(peer.last("event", "status").value("held").toInt() > 0);
    peer.send(R"({"command": "deliver-all"})");
    QTRY_VERIFY(server.hasPendingConnections());
    QVERIFY(peer.last("event", "status").value("holding").toBool());
    client.write("Hi");
    QTRY_COMPARE(peer.last("event", "departed").value("names"), QJsonArray{"data 1"});
    const double id = peer.last("event", "departed").value("id").toDouble();
    peer.send(u"{\"command\": \"delay\", \"id\": %1, \"ms\": 1}"_s.arg(id).toUtf8());
    const QTcpSocket *accepted = server.nextPendingConnection();
    QTRY_COMPARE(accepted->bytesAvailable(), 2);
    peer.send(R"({"command": "release"})");
    QTRY_COMPARE(peer.last("event", "status").value("holding"), false);
    QCOMPARE(peer.last("error"), QJsonObject());
}

/// Two windows, one of which has the link in its hand.
void TestLinkControl::windowsSeeTheSame()
{
    LinkClient hand;
    LinkClient other;
    hand.connectTo(m_path);
    other.connectTo(m_path);
    QTRY_VERIFY(hand.isConnected() && other.isConnected());
    QVERIFY(other.isHolding());
    QCOMPARE(LinkRules::text(other.rules()), u"hold client; seed 7; mtu 1000"_s);
    QVERIFY(other.settings().contains(u"net.ipv4.tcp_congestion_control = reno"_s));

    QTcpServer server;
    QVERIFY(server.listen(QHostAddress("192.0.2.2")));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QTRY_COMPARE(other.heldCount(), 1);
    hand.loseFirst();
    QTRY_COMPARE(other.heldCount(), 0);
    QTRY_COMPARE(other.heldCount(), 1); // the kernel sends it again
    hand.deliverFirst();
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    hand.deliverAll();
    QTRY_VERIFY(server.hasPendingConnections());
    hand.loseNext(Side::Client, SegmentKind::Data);
    QTRY_COMPARE(other.losingNext(), QStringList{u"client data"_s});
    hand.release();
    QTRY_VERIFY(!other.isHolding());
    client.write("Hi");
    QTRY_COMPARE(other.losingNext(), QStringList());
    const QTcpSocket *accepted = server.nextPendingConnection();
    QTRY_COMPARE(accepted->bytesAvailable(), 2); // sent again

    QSignalSpy refused(&hand, &LinkClient::refused);
    hand.loseFirst();
    QTRY_COMPARE(refused.size(), 1);
    hand.setRules(LinkRules::read(u"delay 5ms"_s).rules);
    QTRY_COMPARE(LinkRules::text(other.rules()), u"delay 5ms"_s);
    m_host.reset();
    QTRY_VERIFY(!hand.isConnected() && !other.isConnected());
}

/// From the command on, into files that only the user can read.
void TestLinkControl::records()
{
    ControlPeer peer(m_path);
    QTRY_COMPARE(peer.lines.size(), 1);
    peer.send(R"({"command": "rules", "rules": ""})");
    QTRY_COMPARE(peer.last("event", "status").value("rules"), "");
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress("192.0.2.2")));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QTRY_COMPARE(peer.count("arrived"), 3);
    QVERIFY(!peer.last("event", "arrived").contains("frame"));
    peer.send(R"({"command": "record"})");
    QTRY_COMPARE(peer.last("event", "recording").value("frames"), QJsonArray({0, 0}));
    const QJsonArray files = peer.last("event", "recording").value("files").toArray();
    client.write("Hi");
    QTRY_COMPARE(peer.count("arrived"), 5);
    QCOMPARE(peer.last("event", "departed").value("frame"), 2); // the acknowledgement
    QCOMPARE(peer.last("event", "arrived").value("frame"), 2);
    ControlPeer later(m_path);
    later.send(R"({"command": "record"})");
    QTRY_COMPARE(later.last("event", "recording").value("frames"), QJsonArray({2, 2}));
    for (const auto file : files) {
        const QFileInfo info(file.toString());
        constexpr qint64 headerBytes = 24;
        QTRY_COMPARE(QFileInfo(info).size(), headerBytes + 2 * 16 + 54 + 52);
        QCOMPARE(info.path(), QFileInfo(m_path).path());
    }
}

/// As the kernel tells of a new connection.
void TestLinkControl::patientTimers()
{
    ControlPeer peer(m_path);
    peer.send(R"({"command": "rules", "rules": ""})");
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress("192.0.2.2")));
    const auto timeoutMs = [&server] {
        QTcpSocket client;
        client.connectToHost(server.serverAddress(), server.serverPort());
        if (!QTest::qWaitFor([&client] { return client.state() == QAbstractSocket::ConnectedState; }, patienceMs))
            return quint32(0);
        tcp_info info{};
        socklen_t size = sizeof info;
        getsockopt(int(client.socketDescriptor()), IPPROTO_TCP, TCP_INFO, &info, &size);
        return info.tcpi_rto / 1000;
    };
    QVERIFY(timeoutMs() < 1000);
    peer.send(R"({"command": "patient", "on": true})");
    QTRY_COMPARE(peer.last("event", "status").value("patient"), true);
    QTRY_VERIFY(timeoutMs() >= 3000);
    peer.send(R"({"command": "patient", "on": false})");
    QTRY_VERIFY(timeoutMs() < 1000);
}

void TestLinkControl::congestionControl()
{
    ControlPeer peer(m_path);
    QTRY_COMPARE(peer.lines.size(), 1);
    QVERIFY(peer.lines.constFirst().value("congestionControls").toArray().contains("reno"));
    for (const auto &name : LinkNetwork::congestionControls()) {
        peer.send(u"{\"command\": \"congestion-control\", \"name\": \"%1\"}"_s.arg(name).toUtf8());
        const QString setting = u"net.ipv4.tcp_congestion_control = "_s + name;
        QTRY_VERIFY(peer.last("event", "status").value("settings").toArray().contains(setting));
    }
    peer.send(R"({"command": "congestion-control", "name": "none"})");
    QTRY_VERIFY(peer.last("error").value("error").toString().startsWith(u"“name” is reno"));
}

void TestLinkControl::wrongCommands_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *line, const char *error) {
        QTest::newRow(line) << QByteArray(line) << QString::fromUtf8(error);
    };
    row("status", "A line is a JSON object, as {\"command\": \"status\"}.");
    row("[]", "A line is a JSON object, as {\"command\": \"status\"}.");
    row("{}", "A command is rules, deliver, lose, lose-next, duplicate, delay, deliver-all, release, patient, "
              "congestion-control, record or status.");
    row(R"({"command": "rules", "rules": "mtu 5"})",
        "“mtu 5”: “mtu” takes a number of bytes from 68 to 65535: “mtu 576”.");
    row(R"({"command": "deliver"})", "There is no such packet on its way.");
    row(R"({"command": "lose", "id": 7})", "There is no such packet on its way.");
    row(R"({"command": "duplicate"})", "There is no such packet on its way.");
    row(R"({"command": "deliver", "id": -1})", "There is no such packet on its way.");
    row(R"({"command": "deliver", "id": 1e300})", "There is no such packet on its way.");
    row(R"({"command": "lose-next", "kind": "data"})", "“from” is client or server.");
    row(R"({"command": "lose-next", "from": "client"})", "“kind” is syn, syn-ack, data, fin, rst or ack.");
    row(R"({"command": "delay", "id": 1, "ms": 60001})", "“ms” is a delay from 0 to 60000.");
    row(R"({"command": "delay", "id": 1, "ms": 1e300})", "“ms” is a delay from 0 to 60000.");
    row(R"({"command": "delay", "id": 1})", "“ms” is a delay from 0 to 60000.");
}

void TestLinkControl::wrongCommands()
{
    QFETCH(const QByteArray, line);
    ControlPeer peer(m_path);
    peer.send(line);
    QTRY_COMPARE(peer.lines.size(), 2);
    QTEST(peer.lines.constLast().value("error").toString(), "error");
    peer.send(R"({"command": "status"})");
    QTRY_COMPARE(peer.last("event", "status").value("rules"), "hold client; seed 7; mtu 1000");
}

void TestLinkControl::aLineTooLong()
{
    ControlPeer peer(m_path);
    QTRY_COMPARE(peer.socket.state(), QLocalSocket::ConnectedState);
    peer.socket.write(QByteArray(1'000'000, 'x'));
    QTRY_COMPARE(peer.socket.state(), QLocalSocket::UnconnectedState);
}

void TestLinkControl::nothingIsLeft()
{
    QVERIFY(QFile::exists(m_path));
    m_host.reset();
    QVERIFY(!QFile::exists(m_path) && !QFile::exists(QFileInfo(m_path).path()));
    QVERIFY(!QNetworkInterface::interfaceFromName("client0").isValid());
}

/// The command that changes the MTU.
void TestLinkControl::goesWhileACommandRuns()
{
    ControlPeer peer(m_path);
    QTRY_COMPARE(peer.lines.size(), 1);
    peer.send(R"({"command": "rules", "rules": "mtu 1400"})");
    QTRY_COMPARE(peer.last("event").value("rules"), "mtu 1400");
    m_host.reset();
    QVERIFY(!QFile::exists(m_path));
}

#include "tst_linkcontrol.moc"
