// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "server_gui/replymenu.h"
#include "server_gui/serverwindow.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/forms/addresscombo.h"
#include "ui/status/connectionbar.h"
#include "ui/status/connectionmodel.h"
#include "ui/status/conversationnotices.h"
#include "ui/status/statusline.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QToolButton>

#include <sys/socket.h>

using namespace WindowTools;

/// The server's window, driven by clicks and keys; its clients are plain sockets.
class TestServerWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void freshWindow();
    void portIsChecked_data();
    void portIsChecked();
    void addressIsChecked();
    void otherAddressesAreNoticed();
    void enterStarts_data();
    void enterStarts();
    void startAndStop();
    void fieldsCloseWhileListening();
    void portInUse();
    void replyIsChangedWhileListening();
    void replyNow();
    void countdownAndKeepOpen();
    void closeNow();
    void altLCloses();
    void sendsTypedMessages();
    void repliesInTurn();
    void rulesOfAFile();
    void resetAndFinishSending();
    void partialMessageIsNoticed();
    void dismissedNoticeStaysAway();
    void resetByPeerIsNoticed();
    void neverCanBeTyped();
    void sessionFailureIsNoticed();
    void settingsAreRemembered();
    void framingWithParameters();
    void optionsAreNotRemembered();
    void beginOption();
    void mnemonicsAreUnique();
    void connectionModel();
    void attemptsInTheModel();
    void connectionsAreForgotten();

private:
    void checkMnemonics();
    void open(ServerOptions options);
    void listen();
    std::unique_ptr<QTcpSocket> connectPeer();
    void reopen();

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_window;
};

void TestServerWindow::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    ServerOptions options;
    options.port = quint16(0);
    options.replyDelayMs = 0;
    open(options);
}

void TestServerWindow::cleanup()
{
    m_window.reset();
}

void TestServerWindow::open(ServerOptions options)
{
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("server"));
    m_window.reset();
    m_window = std::make_unique<ServerWindow>(options);
    m_window->show();
}

/// Closes the window as a user does, and opens it again without options.
void TestServerWindow::reopen()
{
    m_window->close();
    QTRY_VERIFY(!m_window->isVisible());
    open({});
}

void TestServerWindow::listen()
{
    click(*m_window, "startButton");
    QTRY_VERIFY(listeningOn(*m_window).contains(QStringLiteral("127.0.0.1:")));
}

std::unique_ptr<QTcpSocket> TestServerWindow::connectPeer()
{
    auto peer = std::make_unique<QTcpSocket>();
    peer->connectToHost(QStringLiteral("127.0.0.1"), listeningOn(*m_window).section(QLatin1Char(':'), -1).toUShort());
    [&] { QTRY_COMPARE(peer->state(), QAbstractSocket::ConnectedState); }();
    [&] { QTRY_VERIFY(part<QAbstractButton>(*m_window, "closeButton")->isEnabled()); }();
    return peer;
}

void TestServerWindow::freshWindow()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const auto *start = part<QPushButton>(*m_window, "startButton");
    QCOMPARE(QApplication::focusWidget(), start);
    QVERIFY(start->isDefault());
    const auto *send = part<QPushButton>(*m_window, "sendButton");
    QVERIFY(!send->isEnabled());
    QVERIFY(send->toolTip().contains(QStringLiteral("No connection is open")));
    QVERIFY(!part<QToolButton>(*m_window, "closeButton")->isEnabled());
    QVERIFY(!m_window->windowIcon().pixmap(16).isNull());
    QCOMPARE(part<QComboBox>(*m_window, "connectionCombo")->placeholderText(), QStringLiteral("No connection yet"));
    QCOMPARE(m_window->minimumSize(), QSize(640, 480));
    QVERIFY(m_window->minimumSizeHint().width() <= 640 && m_window->minimumSizeHint().height() <= 480);
}

