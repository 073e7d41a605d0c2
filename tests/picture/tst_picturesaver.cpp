// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "picture/ladderpainter.h"
#include "picture/ladderpicture.h"
#include "picture/picturesaver.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QBuffer>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <atomic>
#include <csignal>
#include <sys/resource.h>
#include <thread>

using namespace Qt::Literals::StringLiterals;

/// A ladder as a file.
class TestPictureSaver : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void nothingToDraw_data();
    void nothingToDraw();
    void pages_data();
    void pages();
    void pagesReplaceNothing();
    void pagesGoOnWithTheStates();
    void sentencesAboveTheRows();
    void stripsHaveNoSeam();
    void cancelled_data();
    void cancelled();
    void noSuchFolder_data();
    void noSuchFolder();
    void fullDisk_data();
    void fullDisk();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    ExportOutcome save(const LadderModel &model, const QString &name);
    QStringList names() const { return QDir(m_folder.path()).entryList(QDir::Files, QDir::Name); }

    QTemporaryDir m_folder;
    ExportProgress m_progress;
};

namespace {

constexpr qint64 startUs = 1'800'000'000'001'000;

/// Adds a flow with count segments.
void fill(LadderCase &all, size_t count)
{
    SegmentScript script;
    std::vector<Segment> segments = script.segments(u"c> S, s> SA, c> A"_s);
    while (segments.size() < count)
        segments.push_back(script.segment(u"c> PA 10"_s));
    all.recording.addSegments(segments);
}

/// Returns the contents of all text elements of an SVG; empty if it is not valid XML.
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

ExportOutcome TestPictureSaver::save(const LadderModel &model, const QString &name)
{
    return PictureSaver::save(model, path(name), m_progress);
}

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
    const ExportOutcome outcome = save(model, name);
    QCOMPARE(outcome.error.isEmpty(), isWritten);
    QCOMPARE(outcome.note, QString());
    QFile file(path(name));
    QCOMPARE(file.open(QIODevice::ReadOnly), isWritten);
    if (name.endsWith(u"svg"_s)) {
        const QString text = textOfSvg(file.readAll());
        QVERIFY(text.contains(u"[1] Send: Hi, <server>!"_s));
        QVERIFY(text.contains(u"PSH, ACK: seq 1:25, ack 1, len 24"_s));
    } else if (name.endsWith(u"PNG"_s)) {
        QVERIFY(QImage(path(name)).width() > 1000);
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
    QCOMPARE(save(model, name).error, u"There is nothing to draw."_s);
    QVERIFY(!QFile::exists(path(name)));
}

void TestPictureSaver::pages_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("segments");
    QTest::addColumn<int>("pages");
    QTest::newRow("SVG, one") << u"one.svg"_s << 2000 << 1;
    QTest::newRow("SVG, two") << u"two.svg"_s << 2001 << 2;
    QTest::newRow("SVG, three") << u"three.svg"_s << 4001 << 3;
    QTest::newRow("PNG, one") << u"one.png"_s << 100 << 1;
    QTest::newRow("PNG, two") << u"long.png"_s << 200 << 2;
}

