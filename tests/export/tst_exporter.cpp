// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export/exporter.h"
#include "ladder/laddermermaid.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "picture/picturesaver.h"
#include "steps/stepjson.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QDir>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Exports on another thread.
class TestExporter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void oneAfterTheOther();
    void tellsHowFarItIs();
    void cancels();
    void endsWithItsOwner();
    void isTheShownLadder_data();
    void isTheShownLadder();
    void showsNoCountdown();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QStringList names() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }
    void writeSession(const std::vector<Step> &steps) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr qint64 startUs = 1'800'000'000'001'000;

QString mermaid(const LadderModel &model)
{
    QString text = LadderMermaid::header({model.address(Side::Client), model.address(Side::Server)});
    for (qsizetype row = 0; row < model.count(); ++row)
        text += LadderMermaid::lines(model, LadderIndex(row));
    return text;
}

Step close()
{
    Step step;
    step.kind = StepKind::Close;
    step.number = 1;
    step.connection = 1;
    return step;
}

/// Runs until it is cancelled.
ExportOutcome endless(const LadderModel &, const QString &, ExportProgress &progress)
{
    for (int percent = 0; !progress.isCancelled(); percent = qMin(percent + 1, 50))
        progress.set(percent, 100);
    return {.isCancelled = true};
}

} // namespace

void TestExporter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    writeSession({close()});
}