void TestServerWindow::portIsChecked_data()
{
    QTest::addColumn<QString>("port");
    QTest::addColumn<bool>("good");
    QTest::newRow("the usual") << QStringLiteral("8700") << true;
    QTest::newRow("any free one") << QStringLiteral("0") << true;
    QTest::newRow("the highest") << QStringLiteral("65535") << true;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("too high") << QStringLiteral("65536") << false;
    QTest::newRow("negative") << QStringLiteral("-1") << false;
    QTest::newRow("a word") << QStringLiteral("http") << false;
}

void TestServerWindow::portIsChecked()
{
    QFETCH(const QString, port);
    QFETCH(const bool, good);
    type(*m_window, "portEdit", port);
    const QString error = labelText(*m_window, "formError");
    const auto *start = part<QPushButton>(*m_window, "startButton");
    QCOMPARE(start->isEnabled(), good);
    if (good) {
        QCOMPARE(error, QString());
    } else {
        QVERIFY(error.startsWith(QStringLiteral("A port is a number from 0 to 65535")));
        QCOMPARE(start->toolTip(), error);
    }
}

void TestServerWindow::addressIsChecked()
{
    auto *address = part<AddressCombo>(*m_window, "addressCombo");
    address->setEditText(QStringLiteral("300.1.1.1"));
    QVERIFY(labelText(*m_window, "formError").startsWith(QStringLiteral("Enter an address")));
    QVERIFY(!part<QPushButton>(*m_window, "startButton")->isEnabled());
    address->setEditText(QStringLiteral("::1"));
    QCOMPARE(labelText(*m_window, "formError"), QString());
}

void TestServerWindow::otherAddressesAreNoticed()
{
    auto *address = part<AddressCombo>(*m_window, "addressCombo");
    QCOMPARE(noticeText(*m_window), QString());
    address->setCurrentIndex(2);
    QVERIFY(noticeText(*m_window).startsWith(QStringLiteral("Other computers")));
    click(*m_window, "noticeAction0");
    QCOMPARE(address->currentText(), QStringLiteral("127.0.0.1"));
    QCOMPARE(noticeText(*m_window), QString());
    address->setCurrentIndex(2);
    QVERIFY(!noticeText(*m_window).isEmpty());
    address->setCurrentIndex(0);
    QCOMPARE(noticeText(*m_window), QString());
}

void TestServerWindow::enterStarts_data()
{
    QTest::addColumn<QByteArray>("field");
    for (const char *field : {"portEdit", "replyEdit", "replyDelayEdit", "addressCombo", "startButton"})
        QTest::newRow(field) << QByteArray(field);
}

void TestServerWindow::enterStarts()
{
    QFETCH(const QByteArray, field);
    auto *widget = part<QWidget>(*m_window, field.constData());
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_Return);
    QTRY_COMPARE(lines(*m_window, QStringLiteral("Listening on 127.0.0.1:")).size(), 1);
    QTRY_COMPARE(part<QPushButton>(*m_window, "startButton")->text(), QStringLiteral("S&top Server"));
}

void TestServerWindow::startAndStop()
{
    listen();
    click(*m_window, "startButton");
    QTRY_COMPARE(lines(*m_window, QStringLiteral("Stopped listening")).size(), 1);
    QTRY_COMPARE(part<QPushButton>(*m_window, "startButton")->text(), QStringLiteral("S&tart Server"));
}

void TestServerWindow::fieldsCloseWhileListening()
{
    auto *port = part<QLineEdit>(*m_window, "portEdit");
    const QString toolTip = port->toolTip();
    listen();
    QTRY_VERIFY(!port->isEnabled());
    QCOMPARE(port->toolTip(), QStringLiteral("Stop the server to change this."));
    QVERIFY(part<MessageEdit>(*m_window, "replyEdit")->isEnabled());
    // Enter applies a reply, and does not stop the server.
    QTest::keyClick(part<MessageEdit>(*m_window, "replyEdit"), Qt::Key_Return);
    const auto peer = connectPeer();
    click(*m_window, "startButton");
    QTRY_VERIFY(port->isEnabled());
    QCOMPARE(port->toolTip(), toolTip);
}

