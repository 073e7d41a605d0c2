// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
//
// Runs the conversations of resources/captures between the project's own ends, each in a private network, while
// tcpdump records them. Usage: example_captures FOLDER (as root; scripts/captures runs it).
#include "conversation/client.h"
#include "conversation/server.h"
#include "support/journallog.h"
#include "support/loopback.h"
#include "support/privatenetwork.h"
#include "support/rawpeer.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <pcap/pcap.h>

namespace {

using Condition = std::function<bool()>;

/// Two ends on port 8700. Each scene makes them do what its capture shows.
class Stage
{
public:
    Stage()
    {
        m_serverSettings.connection.closeDelayMs = ConnectionSettings::never;
        m_clientSettings.connection.closeDelayMs = ConnectionSettings::never;
        m_clientSettings.messages = {ClientSettings::defaultMessage()};
    }

    ServerSettings &serverSettings() { return m_serverSettings; }
    ClientSettings &clientSettings() { return m_clientSettings; }
    Server &server() { return m_server; }
    Client &client() { return m_client; }

    void startServer()
    {
        m_server.start(m_serverSettings);
        await([this] { return m_serverLog.has(QStringLiteral("listening")); });
    }
    void connectClient() { m_client.connectAndSend(m_clientSettings); }
    void converse()
    {
        startServer();
        connectClient();
        awaitClient(QStringLiteral("[4] Recv: Hi, client!"));
    }

    void awaitServer(const QString &line)
    {
        await([&] { return m_serverLog.has(line); });
    }
    void awaitClient(const QString &line)
    {
        await([&] { return m_clientLog.has(line); });
    }
    quint16 clientPort() { return m_clientLog.connection().local.section(QLatin1Char(':'), -1).toUShort(); }

