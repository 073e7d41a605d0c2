// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/captureadvice.h"
#include "client_gui/clientwindow.h"
#include "export/filelook.h"
#include "link/linkclient.h"
#include "server_gui/serverwindow.h"
#include "steps/steptime.h"
#include "support/fakelink.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/ladder/sequencepane.h"
#include "ui/status/conversationnotices.h"
#include "ui/status/statusline.h"
#include "ui/steps/detailsview.h"
#include "ui/steps/hexdump.h"
#include "ui/steps/logpane.h"
#include "ui/steps/stepview.h"
#include "ui/tools/uitools.h"
#include "ui/windows/conversationpane.h"
#include "ui/windows/sessionmenu.h"
#include "ui/windows/sessionwindow.h"
#include "ui/windows/windowopener.h"
#include "ui/wire/capturecontrol.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTcpSocket>
#include <QTextEdit>
#include <QTimer>

using namespace WindowTools;

/// Both windows in one process, over real loopback, and the parts that both share.
class TestWindows : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void sixStepsByMouse();
    void statesOfBothEnds();
    void sixStepsByKeyboard();
    void secondConnection();
    void closeAfterReply();
    void quitEndsTheConversation();
    void sessionWindowShowsTheFile();
    void sessionWindowsRememberTheirView();
    void saysWhyTheLabHasNoNetwork();
    void logsTheNetworkOfTheLab();
    void sessionWindowSaysOnceWhatIsWrong();
    void sessionWindowsStandForThemselves();
    void mainWindowTakesSessionWindowsAlong();
    void mnemonicsOfTheSessionWindow();

    void waitingBytesAreToldOfOnce();

    void followsUntilScrolledUp();
    void endKeyJumps();
    void filterAndEvents();
    void emptyLogSaysWhatWillCome();
    void missingCaptureInTheLog();
    void escapesAreTinted();
    void detailsOfAStep();
    void narrowAndWideKeepTheSelection();
    void hexDump_data();
    void hexDump();

private:
    ServerOptions serverOptions() const;
    void start();
    void connectClient();

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
};

namespace {

Step makeStep(int number, const QByteArray &text = "hello")
{
    Step step;
    step.time = StepTime::now();
    step.kind = number > 0 ? StepKind::Recv : StepKind::PeerFinished;
    step.number = number;
    step.connection = 1;
    step.local = QStringLiteral("127.0.0.1:8700");
    step.peer = QStringLiteral("127.0.0.1:51964");
    if (number > 0) {
        step.payload = text;
        step.size = text.size();
        step.bytes = text.size() + 1;
        step.offset = 100;
    }
    return step;
}

QList<QWidget *> sessionWindows()
{
    QList<QWidget *> windows = QApplication::topLevelWidgets();
    windows.removeIf([](const QWidget *widget) { return !qobject_cast<const SessionWindow *>(widget); });
    return windows;
}

/// A log without a conversation.
struct Log {
    SessionFile file;
    std::unique_ptr<ConversationPane> pane;

    explicit Log(const QString &path)
    {
        file.create(path);
        pane = std::make_unique<ConversationPane>(file);
        pane->resize(600, 400);
        pane->show();
    }
    StepView &view() const { return *pane->log()->view(); }
    int rows() const { return view().model()->rowCount(); }
    void append(int count)
    {
        for (int i = 0; i < count; ++i)
            file.append(makeStep(2 * int(file.count()) + 2));
    }
};

} // namespace

void TestWindows::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_server = std::make_unique<ServerWindow>(serverOptions());
    m_server->show();
}

void TestWindows::cleanup()
{
    m_client.reset();
    m_server.reset();
}

ServerOptions TestWindows::serverOptions() const
{
    ServerOptions options;
    options.port = quint16(0);
    options.replyDelayMs = 20;
    options.closeDelayMs = 100;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("server"));
    return options;
}

void TestWindows::start()
{
    click(*m_server, "startButton");
    QTRY_VERIFY(listeningOn(*m_server).contains(QStringLiteral("127.0.0.1:")));
    ClientOptions options;
    options.port = listeningOn(*m_server).section(QLatin1Char(':'), -1).toUShort();
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_client = std::make_unique<ClientWindow>(options);
    m_client->show();
}