void TestServerWindow::portInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    type(*m_window, "portEdit", QString::number(other.serverPort()));
    click(*m_window, "startButton");
    QTRY_VERIFY(noticeText(*m_window).contains(QStringLiteral("already in use")));
    QCOMPARE(part<QPushButton>(*m_window, "startButton")->text(), QStringLiteral("S&tart Server"));
    QCOMPARE(part<QPushButton>(*m_window, "noticeAction0")->text(), QStringLiteral("Choose a Free Port"));
    click(*m_window, "noticeAction0");
    QTRY_VERIFY(listeningOn(*m_window).startsWith(QStringLiteral("Listening on 127.0.0.1:")));
    QCOMPARE(noticeText(*m_window), QString());
}

void TestServerWindow::replyIsChangedWhileListening()
{
    listen();
    const auto peer = connectPeer();
    type(*m_window, "replyEdit", QStringLiteral("other"));
    peer->write("hello\0", 6);
    QTRY_COMPARE(peer->bytesAvailable(), 6);
    QCOMPARE(peer->readAll(), QByteArray("other\0", 6));
}

void TestServerWindow::replyNow()
{
    part<QSpinBox>(*m_window, "replyDelayEdit")->setValue(60'000);
    listen();
    const auto peer = connectPeer();
    peer->write("hello\0", 6);
    QTRY_VERIFY(statusText(*m_window).startsWith(QStringLiteral("Reply due in ")));
    const QString before = statusText(*m_window);
    QTRY_VERIFY(statusText(*m_window) != before); // it counts
    click(*m_window, "replyNow");
    QTRY_COMPARE(steps(*m_window).value(1), QStringLiteral("[3] Send: Hi, client!"));
    QTRY_VERIFY(!part<QPushButton>(*m_window, "replyNow")->isVisible());
}

void TestServerWindow::countdownAndKeepOpen()
{
    ServerOptions options;
    options.port = quint16(0);
    options.closeDelayMs = 60'000;
    open(options);
    listen();
    const auto peer = connectPeer();
    const int height = part<QTableView>(*m_window, "stepView")->height();
    peer->disconnectFromHost();
    QTRY_VERIFY(statusText(*m_window).startsWith(QStringLiteral("Closing in ")));
    QCOMPARE(labelText(*m_window, "stateLabel"), QStringLiteral("CLOSE-WAIT"));
    QVERIFY(part<QLabel>(*m_window, "stateLabel")
                ->parentWidget()
                ->toolTip()
                .contains(QStringLiteral("60 s in FIN-WAIT-2")));
    QCOMPARE(part<QTableView>(*m_window, "stepView")->height(), height); // nothing jumps
    click(*m_window, "keepOpen");
    QTRY_VERIFY(statusText(*m_window).contains(QStringLiteral("Open until you close it")));
    QVERIFY(!part<QPushButton>(*m_window, "closeNow")->isVisible());
    QCOMPARE(steps(*m_window), QStringList());
    click(*m_window, "closeButton");
    QTRY_COMPARE(steps(*m_window), QStringList{QStringLiteral("[2] Close Socket")});
}

void TestServerWindow::closeNow()
{
    ServerOptions options;
    options.port = quint16(0);
    options.closeDelayMs = 60'000;
    open(options);
    listen();
    const auto peer = connectPeer();
    peer->disconnectFromHost();
    QTRY_VERIFY(part<QPushButton>(*m_window, "closeNow")->isVisible());
    click(*m_window, "closeNow");
    QTRY_COMPARE(steps(*m_window), QStringList{QStringLiteral("[2] Close Socket")});
    QTRY_COMPARE(statusText(*m_window), listeningOn(*m_window));
}

void TestServerWindow::altLCloses()
{
    listen();
    const auto peer = connectPeer();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::AltModifier);
    QTRY_COMPARE(steps(*m_window), QStringList{QStringLiteral("[1] Close Socket")});
}

