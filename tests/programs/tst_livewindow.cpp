// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturefile.h"
#include "client_gui/clientwindow.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "server_gui/serverwindow.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/windowtools.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/windows/sessionmenu.h"
#include "ui/wire/capturecontrol.h"

#include <QComboBox>
#include <QSignalSpy>

using namespace WindowTools;

/// What both windows show and save of one live conversation between them. Segments are captured if the system allows
/// it.
class TestLiveWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void logAndLadderSelectTogether();
    void ladderCountsTimeWaitDown();
    void anOlderConnectionIsHistory();
    void exportsWhatLives_data();
    void exportsWhatLives();
    void exportsCapturedSegments();
    void exportsNoCountdown();
    void saysThatThereIsNothingYet_data();
    void saysThatThereIsNothingYet();
    void showsARefusal();

private:
    void converse();
    LadderModel &ladder() { return m_client->findChild<SequencePane *>()->model(); }
    bool mayCapture();
    QByteArray exported(const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
};

namespace {

} // namespace

void TestLiveWindow::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    ServerOptions options;
    options.port = quint16(0);
    options.replyDelayMs = 20;
    options.closeDelayMs = 60;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("server"));
    m_server = std::make_unique<ServerWindow>(options);
    m_server->show();
    click(*m_server, "startButton");
    QTRY_VERIFY(listeningOn(*m_server).contains("127.0.0.1:"));
    ClientOptions client;
    client.port = listeningOn(*m_server).section(QLatin1Char(':'), -1).toUShort();
    client.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_client = std::make_unique<ClientWindow>(client);
    m_client->resize(1100, 700);
    m_client->show();
    converse();
}

void TestLiveWindow::cleanup()
{
    m_client.reset();
    m_server.reset();
}

/// Up to both ends' last step; the client is in TIME-WAIT then.
void TestLiveWindow::converse()
{
    click(*m_client, "sendButton");
    QTRY_COMPARE(steps(*m_client).size(), 2);
    click(*m_client, "closeButton");
    QTRY_COMPARE(steps(*m_client).size(), 3);
    QTRY_COMPARE(steps(*m_server).size(), 3);
}

bool TestLiveWindow::mayCapture()
{
    return !m_client->findChild<CaptureControl *>()->problem();
}

void TestLiveWindow::logAndLadderSelectTogether()
{
    auto *log = part<QTableView>(*m_client, "stepView");
    auto *view = m_client->findChild<LadderView *>();
    const auto logRow = [this](const QString &step) { return int(lines(*m_client).indexOf(step)); };
    const auto ladderRows = [this](const QString &step) {
        return ladder().rowsOfStep(StepRow(lines(*m_client).indexOf(step))); // nothing is filtered: a line is a step
    };
    const QString sent = "[1] Send: Hi, server! I'm client.";
    const QString received = "[4] Recv: Hi, client!";
    QTRY_VERIFY(!ladderRows(received).empty());

    log->selectRow(logRow(received));
    QCOMPARE(view->selectedStep(), StepRow(logRow(received)));
    QCOMPARE(view->currentRow(), ladderRows(received).front());

    QSignalSpy told(view, &LadderView::rowSelected);
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Home);
    while (view->currentRow() < ladderRows(sent).front())
        QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(told.constLast().constLast().value<StepRow>(), StepRow(logRow(sent)));
    QCOMPARE(log->currentIndex().row(), logRow(sent));

    // A filter leaves fewer lines than steps.
    const int step = logRow(received);
    part<QLineEdit>(*m_client, "filterEdit")->setText("Recv");
    QTRY_COMPARE(lines(*m_client), QStringList(received));
    log->selectRow(0);
    QCOMPARE(view->selectedStep(), StepRow(step));
    QTest::keyClick(view, Qt::Key_Home);
    log->clearSelection();
    view->setSelectedStep({});
    view->setCurrentRow(ladder().rowsOfStep(StepRow(step)).front());
    QCOMPARE(log->currentIndex().row(), 0);
}

void TestLiveWindow::ladderCountsTimeWaitDown()
{
    const auto label = [this] {
        for (const LadderLabel &shown : m_client->findChild<LadderView *>()->scene().labels) {
            if (shown.kind == LadderLabel::Kind::State && shown.text.startsWith("TIME-WAIT,"))
                return shown.text;
        }
        return QString();
    };
    static const QRegularExpression look("^TIME-WAIT, [1-6]?\\d s left$");
    QTRY_VERIFY(look.match(label()).hasMatch());
    const QString first = label();
    const auto counted = [&] {
        const QString now = label();
        return now != first && look.match(now).hasMatch();
    };
    QTRY_VERIFY2(counted(), qPrintable(label()));
}

