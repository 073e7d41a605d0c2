// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/stepmodel.h"
#include "steps/steptext.h"
#include "support/registertest.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QLocale>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

class TestStepModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void inserts();
    void showsWhatIsThere();
    void cells_data();
    void cells();
    void escapes();
    void headers();
    void filters_data();
    void filters();
    void followsWhileFiltered();
    void filterTakesSlices();
    void searchesInTheBackground_data();
    void searchesInTheBackground();
    void searchIsReplaced();
    void searchIsStopped();
    void searchesWhatCannotBeReadAgain();
    void opened();
    void severalConnections();
    void clears_data();
    void clears();
    void followsOneConnection();

private:
    QString text(int row) const { return m_model->index(row, StepModel::TextColumn).data().toString(); }
    void useModel();
    void fill(int rows);
    bool showsProgressWith(const StepFilter &filter);

    QTemporaryDir m_folder;
    std::unique_ptr<SessionFile> m_file;
    std::unique_ptr<StepModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

Step message(StepKind kind, int number, int connection, const QByteArray &payload)
{
    Step step;
    const QDateTime time(QDate(2026, 11, 22), QTime(12, 54, 5, 871));
    step.time = {time.toMSecsSinceEpoch() * 1000 + 752, 0};
    step.side = Side::Server;
    step.kind = kind;
    step.number = number;
    step.connection = connection;
    step.local = u"127.0.0.1:8700"_s;
    step.peer = u"127.0.0.1:51964"_s;
    step.payload = payload;
    step.size = payload.size();
    step.bytes = payload.size() + 1;
    return step;
}

Step eventStep(StepKind kind, int connection = 0)
{
    Step step = message(kind, 0, connection, {});
    step.size = 0;
    step.bytes = -1;
    return step;
}

} // namespace

void TestStepModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_file = std::make_unique<SessionFile>();
    QVERIFY(m_file->create(m_folder.filePath(u"session.jsonl"_s)));
}

void TestStepModel::useModel()
{
    m_model = std::make_unique<StepModel>(*m_file);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestStepModel::inserts()
{
    useModel();
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    for (int i = 0; i < 100; ++i)
        m_file->append(message(StepKind::Recv, 2 * i + 2, 1, QByteArray::number(i)));
    QCOMPARE(m_model->rowCount(), 0);
    QTRY_COMPARE(m_model->rowCount(), 100);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(text(99), u"[200] Recv: 99"_s);
    m_file->append(eventStep(StepKind::ResetByPeer, 1));
    QTRY_COMPARE(m_model->rowCount(), 101);
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(inserted[1][1].toInt(), 100);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(m_model->stepAt(100).kind, StepKind::ResetByPeer);
}

void TestStepModel::showsWhatIsThere()
{
    m_file->append(eventStep(StepKind::Listening));
    useModel();
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->columnCount(), int(StepModel::ColumnCount));
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 0);
    QVERIFY(!m_model->data({}).isValid());
}

