// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "picture/picturesaver.h"
#include "support/laddercases.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::Literals::StringLiterals;

/// The ladder as a file.
class TestPictureSaver : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void nothingToDraw_data();
    void nothingToDraw();
    void tooLong();
    void noSuchFolder();

private:
    QTemporaryDir m_folder;
};

namespace {

constexpr qint64 startUs = 1'800'000'000'001'000;

/// All that an SVG's text elements say; nothing where it is no XML.
QString textOfSvg(const QByteArray &svg)
{
    QXmlStreamReader reader(svg);
    QString text;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::Characters)
            text += reader.text();
    }
    return reader.hasError() ? QString() : text;
}

} // namespace

void TestPictureSaver::kinds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isWritten");
    QTest::newRow("SVG") << u"ladder.svg"_s << true;
    QTest::newRow("PNG") << u"ladder.PNG"_s << true;
    QTest::newRow("Mermaid") << u"ladder.mmd"_s << true;
    QTest::newRow("no such kind") << u"ladder.gif"_s << false;
}

void TestPictureSaver::kinds()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isWritten);
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 24, s> A"_s));
    all.add(Side::Client, StepKind::Send, 1, startUs, "Hi, <server>!", 0);
    LadderModel model(all.recording);
    model.showConnection(1);
    const QString path = m_folder.filePath(name);
    QCOMPARE(PictureSaver::save(model, path).isEmpty(), isWritten);
    QFile file(path);
    QCOMPARE(file.open(QIODevice::ReadOnly), isWritten);
    if (name.endsWith(u"svg"_s)) {
        const QString text = textOfSvg(file.readAll());
        QVERIFY(text.contains(u"[1] Send: Hi, <server>!"_s));
        QVERIFY(text.contains(u"PSH, ACK: seq 1:25, ack 1, len 24"_s));
    } else if (name.endsWith(u"PNG"_s)) {
        QVERIFY(QImage(path).width() > 1000);
    } else if (isWritten) {
        QVERIFY(file.readAll().startsWith("sequenceDiagram\n"));
    }
}

void TestPictureSaver::nothingToDraw_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("SVG") << u"empty.svg"_s;
    QTest::newRow("Mermaid") << u"empty.mmd"_s;
}

void TestPictureSaver::nothingToDraw()
{
    QFETCH(const QString, name);
    LadderCase all;
    const LadderModel model(all.recording);
    const QString path = m_folder.filePath(name);
    QCOMPARE(PictureSaver::save(model, path), u"There is nothing to draw."_s);
    QVERIFY(!QFile::exists(path));
}

void TestPictureSaver::tooLong()
{
    SegmentScript script;
    std::vector<Segment> segments = script.segments(u"c> S, s> SA, c> A"_s);
    while (segments.size() < 5000)
        segments.push_back(script.segment(u"c> PA 10"_s));
    LadderCase all;
    all.recording.addSegments(segments);
    LadderModel model(all.recording);
    model.showFlow(0);
    const QString path = m_folder.filePath(u"long.svg"_s);
    QVERIFY(PictureSaver::save(model, path).contains(u"5000 rows"_s));
    QVERIFY(!QFile::exists(path));
    QCOMPARE(PictureSaver::save(model, m_folder.filePath(u"long.mmd"_s)), QString());
}

void TestPictureSaver::noSuchFolder()
{
    LadderCase all;
    all.add(Side::Client, StepKind::Close, 1, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    QVERIFY(PictureSaver::save(model, m_folder.filePath(u"none/ladder.svg"_s)).contains(u"cannot be written"_s));
}

QTEST_MAIN(TestPictureSaver)
#include "tst_picturesaver.moc"