void TestServerWindow::sendsTypedMessages()
{
    listen();
    const auto peer = connectPeer();
    type(*m_window, "messageEdit", QStringLiteral("one"));
    QTest::keyClick(part<MessageEdit>(*m_window, "messageEdit"), Qt::Key_Return);
    QTRY_COMPARE(peer->bytesAvailable(), 4);
    type(*m_window, "messageEdit", QStringLiteral("two"));
    click(*m_window, "sendButton");
    QTRY_COMPARE(peer->bytesAvailable(), 8);
    QTRY_COMPARE(steps(*m_window), (QStringList{QStringLiteral("[1] Send: one"), QStringLiteral("[3] Send: two")}));
}

/// The mode takes effect with the next message.
void TestServerWindow::repliesInTurn()
{
    listen();
    const auto peer = connectPeer();
    const auto *edit = part<MessageEdit>(*m_window, "replyEdit");
    const auto choose = [this](ReplyMode mode) {
        part<QAction>(*m_window, QByteArray("replyMode" + QByteArray::number(int(mode))).constData())->trigger();
    };
    choose(ReplyMode::Echo);
    QCOMPARE(part<QLabel>(*edit, "messageNote")->text(), QStringLiteral("echo instead"));
    peer->write("one\0", 4);
    QTRY_COMPARE(peer->bytesAvailable(), 4);
    QCOMPARE(peer->readAll(), QByteArray("one\0", 4));
    choose(ReplyMode::None);
    peer->write("two\0", 4);
    QTRY_COMPARE(steps(*m_window).size(), 3);
    choose(ReplyMode::Fixed);
    QCOMPARE(part<QLabel>(*edit, "messageNote")->text(), QString());
    peer->write("three\0", 6);
    QTRY_COMPARE(peer->bytesAvailable(), 12);
    QCOMPARE(peer->readAll(), QByteArray("Hi, client!\0", 12));
    QVERIFY(!part<QAction>(*m_window, "replyMode1")->isEnabled()); // there are no rules
}

/// They are remembered.
void TestServerWindow::rulesOfAFile()
{
    auto *menu = m_window->findChild<ReplyMenu *>();
    menu->openFile(QStringLiteral("/dev/null"));
    QTRY_VERIFY2(noticeText(*m_window).startsWith(QStringLiteral("/dev/null: ")), qPrintable(noticeText(*m_window)));
    QCOMPARE(menu->mode(), ReplyMode::Fixed);
    menu->openFile(QStringLiteral(EXAMPLES "/../rules/meter.json"));
    QTRY_COMPARE(menu->mode(), ReplyMode::Rules);
    reopen();
    QCOMPARE(part<QLabel>(*part<MessageEdit>(*m_window, "replyEdit"), "messageNote")->text(),
             QStringLiteral("if no rule fits"));
    type(*m_window, "portEdit", QStringLiteral("0")); // another program may use 8700
    listen();
    const auto peer = connectPeer();
    QTRY_COMPARE(peer->bytesAvailable(), 16);
    QCOMPARE(peer->readAll(), QByteArray("220 meter ready\0", 16));
    peer->write("MEAS? 7\0", 8);
    QTRY_COMPARE(peer->bytesAvailable(), 6);
    QCOMPARE(peer->readAll(), QByteArray("7.5 V\0", 6));
    peer->write("?\0", 2);
    QTRY_COMPARE(peer->bytesAvailable(), 12);
}