void TestStepModel::cells_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("role");
    QTest::addColumn<QVariant>("expected");

    const Step recv = message(StepKind::Recv, 2, 1, "Hi, server! I'm client.");
    Step rest = message(StepKind::Recv, 2, 1, "6bytes");
    rest.bytes = 6;
    rest.unterminated = true;
    const Step listening = eventStep(StepKind::Listening);
    const Step finished = eventStep(StepKind::PeerFinished, 1);
    const Step empty = message(StepKind::Send, 1, 1, {});
    const Step close = message(StepKind::Close, 5, 1, {});
    const auto large = [&recv](qint64 size) {
        Step step = recv;
        step.size = size;
        step.bytes = size + 1;
        return step;
    };
    const QLocale locale;
    const Step longOne = message(StepKind::Recv, 2, 1, QByteArray(300, 'x'));
    Step html = recv;
    html.peer = u"<b>"_s;
    const auto row = [](const char *name, const Step &step, int column, int role, const QVariant &expected) {
        QTest::newRow(name) << step << column << role << expected;
    };
    using Model = StepModel;
    row("time", recv, Model::TimeColumn, Qt::DisplayRole, u"12:54:05.871"_s);
    row("date and microseconds", recv, Model::TimeColumn, Qt::ToolTipRole, u"2026-11-22 12:54:05.871752"_s);
    row("connection", recv, Model::ConnectionColumn, Qt::DisplayRole, u"#1"_s);
    row("endpoints", recv, Model::ConnectionColumn, Qt::ToolTipRole, u"127.0.0.1:8700 to 127.0.0.1:51964"_s);
    row("no HTML in a tooltip", html, Model::ConnectionColumn, Qt::ToolTipRole, u"127.0.0.1:8700 to &lt;b&gt;"_s);
    row("of no connection", listening, Model::ConnectionColumn, Qt::DisplayRole, QString());
    row("message", recv, Model::TextColumn, Qt::DisplayRole, u"[2] Recv: Hi, server! I'm client."_s);
    row("event", listening, Model::TextColumn, Qt::DisplayRole, u"Listening on 127.0.0.1:8700"_s);
    row("event, spoken", listening, Model::TextColumn, Qt::AccessibleTextRole, u"Event: Listening on 127.0.0.1:8700"_s);
    row("long event", finished, Model::TextColumn, Qt::DisplayRole, u"FIN received"_s);
    row("long event, spoken", finished, Model::TextColumn, Qt::AccessibleTextRole, u"Event: FIN received"_s);
    row("long event, copied", finished, Model::TextColumn, Model::LineRole, StepText::line(finished));
    row("long event in a tooltip", finished, Model::TextColumn, Qt::ToolTipRole,
        QString(u"<p>"_s + StepText::line(finished) + u"</p>"_s));
    row("received, spoken", recv, Model::TextColumn, Qt::AccessibleTextRole,
        u"received: [2] Recv: Hi, server! I'm client."_s);
    row("sent, spoken", empty, Model::TextColumn, Qt::AccessibleTextRole, u"sent: [1] Send:  (empty)"_s);
    row("empty, copied", empty, Model::TextColumn, Model::LineRole, u"[1] Send: "_s);
    row("close, spoken", close, Model::TextColumn, Qt::AccessibleTextRole, u"[5] Close Socket"_s);
    row("first 200 characters", longOne, Model::TextColumn, Qt::DisplayRole,
        QString(u"[2] Recv: "_s + QString(200, u'x') + u'…'));
    row("the whole line, not as HTML, in a tooltip", message(StepKind::Recv, 2, 1, "<img>"), Model::TextColumn,
        Qt::ToolTipRole, u"<p>[2] Recv: &lt;img&gt;</p>"_s);
    row("bytes", recv, Model::BytesColumn, Qt::DisplayRole, u"24 B"_s);
    row("bytes explained", recv, Model::BytesColumn, Qt::ToolTipRole, u"24 B (23 + NUL)"_s);
    row("exact bytes", large(999'998), Model::BytesColumn, Qt::DisplayRole,
        QString(locale.toString(999'999) + u" B"_s));
    row("too many digits", large(1024 * 1024 - 1), Model::BytesColumn, Qt::DisplayRole, u"1 MiB"_s);
    row("too many digits, explained", large(1024 * 1024 - 1), Model::BytesColumn, Qt::ToolTipRole,
        QString(locale.toString(1024 * 1024) + u" B (1048575 + NUL)"_s));
    row("unterminated", rest, Model::BytesColumn, Qt::DisplayRole, u"6 B"_s);
    row("unterminated, copied", rest, Model::BytesColumn, Model::LineRole, u"6 B, no NUL"_s);
    row("unterminated explained", rest, Model::BytesColumn, Qt::ToolTipRole, u"6 B (6, unterminated)"_s);
    row("unterminated, spoken", rest, Model::BytesColumn, Qt::AccessibleTextRole, u"6, unterminated"_s);
    row("no bytes", listening, Model::BytesColumn, Qt::DisplayRole, QString());
    row("bytes to the right", recv, Model::BytesColumn, Qt::TextAlignmentRole, int(Qt::AlignRight | Qt::AlignVCenter));
    row("a step is no event", recv, Model::TextColumn, Model::EventRole, false);
    row("an event is one", listening, Model::TimeColumn, Model::EventRole, true);
}

void TestStepModel::cells()
{
    QFETCH(const Step, step);
    QFETCH(const int, column);
    QFETCH(const int, role);
    m_file->append(step);
    useModel();
    QTEST(m_model->index(0, column).data(role), "expected");
}

void TestStepModel::escapes()
{
    m_file->append(message(StepKind::Recv, 2, 1, "a\nb"));
    useModel();
    const auto cell = [this](int column) {
        return m_model->index(0, column).data(StepModel::CellRole).value<StepModel::Cell>();
    };
    const StepModel::Cell line = cell(StepModel::TextColumn);
    QCOMPARE(line.text, text(0));
    QCOMPARE(line.kind, StepKind::Recv);
    QVERIFY(!line.isEvent);
    QCOMPARE(line.escapes.size(), 1);
    QCOMPARE(line.text.sliced(line.escapes[0].start, line.escapes[0].length), u"\\n"_s);
    QVERIFY(cell(StepModel::TimeColumn).escapes.isEmpty());
}

void TestStepModel::headers()
{
    useModel();
    QStringList texts;
    for (int column = 0; column < m_model->columnCount(); ++column)
        texts.append(m_model->headerData(column, Qt::Horizontal).toString());
    QCOMPARE(texts, QStringList({u"Time"_s, u"#"_s, u"Step"_s, u"Bytes"_s}));
    QCOMPARE(m_model->headerData(StepModel::ConnectionColumn, Qt::Horizontal, Qt::AccessibleTextRole), u"Connection"_s);
    QVERIFY(!m_model->headerData(0, Qt::Vertical).isValid());
}

void TestStepModel::filters_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("showEvents");
    QTest::addColumn<QStringList>("expected");
    const QString listening = u"Listening on 127.0.0.1:8700"_s;
    const QString recv = u"[2] Recv: Hi, server!"_s;
    const QString send = u"[3] Send: Hi, client!"_s;
    const QString other = u"[2] Recv: a\\nb"_s;
    const QString refused = u"Refused"_s;
    QTest::newRow("all") << QString() << true << QStringList{listening, recv, send, other, refused};
    QTest::newRow("no events") << QString() << false << QStringList{recv, send, other};
    QTest::newRow("text, whatever its case") << u"hi, SERVER"_s << true << QStringList{recv};
    QTest::newRow("kind") << u"recv:"_s << true << QStringList{recv, other};
    QTest::newRow("connection") << u"#2"_s << true << QStringList{other};
    QTest::newRow("connection and number") << u"#1 [3]"_s << true << QStringList{send};
    QTest::newRow("an escape") << u"\\n"_s << true << QStringList{other};
    QTest::newRow("an event") << u"listening"_s << true << QStringList{listening};
    QTest::newRow("an event, but no events") << u"listening"_s << false << QStringList{};
    QTest::newRow("what an event's row says, and not its sentence") << u"refused"_s << true << QStringList{refused};
    QTest::newRow("what an event's sentence says") << u"gone away"_s << true << QStringList{refused};
    QTest::newRow("nothing has it") << u"nowhere"_s << true << QStringList{};
}

void TestStepModel::filters()
{
    QFETCH(const QString, filter);
    QFETCH(const bool, showEvents);
    QFETCH(const QStringList, expected);
    m_file->append(eventStep(StepKind::Listening));
    m_file->append(message(StepKind::Recv, 2, 1, "Hi, server!"));
    m_file->append(message(StepKind::Send, 3, 1, "Hi, client!"));
    m_file->append(message(StepKind::Recv, 2, 2, "a\nb"));
    Step refused = eventStep(StepKind::Refused);
    refused.detail = u"The server has gone away"_s;
    m_file->append(refused);
    useModel();
    m_model->setFilter({TextPattern::ofText(filter), showEvents});
    QCOMPARE(m_model->isFiltered(), !filter.isEmpty() || !showEvents);
    QTRY_VERIFY(!m_model->isSearching());
    QStringList shown;
    for (int row = 0; row < m_model->rowCount(); ++row)
        shown.append(text(row));
    QCOMPARE(shown, expected);
    m_model->setFilter({});
    QCOMPARE(m_model->rowCount(), 5);
}

void TestStepModel::followsWhileFiltered()
{
    useModel();
    m_model->setFilter({TextPattern::ofText(u"Send"_s), true});
    m_file->append(message(StepKind::Recv, 2, 1, "a"));
    m_file->append(message(StepKind::Send, 3, 1, "b"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->stepAt(0).number, 3);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_file->append(message(StepKind::Send, 5, 1, "c"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->stepAt(1).number, 5);
    m_model->setFilter({TextPattern::ofText(u"Send"_s), true});
    QCOMPARE(reset.size(), 0);
}

void TestStepModel::filterTakesSlices()
{
    constexpr int rows = 100'000;
    for (int i = 1; i <= rows; ++i)
        m_file->append(message(StepKind::Send, i, 1, i % 1000 == 0 ? "needle" : "hay"));
    m_model = std::make_unique<StepModel>(*m_file);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_model->setFilter({TextPattern::ofText(u"needle"_s), true});
    QCOMPARE(m_model->rowCount(), 0);
    QTRY_COMPARE(m_model->rowCount(), rows / 1000);
    QVERIFY2(inserted.size() > 1, "one turn of the event loop must not do all of it");
    QTRY_VERIFY(!m_model->isSearching());
    for (int row = 0; row < m_model->rowCount(); ++row)
        QCOMPARE(m_model->stepAt(row).number, 1000 * (row + 1));
}

/// One of 1000 rows is a needle and one an event; the last lines may not be on disk yet.
void TestStepModel::fill(int rows)
{
    for (int i = 1; i <= rows; ++i) {
        if (i % 1000 == 1)
            m_file->append(eventStep(StepKind::PeerFinished, 1));
        else
            m_file->append(message(StepKind::Send, i, 1, i % 1000 == 0 ? "needle" : "hay"));
    }
}

/// Sets the filter, and waits for progress, which the model may report only for a moment.
bool TestStepModel::showsProgressWith(const StepFilter &filter)
{
    bool hasProgress = false;
    QObject context;
    connect(m_model.get(), &StepModel::searchChanged, &context,
            [this, &hasProgress] { hasProgress |= m_model->searchedPercent().has_value(); });
    m_model->setFilter(filter);
    return QTest::qWaitFor([&hasProgress] { return hasProgress; }, patienceMs);
}

void TestStepModel::searchesInTheBackground_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("showEvents");
    QTest::addColumn<int>("found");
    QTest::newRow("a text") << u"needle"_s << true << 12;
    QTest::newRow("a text, without events") << u"needle"_s << false << 12;
    QTest::newRow("no events") << QString() << false << 12'000 - 12;
    QTest::newRow("nothing") << u"nothing has this"_s << true << 0;
    QTest::newRow("what every line has") << u"#1"_s << true << 12'000;
}

/// Each row comes once and in order, whether it is on disk or not yet.
void TestStepModel::searchesInTheBackground()
{
    QFETCH(const QString, filter);
    QFETCH(const bool, showEvents);
    QFETCH(const int, found);
    fill(8'000);
    useModel();
    QVERIFY(showsProgressWith({TextPattern::ofText(filter), showEvents}));
    fill(4'000);
    QTRY_VERIFY(!m_model->isSearching());
    QVERIFY(!m_model->searchedPercent());
    QCOMPARE(m_model->rowCount(), found);
    StepModel all(*m_file);
    int row = 0;
    for (int i = 0; i < all.rowCount(); ++i) {
        const Step step = all.stepAt(i);
        if (row < found && m_model->stepAt(row) == step)
            ++row;
    }
    QCOMPARE(row, found);
}

void TestStepModel::searchIsReplaced()
{
    fill(20'000);
    useModel();
    for (const auto &filter : {u"nothing has this"_s, u"hay"_s, u"needle"_s}) {
        QVERIFY(showsProgressWith({TextPattern::ofText(filter), true}));
    }
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(m_model->rowCount(), 20);
    QVERIFY(showsProgressWith({TextPattern::ofText(u"hay"_s), true}));
    m_model->setFilter({});
    QVERIFY(!m_model->searchedPercent());
    QCOMPARE(m_model->rowCount(), 20'000);
}

void TestStepModel::searchIsStopped()
{
    fill(20'000);
    useModel();
    QVERIFY(showsProgressWith({TextPattern::ofText(u"needle"_s), true}));
    m_model->stopSearch();
    QVERIFY(!m_model->searchedPercent());
    const int found = m_model->rowCount();
    m_file->append(message(StepKind::Send, 1, 1, "needle"));
    QTRY_COMPARE(m_model->rowCount(), found + 1);
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(m_model->rowCount(), found + 1);
}

/// If no other thread can open the file, its rows are found nevertheless.
void TestStepModel::searchesWhatCannotBeReadAgain()
{
    fill(10'000);
    useModel();
    QVERIFY(QFile::rename(m_file->path(), m_folder.filePath(u"elsewhere.jsonl"_s)));
    m_model->setFilter({TextPattern::ofText(u"needle"_s), true});
    QTRY_COMPARE(m_model->rowCount(), 10);
    QTRY_VERIFY(!m_model->isSearching());
}

void TestStepModel::opened()
{
    for (int i = 1; i <= 1000; ++i)
        m_file->append(message(StepKind::Send, i, 1, "x"));
    m_file->flush();
    SessionLimits limits;
    limits.indexSlice = 1000;
    auto file = std::make_unique<SessionFile>(nullptr, limits);
    QVERIFY(file->open(m_file->path()));
    m_file = std::move(file);
    useModel();
    QTRY_COMPARE(m_model->rowCount(), 1000);
    QCOMPARE(text(999), u"[1000] Send: x"_s);
}

/// Told once, with the rows.
void TestStepModel::severalConnections()
{
    useModel();
    QSignalSpy came(m_model.get(), &StepModel::severalConnectionsCame);
    m_file->append(eventStep(StepKind::Listening));
    m_file->append(message(StepKind::Recv, 2, 1, "x"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    QVERIFY(!m_model->hasSeveralConnections());
    m_file->append(message(StepKind::Recv, 2, 2, "x"));
    m_file->append(message(StepKind::Recv, 2, 3, "x"));
    QTRY_COMPARE(m_model->rowCount(), 4);
    QVERIFY(m_model->hasSeveralConnections());
    QCOMPARE(came.size(), 1);
    QVERIFY(StepModel(*m_file).hasSeveralConnections());
}

void TestStepModel::clears_data()
{
    QTest::addColumn<StepFilter>("filter");
    QTest::newRow("without a filter") << StepFilter();
    QTest::newRow("with a filter") << StepFilter{TextPattern::ofText(u"#1"_s)};
}

/// Clear hides what is there and leaves the file alone; new rows come, and what was hidden comes back.
void TestStepModel::clears()
{
    QFETCH(const StepFilter, filter);
    fill(2'000);
    useModel();
    m_model->setFilter(filter);
    QTRY_COMPARE(m_model->rowCount(), 2'000);
    m_model->clear();
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->clearedRows(), 2'000);
    QCOMPARE(m_file->count(), 2'000);
    m_file->append(message(StepKind::Send, 7, 1, "new"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QCOMPARE(text(0), u"[7] Send: new"_s);
    QCOMPARE(m_model->fileRowOf(0), 2'000);
    QCOMPARE(m_model->rowOfFileRow(2'000), 0);
    QCOMPARE(m_model->rowOfFileRow(1'999), -1);
    m_model->setFilter({TextPattern::ofText(u"hay"_s)});
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(m_model->rowCount(), 0);
    m_model->setFilter(filter);
    QTRY_COMPARE(m_model->rowCount(), 1);
    m_model->showCleared();
    QTRY_COMPARE(m_model->rowCount(), 2'001);
    QCOMPARE(m_model->clearedRows(), 0);
    QTRY_VERIFY(!m_model->isSearching());
}

void TestStepModel::followsOneConnection()
{
    useModel();
    for (int i = 1; i <= 12; ++i)
        m_file->append(message(StepKind::Send, i, i, "old"));
    m_model->setFilter({.connection = 1});
    QTRY_COMPARE(m_model->rowCount(), 1);
    for (int i = 1; i <= 12; ++i)
        m_file->append(message(StepKind::Send, i, i, "new"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->fileRowOf(1), 12);
    m_model->setFilter({.kind = StepFilter::Kind::Received});
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(m_model->rowCount(), 0);
    m_file->append(message(StepKind::Recv, 2, 5, "got"));
    QTRY_COMPARE(m_model->rowCount(), 1);
}

REGISTER_TEST(TestStepModel)
#include "tst_stepmodel.moc"
