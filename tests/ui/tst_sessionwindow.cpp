// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "export/filelook.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "steps/sessionfile.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/steps/logpane.h"
#include "ui/windows/sessionwindow.h"

#include <QComboBox>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStatusBar>
#include <QThread>

using namespace WindowTools;

/// An opened session: its steps, and its connections as ladders.
class TestSessionWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_window.reset(); }

    void showsItsBeginning();
    void showsTheFirstConnection();
    void choosesAConnection();
    void selectionsGoTogether();
    void readsStepsOnlyForALadderThatIsSeen();
    void takesALongSessionInParts();
    void leavesAConnectionThatIsStillRead();
    void exportsTheConnectionThatIsShown();
    void namesAConnectionByWhatIsKnown();
    void counts_data();
    void counts();
    void hasNoConnection();
    void hasNoSegments();
    void mnemonics();

private:
    void open(int width = 1100);
    LadderModel &ladder() { return m_window->findChild<SequencePane *>()->model(); }
    LadderView *ladderView() { return m_window->findChild<LadderView *>(); }
    QStringList texts(qsizetype row);

    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<SessionFile> m_file;
    std::unique_ptr<SessionWindow> m_window;
};

namespace {

Step stepOf(int connection, StepKind kind, int number = 0, const QByteArray &message = {})
{
    static qint64 timeUs = 1'790'000'000'000'000;
    Step step;
    step.time.wallUs = timeUs += 1000;
    step.side = Side::Server;
    step.kind = kind;
    step.number = number;
    step.connection = connection;
    step.local = QStringLiteral("127.0.0.1:8700");
    step.peer = QStringLiteral("127.0.0.1:%1").arg(50'000 + connection);
    if (step.isMessage()) {
        step.payload = message;
        step.size = message.size();
        step.bytes = message.size() + 1;
        step.offset = number < 3 ? 0 : message.size() + 1;
    }
    return step;
}

/// Two connections; the steps of the second one are between those of the first.
std::vector<Step> twoConnections()
{
    return {Step::event(Side::Server, StepKind::Listening, {}),
            stepOf(1, StepKind::Connected),
            stepOf(1, StepKind::Recv, 2, "Hi, server! I'm client."),
            stepOf(2, StepKind::Connected),
            stepOf(2, StepKind::Recv, 2, "The other one, \",\"connection\":1,\" it says."),
            stepOf(1, StepKind::Send, 3, "Hi, client!"),
            stepOf(1, StepKind::PeerFinished),
            stepOf(1, StepKind::Close, 6),
            stepOf(2, StepKind::Reset, 3)};
}

} // namespace

void TestSessionWindow::init()
{
    m_path = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QStringLiteral(".jsonl"));
    m_file = std::make_unique<SessionFile>();
    QVERIFY(m_file->create(m_path));
}