void TestServerWindow::resetAndFinishSending()
{
    listen();
    auto peer = connectPeer();
    part<QAction>(*m_window, "finishSendingAction")->trigger();
    QTRY_COMPARE(lines(*m_window, QStringLiteral("Finished sending")).size(), 1);
    QTRY_VERIFY(!part<QPushButton>(*m_window, "sendButton")->isEnabled());
    QVERIFY(part<QPushButton>(*m_window, "sendButton")->toolTip().contains(QStringLiteral("has finished sending")));
    QVERIFY(!part<QAction>(*m_window, "finishSendingAction")->isEnabled());
    part<QAction>(*m_window, "resetAction")->trigger();
    QTRY_COMPARE(steps(*m_window), QStringList{QStringLiteral("[1] Reset Socket")});
}

void TestServerWindow::partialMessageIsNoticed()
{
    listen();
    const auto peer = connectPeer();
    peer->write("hello\n");
    QTRY_COMPARE(noticeText(*m_window), QStringLiteral("#1: 6 bytes wait for a NUL. They end with a newline."));
    click(*m_window, "noticeAction0");
    QTRY_COMPARE(steps(*m_window).value(0), QStringLiteral("[2] Recv: hello"));
    QTRY_COMPARE(peer->bytesAvailable(), 12);
    QCOMPARE(peer->readAll().back(), '\n'); // and so does the answer
    QCOMPARE(noticeText(*m_window), QString());
    peer->write("hey");
    QTRY_COMPARE(noticeText(*m_window), QStringLiteral("#1: 3 bytes wait for a newline."));
    click(*m_window, "noticeAction0");
    QTRY_COMPARE(steps(*m_window).value(2), QStringLiteral("[6] Recv: hey"));
}

void TestServerWindow::dismissedNoticeStaysAway()
{
    listen();
    const auto peer = connectPeer();
    peer->write("he");
    QTRY_VERIFY(!noticeText(*m_window).isEmpty());
    click(*m_window, "dismissNotice");
    QCOMPARE(noticeText(*m_window), QString());
    type(*m_window, "messageEdit", QStringLiteral("x"));
    click(*m_window, "sendButton"); // a new status with the same bytes waiting
    QTRY_COMPARE(steps(*m_window).size(), 1);
    QCOMPARE(noticeText(*m_window), QString());
    peer->write("y"); // more of the message that was told of
    QTRY_COMPARE(m_window->findChild<ConnectionBar *>()->model().find(1)->partialBytes, 3);
    QCOMPARE(noticeText(*m_window), QString());
}