    static void await(const Condition &condition)
    {
        if (!QTest::qWaitFor(condition, 20'000))
            qFatal("the conversation did not go on");
    }

private:
    ServerSettings m_serverSettings;
    ClientSettings m_clientSettings;
    Journal m_serverJournal;
    Journal m_clientJournal;
    JournalLog m_serverLog{m_serverJournal};
    JournalLog m_clientLog{m_clientJournal};
    Server m_server{m_serverJournal};
    Client m_client{m_clientJournal};
};

constexpr quint16 port = 8700;
constexpr unsigned lostMs = 100; ///< TCP sends again after 200 ms

void conversation(Stage &stage)
{
    stage.serverSettings().connection.closeDelayMs = 1000;
    stage.clientSettings().closeAfterReply = true;
    stage.converse();
    stage.awaitServer(QStringLiteral("[6] Close Socket"));
}

void threeWayWave(Stage &stage)
{
    stage.serverSettings().connection.closeDelayMs = 0;
    stage.clientSettings().closeAfterReply = true;
    stage.converse();
    stage.awaitServer(QStringLiteral("[6] Close Socket"));
}

void halfClose(Stage &stage)
{
    stage.converse();
    stage.client().finishSending(1);
    stage.awaitServer(QStringLiteral("peer-finished"));
    stage.server().send(1, "I can still send.");
    stage.awaitClient(QStringLiteral("[6] Recv: I can still send."));
    stage.server().close(1);
    stage.awaitClient(QStringLiteral("peer-finished"));
    stage.client().close(1);
}

void simultaneousClose(Stage &stage)
{
    stage.converse();
    const quint16 clientPort = stage.clientPort();
    Loopback::dropOlderThan(port, clientPort, lostMs);
    Loopback::dropOlderThan(clientPort, port, lostMs);
    stage.client().close(1);
    stage.server().close(1);
}

void reset(Stage &stage)
{
    stage.converse();
    stage.client().reset(1);
    stage.awaitServer(QStringLiteral("reset-by-peer"));
}

void refused(Stage &stage)
{
    stage.connectClient();
    stage.awaitClient(QStringLiteral("refused"));
}

void retransmission(Stage &stage)
{
    stage.serverSettings().connection.closeDelayMs = 1000;
    stage.clientSettings().messages.clear();
    stage.startServer();
    stage.connectClient();
    stage.awaitClient(QStringLiteral("connected"));
    stage.awaitServer(QStringLiteral("connected"));
    Loopback::dropOlderThan(port, stage.clientPort(), lostMs);
    stage.client().send(1, ClientSettings::defaultMessage());
    stage.awaitClient(QStringLiteral("[4] Recv: Hi, client!"));
    stage.client().close(1);
    stage.awaitServer(QStringLiteral("[6] Close Socket"));
}

/// A client with a small buffer that reads nothing for a while.
void zeroWindow(Stage &stage)
{
    stage.serverSettings().reply = QByteArray(12'000, 'x');
    stage.serverSettings().replyDelayMs = 0;
    stage.serverSettings().connection.closeDelayMs = 0;
    stage.startServer();
    RawPeer client = RawPeer::connectTo(port, 4096);
    client.send(QByteArray("?\0", 2));
    stage.awaitServer(QStringLiteral("[2] Recv: ?"));
    QElapsedTimer time;
    time.start();
    Stage::await([&time] { return time.hasExpired(700); }); // long enough for one or two probes
    Stage::await([&client] { return client.received().size() == 12'001; });
    client.finishSending();
    stage.awaitServer(QStringLiteral("[6] Close Socket"));
    client.closeNow();
}

struct Scene {
    const char *name;
    void (*play)(Stage &);
};

constexpr Scene scenes[] = {
    {"conversation", conversation},
    {"three-way-wave", threeWayWave},
    {"half-close", halfClose},
    {"simultaneous-close", simultaneousClose},
    {"reset", reset},
    {"refused", refused},
    {"retransmission", retransmission},
    {"zero-window", zeroWindow},
};

/// The number of packets that the private network's loopback has carried. Nothing else runs there.
qint64 carriedPackets()
{
    QFile file(QStringLiteral("/proc/thread-self/net/dev"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    static const QRegularExpression loopback(QStringLiteral("lo: *\\d+ +(\\d+)"));
    return loopback.match(QString::fromLatin1(file.readAll())).captured(1).toLongLong();
}

qint64 recordedPackets(const QString &path)
{
    char error[PCAP_ERRBUF_SIZE];
    pcap_t *file = pcap_open_offline(qPrintable(path), error);
    if (!file)
        return 0;
    qint64 packets = 0;
    pcap_pkthdr *header = nullptr;
    const u_char *bytes = nullptr;
    while (pcap_next_ex(file, &header, &bytes) == 1)
        ++packets;
    pcap_close(file);
    return packets;
}

bool record(const Scene &scene, const QString &path)
{
    if (!PrivateNetwork::enter()) {
        qCritical("A network namespace may not be made here: run this as root.");
        return false;
    }
    QProcess tcpdump;
    QByteArray said;
    QObject::connect(&tcpdump, &QProcess::readyReadStandardError, &tcpdump,
                     [&] { said += tcpdump.readAllStandardError(); });
    tcpdump.start(QStringLiteral("tcpdump"),
                  {QStringLiteral("--immediate-mode"), QStringLiteral("-U"), QStringLiteral("-Z"),
                   QStringLiteral("root"), QStringLiteral("-i"), QStringLiteral("lo"), QStringLiteral("-w"), path});
    Stage::await([&said] { return said.contains("listening on"); });
    {
        Stage stage;
        scene.play(stage);
        // The kernel may still send, acknowledge and repeat; that takes less than half a second.
        qint64 carried = -1;
        QElapsedTimer quiet;
        Stage::await([&] {
            if (std::exchange(carried, carriedPackets()) != carried)
                quiet.start();
            return quiet.hasExpired(500);
        });
    }
    Stage::await([&path] { return recordedPackets(path) >= carriedPackets(); });
    tcpdump.terminate();
    Stage::await([&tcpdump] { return tcpdump.state() == QProcess::NotRunning; });
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc != 2)
        qFatal("usage: example_captures FOLDER");
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    for (const Scene &scene : scenes) {
        const QString path = folder.filePath(QLatin1StringView(scene.name) + QStringLiteral(".pcap"));
        if (!record(scene, path))
            return 1;
        qInfo("%s: %lld segments", scene.name, recordedPackets(path));
    }
    return 0;
}