QByteArray TestLiveWindow::exported(const QString &name)
{
    auto *menu = m_client->findChild<SessionMenu *>();
    QSignalSpy done(menu, &SessionMenu::exported);
    QSignalSpy failed(menu, &SessionMenu::failed);
    const QString path = m_folder.filePath(name);
    menu->exportTo(path);
    const bool isOver =
        QTest::qWaitFor([&] { return done.size() + failed.size() > 0; }, patienceMs) && failed.isEmpty();
    QFile file(path);
    return isOver && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// It is still in TIME-WAIT, as the window's states say; its ladder does not count, nor say that it is closed.
void TestLiveWindow::anOlderConnectionIsHistory()
{
    const auto &kernel = ladder().recording().statesOf(1);
    const auto isWaiting = [this] { return ladder().timeWaitLeft(Side::Client) > 0; };
    QTRY_VERIFY(isWaiting());
    click(*m_client, "sendButton");
    QTRY_COMPARE(steps(*m_client).size(), 5);
    QTRY_COMPARE(ladder().connection(), 2);
    part<QComboBox>(*m_client, "connectionCombo")->setCurrentIndex(0);
    QCOMPARE(ladder().connection(), 1);
    QVERIFY(!isWaiting());
    QVERIFY(std::ranges::none_of(kernel, [](const Recording::KernelState &state) {
        return state.side == Side::Client && state.state == TcpState::Closed;
    }));
}

void TestLiveWindow::exportsWhatLives_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("holds");

    QTest::newRow("steps, as text") << "txt" << QByteArray("[4] Recv: Hi, client!\n[5] Close Socket\n");
    QTest::newRow("steps, as JSON Lines") << "jsonl" << QByteArray("\"kind\":\"close\"");
    QTest::newRow("the ladder, as SVG") << "svg" << QByteArray("[1] Send: Hi, server!");
    QTest::newRow("the ladder, as Mermaid") << "mmd" << QByteArray("sequenceDiagram");
}

void TestLiveWindow::exportsWhatLives()
{
    QFETCH(const QString, suffix);
    QFETCH(const QByteArray, holds);
    const QByteArray file = exported("live." + suffix);
    QVERIFY2(file.contains(holds), file.left(4000));
}

void TestLiveWindow::exportsCapturedSegments()
{
    if (!mayCapture())
        SKIP_OR_FAIL(QStringLiteral("nothing can be captured here (run the tests as root)"));
    QTRY_VERIFY(ladder().flow() && ladder().flow()->isOver());
    const QByteArray file = exported("live.pcapng");
    for (const char *comment : {"[1] Send: Hi, server! I'm client.", "[4] Recv: Hi, client!", "[5] Close Socket"})
        QVERIFY2(file.contains(comment), comment);
    CaptureFile packets(m_folder.filePath("live.pcapng"));
    std::vector<Segment> segments;
    while (packets.read(1000, segments) == CaptureFile::State::More) { }
    QCOMPARE(qsizetype(segments.size()), ladder().flow()->count());
}

void TestLiveWindow::exportsNoCountdown()
{
    const auto isCountingDown = [this] {
        const std::vector<LadderLabel> &labels = m_client->findChild<LadderView *>()->scene().labels;
        return std::any_of(labels.begin(), labels.end(),
                           [](const LadderLabel &label) { return label.text.startsWith("TIME-WAIT,"); });
    };
    QTRY_VERIFY(isCountingDown());
    const QByteArray svg = exported("waits.svg");
    QVERIFY2(svg.contains("TIME-WAIT"), svg.left(4000));
    QVERIFY2(!svg.contains("TIME-WAIT,"), svg.left(4000));
}

void TestLiveWindow::saysThatThereIsNothingYet_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QString>("reason");

    const QString noConnection = "there is no connection yet.";
    QTest::newRow("text") << "txt"
                          << "there are no steps yet.";
    QTest::newRow("the ladder, as SVG") << "svg" << noConnection;
    QTest::newRow("the ladder, as PNG") << "png" << noConnection;
    QTest::newRow("the ladder, as Mermaid") << "mmd" << noConnection;
    QTest::newRow("segments") << "pcapng"
                              << "no segments were captured, because there was no connection yet.";
}

/// In a window that has just been opened. Its files are its own: their names would tell nothing.
void TestLiveWindow::saysThatThereIsNothingYet()
{
    QFETCH(const QString, suffix);
    QFETCH(const QString, reason);
    ClientOptions options;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("fresh"));
    ClientWindow fresh(options);
    fresh.show();
    auto *menu = fresh.findChild<SessionMenu *>();
    QSignalSpy failed(menu, &SessionMenu::failed);
    menu->exportTo(m_folder.filePath("nothing." + suffix));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.constFirst().constFirst().toString(), "Nothing to export: " + reason);
}

/// There are segments, but no connection.
void TestLiveWindow::showsARefusal()
{
    if (!mayCapture())
        SKIP_OR_FAIL(QStringLiteral("nothing can be captured here (run the tests as root)"));
    click(*m_server, "startButton"); // Stop Server
    QTRY_COMPARE(statusText(*m_server), QStringLiteral("Not listening"));
    ClientOptions options;
    options.port = part<QLineEdit>(*m_client, "portEdit")->text().toUShort();
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("refused"));
    m_client = std::make_unique<ClientWindow>(options);
    m_client->resize(1100, 700);
    m_client->show();
    click(*m_client, "sendButton");
    QTRY_COMPARE(ladder().count(), 2);
    QTRY_COMPARE(LadderRows::make(ladder(), LadderIndex(0)).headings, QStringList("The TCP handshake, refused"));
    QTRY_VERIFY(!lines(*m_client, "refused").isEmpty());
    QTRY_COMPARE(labelText(*m_client, "peerStateLabel"), QStringLiteral("CLOSED"));

    auto *log = part<QTableView>(*m_client, "stepView");
    auto *view = m_client->findChild<LadderView *>();
    const auto logRow = [this](const QString &text) {
        return int(lines(*m_client).indexOf(lines(*m_client, text).value(0)));
    };
    log->selectRow(logRow("Connecting"));
    QCOMPARE(view->currentRow(), LadderIndex(0));
    log->selectRow(logRow("refused"));
    QCOMPARE(view->currentRow(), LadderIndex(1));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Up);
    QCOMPARE(log->currentIndex().row(), logRow("Connecting"));
}

REGISTER_TEST(TestLiveWindow)
#include "tst_livewindow.moc"