void TestServerWindow::resetByPeerIsNoticed()
{
    listen();
    auto peer = connectPeer();
    peer->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    type(*m_window, "messageEdit", QStringLiteral("unread"));
    click(*m_window, "sendButton");
    QTRY_COMPARE(steps(*m_window).size(), 1);
    QTRY_VERIFY(peer->bytesAvailable() > 0 || peer->state() == QAbstractSocket::ConnectedState);
    const linger hard{1, 0};
    QCOMPARE(setsockopt(int(peer->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard), 0);
    peer->abort();
    QTRY_VERIFY(noticeText(*m_window).startsWith(QStringLiteral("#1: Reset by the peer")));
    QTRY_VERIFY(!part<QToolButton>(*m_window, "closeButton")->isEnabled());
}

void TestServerWindow::neverCanBeTyped()
{
    auto *delay = part<QSpinBox>(*m_window, "closeDelayEdit");
    delay->setFocus();
    delay->selectAll();
    QTest::keyClicks(delay, QStringLiteral("never"));
    QTest::keyClick(delay, Qt::Key_Tab);
    QCOMPARE(delay->value(), delay->minimum());
}

void TestServerWindow::sessionFailureIsNoticed()
{
    ServerOptions options;
    options.port = quint16(0);
    options.sessionPath = QStringLiteral("/dev/null/no/such/folder.jsonl");
    m_window = std::make_unique<ServerWindow>(options);
    m_window->show();
    QTRY_VERIFY(noticeText(*m_window).contains(QStringLiteral("cannot be written")));
    listen(); // and the program goes on
    QTRY_COMPARE(lines(*m_window, QStringLiteral("Listening")).size(), 1);
}

void TestServerWindow::settingsAreRemembered()
{
    open({});
    type(*m_window, "portEdit", QStringLiteral("4321"));
    type(*m_window, "replyEdit", QStringLiteral("remember me"));
    part<AddressCombo>(*m_window, "addressCombo")->setCurrentIndex(2);
    click(*m_window, "moreButton");
    part<QComboBox>(*m_window, "framingCombo")->setCurrentIndex(1);
    part<QSpinBox>(*m_window, "closeDelayEdit")->setValue(-1);
    type(*m_window, "allowEdit", QStringLiteral("127.0.0.0/8"));
    click(*m_window, "eventsSwitch");
    m_window->resize(1000, 600);
    reopen();
    QCOMPARE(part<QLineEdit>(*m_window, "portEdit")->text(), QStringLiteral("4321"));
    QCOMPARE(messageText(*m_window, "replyEdit"), QStringLiteral("remember me"));
    QCOMPARE(part<AddressCombo>(*m_window, "addressCombo")->currentIndex(), 2);
    QVERIFY(part<QComboBox>(*m_window, "framingCombo")->isVisible());
    QCOMPARE(part<QComboBox>(*m_window, "framingCombo")->currentIndex(), 1);
    QCOMPARE(part<QSpinBox>(*m_window, "closeDelayEdit")->text(), QStringLiteral("never"));
    QCOMPARE(part<QLineEdit>(*m_window, "allowEdit")->text(), QStringLiteral("127.0.0.0/8"));
    QVERIFY(!part<QAbstractButton>(*m_window, "eventsSwitch")->isChecked());
    QCOMPARE(m_window->size(), QSize(1000, 600));
}

/// A kind with parameters shows a field for them, with its mistake.
void TestServerWindow::framingWithParameters()
{
    open({});
    click(*m_window, "moreButton");
    auto *kind = part<QComboBox>(*m_window, "framingCombo");
    auto *parameters = part<QLineEdit>(*m_window, "framingEdit");
    QVERIFY(!parameters->isVisible());
    QCOMPARE(part<QComboBox>(*m_window, "sendFramingCombo")->currentIndex(), 0); // the same
    kind->setCurrentIndex(kind->findData(QStringLiteral("length")));
    QVERIFY(parameters->isVisible());
    QCOMPARE(parameters->text(), QStringLiteral("2be"));
    type(*m_window, "framingEdit", QStringLiteral("3be"));
    QVERIFY(part<QLabel>(*m_window, "formError")->text().startsWith(QStringLiteral("A length prefix is a width of")));
    QVERIFY(!part<QPushButton>(*m_window, "startButton")->isEnabled());
    type(*m_window, "framingEdit", QStringLiteral("4le+1"));
    QVERIFY(!part<QLabel>(*m_window, "formError")->isVisible());
    auto *sent = part<QComboBox>(*m_window, "sendFramingCombo");
    sent->setCurrentIndex(sent->findData(QStringLiteral("crlf")));
    QVERIFY(!part<QLineEdit>(*m_window, "sendFramingEdit")->isVisible());
    reopen();
    QCOMPARE(part<QComboBox>(*m_window, "framingCombo")->currentData(), QStringLiteral("length"));
    QCOMPARE(part<QLineEdit>(*m_window, "framingEdit")->text(), QStringLiteral("4le+1"));
    QCOMPARE(part<QComboBox>(*m_window, "sendFramingCombo")->currentData(), QStringLiteral("crlf"));
}

void TestServerWindow::optionsAreNotRemembered()
{
    open({});
    type(*m_window, "portEdit", QStringLiteral("4321"));
    type(*m_window, "replyEdit", QStringLiteral("mine"));
    reopen();
    m_window->close();
    QTRY_VERIFY(!m_window->isVisible());
    ServerOptions options;
    options.port = quint16(1234);
    options.reply = TypedMessage{.text = "given"};
    options.framing = Framing::None;
    open(options);
    QCOMPARE(part<QLineEdit>(*m_window, "portEdit")->text(), QStringLiteral("1234"));
    QCOMPARE(messageText(*m_window, "replyEdit"), QStringLiteral("given"));
    type(*m_window, "replyEdit", QStringLiteral("typed"));
    reopen();
    QCOMPARE(part<QLineEdit>(*m_window, "portEdit")->text(), QStringLiteral("4321"));
    QCOMPARE(messageText(*m_window, "replyEdit"), QStringLiteral("typed"));
    QCOMPARE(part<QComboBox>(*m_window, "framingCombo")->currentIndex(), 0);
}

void TestServerWindow::beginOption()
{
    ServerOptions options;
    options.port = quint16(0);
    options.begin = true;
    open(options);
    QTRY_VERIFY(listeningOn(*m_window).startsWith(QStringLiteral("Listening on 127.0.0.1:")));
}

/// With the buttons that the status line has now.
void TestServerWindow::checkMnemonics()
{
    part<QPushButton>(*m_window, "jumpToNewest")->show();
    QCOMPARE(mnemonicClashes(*m_window).join(QLatin1Char('\n')), QString());
}

void TestServerWindow::mnemonicsAreUnique()
{
    click(*m_window, "moreButton");
    QVERIFY(mnemonics(*m_window).size() > 10);
    QCOMPARE(mnemonics(*m_window).value((Qt::ALT | Qt::Key_L).toCombined()),
             QStringList{QStringLiteral("C&lose Connection")});

    auto *line = m_window->findChild<StatusLine *>();
    ConnectionStatus due;
    due.repliesDue = 1;
    due.replyDueUs = due.closeDueUs = StepTime::now().monotonicUs + 60'000'000;
    line->setPending(due);
    QVERIFY(part<QPushButton>(*m_window, "replyNow")->isVisible());
    QVERIFY(part<QPushButton>(*m_window, "keepOpen")->isVisible());
    checkMnemonics();
    ConnectionStatus closing;
    closing.progress.life = Life::CloseWanted;
    line->setPending(closing);
    QVERIFY(part<QPushButton>(*m_window, "resetNow")->isVisible());
    checkMnemonics();

    ConnectionStatus status;
    status.id = 1;
    status.partialBytes = 6;
    status.partialEndsWithNewline = true;
    line->show(ConversationNotices::partial(status, {}, {}));
    QVERIFY(part<QPushButton>(*m_window, "noticeAction1")->isVisible());
    checkMnemonics();
    line->remove(ConversationNotices::partialKey(status.id));

    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    type(*m_window, "portEdit", QString::number(other.serverPort()));
    click(*m_window, "startButton");
    QTRY_VERIFY(noticeText(*m_window).contains(QStringLiteral("already in use")));
    checkMnemonics();

    part<AddressCombo>(*m_window, "addressCombo")->setAddress(QHostAddress(QStringLiteral("192.0.2.1")));
    QVERIFY(noticeText(*m_window).startsWith(QStringLiteral("Other computers")));
    checkMnemonics();
    click(*m_window, "startButton");
    QTRY_VERIFY(noticeText(*m_window).contains(QStringLiteral("192.0.2.1")));
    checkMnemonics();
}

namespace {

ConnectionStatus status(int id, bool isOpen)
{
    ConnectionStatus connection;
    connection.id = id;
    connection.peer = QStringLiteral("127.0.0.1:%1").arg(1000 + id);
    connection.progress.life = isOpen ? Life::Open : Life::Over;
    return connection;
}

} // namespace

void TestServerWindow::connectionModel()
{
    ConnectionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.newestOpen(), 0);
    model.update({{1, status(1, true)}, {2, status(2, true)}});
    model.update({{3, status(3, true)}});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.newestOpen(), 3);
    model.update({{3, status(3, false)}, {1, status(1, false)}});
    QCOMPARE(model.newestOpen(), 2);
    QCOMPARE(model.index(2).data().toString(), QStringLiteral("#3 127.0.0.1:1003, socket closed"));
    QCOMPARE(model.rowOf(2), 1);
    QCOMPARE(model.idAt(7), 0);
    model.update({{2, status(2, false)}});
    QCOMPARE(model.newestOpen(), 0);
}

