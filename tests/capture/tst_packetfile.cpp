// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/packetfile.h"
#include "capture/temporaryfile.h"
#include "support/registertest.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/// Captures that are compressed, or come from a pipe.
class TestPacketFile : public QObject
{
    Q_OBJECT

private slots:
    void compressed_data();
    void compressed();
    void tooShortToTell();
    void pipes_data();
    void pipes();
    void aPipeIsReadWhileItGrows();
    void severalReadersOfAPipe();
    void fifos();
    void descriptorsOfFiles();
    void limit();
    void temporaryFileIsPrivate();
};

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The packets one after the other; More is asked again, as its caller does.
QByteArray readOn(PacketFile &file, PacketFile::State &state)
{
    QByteArray packets;
    do {
        state = file.next();
        if (state == PacketFile::State::Packet)
            packets.append(reinterpret_cast<const char *>(file.reader().packet().data),
                           qsizetype(file.reader().packet().captured));
    } while (state == PacketFile::State::Packet || state == PacketFile::State::More);
    return packets;
}

/// Both ends of a pipe. The number of the reading end is used once in this program, because its copy is kept.
struct Pipe {
    Pipe()
    {
        static int next = 500;
        int ends[2] = {-1, -1};
        if (pipe2(ends, O_CLOEXEC) != 0)
            return;
        readEnd = fcntl(ends[0], F_DUPFD_CLOEXEC, next++);
        close(ends[0]);
        writeEnd = ends[1];
    }
    ~Pipe()
    {
        end();
        close(readEnd);
    }
    Q_DISABLE_COPY_MOVE(Pipe)

    bool write(const QByteArray &bytes) const
    {
        return ::write(writeEnd, bytes.constData(), size_t(bytes.size())) == bytes.size();
    }
    void end()
    {
        if (writeEnd >= 0)
            close(std::exchange(writeEnd, -1));
    }
    QString path() const { return QString("/dev/fd/%1").arg(readEnd); }

    int readEnd = -1;
    int writeEnd = -1;
};

const char *const plain = CAPTURES "/faults/conversation.pcap";

} // namespace

void TestPacketFile::compressed_data()
{
    QTest::addColumn<QString>("path");

    for (const char *suffix : {".gz", ".zst", ".lz4"})
        QTest::newRow(suffix) << QString(plain) + suffix;
    QTest::newRow("pcapng.gz") << CAPTURES "/faults/two-interfaces-eth-lo.pcapng.gz";
}

void TestPacketFile::compressed()
{
    QFETCH(const QString, path);
    PacketFile::State state = PacketFile::State::More;
    PacketFile file(path);
    const QByteArray packets = readOn(file, state);
    QCOMPARE(state, PacketFile::State::End);
    QCOMPARE(file.sentence(), QString());
    QCOMPARE(file.packets(), path.contains("pcapng") ? 12U : 9U);
    QVERIFY(packets.size() > 9 * 40);
    QCOMPARE(readOn(file, state), QByteArray());
    QCOMPARE(state, PacketFile::State::End);
}

/// Four bytes show what a file is; until then it may become anything.
void TestPacketFile::tooShortToTell()
{
    QTemporaryFile growing;
    QVERIFY(growing.open());
    PacketFile file(growing.fileName());
    QCOMPARE(file.next(), PacketFile::State::End);
    QVERIFY(growing.write("PK\3") == 3 && growing.flush());
    QCOMPARE(file.next(), PacketFile::State::End);
    QCOMPARE(file.sentence(), "The file ends before the first packet");
    QVERIFY(growing.write("\4...") == 4 && growing.flush());
    QCOMPARE(file.next(), PacketFile::State::Broken);
    QCOMPARE(file.sentence(), "The file is compressed with zip, which TCP Steps cannot read; unpack it first");
}

void TestPacketFile::pipes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<PacketFile::State>("state");
    QTest::addColumn<quint32>("packets");
    QTest::addColumn<QString>("sentence"); ///< its beginning

    const QByteArray packed = bytesOf(QString(plain) + ".gz");
    QTest::newRow("pcap") << bytesOf(CAPTURES "/faults/gre.pcap") << PacketFile::State::End << 9U << "";
    QTest::newRow("pcapng") << bytesOf(CAPTURES "/faults/two-interfaces-eth-lo.pcapng") << PacketFile::State::End << 12U
                            << "";
    QTest::newRow("compressed") << packed << PacketFile::State::End << 9U << "";
    QTest::newRow("nothing") << QByteArray() << PacketFile::State::End << 0U << "The file ends before the first packet";
    QTest::newRow("three bytes") << QByteArray("abc") << PacketFile::State::End << 0U
                                 << "The file ends before the first packet";
    QTest::newRow("text") << QByteArray("Hi, server!") << PacketFile::State::Broken << 0U << "This is not a capture";
    QTest::newRow("compressed text") << QByteArray::fromHex("1f8b") + "Hi, server!" << PacketFile::State::Broken << 0U
                                     << "This is not a capture";
}

void TestPacketFile::pipes()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, sentence);
    Pipe pipe;
    QVERIFY(pipe.write(bytes));
    pipe.end();
    PacketFile::State state = PacketFile::State::More;
    PacketFile file(pipe.path());
    readOn(file, state);
    QTEST(state, "state");
    QTEST(file.packets(), "packets");
    QCOMPARE(file.sentence().left(sentence.size()), sentence);
    QCOMPARE(file.sentence().isEmpty(), sentence.isEmpty());
}