void TestSessionWindow::open(int width)
{
    m_file.reset();
    m_window = std::make_unique<SessionWindow>(FileLook::at(m_path));
    m_window->resize(width, 700);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

QStringList TestSessionWindow::texts(qsizetype row)
{
    QStringList texts;
    for (const LadderStep &step : LadderRows::make(ladder(), LadderIndex(row)).steps)
        texts += (step.isInferred ? QStringLiteral("(%1)") : QStringLiteral("%1")).arg(step.text);
    return texts;
}

/// The window shows the beginning until the user scrolls to the end.
void TestSessionWindow::showsItsBeginning()
{
    for (int i = 1; i < 400; i += 2)
        m_file->append(stepOf(1, StepKind::Recv, i + 1, "x"));
    open();
    auto *log = part<QTableView>(*m_window, "stepView");
    QTRY_COMPARE(log->model()->rowCount(), 200);
    QTRY_VERIFY(log->verticalScrollBar()->maximum() > 100);
    QCOMPARE(log->verticalScrollBar()->value(), 0);
    QVERIFY(!part<QAbstractButton>(*m_window, "jumpToNewest")->isVisible());
}

void TestSessionWindow::showsTheFirstConnection()
{
    for (const Step &step : twoConnections())
        m_file->append(step);
    open();
    QTRY_COMPARE(ladder().count(), 5);
    for (qsizetype row = 0; row < 4; ++row)
        QCOMPARE(LadderRows::make(ladder(), LadderIndex(row)).kind, LadderRow::Kind::Guess);
    QCOMPARE(texts(0), QStringList());
    QCOMPARE(texts(1), (QStringList{"[2] Recv: Hi, server! I'm client.", "([1] Send: Hi, server! I'm client.)"}));
    QCOMPARE(texts(2), (QStringList{"[3] Send: Hi, client!", "([4] Recv: Hi, client!)"}));
    QCOMPARE(texts(3), QStringList("([5] Close Socket)"));
    QCOMPARE(texts(4), QStringList("[6] Close Socket"));
    QCOMPARE(ladder().address(Side::Client), "127.0.0.1:50001");
    QCOMPARE(ladder().address(Side::Server), "127.0.0.1:8700");
    QVERIFY(ladderView()->isVisible());
}

void TestSessionWindow::choosesAConnection()
{
    for (const Step &step : twoConnections())
        m_file->append(step);
    open();
    auto *combo = part<QComboBox>(*m_window, "connectionCombo");
    QTRY_COMPARE(combo->count(), 2);
    QCOMPARE(combo->itemText(0), "#1 127.0.0.1:50001 → 127.0.0.1:8700");
    QCOMPARE(combo->itemText(1), "#2 127.0.0.1:50002 → 127.0.0.1:8700");
    QTRY_COMPARE(ladder().count(), 5);
    QTest::keyClick(m_window.get(), Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(combo->currentIndex(), 1);
    QTRY_COMPARE(ladder().count(), 3);
    QCOMPARE(texts(2), QStringList("[3] Reset Socket"));
    QCOMPARE(ladder().address(Side::Client), "127.0.0.1:50002");
    combo->setCurrentIndex(0);
    QTRY_COMPARE(ladder().count(), 5);
}

void TestSessionWindow::selectionsGoTogether()
{
    for (const Step &step : twoConnections())
        m_file->append(step);
    open();
    QTRY_COMPARE(ladder().count(), 5);
    auto *log = part<QTableView>(*m_window, "stepView");
    const auto row = [this](const QString &text) { return int(lines(*m_window).indexOf(text)); };

    log->selectRow(row("[3] Send: Hi, client!"));
    QCOMPARE(ladderView()->currentRow(), LadderIndex(2));
    ladderView()->setFocus();
    QTest::keyClick(ladderView(), Qt::Key_Up);
    QCOMPARE(log->currentIndex().row(), row("[2] Recv: Hi, server! I'm client."));
    QTest::keyClick(ladderView(), Qt::Key_End);
    QCOMPARE(log->currentIndex().row(), row("[6] Close Socket"));
    log->selectRow(row("[3] Reset Socket")); // of the other connection
    QCOMPARE(ladderView()->currentRow(), LadderIndex());
    QCOMPARE(ladderView()->selectedStep(), StepRow());
}

void TestSessionWindow::readsStepsOnlyForALadderThatIsSeen()
{
    for (const Step &step : twoConnections())
        m_file->append(step);
    open(700);
    auto *combo = part<QComboBox>(*m_window, "connectionCombo");
    QTRY_COMPARE(combo->count(), 2);
    const auto isReading = [this] { return !m_window->findChildren<QThread *>().isEmpty(); };
    QTRY_VERIFY(!isReading()); // the connections need it
    combo->setCurrentIndex(1);
    QVERIFY(!isReading());
    part<QTabBar>(*m_window, "paneTabs")->setCurrentIndex(1);
    QTRY_COMPARE(ladder().count(), 3);
    QCOMPARE(ladder().address(Side::Client), "127.0.0.1:50002");
}

/// However long the session is, the window takes only a little at a time.
void TestSessionWindow::takesALongSessionInParts()
{
    constexpr int count = 30'000;
    m_file->append(stepOf(1, StepKind::Connected));
    Step step = stepOf(1, StepKind::Recv, 2, "Hi");
    for (int i = 1; i < count; ++i) {
        m_file->append(step);
        step.number += 2;
        step.offset += step.bytes;
    }
    open();
    qsizetype most = 0;
    qsizetype before = 0;
    connect(&ladder(), &LadderModel::changed, m_window.get(), [&] {
        most = std::max(most, ladder().count() - before);
        before = ladder().count();
    });
    QTRY_COMPARE(ladder().count(), count);
    QVERIFY2(most > 0 && most <= 1024, qPrintable(QString::number(most)));
    QCOMPARE(texts(count - 1).constFirst(), QStringLiteral("[%1] Recv: Hi").arg(2 * (count - 1)));
    QCOMPARE(ladderView()->topRow(), LadderIndex(0)); // it is read from its beginning
    QVERIFY(!ladderView()->isFollowing());
}

void TestSessionWindow::leavesAConnectionThatIsStillRead()
{
    m_file->append(stepOf(2, StepKind::Connected));
    Step step = stepOf(1, StepKind::Recv, 2, "Hi");
    for (int i = 0; i < 30'000; ++i) {
        m_file->append(step);
        step.number += 2;
        step.offset += step.bytes;
    }
    m_file->append(stepOf(2, StepKind::Close, 1));
    open(700);
    auto *tabs = part<QTabBar>(*m_window, "paneTabs");
    auto *combo = part<QComboBox>(*m_window, "connectionCombo");
    tabs->setCurrentIndex(1);
    QTRY_COMPARE(combo->count(), 2);
    combo->setCurrentIndex(1);
    QTRY_VERIFY(ladder().count() > 0);
    QVERIFY(ladder().count() < 30'000);
    tabs->setCurrentIndex(0);
    combo->setCurrentIndex(0);
    QCOMPARE(ladder().count(), 0);
    QTRY_VERIFY(m_window->findChildren<QThread *>().isEmpty());
    QCOMPARE(ladder().recording().stepCount(), 0);
    tabs->setCurrentIndex(1);
    QTRY_COMPARE(ladder().count(), 2);
    combo->setCurrentIndex(1);
    QTRY_COMPARE(ladder().count(), 30'000);
}

void TestSessionWindow::exportsTheConnectionThatIsShown()
{
    for (const Step &step : twoConnections())
        m_file->append(step);
    open();
    auto *combo = part<QComboBox>(*m_window, "connectionCombo");
    QTRY_COMPARE(combo->count(), 2);
    combo->setCurrentIndex(1);
    QTRY_COMPARE(ladder().count(), 3);
    auto *menu = m_window->findChild<SessionMenu *>();
    QSignalSpy exported(menu, &SessionMenu::exported);
    menu->exportTo(m_folder.filePath("shown.mmd"));
    QTRY_COMPARE(exported.size(), 1);
    QFile file(m_folder.filePath("shown.mmd"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("127.0.0.1:50002"));
}

void TestSessionWindow::namesAConnectionByWhatIsKnown()
{
    Step step = stepOf(1, StepKind::Close, 1);
    step.local.clear();
    m_file->append(step);
    step = stepOf(2, StepKind::Close, 1);
    step.local.clear();
    step.peer.clear();
    m_file->append(step);
    open();
    auto *combo = part<QComboBox>(*m_window, "connectionCombo");
    QTRY_COMPARE(combo->count(), 2);
    QCOMPARE(combo->itemText(0), "#1 127.0.0.1:50001");
    QCOMPARE(combo->itemText(1), "#2");
}

void TestSessionWindow::counts_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0 << "0 lines";
    QTest::newRow("one") << 1 << "1 line";
    QTest::newRow("two") << 2 << "2 lines";
}

void TestSessionWindow::counts()
{
    QFETCH(const int, steps);
    QFETCH(const QString, text);
    for (int i = 0; i < steps; ++i)
        m_file->append(stepOf(1, StepKind::Close, 1));
    open();
    QTRY_COMPARE(m_window->statusBar()->currentMessage(), text);
}

void TestSessionWindow::hasNoConnection()
{
    m_file->append(Step::event(Side::Server, StepKind::Listening, {}));
    open();
    QTRY_COMPARE(lines(*m_window).size(), 1);
    QCOMPARE(ladder().count(), 0);
    QVERIFY(!part<QComboBox>(*m_window, "connectionCombo")->isEnabled());
}

void TestSessionWindow::hasNoSegments()
{
    open();
    part<QTabBar>(*m_window, "viewTabs")->setCurrentIndex(1);
    QVERIFY(labelText(*m_window, "noSegments").contains("but no segments"));
}

void TestSessionWindow::mnemonics()
{
    for (const int width : {1100, 640}) {
        m_window = std::make_unique<SessionWindow>(FileLook::at(m_path));
        m_window->resize(width, 700);
        m_window->show();
        QCOMPARE(mnemonicClashes(*m_window).join(u'\n'), QString());
    }
}

REGISTER_TEST(TestSessionWindow)
#include "tst_sessionwindow.moc"