void TestWindows::connectClient()
{
    start();
    click(*m_client, "sendButton");
    QTRY_COMPARE(steps(*m_client).size(), 2);
    QTRY_COMPARE(part<QPushButton>(*m_client, "sendButton")->text(), QStringLiteral("Se&nd")); // follows a moment later
}

void TestWindows::sixStepsByMouse()
{
    connectClient();
    click(*m_client, "closeButton");
    const QStringList client{QStringLiteral("[1] Send: Hi, server! I'm client."),
                             QStringLiteral("[4] Recv: Hi, client!"), QStringLiteral("[5] Close Socket")};
    const QStringList server{QStringLiteral("[2] Recv: Hi, server! I'm client."),
                             QStringLiteral("[3] Send: Hi, client!"), QStringLiteral("[6] Close Socket")};
    QTRY_COMPARE(steps(*m_client), client);
    QTRY_COMPARE(steps(*m_server), server);
    const QAbstractItemModel *model = m_server->findChild<StepView *>()->model();
    QStringList bytes;
    for (int row = 0; row < model->rowCount(); ++row)
        bytes.append(model->index(row, 3).data().toString());
    QVERIFY(bytes.contains(QStringLiteral("24 B")));
    QVERIFY(bytes.contains(QStringLiteral("12 B")));
    QTRY_COMPARE(labelText(*m_server, "stateLabel"), QStringLiteral("CLOSED"));
}

