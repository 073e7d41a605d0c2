// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capture.h"
#include "capture/capturefile.h"
#include "capture/dumpcap.h"

#include "support/burst.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/segmentcount.h"
#include "support/skip.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <fcntl.h>
#include <netinet/in.h>
#include <pcap/pcap.h>
#include <stop_token>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

/// Live captures on loopback: as root, as an ordinary user in the lab, and where it is forbidden. An ordinary user's
/// run is this program again, as a child.
class TestCapture : public QObject
{
    Q_OBJECT

private slots:
    void everySegment_data();
    void everySegment();
    void asTcpdumpSeesIt();
    void aBurstArrivesWhole_data();
    void aBurstArrivesWhole();
    void stopKeepsTheLastSegments_data();
    void stopKeepsTheLastSegments();
    void stopWaitsForWhatWasCaptured_data();
    void stopWaitsForWhatWasCaptured();
    void saysHowManyWereDropped_data();
    void saysHowManyWereDropped();
    void countsNoDropsOfOthers();
    void asAnOrdinaryUserInTheLab_data();
    void asAnOrdinaryUserInTheLab();
    void forbidden();
    void keptPackets();
    void errors_data();
    void errors();
    void stopsInTheMiddleOfAFlood();
    void stopsBeforeItHasStarted_data();
    void stopsBeforeItHasStarted();
    void endsWithItsOwner_data();
    void endsWithItsOwner();
    void followsAFileThatGrows();
    void dumpcapsDrops_data();
    void dumpcapsDrops();
};

namespace {

/// The way to capture that a row is about, or both.
quint8 wayOf(const QString &name)
{
    return name == "dumpcap" ? CaptureRequest::Dumpcap : CaptureRequest::Libpcap;
}

/// A capture on loopback and what it gave.
class Watch : public QObject
{
public:
    explicit Watch(quint16 port, quint8 ways = CaptureRequest::Libpcap, const QString &file = {})
        : request{.interface = "lo", .port = port, .file = file, .ways = ways}
    {
        connect(&capture, &Capture::filled, this, [this] {
            for (Segment &segment : capture.take())
                segments.push_back(std::move(segment));
        });
        connect(&capture, &Capture::failed, this, [this](const CaptureProblem &why) { problem = why; });
    }
    void start() { capture.start(request); }
    bool isDecided() const { return started.count() > 0 || problem; }

    /// "client S 0", "server S. 0": who sent what, in the order of the capture.
    QStringList lines(quint16 port) const
    {
        QStringList all;
        for (const Segment &segment : segments) {
            QString flags;
            for (const auto &[flag, letter] : {std::pair(Segment::Fin, 'F'),
                                               {Segment::Syn, 'S'},
                                               {Segment::Rst, 'R'},
                                               {Segment::Psh, 'P'},
                                               {Segment::Ack, '.'}}) {
                if (segment.has(flag))
                    flags += QLatin1Char(letter);
            }
            const QString sender = segment.source.port == port ? "server" : "client";
            all.append(QString("%1 %2 %3").arg(sender, flags).arg(segment.length));
        }
        return all;
    }
    bool hasEnd() const
    {
        qsizetype fins = 0;
        for (const Segment &segment : segments)
            fins += segment.has(Segment::Fin) ? 1 : 0;
        return fins == 2 && !segments.back().has(Segment::Fin);
    }

