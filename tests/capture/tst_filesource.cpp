// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/filesource.h"

#include "capture/segmentqueue.h"
#include "support/packets.h"
#include "support/registertest.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

/// A long capture file and a slow taker. (What a file that grows gives: tst_capture.)
class TestFileSource : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsNoFasterThanIsTaken();
    void stopsWhileItWaits();
    void tellsWhatIsLeftOut();
    void tellsThatTheFileIsCut();

private:
    static constexpr size_t all = 3 * SegmentQueue::full;
    static constexpr size_t packetsAtOnce = 4096; ///< of the source

    void letRead() const;

    std::unique_ptr<QTemporaryFile> m_file;
};

/// More turns of the event loop than it takes to read all of the file.
void TestFileSource::letRead() const
{
    for (size_t turn = 0; turn < 2 * all / packetsAtOnce; ++turn)
        QCoreApplication::processEvents();
}

void TestFileSource::init()
{
    const QByteArray segment = Packets::ip4(Packets::Tcp().bytes());
    QByteArray bytes = Packets::pcap(101, {{.bytes = segment}});
    bytes += bytes.last(16 + segment.size()).repeated(qsizetype(all) - 1);
    m_file = std::make_unique<QTemporaryFile>();
    QVERIFY(m_file->open());
    QCOMPARE(m_file->write(bytes), bytes.size());
    QVERIFY(m_file->flush());
}

void TestFileSource::readsNoFasterThanIsTaken()
{
    SegmentQueue queue;
    FileSource source(m_file->fileName(), queue);
    source.start();
    size_t taken = 0;
    for (int turn = 0; turn < 4 && taken < all; ++turn) {
        letRead();
        const size_t size = queue.take().size();
        QVERIFY2(size > 0 && size < SegmentQueue::full + packetsAtOnce, qPrintable(QString::number(size)));
        taken += size;
    }
    QCOMPARE(taken, all);
}

void TestFileSource::stopsWhileItWaits()
{
    SegmentQueue queue;
    FileSource source(m_file->fileName(), queue);
    const QSignalSpy ended(&source, &CaptureSource::ended);
    source.start();
    letRead();
    QVERIFY(queue.isFull());
    source.stop();
    QCOMPARE(ended.count(), 1);
    queue.take();
    letRead();
    QCOMPARE(queue.take().size(), size_t(0));
}

/// A capture that starts forgets what was said about the one before.
void TestFileSource::tellsWhatIsLeftOut()
{
    SegmentQueue queue;
    FileSource source(CAPTURES "/faults/ip-fragments.pcap", queue);
    QStringList said;
    connect(&source, &CaptureSource::started, this, [&said] { said += "started"; });
    connect(&source, &CaptureSource::leftOut, this,
            [&said](const LeftOut &leftOut) { said += QString::number(leftOut.total()); });
    connect(&source, &CaptureSource::ended, this, [&said] { said += "ended"; });
    source.start();
    source.stop();
    QCOMPARE(said, (QStringList{"started", "1", "ended"}));
}

/// Until the rest comes.
void TestFileSource::tellsThatTheFileIsCut()
{
    const QByteArray packet = Packets::ip4(Packets::Tcp().bytes());
    const QByteArray bytes = Packets::pcap(101, {{.bytes = packet}, {.bytes = packet}});
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(bytes.chopped(3));
    file.flush();
    SegmentQueue queue;
    FileSource source(file.fileName(), queue);
    QStringList said;
    connect(&source, &CaptureSource::leftOut, this, [&said](const LeftOut &leftOut) { said += leftOut.sentence(); });
    source.start();
    QTRY_COMPARE(said, QStringList{"The file ends in the middle of packet 2."});
    file.write(bytes.last(3));
    file.flush();
    QTRY_COMPARE(said.size(), 2);
    QCOMPARE(said.last(), QString());
}

REGISTER_TEST(TestFileSource)
#include "tst_filesource.moc"
