// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/stepjson.h"
#include "steps/stepline.h"
#include "steps/stepsearch.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

class TestStepSearch : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void finds_data();
    void finds();
    void fromARowOn();
    void whatOthersSaidIsDropped();
    void missingFile();

private:
    SessionPart write(const QByteArray &content) const;
    QTemporaryDir m_folder;
    std::unique_ptr<StepSearch> m_search;
    QList<quint32> m_found;
    qsizetype m_next = 0;
};

namespace {

QByteArray line(const QByteArray &text)
{
    Step step;
    step.kind = StepKind::Recv;
    step.number = 2;
    step.connection = 1;
    step.payload = text;
    step.size = text.size();
    step.bytes = text.size() + 1;
    return StepJson::toLine(step) + '\n';
}

QByteArray eventLine()
{
    Step step;
    step.kind = StepKind::Listening;
    step.local = u"a:1"_s;
    return StepJson::toLine(step) + '\n';
}

} // namespace

void TestStepSearch::init()
{
    m_found.clear();
    m_next = 0;
    m_search = std::make_unique<StepSearch>();
    connect(m_search.get(), &StepSearch::found, this, [this](const std::vector<quint32> &rows, qsizetype next) {
        m_found.append(QList<quint32>(rows.begin(), rows.end()));
        m_next = next;
    });
}

SessionPart TestStepSearch::write(const QByteArray &content) const
{
    QFile file(m_folder.filePath(u"session.jsonl"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write");
    return {file.fileName(), 0, content.size(), 0, 0};
}

void TestStepSearch::finds_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("showEvents");
    QTest::addColumn<QList<quint32>>("rows");
    const auto row = [](const char *name, const QByteArray &content, const QString &text, bool showEvents,
                        const QList<quint32> &rows) { QTest::newRow(name) << content << text << showEvents << rows; };
    const QByteArray three = line("a") + eventLine() + line("b");
    row("nothing there", {}, u"a"_s, true, {});
    row("a text, whatever its case", three, u"RECV: B"_s, true, {2});
    row("an event", three, u"listening"_s, true, {1});
    row("no events", three, {}, false, {0, 2});
    row("a text that only an event has", three, u"listening"_s, false, {});
    row("a line that is no step counts as an event", line("a") + "garbage\n" + line("a"), {}, false, {0, 2});
    row("a line that is no step has its place", line("b") + "\n" + line("a"), u"recv: a"_s, true, {2});
    row("a last line without an end", line("a") + line("a").chopped(1), u"recv"_s, true, {0});
    const QByteArray huge(StepLine::maxBytes * 3, 'x');
    row("a line far too long", line("a") + huge + '\n' + line("a"), u"recv"_s, true, {0, 2});
    row("more than is read at once", line("a").repeated(10'000) + line("needle"), u"needle"_s, true, {10'000});
}

void TestStepSearch::finds()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, text);
    QFETCH(const bool, showEvents);
    QSignalSpy finished(m_search.get(), &StepSearch::finished);
    m_search->start(write(content), {TextPattern::ofText(text), showEvents});
    QVERIFY(m_search->isRunning());
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!m_search->isRunning());
    QFETCH(const QList<quint32>, rows);
    QCOMPARE(m_found.size(), rows.size());
    QVERIFY(
        std::equal(m_found.begin(), m_found.end(), rows.begin())); // comparing empty lists hands memcmp a null pointer
    QCOMPARE(m_next, content.count('\n'));
}

void TestStepSearch::fromARowOn()
{
    SessionPart part = write(line("a").repeated(10));
    part.from = line("a").size() * 2;
    part.to = line("a").size() * 6;
    part.firstRow = 2;
    part.wantedRow = 4;
    m_search->start(part, {TextPattern::ofText(u"recv"_s), true});
    QTRY_VERIFY(!m_search->isRunning());
    QCOMPARE(m_found, (QList<quint32>{4, 5}));
    QCOMPARE(m_next, 6);
}

/// A search has ended, its rows are on their way, and another search begins.
void TestStepSearch::whatOthersSaidIsDropped()
{
    const SessionPart part = write(line("a") + line("b"));
    m_search->start(part, {TextPattern::ofText(u"recv: a"_s), true});
    QVERIFY(m_search->findChild<QThread *>()->wait());
    m_search->start(part, {TextPattern::ofText(u"recv: b"_s), true});
    QTRY_VERIFY(!m_search->isRunning());
    QCOMPARE(m_found, QList<quint32>{1});
}

void TestStepSearch::missingFile()
{
    QSignalSpy finished(m_search.get(), &StepSearch::finished);
    m_search->start({m_folder.filePath(u"missing"_s), 0, 100, 0, 0}, {TextPattern::ofText(u"a"_s), true});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_next, 0);
    QCOMPARE(m_found, QList<quint32>());
}

REGISTER_TEST(TestStepSearch)
#include "tst_stepsearch.moc"