    CaptureRequest request;
    Capture capture;
    QSignalSpy started{&capture, &Capture::started};
    QSignalSpy finished{&capture, &Capture::finished};
    std::optional<CaptureProblem> problem;
    QSignalSpy dropped{&capture, &Capture::dropped};
    std::vector<Segment> segments;
};

quint32 packetsIn(const QString &path)
{
    CaptureFile file(path);
    std::vector<Segment> segments;
    while (file.read(1000, segments) == CaptureFile::State::More)
        segments.clear();
    return file.packets();
}

/// A pipe with a name, which this test reads only when it wants to: who writes there has to wait.
class SlowFile
{
public:
    SlowFile()
    {
        const QByteArray name = QFile::encodeName(path());
        mkfifo(name.constData(), 0600);
        m_descriptor = open(name.constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    }
    ~SlowFile() { close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(SlowFile)

    QString path() const { return m_folder.filePath("slow.pcap"); }
    void readOn() const ///< at most 64 KiB
    {
        std::array<char, 65536> bytes{};
        Q_UNUSED(read(m_descriptor, bytes.data(), bytes.size()))
    }

private:
    QTemporaryDir m_folder;
    int m_descriptor = -1;
};

/// What this process has of the system.
struct Resources {
    qsizetype descriptors = QDir("/proc/self/fd").entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size();
    qsizetype threads = QDir("/proc/self/task").entryList(QDir::NoDotAndDotDot | QDir::Dirs).size();
    bool hasChildren = waitid(P_ALL, 0, nullptr, WEXITED | WNOHANG | WNOWAIT) == 0;

    bool operator==(const Resources &) const = default;
    bool areWithin(const Resources &before) const
    {
        return descriptors <= before.descriptors && threads <= before.threads && hasChildren <= before.hasChildren;
    }
};

/// Sends datagrams as fast as it can, to a port where nobody listens.
void floodLoopback(const std::stop_token &stop)
{
    const int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const sockaddr_in discard{
        .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    const QByteArray bytes(60'000, 'x');
    while (!stop.stop_requested())
        sendto(descriptor, bytes.constData(), size_t(bytes.size()), 0, reinterpret_cast<const sockaddr *>(&discard),
               sizeof discard);
    close(descriptor);
}

/// The conversation of the original, its waits left out: 24 bytes, 12 bytes, the client closes, the server closes.
void converse(const RawPeer &listener)
{
    RawPeer client = RawPeer::connectTo(listener.port());
    RawPeer server = listener.accept();
    client.send(QByteArray("Hi, server! I'm client.", 24));
    while (server.received().size() < 24) { }
    server.send(QByteArray("Hi, client!", 12));
    while (client.received().size() < 12) { }
    client.closeNow();
    while (!server.sawEnd()) { }
    server.closeNow();
}

/// Runs one function of this test again as somebody who is nobody, behind the words of `before`.
class Child : public QProcess
{
public:
    Child(const QStringList &before, const QString &function)
    {
        // Where nobody can reach it, whatever the build's folder allows.
        const QString copy = m_folder.filePath("test");
        QFile::copy(QCoreApplication::applicationFilePath(), copy);
        for (const QString &path : {m_folder.path(), copy})
            QFile::setPermissions(path, QFile::permissions(path) | QFile::ReadOther | QFile::ExeOther);
        QStringList command{"setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"};
        command += before + QStringList{copy, "capture", function};
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TMPDIR", "/tmp");
        setProcessEnvironment(environment);
        setProcessChannelMode(MergedChannels);
        start(command.takeFirst(), command);
    }
    bool passes() { return waitForFinished(patienceMs) && exitStatus() == NormalExit && exitCode() == 0; }

private:
    QTemporaryDir m_folder{"/tmp/tst_capture-XXXXXX"};
};

} // namespace

#define START_OR_SKIP(watch)                                                                                           \
    do {                                                                                                               \
        (watch).start();                                                                                               \
        QTRY_VERIFY((watch).isDecided());                                                                              \
        if ((watch).problem)                                                                                           \
            SKIP_OR_FAIL(QString("no capture here: " + (watch).problem->reason));                                      \
    } while (false)

void TestCapture::everySegment_data()
{
    QTest::addColumn<QString>("way");

    QTest::newRow("libpcap") << "libpcap";
    QTest::newRow("dumpcap") << "dumpcap";
}

void TestCapture::everySegment()
{
    QFETCH(const QString, way);
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port(), wayOf(way));
    START_OR_SKIP(watch);
    converse(listener);
    if (way == "libpcap") // it needs no stop()
        QTRY_VERIFY(watch.hasEnd());
    watch.capture.stop();
    QTRY_COMPARE(watch.finished.count(), 1);
    QStringList lines = watch.lines(listener.port());
    lines.removeAll("server . 0"); // an acknowledgement of its own, or none, as the kernel likes
    const qsizetype acknowledged = lines.indexOf("client . 0", 3);
    if (acknowledged >= 0 && lines.at(acknowledged + 1).startsWith("client F"))
        lines.removeAt(acknowledged);
    QCOMPARE(lines, (QStringList{"client S 0", "server S. 0", "client . 0", "client P. 24", "server P. 12",
                                 "client F. 0", "server F. 0", "client . 0"}));
    quint32 frame = 0;
    for (const Segment &segment : watch.segments)
        QCOMPARE(segment.frame, ++frame);
}

void TestCapture::asTcpdumpSeesIt()
{
    const QString tcpdump = QStandardPaths::findExecutable("tcpdump", {"/usr/bin", "/usr/sbin"});
    if (tcpdump.isEmpty())
        SKIP_OR_FAIL(QString("tcpdump is not installed (scripts/setup --tests does)"));
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port(), CaptureRequest::Libpcap | CaptureRequest::Dumpcap);
    START_OR_SKIP(watch);
    QProcess other;
    QByteArray said;
    QByteArray dump;
    connect(&other, &QProcess::readyReadStandardError, this, [&] { said += other.readAllStandardError(); });
    connect(&other, &QProcess::readyReadStandardOutput, this, [&] { dump += other.readAllStandardOutput(); });
    other.start(tcpdump,
                {"-i", "lo", "-n", "-S", "-l", "--immediate-mode", "tcp", "port", QString::number(listener.port())});
    QTRY_VERIFY(said.contains("listening on lo") || other.state() == QProcess::NotRunning);
    if (other.state() == QProcess::NotRunning)
        SKIP_OR_FAIL(QString("tcpdump may not capture here: " + said));
    converse(listener);
    QTRY_VERIFY(watch.hasEnd() && dump.count('\n') >= qsizetype(watch.segments.size()));
    other.terminate();
    QTRY_COMPARE(other.state(), QProcess::NotRunning);
    static const QRegularExpression line("\\.(\\d+) > .* Flags \\[([A-Z.]+)\\].* length (\\d+)");
    QStringList theirs;
    for (auto matches = line.globalMatch(QString::fromUtf8(dump)); matches.hasNext();) {
        const auto match = matches.next();
        const QString sender = match.captured(1).toUShort() == listener.port() ? "server" : "client";
        theirs.append(QString("%1 %2 %3").arg(sender, match.captured(2), match.captured(3)));
    }
    QCOMPARE(watch.lines(listener.port()), theirs);
}

void TestCapture::aBurstArrivesWhole_data()
{
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("way");

    QTest::newRow("libpcap, loopback") << "lo"
                                       << "libpcap";
    QTest::newRow("libpcap, all interfaces") << "any"
                                             << "libpcap";
    QTest::newRow("dumpcap, loopback") << "lo"
                                       << "dumpcap";
    QTest::newRow("dumpcap, all interfaces") << "any"
                                             << "dumpcap";
}

void TestCapture::aBurstArrivesWhole()
{
    QFETCH(const QString, interface);
    QFETCH(const QString, way);
    const QTemporaryDir folder;
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port(), wayOf(way), folder.filePath("burst.pcap"));
    watch.request.interface = interface;
    START_OR_SKIP(watch);
    SegmentCount kernel(listener.port());
    QVERIFY(kernel.isCounting());
    burst(listener, 20'000);
    watch.capture.stop();
    QTRY_COMPARE(watch.finished.count(), 1);
    QVERIFY(kernel.count() > 20'000);
    QCOMPARE(qint64(watch.segments.size()), kernel.count());
    QCOMPARE(watch.segments.back().frame, quint32(watch.segments.size()));
    QCOMPARE(qint64(packetsIn(watch.capture.path())), kernel.count());
    QCOMPARE(watch.dropped.count(), 0);
}

void TestCapture::stopKeepsTheLastSegments_data()
{
    everySegment_data();
}

void TestCapture::stopKeepsTheLastSegments()
{
    QFETCH(const QString, way);
    const RawPeer listener = RawPeer::listener();
    for (int i = 0; i < 5; ++i) {
        Watch watch(listener.port(), wayOf(way));
        START_OR_SKIP(watch);
        converse(listener);
        watch.capture.stop();
        QTRY_COMPARE(watch.finished.count(), 1);
        QVERIFY2(watch.hasEnd(), qPrintable(watch.lines(listener.port()).join(", ")));
    }
}

void TestCapture::stopWaitsForWhatWasCaptured_data()
{
    everySegment_data();
}

/// All of it, however long reading takes: here the file takes little at a time.
void TestCapture::stopWaitsForWhatWasCaptured()
{
    QFETCH(const QString, way);
    const SlowFile file;
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port(), wayOf(way), file.path());
    START_OR_SKIP(watch);
    SegmentCount kernel(listener.port());
    QVERIFY(kernel.isCounting());
    burst(listener, 20'000);
    watch.capture.stop();
    QTimer reader;
    connect(&reader, &QTimer::timeout, &watch, [&file] { file.readOn(); });
    reader.start(10);
    QTRY_COMPARE(watch.finished.count(), 1);
    // A burst that takes half a second has more than the kernel keeps.
    const qint64 dropped = watch.dropped.isEmpty() ? 0 : watch.dropped.back().at(0).toLongLong();
    QCOMPARE(qint64(watch.segments.size()) + dropped, kernel.count());
}

void TestCapture::saysHowManyWereDropped_data()
{
    everySegment_data();
}

/// While the file takes nothing the capture reads nothing, and the kernel's buffer is full before the burst is over.
void TestCapture::saysHowManyWereDropped()
{
    QFETCH(const QString, way);
    const SlowFile file;
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port(), wayOf(way), file.path());
    watch.request.bufferMiB = 1;
    START_OR_SKIP(watch);
    SegmentCount kernel(listener.port());
    QVERIFY(kernel.isCounting());
    burst(listener, 20'000);
    QTimer reader;
    connect(&reader, &QTimer::timeout, &watch, [&file] { file.readOn(); });
    reader.start(0);
    watch.capture.stop();
    QTRY_COMPARE(watch.finished.count(), 1);
    QVERIFY(watch.dropped.count() > 0);
    const qint64 missing = kernel.count() - qint64(watch.segments.size());
    const qint64 said = watch.dropped.back().at(0).toLongLong();
    const bool isExact = watch.dropped.back().at(1).toBool();
    QVERIFY(missing > 1000);
    QCOMPARE(isExact, way == "libpcap");
    if (isExact)
        QCOMPARE(said, missing);
    else // where a run of lost packets begins and ends, one of a pair may be there
        QVERIFY2(qAbs(said - missing) <= missing / 100, qPrintable(QString("%1, not %2").arg(said).arg(missing)));
}

/// Until the kernel has the filter, its buffer takes every packet, and is soon full.
void TestCapture::countsNoDropsOfOthers()
{
    const RawPeer listener = RawPeer::listener();
    const std::jthread flood(floodLoopback);
    for (int i = 0; i < 20; ++i) {
        Watch watch(listener.port());
        watch.request.bufferMiB = 1;
        START_OR_SKIP(watch);
        watch.capture.stop();
        QTRY_COMPARE(watch.finished.count(), 1);
        QCOMPARE(watch.dropped.count(), 0);
    }
}

void TestCapture::asAnOrdinaryUserInTheLab_data()
{
    everySegment_data();
}

void TestCapture::asAnOrdinaryUserInTheLab()
{
    QFETCH(const QString, way);
    if (geteuid() != 0)
        SKIP_OR_FAIL(QString("an ordinary user runs this; the test needs root to become another one"));
    Child child({QStringLiteral(SCRIPTS "/lab")}, "everySegment:" + way);
    const bool passes = child.passes();
    const QString output = QString::fromUtf8(child.readAll());
    if (output.contains("needs a private network"))
        SKIP_OR_FAIL(output);
    QVERIFY2(passes && !output.contains("SKIP"), qPrintable(output));
}

void TestCapture::forbidden()
{
    if (geteuid() == 0) {
        Child child({}, "forbidden");
        const bool passes = child.passes();
        const QString output = QString::fromUtf8(child.readAll());
        QVERIFY2(passes, qPrintable(output));
        if (output.contains("SKIP"))
            SKIP_OR_FAIL(output);
        return;
    }
    // One that has no rights of its own either is not worth the time that trying takes.
    const QTemporaryDir folder;
    const QString ran = folder.filePath("ran");
    QFile dumpcap(folder.filePath("dumpcap"));
    QVERIFY(dumpcap.open(QIODevice::WriteOnly));
    dumpcap.write("#!/bin/sh\ntouch " + ran.toUtf8() + "\n");
    dumpcap.close();
    QVERIFY(dumpcap.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
    qputenv("PATH", folder.path().toUtf8() + ':' + qgetenv("PATH"));
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port(), CaptureRequest::Libpcap | CaptureRequest::Dumpcap);
    watch.start();
    QTRY_VERIFY(watch.isDecided());
    QVERIFY(!QFile::exists(ran));
    if (watch.started.count() > 0)
        SKIP("an ordinary user may capture here");
    QVERIFY(watch.problem->isForbidden);
    CaptureFacts facts = CaptureAdvice::collect();
    CaptureProblem expected = CaptureAdvice::of(facts);
    QCOMPARE(watch.problem->commands, expected.commands);
    QVERIFY2(watch.problem->reason.startsWith(expected.reason), qPrintable(watch.problem->reason));
}

void TestCapture::keptPackets()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("kept.pcap");
    const RawPeer listener = RawPeer::listener();
    QString temporary;
    for (const QString &file : {path, QString()}) {
        Watch watch(listener.port(), CaptureRequest::Libpcap, file);
        START_OR_SKIP(watch);
        converse(listener);
        QTRY_VERIFY(watch.hasEnd());
        // What has been handed over is in the file, while the capture goes on.
        char error[PCAP_ERRBUF_SIZE] = "";
        pcap_t *kept = pcap_open_offline(QFile::encodeName(watch.capture.path()).constData(), error);
        QVERIFY2(kept, error);
        pcap_pkthdr *header = nullptr;
        const u_char *bytes = nullptr;
        for (const Segment &segment : watch.segments) {
            QCOMPARE(pcap_next_ex(kept, &header, &bytes), 1);
            QCOMPARE(qint64(header->ts.tv_sec) * 1'000'000 + header->ts.tv_usec, segment.timeUs);
        }
        QCOMPARE(pcap_next_ex(kept, &header, &bytes), PCAP_ERROR_BREAK);
        pcap_close(kept);
        const QFile file2(watch.capture.path());
        QCOMPARE(file2.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        temporary = watch.capture.path();
    }
    QVERIFY(QFile::exists(path));
    QVERIFY(temporary != path && !QFile::exists(temporary));
}

void TestCapture::errors_data()
{
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("reason");

    QTest::newRow("no such interface") << "nosuch0"
                                       << ""
                                       << "o such device";
    QTest::newRow("a folder that is missing") << "lo"
                                              << "/nonexistent/a.pcap"
                                              << "Cannot write /nonexistent/a.pcap: ";
    QTest::newRow("a full disk") << "lo"
                                 << "/dev/full"
                                 << "No space left";
}

void TestCapture::errors()
{
    QFETCH(const QString, interface);
    QFETCH(const QString, file);
    QFETCH(const QString, reason);
    Watch watch(1);
    watch.capture.start({.interface = interface, .port = 1, .file = file});
    QTRY_VERIFY(watch.isDecided());
    QVERIFY(watch.problem);
    if (watch.problem->isForbidden)
        SKIP_OR_FAIL(watch.problem->reason);
    QVERIFY2(watch.problem->reason.contains(reason), qPrintable(watch.problem->reason));
}

void TestCapture::stopsInTheMiddleOfAFlood()
{
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port());
    START_OR_SKIP(watch);
    QProcess flood; // whose end the capture does not wait for
    flood.start("sh", {"-c", QString("while :; do echo; done | nc 127.0.0.1 %1").arg(listener.port())});
    RawPeer server = listener.accept();
    QTimer reader;
    connect(&reader, &QTimer::timeout, this, [&server] { server.received(); });
    reader.start(0);
    QTRY_VERIFY(watch.segments.size() > 100);
    watch.capture.stop();
    QTRY_COMPARE(watch.finished.count(), 1);
    QVERIFY(flood.state() == QProcess::Running);
    flood.terminate();
    reader.stop();
    QTRY_COMPARE(flood.state(), QProcess::NotRunning);
}

void TestCapture::stopsBeforeItHasStarted_data()
{
    everySegment_data();
}

void TestCapture::stopsBeforeItHasStarted()
{
    QFETCH(const QString, way);
    const RawPeer listener = RawPeer::listener();
    Watch watch(listener.port(), wayOf(way));
    watch.start();
    watch.capture.stop();
    QTRY_VERIFY(watch.isDecided());
    if (watch.problem)
        SKIP_OR_FAIL(watch.problem->reason);
    QTRY_COMPARE(watch.finished.count(), 1);
}

void TestCapture::endsWithItsOwner_data()
{
    everySegment_data();
}

void TestCapture::endsWithItsOwner()
{
    QFETCH(const QString, way);
    const RawPeer listener = RawPeer::listener();
    const Resources before;
    QString packets;
    {
        Watch watch(listener.port(), wayOf(way));
        START_OR_SKIP(watch);
        packets = watch.capture.path();
        QVERIFY(QFileInfo::exists(packets));
        QVERIFY(!(Resources() == before));
    }
    QVERIFY(!QFileInfo::exists(packets));
    // A thread is listed a little longer than it runs: this one, or one of an earlier test in what was before.
    QTRY_VERIFY(Resources().areWithin(before));
}

void TestCapture::followsAFileThatGrows()
{
    // As tcpdump -U writes it, cut anywhere.
    QByteArray file = QByteArray::fromHex("d4c3b2a1020004000000000000000000000004000c000000");
    const QByteArray packet =
        QByteArray::fromHex("000000000000000028000000280000004500002800004000400600007f0000017f000001"
                            "21fc21fd00000001000000005002020000000000");
    for (int i = 0; i < 3; ++i)
        file += packet;
    const QTemporaryDir folder;
    QFile growing(folder.filePath("growing.pcap"));
    QVERIFY(growing.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    growing.write(file.left(24 + packet.size() + 10));
    Watch watch(1);
    watch.capture.follow(growing.fileName());
    QTRY_COMPARE(watch.segments.size(), size_t(1));
    QCOMPARE(watch.started.count(), 1);
    QCOMPARE(watch.capture.path(), growing.fileName());
    growing.write(file.mid(24 + packet.size() + 10, packet.size()));
    QTRY_COMPARE(watch.segments.size(), size_t(2));
    growing.write(file.mid(24 + 2 * packet.size() + 10));
    watch.capture.stop();
    QTRY_COMPARE(watch.finished.count(), 1);
    QCOMPARE(watch.segments.size(), size_t(3)); // what was written before stop()
    QVERIFY(QFile::exists(growing.fileName()));

    Watch missing(1);
    missing.capture.follow(folder.filePath("missing.pcap"));
    QTRY_VERIFY(missing.problem);
    QVERIFY(!missing.problem->isForbidden);
    QVERIFY2(missing.problem->reason.contains("No such file"), qPrintable(missing.problem->reason));
}

void TestCapture::dumpcapsDrops_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<qint64>("dropped");

    const QString before = "Capturing on 'lo'\nFile: -\nPackets captured: 12\n";
    QTest::newRow("none") << before + "Packets received/dropped on interface 'Loopback: lo': 12/0 (pcap:0/dumpcap:0/"
                                      "flushed:0/ps_ifdrop:0) (100.0%)\n"
                          << qint64(0);
    QTest::newRow("some") << before + "Packets received/dropped on interface 'lo': 12/345 (pcap:345/dumpcap:0) (3.4%)\n"
                          << qint64(345);
    QTest::newRow("it did not come to say") << before << qint64(0);
}

void TestCapture::dumpcapsDrops()
{
    QFETCH(const QString, said);
    QTEST(Dumpcap::droppedIn(said), "dropped");
}

REGISTER_TEST(TestCapture)
#include "tst_capture.moc"