/// Failed attempts are entries where they happened; an attempt that became a connection is not.
void TestServerWindow::attemptsInTheModel()
{
    ConnectionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto attempt = [](int id, int after, StepKind outcome) {
        ConnectionStatus made = status(id, false);
        made.peer = QStringLiteral("127.0.0.1:8700");
        made.after = after;
        made.outcome = outcome;
        return made;
    };
    const auto texts = [&model] {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(model.index(row).data().toString());
        return all;
    };
    model.update({{-1, attempt(-1, 0, StepKind::Connecting)}});
    QCOMPARE(texts(), QStringList(QStringLiteral("127.0.0.1:8700, connecting")));
    model.update({{-1, attempt(-1, 0, StepKind::Refused)}});
    QCOMPARE(texts(), QStringList(QStringLiteral("127.0.0.1:8700, refused")));
    QCOMPARE(model.newestOpen(), 0);
    model.update({{-2, attempt(-2, 0, StepKind::Connecting)}});
    QCOMPARE(model.rowOf(-2), 1);
    model.update({{-2, attempt(-2, 0, StepKind::Connected)}, {1, status(1, true)}});
    QCOMPARE(texts(), (QStringList{QStringLiteral("127.0.0.1:8700, refused"), QStringLiteral("#1 127.0.0.1:1001")}));
    QCOMPARE(model.rowOf(-2), -1);
    QCOMPARE(model.rowOf(1), 1);
    // All at once: each follows the connection that was the newest when it began.
    model.update({{-5, attempt(-5, 2, StepKind::TimedOut)},
                  {-4, attempt(-4, 1, StepKind::Connected)},
                  {-3, attempt(-3, 1, StepKind::Cancelled)},
                  {1, status(1, false)},
                  {2, status(2, true)}});
    QCOMPARE(
        texts().mid(1),
        (QStringList{QStringLiteral("#1 127.0.0.1:1001, socket closed"), QStringLiteral("127.0.0.1:8700, cancelled"),
                     QStringLiteral("#2 127.0.0.1:1002"), QStringLiteral("127.0.0.1:8700, timed out")}));
    for (const int id : {-1, 1, -3, 2, -5})
        QCOMPARE(model.idAt(model.rowOf(id)), id);
    QCOMPARE(model.rowOf(3), -1);
    model.update({{-4, attempt(-4, 1, StepKind::Connected)}}); // nobody brings it back
    QCOMPARE(model.rowCount(), 5);
}

void TestServerWindow::connectionsAreForgotten()
{
    ConnectionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    constexpr int selected = 4;
    constexpr int last = ConnectionModel::maxClosed + 10;
    std::map<int, ConnectionStatus> all;
    for (int id = 1; id <= last; ++id)
        all[id] = status(id, id == 2 || id == last);
    model.update(all, selected);
    QCOMPARE(model.rowCount(), ConnectionModel::maxClosed + 2);
    QCOMPARE(model.idAt(0), 2); // it is open
    QCOMPARE(model.idAt(1), selected);
    QCOMPARE(model.idAt(2), 11);
    QCOMPARE(model.newestOpen(), last);

    model.update({{2, status(2, false)}, {last, status(last, false)}}, 0);
    QCOMPARE(model.rowCount(), ConnectionModel::maxClosed);
    QCOMPARE(model.idAt(0), 11);
    QCOMPARE(model.newestOpen(), 0);
    model.update({{2, status(2, false)}}); // nobody brings it back
    QCOMPARE(model.rowOf(2), -1);
}

REGISTER_TEST(TestServerWindow)
#include "tst_serverwindow.moc"