/// Both ends in both windows; TIME-WAIT counts down in the window of the end that closed first.
void TestWindows::statesOfBothEnds()
{
    const auto state = [](const QWidget &window) { return labelText(window, "stateLabel"); };
    const auto peerState = [](const QWidget &window) { return labelText(window, "peerStateLabel"); };
    part<QSpinBox>(*m_server, "closeDelayEdit")->setValue(60'000);
    connectClient();
    QTRY_COMPARE(state(*m_client), QStringLiteral("ESTABLISHED"));
    QTRY_COMPARE(peerState(*m_client), QStringLiteral("ESTABLISHED"));
    QTRY_VERIFY(part<QLabel>(*m_client, "connectionFacts")->text().startsWith(QStringLiteral("#1: round-trip time ")));
    QTRY_VERIFY(part<QLabel>(*m_client, "connectionFacts")
                    ->text()
                    .contains(QStringLiteral("0 retransmissions, 0 bytes not acknowledged")));

    click(*m_client, "closeButton");
    QTRY_VERIFY(state(*m_client).startsWith(QStringLiteral("FIN-WAIT-2")));
    QTRY_COMPARE(peerState(*m_client), QStringLiteral("CLOSE-WAIT"));
    QTRY_COMPARE(state(*m_server), QStringLiteral("CLOSE-WAIT"));
    QTRY_VERIFY(peerState(*m_server).startsWith(QStringLiteral("FIN-WAIT-2")));

    click(*m_server, "closeButton");
    QTRY_VERIFY(state(*m_client).startsWith(QStringLiteral("TIME-WAIT, ")));
    const auto secondsLeft = [&] { return state(*m_client).section(QLatin1Char(' '), 1, 1).toInt(); };
    const int first = secondsLeft();
    QVERIFY2(first > 0 && first <= 60, qPrintable(state(*m_client)));
    QTRY_COMPARE(peerState(*m_client), QStringLiteral("CLOSED"));
    QTRY_COMPARE(state(*m_server), QStringLiteral("CLOSED"));
    QTRY_VERIFY(peerState(*m_server).startsWith(QStringLiteral("TIME-WAIT, ")));
    QTRY_VERIFY(secondsLeft() < first);
    const QString toolTip = part<QLabel>(*m_client, "stateLabel")->parentWidget()->toolTip();
    QVERIFY(toolTip.contains(QStringLiteral("RFC 9293: 2 × MSL")));
    QVERIFY(!state(*m_client).contains(QStringLiteral("2 × MSL"))); // it is narrow
    m_client->resize(1400, 700);
    QTRY_VERIFY(state(*m_client).contains(QStringLiteral("(Linux: always 60 s; RFC 9293: 2 × MSL)")));
    m_client->resize(UiTools::minimumWindow);
    QTRY_COMPARE(m_client->size(), UiTools::minimumWindow); // the states do not force it wider
    QVERIFY(part<QLabel>(*m_client, "stateLabel")->geometry().right() < m_client->width());
}

void TestWindows::sixStepsByKeyboard()
{
    m_server->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_server.get()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(listeningOn(*m_server).contains(QStringLiteral("127.0.0.1:")));
    ClientOptions options;
    options.port = listeningOn(*m_server).section(QLatin1Char(':'), -1).toUShort();
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_client = std::make_unique<ClientWindow>(options);
    m_client->show();
    m_client->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_client.get()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(steps(*m_client).size(), 2);
    waitForButton(*m_client, "closeButton");
    QTest::keyClick(m_client.get(), Qt::Key_L, Qt::AltModifier);
    QTRY_COMPARE(steps(*m_client).value(2), QStringLiteral("[5] Close Socket"));
    QTRY_COMPARE(steps(*m_server).value(2), QStringLiteral("[6] Close Socket"));
}

void TestWindows::secondConnection()
{
    connectClient();
    waitForButton(*m_client, "closeButton");
    type(*m_client, "messageEdit", QStringLiteral("again"));
    QTest::keyClick(part<MessageEdit>(*m_client, "messageEdit"), Qt::Key_Return);
    QTRY_COMPARE(steps(*m_client).value(2), QStringLiteral("[5] Send: again"));
    QTRY_COMPARE(steps(*m_client).size(), 4);
    click(*m_client, "closeButton");
    QTRY_COMPARE(part<QPushButton>(*m_client, "sendButton")->text(), QStringLiteral("Connect and Se&nd"));
    QCOMPARE(m_client->focusWidget(), part<MessageEdit>(*m_client, "messageEdit")); // Return connects again
    click(*m_client, "sendButton");
    QTRY_COMPARE(steps(*m_client).value(5), QStringLiteral("[1] Send: again"));
    const auto *combo = part<QComboBox>(*m_client, "connectionCombo");
    QTRY_COMPARE(combo->count(), 2);
    QVERIFY(combo->currentText().startsWith(QStringLiteral("#2")));
    QTRY_VERIFY(labelText(*m_client, "stateLabel").startsWith(QStringLiteral("ESTABLISHED")));
}

void TestWindows::closeAfterReply()
{
    start();
    click(*m_client, "closeAfterReply");
    click(*m_client, "sendButton");
    QTRY_COMPARE(steps(*m_client).value(2), QStringLiteral("[5] Close Socket"));
}

void TestWindows::quitEndsTheConversation()
{
    connectClient();
    m_client->close();
    QVERIFY(m_client->isVisible()); // it closes its connection first
    QTRY_VERIFY(!m_client->isVisible());
    QFile file(m_sandbox->sessionPath(QStringLiteral("client")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\"kind\":\"close\""));
    QTRY_COMPARE(steps(*m_server).value(2), QStringLiteral("[6] Close Socket"));
}

void TestWindows::sessionWindowShowsTheFile()
{
    connectClient();
    click(*m_client, "closeButton");
    QTRY_COMPARE(steps(*m_client).size(), 3);
    const QStringList expected = lines(*m_client);
    m_client->close();
    QTRY_VERIFY(!m_client->isVisible());
    SessionWindow window(FileLook::at(m_sandbox->sessionPath(QStringLiteral("client"))));
    window.show();
    QTRY_COMPARE(lines(window), expected);
}

void TestWindows::sessionWindowsRememberTheirView()
{
    SessionFile file;
    QVERIFY(file.create(m_sandbox->sessionPath(QStringLiteral("log"))));
    const auto chosen = [](const SessionWindow &window) {
        return window.findChild<QAction *>(StepTimeText::word(TimeMode::SincePrevious));
    };
    {
        SessionWindow window(FileLook::at(file.path()));
        window.show();
        QVERIFY(!chosen(window)->isChecked());
        chosen(window)->trigger();
        window.close();
    }
    const SessionWindow window(FileLook::at(file.path()));
    QVERIFY(chosen(window)->isChecked());
}

void TestWindows::saysWhyTheLabHasNoNetwork()
{
    qputenv(LinkClient::whyNoneVariable.data(), "/dev/net/tun cannot be opened: No such file or directory");
    ClientOptions options;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("lab"));
    ClientWindow window(options);
    window.show();
    qunsetenv(LinkClient::whyNoneVariable.data());
    QCOMPARE(noticeText(window), QStringLiteral("This lab has no network between the two ends, only loopback: "
                                                "/dev/net/tun cannot be opened: No such file or directory."));
}