void TestExporter::writeSession(const std::vector<Step> &steps) const
{
    QFile file(path("session.jsonl"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const Step &step : steps)
        file.write(StepJson::toLine(step) + '\n');
}

void TestExporter::oneAfterTheOther()
{
    Exporter exporter(PictureSaver::save);
    QStringList finished;
    connect(&exporter, &Exporter::finished, this, [&](const ExportOutcome &outcome) {
        QCOMPARE(outcome.error, QString());
        finished.append(QFileInfo(exporter.path()).fileName());
    });
    const ExportSource source{.session = path("session.jsonl")};
    const QStringList wanted{"a.txt", "b.svg", "c.csv", "d.png"};
    for (const QString &name : wanted)
        exporter.start(source, path(name));
    QTRY_COMPARE(finished, wanted);
    QCOMPARE(names(), wanted + QStringList("session.jsonl"));
}

void TestExporter::tellsHowFarItIs()
{
    Exporter exporter(endless);
    QSignalSpy progressed(&exporter, &Exporter::progressed);
    exporter.start({.session = path("session.jsonl")}, path("a.svg"));
    QTRY_VERIFY(!progressed.isEmpty());
    QTRY_COMPARE(progressed.constLast().constFirst().toInt(), 60); // half of what comes behind reading
    exporter.cancel();
}

void TestExporter::cancels()
{
    Exporter exporter(endless);
    QList<bool> cancelled;
    connect(&exporter, &Exporter::finished, this,
            [&](const ExportOutcome &outcome) { cancelled.append(outcome.isCancelled); });
    QSignalSpy progressed(&exporter, &Exporter::progressed);
    exporter.start({.session = path("session.jsonl")}, path("a.svg"));
    exporter.start({.session = path("session.jsonl")}, path("b.txt"));
    QTRY_VERIFY(!progressed.isEmpty());
    QVERIFY(cancelled.isEmpty());
    exporter.cancel();
    QTRY_COMPARE(cancelled, (QList<bool>{true, false})); // the one behind it goes on
    QCOMPARE(names(), (QStringList{"b.txt", "session.jsonl"}));
}

/// As when the window is closed.
void TestExporter::endsWithItsOwner()
{
    std::vector<Step> steps(20'000, close());
    writeSession(steps);
    for (const auto &name : {u"a.csv"_s, u"a.png"_s}) {
        auto exporter = std::make_unique<Exporter>(PictureSaver::save);
        QSignalSpy progressed(exporter.get(), &Exporter::progressed);
        exporter->start({.session = path("session.jsonl")}, path(name));
        exporter->start({.session = path("session.jsonl")}, path("next.txt"));
        QTRY_VERIFY(names().size() > 1 || !progressed.isEmpty());
        exporter.reset();
        QTRY_VERIFY(!Errand::isAnyOut());
        QVERIFY2(names().filter(".part").isEmpty(), qPrintable(names().join(' ')));
        QVERIFY(!names().contains("next.txt"));
    }
}

void TestExporter::isTheShownLadder_data()
{
    QTest::addColumn<bool>("hasSegments");
    QTest::addColumn<bool>("isAbsolute");
    QTest::newRow("steps and the kernel's states") << false << false;
    QTest::newRow("with segments") << true << false;
    QTest::newRow("with segments and their own numbers") << true << true;
}

/// A copy on another thread, row for row.
void TestExporter::isTheShownLadder()
{
    QFETCH(const bool, hasSegments);
    QFETCH(const bool, isAbsolute);
    LadderCase all;
    if (hasSegments) {
        SegmentScript script;
        all.recording.addSegments(script.segments(u"c> S, s> SA, c> A, c> PA 24, s> A, s> PA 12, c> A, c> FA"_s));
    }
    all.add(Side::Client, StepKind::Connected, 0, startUs);
    all.recording.addState(1, {startUs + 10, Side::Client, TcpState::Established});
    all.add(Side::Client, StepKind::Send, 1, startUs + 3000, "Hi, server! I'm client.", 0);
    all.add(Side::Client, StepKind::Recv, 4, startUs + 5000, "Hi, client!", 0);
    all.add(Side::Client, StepKind::Close, 5, startUs + 7000);
    all.recording.addState(1, {startUs + 7010, Side::Client, TcpState::TimeWait});
    LadderModel model(all.recording);
    model.showConnection(1);
    model.setAbsolute(isAbsolute);
    QCOMPARE(model.flow() != nullptr, hasSegments);

    std::vector<Step> steps(all.steps.begin(), all.steps.end());
    Step other = steps.back(); // of another connection
    other.connection = 2;
    steps.push_back(other);
    writeSession(steps);
    QString made;
    QThread *there = nullptr;
    Exporter exporter([&](const LadderModel &ladder, const QString &, ExportProgress &) {
        made = mermaid(ladder);
        there = QThread::currentThread();
        return ExportOutcome();
    });
    QSignalSpy finished(&exporter, &Exporter::finished);
    exporter.start({.session = path("session.jsonl"), .shown = model.shown()}, path("a.svg"));
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(made, mermaid(model));
    QVERIFY(there != QThread::currentThread());
    QVERIFY2(made.contains(hasSegments ? "PSH, ACK" : "ESTABLISHED"), qPrintable(made));
}

/// What changes in the window is fixed in a file.
void TestExporter::showsNoCountdown()
{
    LadderCase all;
    all.add(Side::Client, StepKind::Close, 1, startUs);
    all.recording.addState(1, {startUs + 10, Side::Client, TcpState::TimeWait});
    LadderModel model(all.recording);
    model.showConnection(1);
    model.setTimeWaitLeft(Side::Client, 43);
    QVERIFY(LadderRows::make(model, LadderIndex(1)).tail.leftS == 43);
    writeSession({all.steps.begin(), all.steps.end()});
    Exporter exporter(PictureSaver::save);
    QSignalSpy finished(&exporter, &Exporter::finished);
    exporter.start({.session = path("session.jsonl"), .shown = model.shown()}, path("a.svg"));
    QTRY_COMPARE(finished.size(), 1);
    QFile svg(path("a.svg"));
    QVERIFY(svg.open(QIODevice::ReadOnly));
    const QByteArray text = svg.readAll();
    QVERIFY(text.contains("TIME-WAIT"));
    QVERIFY(!text.contains("TIME-WAIT,"));
}

REGISTER_TEST(TestExporter)
#include "tst_exporter.moc"