void TestPacketFile::aPipeIsReadWhileItGrows()
{
    const QByteArray capture = bytesOf(CAPTURES "/faults/gre.pcap");
    Pipe pipe;
    PacketFile file(pipe.path());
    QCOMPARE(file.next(), PacketFile::State::More);
    QVERIFY(pipe.write(capture.left(3)));
    QCOMPARE(file.next(), PacketFile::State::More);
    QVERIFY(pipe.write(capture.mid(3, 200)));
    PacketFile::State state = PacketFile::State::More;
    for (int turns = 0; state != PacketFile::State::Packet && turns < 5; ++turns)
        state = file.next();
    QCOMPARE(state, PacketFile::State::Packet);
    QCOMPARE(file.packets(), 1U);
    QVERIFY(pipe.write(capture.mid(203)));
    pipe.end();
    readOn(file, state);
    QCOMPARE(state, PacketFile::State::End);
    QCOMPARE(file.packets(), 9U);
}

/// An export reads a capture twice.
void TestPacketFile::severalReadersOfAPipe()
{
    Pipe pipe;
    QVERIFY(pipe.write(bytesOf(CAPTURES "/faults/gre.pcap")));
    pipe.end();
    PacketFile::State state = PacketFile::State::More;
    PacketFile one(pipe.path());
    const QByteArray packets = readOn(one, state);
    PacketFile other(pipe.path());
    QCOMPARE(readOn(other, state), packets);
    QCOMPARE(state, PacketFile::State::End);
    QCOMPARE(other.packets(), 9U);
}

/// Only a FIFO that is permitted is read. Nobody has opened its other end yet.
void TestPacketFile::fifos()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("fifo");
    QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    PacketFile refused(path);
    QCOMPARE(refused.next(), PacketFile::State::Broken);
    QCOMPARE(refused.sentence(), "The file cannot be opened: it is a FIFO (named pipe), not a file");

    CaptureInput::permitFifo(path);
    CaptureInput::permitFifo(CAPTURES "/faults/gre.pcap");
    CaptureInput::permitFifo("/dev/zero");
    QCOMPARE(CaptureInput::pipeOf(CAPTURES "/faults/gre.pcap"), -1);
    QCOMPARE(CaptureInput::pipeOf("/dev/zero"), -1);
    PacketFile file(path);
    QCOMPARE(file.next(), PacketFile::State::More);
    QCOMPARE(file.next(), PacketFile::State::More);
    QFile writer(path);
    QVERIFY(writer.open(QIODevice::WriteOnly));
    QVERIFY(writer.write(bytesOf(CAPTURES "/faults/gre.pcap")) > 0);
    writer.close();
    PacketFile::State state = PacketFile::State::More;
    readOn(file, state);
    QCOMPARE(state, PacketFile::State::End);
    QCOMPARE(file.packets(), 9U);
    QCOMPARE(CaptureInput::pipeOf(path), CaptureInput::pipeOf(path)); // it is opened once
}

/// "- < FILE" and "/dev/fd/3 3< FILE" read the file itself.
void TestPacketFile::descriptorsOfFiles()
{
    QFile file(CAPTURES "/faults/gre.pcap");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString path = QString("/dev/fd/%1").arg(file.handle());
    QCOMPARE(CaptureInput::pipeOf(path), -1);
    PacketFile::State state = PacketFile::State::More;
    PacketFile packets(path);
    readOn(packets, state);
    QCOMPARE(state, PacketFile::State::End);
    QCOMPARE(packets.packets(), 9U);
    QCOMPARE(CaptureInput::fileOf("-"), "/dev/fd/0");
    QCOMPARE(CaptureInput::fileOf("a.pcap"), "a.pcap");
    QCOMPARE(CaptureInput::pipeOf("a.pcap"), -1);
    QCOMPARE(CaptureInput::pipeOf("/dev/fd/99999"), -1);
}

void TestPacketFile::limit()
{
    TemporaryFile file;
    file.setLimit(10);
    QVERIFY(file.append("0123456789", 10));
    QVERIFY(!file.append("0", 1));
    QVERIFY2(file.sentence().startsWith("The capture is longer than the 10 bytes that may be used in "),
             qPrintable(file.sentence()));
}

void TestPacketFile::temporaryFileIsPrivate()
{
    const QTemporaryDir folder;
    const QByteArray before = qgetenv("TMPDIR");
    qputenv("TMPDIR", QFile::encodeName(folder.path()));
    {
        TemporaryFile file;
        QVERIFY(file.append("abc", 3));
        QVERIFY(QDir(folder.path()).isEmpty());
        const int descriptor = file.openAgain();
        struct stat status = {};
        QCOMPARE(fstat(descriptor, &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
        QCOMPARE(status.st_nlink, nlink_t(0));
        char bytes[4] = "";
        QCOMPARE(read(descriptor, bytes, 3), ssize_t(3));
        QCOMPARE(QByteArray(bytes), QByteArray("abc"));
        close(descriptor);
    }
    qputenv("TMPDIR", before);
}

REGISTER_TEST(TestPacketFile)
#include "tst_packetfile.moc"