void TestPictureSaver::pages()
{
    QFETCH(const QString, name);
    QFETCH(const int, segments);
    QFETCH(const int, pages);
    LadderCase all;
    fill(all, size_t(segments));
    LadderModel model(all.recording);
    model.showFlow(0);
    const ExportOutcome outcome = save(model, name);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(QFile::exists(path(name)), pages == 1);
    if (pages == 1)
        return;
    const QString start = name.section(u'.', 0, 0) + u'-';
    const QStringList written = names().filter(QRegularExpression(u'^' + start + u"[0-9]"_s));
    QCOMPARE(written.size(), pages);
    QCOMPARE(outcome.note,
             u"The ladder is too long for one picture. It was exported as %1 pictures: %2 to %3."_s.arg(pages).arg(
                 path(written.constFirst()), written.constLast()));
    qsizetype rows = 0;
    for (const QString &page : written) {
        if (name.endsWith(u"png"_s)) {
            const QImage image(path(page));
            QVERIFY2(!image.isNull() && image.height() <= 20'000, qPrintable(page));
            QVERIFY2(page == written.constLast() || image.height() > 19'000, qPrintable(page));
            continue;
        }
        QFile file(path(page));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = textOfSvg(file.readAll());
        QVERIFY(text.contains(u"Client"_s)); // each page has the ends' names
        rows += text.count(u"PSH, ACK"_s);
    }
    if (name.endsWith(u"svg"_s))
        QCOMPARE(rows, segments - 3);
}

/// A file dialog asks only about the file name that the user chose.
void TestPictureSaver::pagesReplaceNothing()
{
    LadderCase all;
    fill(all, 2001);
    LadderModel model(all.recording);
    model.showFlow(0);
    QFile other(path(u"mine-2.svg"_s));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("mine");
    other.close();
    QVERIFY2(save(model, u"mine.svg"_s).error.contains(path(u"mine-2.svg"_s)), "it is not named");
    QCOMPARE(names().filter(u"mine"_s), QStringList(u"mine-2.svg"_s));
    QCOMPARE(QFileInfo(other).size(), 4);
}

/// The top of a page shows the states of the ends at that point.
void TestPictureSaver::pagesGoOnWithTheStates()
{
    LadderCase all;
    fill(all, 2001);
    LadderModel model(all.recording);
    model.showFlow(0);
    QCOMPARE(save(model, u"states.svg"_s).error, QString());
    QFile second(path(u"states-2.svg"_s));
    QVERIFY(second.open(QIODevice::ReadOnly));
    QCOMPARE(textOfSvg(second.readAll()).count(u"ESTABLISHED"_s), 2);
}

/// What is said about the network has its place above the rows.
void TestPictureSaver::sentencesAboveTheRows()
{
    LadderCase all;
    fill(all, 4);
    all.recording.setLegend({u"The network between the two ends: perfect; net.ipv4.tcp_no_metrics_save = 1; "
                             "net.ipv4.tcp_congestion_control = reno; and much more of this kind, in two lines"_s});
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderPage page = LadderPicture::pngPages(model, LadderPicture::forPrint()).next(m_progress);
    const double sentences = page.header.labels.back().rect.bottom();
    QVERIFY(sentences > 5 * page.header.unit); // two lines of them
    for (const LadderLabel &label : page.rows.labels)
        QVERIFY2(label.rect.top() >= sentences, qPrintable(label.text));
}

/// The picture equals one that is painted in one go.
void TestPictureSaver::stripsHaveNoSeam()
{
    LadderCase all;
    fill(all, 100);
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderPicture::Options options = LadderPicture::forPrint();
    LadderPages pages = LadderPicture::pngPages(model, options);
    const LadderPage page = pages.next(m_progress);
    QVERIFY(pages.atEnd());
    QImage whole(page.size() * options.scale, QImage::Format_RGB32);
    whole.setDevicePixelRatio(options.scale);
    QPainter painter(&whole);
    const LadderPainter ladder(options.font, options.palette);
    painter.fillRect(QRect({}, page.size()), ladder.background());
    ladder.paint(painter, page.header);
    ladder.paint(painter, page.rows);
    painter.end();
    whole.setDevicePixelRatio(1);

    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QVERIFY(LadderPicture::writePng(page, out, options, m_progress));
    const QImage strips = QImage::fromData(out.data(), "PNG").convertToFormat(QImage::Format_RGB32);
    QCOMPARE(strips.size(), whole.size());
    QVERIFY(strips.height() > 5000);
    int maxDifference = 0; // antialiasing may differ slightly where the edge of a strip cuts a line
    for (int y = 0; y < whole.height(); ++y) {
        for (int x = 0; x < whole.width(); ++x)
            maxDifference = std::max(maxDifference, std::abs(qGray(whole.pixel(x, y)) - qGray(strips.pixel(x, y))));
    }
    QVERIFY2(maxDifference <= 8, qPrintable(QString::number(maxDifference)));
}

void TestPictureSaver::cancelled_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("SVG") << u"cancelled.svg"_s;
    QTest::newRow("PNG") << u"cancelled.png"_s;
    QTest::newRow("Mermaid") << u"cancelled.mmd"_s;
}

void TestPictureSaver::cancelled()
{
    QFETCH(const QString, name);
    LadderCase all;
    fill(all, name.endsWith(u"png"_s) ? 300 : 5000);
    LadderModel model(all.recording);
    model.showFlow(0);
    // Cancels in the middle, after some pages were written.
    class Canceller : public QObject
    {
    public:
        explicit Canceller(ExportProgress &progress)
            : m_thread([this, &progress] {
                while (progress.percent() < 60 && !m_isOver) { }
                progress.cancel();
            })
        {
        }
        ~Canceller() override
        {
            m_isOver = true;
            m_thread.join();
        }

    private:
        std::atomic<bool> m_isOver = false;
        std::thread m_thread;
    };
    ExportProgress progress;
    ExportOutcome outcome;
    {
        const Canceller canceller(progress);
        outcome = PictureSaver::save(model, path(name), progress);
    }
    QVERIFY(outcome.isCancelled);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(names().filter(u"cancelled"_s), QStringList());
}

void TestPictureSaver::noSuchFolder_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("SVG") << u"none/ladder.svg"_s;
    QTest::newRow("PNG") << u"none/ladder.png"_s;
    QTest::newRow("Mermaid") << u"none/ladder.mmd"_s;
}

void TestPictureSaver::noSuchFolder()
{
    QFETCH(const QString, name);
    LadderCase all;
    all.add(Side::Client, StepKind::Close, 1, startUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    QCOMPARE(save(model, name).error, u"Cannot write %1: No such file or directory."_s.arg(path(name)));
}

void TestPictureSaver::fullDisk_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("SVG") << u"full.svg"_s;
    QTest::newRow("PNG") << u"full.png"_s;
    QTest::newRow("Mermaid") << u"full.mmd"_s;
}

/// A limit on the file size simulates a full disk.
void TestPictureSaver::fullDisk()
{
    QFETCH(const QString, name);
    LadderCase all;
    fill(all, 1000);
    LadderModel model(all.recording);
    model.showFlow(0);
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{4096, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    const ExportOutcome outcome = save(model, name);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY2(outcome.error.startsWith(u"Cannot write "_s + m_folder.path()), qPrintable(outcome.error));
    QVERIFY2(outcome.error.endsWith(u": File too large."_s), qPrintable(outcome.error));
    QCOMPARE(names().filter(u"full"_s), QStringList());
}

REGISTER_TEST(TestPictureSaver)
#include "tst_picturesaver.moc"