/// In the log and in exported ladders.
void TestWindows::logsTheNetworkOfTheLab()
{
    FakeLink link;
    qputenv(LinkClient::socketVariable.data(), link.path().toLocal8Bit());
    ClientOptions options;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("lab"));
    ClientWindow window(options);
    window.show();
    qunsetenv(LinkClient::socketVariable.data());
    const QByteArray settings = R"(, "settings": ["net.ipv4.tcp_congestion_control = reno"])";
    link.status(R"("rules": "loss 5%; hold")" + settings);
    const QString sentence =
        QStringLiteral("The network between the two ends: %1; net.ipv4.tcp_congestion_control = reno");
    const auto logged = [&window] {
        QStringList texts;
        const QAbstractItemModel *model = part<QTableView>(window, "stepView")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, 2).data().toString().trimmed());
        return texts.filter(QStringLiteral("The network"));
    };
    // A row of the log has the first clauses.
    QTRY_COMPARE(logged(), QStringList{QStringLiteral("The network between the two ends: loss 5%")});
    link.status(R"("rules": "loss 5%", "holding": false, "held": 7)" + settings); // holding is no condition
    QTRY_COMPARE(labelText(window, "linkWaiting"), QStringLiteral("7 packets wait"));
    QCOMPARE(logged().size(), 1);
    link.status(R"("rules": "")" + settings);
    QTRY_COMPARE(logged().size(), 2);
    QCOMPARE(logged().constLast(), QStringLiteral("The network between the two ends: perfect"));
    const QStringList legend = window.findChild<SequencePane *>()->model().shown().legend;
    QCOMPARE(legend, QStringList{sentence.arg(QStringLiteral("perfect"))});
}

void TestWindows::sessionWindowSaysOnceWhatIsWrong()
{
    const QString path = m_sandbox->sessionPath(QStringLiteral("missing"));
    SessionWindow missing(FileLook::at(path));
    missing.show();
    const QString sentence = noticeText(missing);
    QVERIFY2(sentence.startsWith(QStringLiteral("Cannot open %1: ").arg(path)), qPrintable(sentence));
    QCOMPARE(sentence.count(path), 1);

    // If its menu opens the file, the window shows the error, and no other window opens.
    const auto before = sessionWindows().size();
    m_server->findChild<SessionMenu *>()->openFile(path);
    QTRY_VERIFY(noticeText(*m_server).contains(path));
    QCOMPARE(sessionWindows().size(), before);
}

void TestWindows::sessionWindowsStandForThemselves()
{
    SessionFile file;
    QVERIFY(file.create(m_sandbox->sessionPath(QStringLiteral("log"))));
    WindowOpener::open(WindowOpener::windowFor(FileLook::at(file.path())));
    auto *first = qobject_cast<SessionWindow *>(sessionWindows().value(0));
    QVERIFY(first);
    first->sessionMenu().openFile(file.path());
    QTRY_COMPARE(sessionWindows().size(), 2);
    QPointer<QWidget> second =
        sessionWindows().value(0) == first ? sessionWindows().value(1) : sessionWindows().value(0);
    first->close();
    QTRY_COMPARE(sessionWindows().size(), 1); // deleted
    QVERIFY(second && second->isVisible());
    SessionWindow::closeAll();
    QTRY_VERIFY(!second);
}

