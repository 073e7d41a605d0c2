// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/conversationcapture.h"

#include "capture/capturefile.h"
#include "support/burst.h"
#include "support/registertest.h"
#include "support/segmentcount.h"
#include "support/skip.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// The capture of a conversation: it begins, moves to another port, and ends.
class TestConversationCapture : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatWasDropped_data();
    void saysWhatWasDropped();
    void nothingIsLostAtAnEnd_data();
    void nothingIsLostAtAnEnd();
};

namespace {

constexpr int messages = 2000;

/// How many segments a capture file has.
qint64 segmentsIn(const QString &path)
{
    CaptureFile file(path);
    std::vector<Segment> segments;
    while (file.read(1000, segments) == CaptureFile::State::More) { }
    return qint64(segments.size());
}

} // namespace

void TestConversationCapture::saysWhatWasDropped_data()
{
    QTest::addColumn<qint64>("segments");
    QTest::addColumn<bool>("isExact");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("one") << qint64(1) << true << "The kernel has dropped 1 segment before this capture could read it";
    QTest::newRow("many") << qint64(1073) << true
                          << "The kernel has dropped 1073 segments before this capture could read them";
    QTest::newRow("about one") << qint64(1) << false
                               << "The kernel has dropped about 1 segment before this capture could read it";
    QTest::newRow("about many") << qint64(1073) << false
                                << "The kernel has dropped about 1073 segments before this capture could read them";
}

void TestConversationCapture::saysWhatWasDropped()
{
    QFETCH(const qint64, segments);
    QFETCH(const bool, isExact);
    QTEST(ConversationCapture::dropSentence(segments, isExact), "sentence");
}

void TestConversationCapture::nothingIsLostAtAnEnd_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("moves"); ///< to another port; otherwise it ends

    QTest::newRow("pcap, finished") << "a.pcap" << false;
    QTest::newRow("pcapng, finished") << "a.pcapng" << false;
    QTest::newRow("pcap, moved to another port") << "a.pcap" << true;
    QTest::newRow("pcapng, moved to another port") << "a.pcapng" << true;
}

void TestConversationCapture::nothingIsLostAtAnEnd()
{
    QFETCH(const QString, name);
    QFETCH(const bool, moves);
    const QTemporaryDir folder;
    const QString path = folder.filePath(name);
    const RawPeer first = RawPeer::listener();
    const RawPeer second = RawPeer::listener();
    const FlowTable flows;
    ConversationCapture capture(path, flows);
    const QSignalSpy began(&capture, &ConversationCapture::began);
    qint64 shown = 0;
    connect(&capture, &ConversationCapture::captured, this,
            [&](const std::vector<Segment> &segments) { shown += began.count() == 1 ? qint64(segments.size()) : 0; });
    int listens = 0;
    const auto listen = [&listens](quint16) { ++listens; };
    capture.beginServing(QHostAddress(QHostAddress::LocalHost), first.port(), listen);
    QTRY_COMPARE(listens, 1);
    if (capture.problem())
        SKIP_OR_FAIL(CaptureAdvice::sentence(*capture.problem()));
    SegmentCount kernel(first.port());
    QVERIFY(kernel.isCounting());
    burst(first, messages);
    if (moves) {
        capture.beginServing(QHostAddress(QHostAddress::LocalHost), second.port(), listen);
        QTRY_COMPARE(listens, 2);
        QCOMPARE(began.count(), 2);
        QCOMPARE(capture.port(), second.port());
    } else {
        bool isFinished = false;
        capture.finish([&isFinished] { isFinished = true; });
        QTRY_VERIFY(isFinished);
    }
    QVERIFY(kernel.count() > messages);
    QCOMPARE(shown, kernel.count());
    QCOMPARE(segmentsIn(path), kernel.count());
}

REGISTER_TEST(TestConversationCapture)
#include "tst_conversationcapture.moc"