void TestWindows::mainWindowTakesSessionWindowsAlong()
{
    m_server->findChild<SessionMenu *>()->openFile(m_sandbox->sessionPath(QStringLiteral("server")));
    QTRY_COMPARE(sessionWindows().size(), 1);
    QTimer::singleShot(0, m_server.get(), &QWidget::close);
    QTimer watchdog;
    watchdog.callOnTimeout(qApp, [] { QCoreApplication::exit(1); });
    watchdog.start(10'000);
    QCOMPARE(QApplication::exec(), 0); // the program ends
    QVERIFY(!m_server->isVisible());
    QTRY_COMPARE(sessionWindows().size(), 0);
}

void TestWindows::mnemonicsOfTheSessionWindow()
{
    SessionWindow window(FileLook::at(m_sandbox->sessionPath(QStringLiteral("missing"))));
    window.show();
    part<QPushButton>(window, "jumpToNewest")->show();
    QVERIFY(mnemonics(window).size() > 4);
    QCOMPARE(mnemonicClashes(window).join(QLatin1Char('\n')), QString());
}

void TestWindows::waitingBytesAreToldOfOnce()
{
    start();
    QTcpSocket peer;
    peer.connectToHost(QHostAddress::LocalHost,
                       m_client->findChild<QLineEdit *>(QStringLiteral("portEdit"))->text().toUShort());
    peer.write("he");
    QTRY_VERIFY(noticeText(*m_server).contains(QStringLiteral("2 bytes wait")));
    auto *bar = m_server->findChild<StatusLine *>();
    bar->show({.key = QStringLiteral("newer"), .kind = Notice::Kind::Question, .text = QStringLiteral("newer")});
    type(*m_server, "messageEdit", QStringLiteral("x"));
    click(*m_server, "sendButton"); // a new status with the same bytes waiting
    QTRY_COMPARE(steps(*m_server).size(), 1);
    QCOMPARE(noticeText(*m_server), QStringLiteral("newer"));
}

void TestWindows::followsUntilScrolledUp()
{
    Log log(m_sandbox->sessionPath(QStringLiteral("log")));
    log.append(200);
    QTRY_COMPARE(log.rows(), 200);
    QScrollBar *bar = log.view().verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0 && bar->value() == bar->maximum());
    const auto *jump = part<QPushButton>(*log.pane, "jumpToNewest");
    QVERIFY(!jump->isVisible());

    bar->setValue(10);
    QVERIFY(jump->isVisible());
    log.append(100);
    QTRY_COMPARE(log.rows(), 300);
    QTRY_VERIFY(bar->maximum() > 200);
    QCOMPARE(bar->value(), 10);

    click(*log.pane, "jumpToNewest");
    QCOMPARE(bar->value(), bar->maximum());
    QVERIFY(!jump->isVisible());
    log.append(100);
    QTRY_COMPARE(log.rows(), 400);
    QTRY_VERIFY(bar->maximum() > 300 && bar->value() == bar->maximum());
}

void TestWindows::endKeyJumps()
{
    Log log(m_sandbox->sessionPath(QStringLiteral("log")));
    log.append(200);
    QTRY_COMPARE(log.rows(), 200);
    QTRY_VERIFY(log.view().verticalScrollBar()->maximum() > 0);
    QTest::keyClick(&log.view(), Qt::Key_Home);
    QTRY_COMPARE(log.view().verticalScrollBar()->value(), 0);
    QVERIFY(!log.view().isFollowing());
    QTest::keyClick(&log.view(), Qt::Key_End);
    QVERIFY(log.view().isFollowing());
    QCOMPARE(log.view().currentIndex().row(), 199);
}

void TestWindows::filterAndEvents()
{
    Log log(m_sandbox->sessionPath(QStringLiteral("log")));
    log.file.append(makeStep(2, "apple"));
    log.file.append(makeStep(4, "pear"));
    log.file.append(makeStep(0));
    QTRY_COMPARE(log.rows(), 3);
    click(*log.pane, "eventsSwitch");
    QTRY_COMPARE(lines(*log.pane), (QStringList{QStringLiteral("[2] Recv: apple"), QStringLiteral("[4] Recv: pear")}));
    type(*log.pane, "filterEdit", QStringLiteral("PEAR"));
    QTRY_COMPARE(lines(*log.pane), QStringList{QStringLiteral("[4] Recv: pear")});
    type(*log.pane, "filterEdit", QStringLiteral("plum"));
    QTRY_COMPARE(log.rows(), 0);
    QVERIFY(log.view().accessibleDescription().contains(QStringLiteral("No step matches")));
    type(*log.pane, "filterEdit", QString());
    click(*log.pane, "eventsSwitch");
    QTRY_COMPARE(log.rows(), 3);
}

void TestWindows::emptyLogSaysWhatWillCome()
{
    const auto text = QStringLiteral("Steps of this end appear here.");
    auto *view = m_server->findChild<StepView *>();
    QVERIFY(view->accessibleDescription().contains(text));
    const QImage with = view->viewport()->grab().toImage();
    view->setEmptyText({});
    QVERIFY(view->viewport()->grab().toImage() != with); // it is painted, too
}

/// The first row of most users' logs: short, and different from the notice; the details have the rest.
void TestWindows::missingCaptureInTheLog()
{
    const CaptureProblem problem{.isForbidden = true, .reason = QStringLiteral("Nothing can capture here.")};
    emit m_server->findChild<CaptureControl *>()->failed(problem);
    const QAbstractItemModel *model = part<QTableView>(*m_server, "stepView")->model();
    QTRY_COMPARE(model->rowCount(), 1);
    const QString row = model->index(0, StepModel::TextColumn).data().toString();
    QCOMPARE(row, QStringLiteral("No capture: Sequence shows messages, not segments"));
    QCOMPARE(lines(*m_server).value(0), row + QStringLiteral(". ") + CaptureAdvice::sentence(problem));
    QVERIFY(!noticeText(*m_server).contains(row));
}

void TestWindows::escapesAreTinted()
{
    Log log(m_sandbox->sessionPath(QStringLiteral("log")));
    log.file.append(makeStep(2, "a\\nb"));
    log.file.append(makeStep(2, "a\nb"));
    QTRY_COMPARE(log.rows(), 2);
    const auto *model = log.view().model();
    QCOMPARE(model->index(0, 2).data(), model->index(1, 2).data());
    const auto image = [&log, model](int row) {
        return log.view().viewport()->grab(log.view().visualRect(model->index(row, 2))).toImage();
    };
    QVERIFY(image(0) != image(1));
}

void TestWindows::detailsOfAStep()
{
    const auto facts = DetailsView::facts(makeStep(2));
    const auto fact = [&facts](const QString &name) {
        for (const auto &[key, value] : facts) {
            if (key == name)
                return value;
        }
        return QString();
    };
    QCOMPARE(fact(QStringLiteral("Bytes")), QStringLiteral("6 B (5 + NUL)"));
    QCOMPARE(fact(QStringLiteral("In the received stream")), QStringLiteral("byte 100 to 105"));
    QCOMPARE(fact(QStringLiteral("Peer")), QStringLiteral("127.0.0.1:51964"));
    QCOMPARE(fact(QStringLiteral("Kept")), QStringLiteral("the whole message"));

    Log log(m_sandbox->sessionPath(QStringLiteral("log")));
    log.append(1);
    QTRY_COMPARE(log.rows(), 1);
    log.view().selectRow(0);
    part<QTabBar>(*log.pane, "paneTabs")->setCurrentIndex(1);
    QVERIFY(part<QTextEdit>(*log.pane, "detailsFacts")->toPlainText().contains(QStringLiteral("127.0.0.1:51964")));
    QCOMPARE(part<QPlainTextEdit>(*log.pane, "detailsText")->toPlainText(), QStringLiteral("hello"));
    part<QTabWidget>(*log.pane, "detailsTabs")->setCurrentIndex(1);
    QVERIFY(part<QPlainTextEdit>(*log.pane, "detailsHex")->toPlainText().contains(QStringLiteral("68 65 6c 6c 6f")));
}

void TestWindows::narrowAndWideKeepTheSelection()
{
    Log log(m_sandbox->sessionPath(QStringLiteral("log")));
    log.append(5);
    QTRY_COMPARE(log.rows(), 5);
    log.view().selectRow(3);
    const auto *facts = part<QTextEdit>(*log.pane, "detailsFacts");
    QVERIFY(!facts->isVisible());
    log.pane->setWide(true);
    QVERIFY(facts->isVisible());
    QVERIFY(!part<QTabBar>(*log.pane, "paneTabs")->isVisible());
    QVERIFY(facts->toPlainText().contains(QStringLiteral("[8] Recv")));
    log.pane->setWide(false);
    QVERIFY(!facts->isVisible());
    QCOMPARE(log.view().currentIndex().row(), 3);
}

void TestWindows::hexDump_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("dump");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("a few") << QByteArray("Hi\n\xff", 4)
                           << QStringLiteral("00000000  48 69 0a ff").leftJustified(60) + QStringLiteral("|Hi..|");
    QTest::newRow("two lines") << QByteArray("0123456789abcdefg")
                               << QStringLiteral("00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  "
                                                 "|0123456789abcdef|\n") +
                                      QStringLiteral("00000010  67").leftJustified(60) + QStringLiteral("|g|");
}

void TestWindows::hexDump()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, dump);
    QCOMPARE(HexDump::text(bytes), dump);
}

REGISTER_TEST(TestWindows)
#include "tst_windows.moc"
