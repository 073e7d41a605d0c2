// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "ladder/ladderrows.h"
#include "messages/messagefile.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/forms/conversationform.h"
#include "ui/ladder/sequencepane.h"
#include "ui/status/controls.h"
#include "ui/status/conversationnotices.h"
#include "ui/status/pendingtext.h"
#include "ui/status/statusline.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QToolButton>

using namespace WindowTools;

/// The client's window, driven by clicks and keys; its server is a plain socket.
class TestClientWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void freshWindow();
    void fieldsAreChecked_data();
    void fieldsAreChecked();
    void enterConnects_data();
    void enterConnects();
    void refusedThenRetry();
    void focusReturnsAfterAFailure();
    void failedAttemptIsAnEntry();
    void refusalIsForgottenWhileConnecting();
    void retryWithAWrongFormSaysWhatIsWrong();
    void connectsWithoutSending();
    void sendsAgain();
    void repeats();
    void largeFileIsStreamed();
    void sendsBytes();
    void copiesCommands();
    void mistakeInTheMessage();
    void messageThatDoesNotFitItsFraming();
    void backslashInText();
    void computedFields();
    void longMessagesArriveWhole_data();
    void longMessagesArriveWhole();
    void nothingMovesWhenANoticeComes();
    void quitAsksWhileBytesHaveNotLeft_data();
    void quitAsksWhileBytesHaveNotLeft();
    void unknownHost();
    void waitsForAReply();
    void closesWhenTheServerDoes();
    void messagesInTurn();
    void resetsAfterTheReply();
    void nextMessageReplacesTheSentOne();
    void emptyMessageConnectsOnly();
    void settingsAreRemembered();
    void optionsAreNotRemembered();
    void beginOption();
    void socketOptions();
    void connectsAgain();
    void mnemonicsAreUnique();
    void buttonsFollowTheState_data();
    void buttonsFollowTheState();
    void pendingText_data();
    void pendingText();

private:
    void open(ClientOptions options);
    void reopen();
    QTcpSocket *accepted();
    ClientOptions toServer() const;

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<ClientWindow> m_window;
};

void TestClientWindow::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    open(toServer());
}

void TestClientWindow::cleanup()
{
    m_window.reset();
    m_server.reset();
}

ClientOptions TestClientWindow::toServer() const
{
    ClientOptions options;
    options.port = m_server->serverPort();
    return options;
}

void TestClientWindow::open(ClientOptions options)
{
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_window.reset();
    m_window = std::make_unique<ClientWindow>(options);
    m_window->show();
}

/// Closes the window as a user does, and opens it again without options.
void TestClientWindow::reopen()
{
    m_window->close();
    QTRY_VERIFY(!m_window->isVisible());
    open({});
}

QTcpSocket *TestClientWindow::accepted()
{
    [&] { QTRY_VERIFY(m_server->hasPendingConnections()); }();
    return m_server->nextPendingConnection();
}

void TestClientWindow::freshWindow()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const auto *send = part<QPushButton>(*m_window, "sendButton");
    QCOMPARE(send->text(), QStringLiteral("Connect and Se&nd"));
    QCOMPARE(QApplication::focusWidget(), send);
    QVERIFY(send->isDefault());
    QCOMPARE(messageText(*m_window, "messageEdit"), QStringLiteral("Hi, server! I'm client."));
    QVERIFY(!part<QToolButton>(*m_window, "closeButton")->isEnabled());
    QVERIFY(!m_window->windowIcon().pixmap(16).isNull());
    QVERIFY(part<QTableView>(*m_window, "stepView")
                ->accessibleDescription()
                .contains(QStringLiteral("[2] and [3] happen in the server.")));
    QVERIFY(m_window->minimumSizeHint().width() <= 640 && m_window->minimumSizeHint().height() <= 480);
}

void TestClientWindow::fieldsAreChecked_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("a name") << QByteArray("hostEdit") << QStringLiteral("localhost") << QString();
    QTest::newRow("no host") << QByteArray("hostEdit") << QString() << QStringLiteral("Type the host");
    QTest::newRow("blank host") << QByteArray("hostEdit") << QStringLiteral("  ") << QStringLiteral("Type the host");
    QTest::newRow("two words") << QByteArray("hostEdit") << QStringLiteral("a b") << QStringLiteral("A host's name");
    QTest::newRow("port 1") << QByteArray("portEdit") << QStringLiteral("1") << QString();
    QTest::newRow("port 0") << QByteArray("portEdit") << QStringLiteral("0") << QStringLiteral("A port is");
    QTest::newRow("no port") << QByteArray("portEdit") << QString() << QStringLiteral("A port is");
    QTest::newRow("port too high") << QByteArray("portEdit") << QStringLiteral("65536") << QStringLiteral("A port is");
}

void TestClientWindow::fieldsAreChecked()
{
    QFETCH(const QByteArray, field);
    QFETCH(const QString, text);
    QFETCH(const QString, error);
    type(*m_window, field.constData(), text);
    const auto *send = part<QPushButton>(*m_window, "sendButton");
    QCOMPARE(send->isEnabled(), error.isEmpty());
    QCOMPARE(labelText(*m_window, "formError").isEmpty(), error.isEmpty());
    QVERIFY(labelText(*m_window, "formError").startsWith(error));
    if (!error.isEmpty())
        QVERIFY(send->toolTip().startsWith(error));
}

void TestClientWindow::enterConnects_data()
{
    QTest::addColumn<QByteArray>("field");
    for (const char *field : {"hostEdit", "portEdit", "closeAfterReply", "messageEdit", "sendButton"})
        QTest::newRow(field) << QByteArray(field);
}

void TestClientWindow::enterConnects()
{
    QFETCH(const QByteArray, field);
    auto *widget = part<QWidget>(*m_window, field.constData());
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_Return);
    QTRY_COMPARE(steps(*m_window).value(0), QStringLiteral("[1] Send: Hi, server! I'm client."));
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Se&nd"));
    QCOMPARE(steps(*m_window).size(), 1);
}

void TestClientWindow::refusedThenRetry()
{
    const quint16 port = m_server->serverPort();
    m_server->close();
    click(*m_window, "sendButton");
    QTRY_COMPARE(noticeText(*m_window),
                 QStringLiteral("Nothing listens on 127.0.0.1:%1. Click Start Server there, then Retry.").arg(port));
    QCOMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Connect and Se&nd"));
    QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
    click(*m_window, "noticeAction0");
    QTRY_COMPARE(steps(*m_window).size(), 1);
    QCOMPARE(noticeText(*m_window), QString());
}

/// Fields are closed while the client connects.
void TestClientWindow::focusReturnsAfterAFailure()
{
    m_server->close();
    auto *host = part<QLineEdit>(*m_window, "hostEdit");
    host->setFocus();
    QTest::keyClick(host, Qt::Key_Return);
    QTRY_VERIFY(!host->isEnabled() || !noticeText(*m_window).isEmpty());
    QTRY_VERIFY(host->isEnabled() && !noticeText(*m_window).isEmpty());
    QCOMPARE(m_window->focusWidget(), host);
}

/// An attempt is an entry in the list of connections: selected when nothing is open, and left for a connection that
/// comes.
void TestClientWindow::failedAttemptIsAnEntry()
{
    auto *combo = part<QComboBox>(*m_window, "connectionCombo");
    const auto *ladder = &m_window->findChild<SequencePane *>()->model();
    const quint16 port = m_server->serverPort();
    click(*m_window, "sendButton");
    QTRY_VERIFY(combo->currentText().startsWith(QStringLiteral("#1 ")));
    click(*m_window, "closeButton");
    QTRY_VERIFY(combo->currentText().endsWith(QStringLiteral("socket closed")));
    m_server->close();
    click(*m_window, "sendButton");
    QTRY_COMPARE(combo->currentText(), QStringLiteral("127.0.0.1:%1, refused").arg(port));
    QCOMPARE(ladder->connection(), -2);
    QTRY_COMPARE(ladder->count(), 2);
    QVERIFY(LadderRows::make(*ladder, LadderIndex(0)).flags & Segment::Syn); // captured, or as the steps tell
    QVERIFY(LadderRows::make(*ladder, LadderIndex(1)).flags & Segment::Rst);
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Connect and Se&nd"));
    QVERIFY(!part<QToolButton>(*m_window, "closeButton")->isEnabled());
    QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
    click(*m_window, "sendButton");
    QTRY_COMPARE(combo->currentText(), QStringLiteral("#2 127.0.0.1:%1").arg(port));
    QCOMPARE(combo->count(), 3);
    QCOMPARE(combo->itemText(1), QStringLiteral("127.0.0.1:%1, refused").arg(port));
}

void TestClientWindow::refusalIsForgottenWhileConnecting()
{
    const quint16 port = m_server->serverPort();
    m_server->close();
    click(*m_window, "sendButton");
    QTRY_VERIFY(noticeText(*m_window).startsWith(QStringLiteral("Nothing listens")));
    QCOMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Connect and Se&nd"));
    QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
    click(*m_window, "sendButton"); // and not the notice's own Retry
    QTRY_COMPARE(steps(*m_window).size(), 1);
    QCOMPARE(noticeText(*m_window), QString());
}

/// The notice stays.
void TestClientWindow::retryWithAWrongFormSaysWhatIsWrong()
{
    m_server->close();
    click(*m_window, "sendButton");
    QTRY_VERIFY(noticeText(*m_window).startsWith(QStringLiteral("Nothing listens")));
    type(*m_window, "portEdit", QStringLiteral("x"));
    click(*m_window, "noticeAction0");
    QVERIFY(noticeText(*m_window).startsWith(QStringLiteral("A port is a number")));
    QCOMPARE(m_window->focusWidget(), part<QLineEdit>(*m_window, "portEdit"));
    type(*m_window, "portEdit", QStringLiteral("1"));
    QCOMPARE(noticeText(*m_window), QString());
}

void TestClientWindow::connectsWithoutSending()
{
    auto *connects = part<QAction>(*m_window, "connectAction");
    const auto *again = part<QAction>(*m_window, "sendAgainAction");
    QVERIFY(connects->isEnabled() && !again->isEnabled());
    connects->trigger();
    QTcpSocket *peer = accepted();
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Se&nd"));
    QVERIFY(!connects->isEnabled() && !again->isEnabled());
    click(*m_window, "sendButton");
    QTRY_VERIFY(again->isEnabled());
    QTRY_COMPARE(peer->bytesAvailable(), 24);
}

/// Whatever is in the field.
void TestClientWindow::sendsAgain()
{
    auto *edit = part<MessageEdit>(*m_window, "messageEdit");
    edit->setTyped({.text = QStringLiteral("a{counter}"), .form = MessageForm::Escapes});
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    QTRY_COMPARE(peer->bytesAvailable(), 3);
    QCOMPARE(peer->readAll(), QByteArray("a1\0", 3));
    QTRY_VERIFY(part<QAction>(*m_window, "sendAgainAction")->isEnabled());
    edit->setBytes("something else");
    m_window->activateWindow();
    QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE(peer->bytesAvailable(), 3);
    QCOMPARE(peer->readAll(), QByteArray("a2\0", 3));
    QCOMPARE(edit->bytes(), QByteArray("something else"));
}

void TestClientWindow::largeFileIsStreamed()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("big")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(qint64(30) * 1024 * 1024)); // more than the sockets hold
    auto *edit = part<MessageEdit>(*m_window, "messageEdit");
    edit->setTyped(MessageFile::typed(file.fileName()).message);
    QCOMPARE(edit->toPlainText(), QStringLiteral("big"));
    QCOMPARE(part<QLabel>(*edit, "messageNote")->text(), QStringLiteral("30 MiB"));
    const auto *send = part<QPushButton>(*m_window, "sendButton");
    QVERIFY(!send->isEnabled());
    QVERIFY2(send->toolTip().contains(QStringLiteral("with the framing “none”")), qPrintable(send->toolTip()));
    m_window->findChild<ConversationForm *>()->setFraming(Framing::None);
    QVERIFY(send->isEnabled());
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    peer->setReadBufferSize(1); // it reads no more
    QTRY_VERIFY2(statusText(*m_window).startsWith(QStringLiteral("Sending big: ")), qPrintable(statusText(*m_window)));
    QVERIFY2(statusText(*m_window).endsWith(QStringLiteral(" of 30 MiB")), qPrintable(statusText(*m_window)));
    QTRY_COMPARE(send->toolTip(), QStringLiteral("A file is being sent on #1."));
    click(*m_window, "stopSending");
    QTRY_VERIFY(!statusText(*m_window).startsWith(QStringLiteral("Sending big: ")));
    QTRY_COMPARE(lines(*m_window, QStringLiteral("Stopped sending the file")).size(), 1);
}

void TestClientWindow::repeats()
{
    auto *repeats = part<QAction>(*m_window, "repeatAction");
    QVERIFY(!repeats->isEnabled());
    part<QAction>(*m_window, "connectAction")->trigger();
    QTcpSocket *peer = accepted();
    QTRY_VERIFY(repeats->isEnabled());
    repeats->trigger();
    auto *dialog = part<QDialog>(*m_window, "repeatDialog");
    part<QSpinBox>(*dialog, "everyEdit")->setValue(1);
    dialog->accept();
    QTRY_VERIFY(statusText(*m_window).startsWith(QStringLiteral("Repeating: ")));
    QTRY_VERIFY(peer->bytesAvailable() > 10 * 24);
    click(*m_window, "stopSending");
    QTRY_VERIFY(!statusText(*m_window).startsWith(QStringLiteral("Repeating: ")));
    part<MessageEdit>(*m_window, "messageEdit")->setBytes("b");
    peer->readAll();
    repeats->trigger();
    dialog = part<QDialog>(*m_window, "repeatDialog");
    QCOMPARE(part<QSpinBox>(*dialog, "everyEdit")->value(), 1); // the last answer
    part<QSpinBox>(*dialog, "timesEdit")->setValue(3);
    dialog->accept();
    QTRY_COMPARE(peer->bytesAvailable(), 3 * 2);
    QTRY_VERIFY(!statusText(*m_window).startsWith(QStringLiteral("Repeating: ")));
    QCOMPARE(peer->readAll(), QByteArray("b\0b\0b\0", 6));
}

void TestClientWindow::sendsBytes()
{
    part<QAction>(*m_window, "connectAction")->trigger();
    QTcpSocket *peer = accepted();
    auto *sends = part<QAction>(*m_window, "sendBytesAction");
    QTRY_VERIFY(sends->isEnabled());
    sends->trigger();
    auto *dialog = part<QInputDialog>(*m_window, "bytesDialog");
    dialog->setIntValue(30);
    dialog->accept();
    QTRY_COMPARE(peer->bytesAvailable(), 31);
    QCOMPARE(peer->readAll(), QByteArray("abcdefghijklmnopqrstuvwxyzabcd\0", 31));
}

void TestClientWindow::copiesCommands()
{
    const auto *menu = m_window->findChild<QMenu *>("copyMenu");
    QVERIFY(menu && menu->actions().size() == 2);
    menu->actions().at(0)->trigger();
    const QString port = QString::number(m_server->serverPort());
    QCOMPARE(
        QGuiApplication::clipboard()->text(),
        QStringLiteral("client_gui --headless -H 127.0.0.1 -p %1 --message='Hi, server! I'\\''m client.'").arg(port));
    menu->actions().at(1)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("printf 'Hi, server! I'\\''m client.\\000' | nc -N 127.0.0.1 %1").arg(port));
    part<MessageEdit>(*m_window, "messageEdit")->setTyped({.text = "0", .form = MessageForm::Hex});
    QVERIFY(!menu->actions().at(0)->isEnabled());
}

void TestClientWindow::mistakeInTheMessage()
{
    auto *edit = part<MessageEdit>(*m_window, "messageEdit");
    edit->setTyped({.text = QStringLiteral("02 4"), .form = MessageForm::Hex});
    QCOMPARE(noticeText(*m_window), QStringLiteral("Message: A byte has two hexadecimal digits."));
    const auto *send = part<QPushButton>(*m_window, "sendButton");
    QVERIFY(!send->isEnabled());
    QCOMPARE(send->text(), QStringLiteral("Connect and Se&nd"));
    QCOMPARE(send->toolTip(), QStringLiteral("A byte has two hexadecimal digits."));
    QCOMPARE(part<QLabel>(*edit, "messageNote")->text(), QStringLiteral("mistake"));
    QTest::keyClick(edit, Qt::Key_Return);
    edit->setTyped({.text = QStringLiteral("02 41"), .form = MessageForm::Hex});
    QCOMPARE(noticeText(*m_window), QString());
    QCOMPARE(part<QLabel>(*edit, "messageNote")->text(), QStringLiteral("3 B"));
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    QTRY_COMPARE(peer->bytesAvailable(), 3);
    QCOMPARE(peer->readAll(), QByteArray("\x02\x41\0", 3));
}

/// The window says why Send is disabled, until the message or the framing changes.
void TestClientWindow::messageThatDoesNotFitItsFraming()
{
    click(*m_window, "moreButton");
    auto *kind = part<QComboBox>(*m_window, "framingCombo");
    kind->setCurrentIndex(kind->findData(QStringLiteral("fixed")));
    type(*m_window, "framingEdit", QStringLiteral("4"));
    auto *edit = part<MessageEdit>(*m_window, "messageEdit");
    edit->setBytes("abc");
    const auto *send = part<QPushButton>(*m_window, "sendButton");
    const QString sentence = QStringLiteral("The message has 3 bytes, and every message has to have 4 bytes.");
    QVERIFY(!send->isEnabled());
    QCOMPARE(noticeText(*m_window), sentence);
    edit->setBytes("abcd");
    QVERIFY(send->isEnabled());
    QCOMPARE(noticeText(*m_window), QString());
    edit->setBytes("abc");
    QCOMPARE(noticeText(*m_window), sentence);
    type(*m_window, "framingEdit", QStringLiteral("3"));
    QCOMPARE(noticeText(*m_window), QString());
}

/// The notice comes once, and keeps what is typed.
void TestClientWindow::backslashInText()
{
    auto *edit = part<MessageEdit>(*m_window, "messageEdit");
    edit->setBytes("a");
    edit->moveCursor(QTextCursor::End);
    QTest::keyClicks(edit, QStringLiteral("\\n"));
    QCOMPARE(noticeText(*m_window), QStringLiteral("A backslash is sent as it is."));
    QCOMPARE(edit->bytes(), QByteArray("a\\n"));
    click(*m_window, "noticeAction0");
    QCOMPARE(edit->bytes(), QByteArray("a\n"));
    QCOMPARE(part<QToolButton>(*m_window, "messageFormButton")->text(), QStringLiteral("Escapes"));
    QTest::keyClicks(edit, QStringLiteral("b")); // the cursor is where it was
    QCOMPARE(edit->bytes(), QByteArray("a\nb"));
    edit->setBytes("");
    QTest::keyClicks(edit, QStringLiteral("\\"));
    QCOMPARE(noticeText(*m_window), QString());
}

void TestClientWindow::computedFields()
{
    auto *edit = part<MessageEdit>(*m_window, "messageEdit");
    edit->setTyped({.text = QStringLiteral("{length:1}#{counter};"), .form = MessageForm::Escapes});
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    QTRY_COMPARE(peer->bytesAvailable(), 5);
    QCOMPARE(peer->readAll(), QByteArray("\x03#1;\0", 5));
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Se&nd"));
    click(*m_window, "sendButton");
    QTRY_COMPARE(peer->bytesAvailable(), 5);
    QCOMPARE(peer->readAll(), QByteArray("\x03#2;\0", 5));
}

void TestClientWindow::longMessagesArriveWhole_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("more than a line edit takes") << 100'000;
    QTest::newRow("the longest") << int(MessageEdit::maxBytes);
}

void TestClientWindow::longMessagesArriveWhole()
{
    QFETCH(const int, size);
    QByteArray message(size, 'x');
    message.back() = 'y';
    part<MessageEdit>(*m_window, "messageEdit")->setBytes(message);
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    QByteArray received;
    QTRY_VERIFY((received += peer->readAll()).size() > size);
    QVERIFY(received == message + '\0');
}

/// The buttons below the status line do not move, nor does anything above it.
void TestClientWindow::nothingMovesWhenANoticeComes()
{
    m_server->close();
    const auto places = [this] {
        QList<QPoint> found;
        for (const char *name : {"sendButton", "closeButton", "stepView", "hostEdit"})
            found.append(part<QWidget>(*m_window, name)->mapTo(m_window.get(), QPoint()));
        return found;
    };
    const QList<QPoint> before = places();
    click(*m_window, "sendButton");
    QTRY_VERIFY(noticeText(*m_window).startsWith(QStringLiteral("Nothing listens")));
    m_window->grab(); // it is laid out
    QCOMPARE(places(), before);
}

void TestClientWindow::quitAsksWhileBytesHaveNotLeft_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("wait") << QByteArray("noticeAction0");
    QTest::newRow("reset") << QByteArray("noticeAction1");
}

void TestClientWindow::quitAsksWhileBytesHaveNotLeft()
{
    QFETCH(const QByteArray, answer);
    part<MessageEdit>(*m_window, "messageEdit")->setBytes(QByteArray(MessageEdit::maxBytes, 'x'));
    m_server->pauseAccepting(); // the kernel accepts, and nobody reads
    click(*m_window, "sendButton");
    QTRY_VERIFY2(statusText(*m_window).startsWith(QStringLiteral("Sending: ")), qPrintable(statusText(*m_window)));
    m_window->close();
    QVERIFY(m_window->isVisible());
    QVERIFY2(noticeText(*m_window).endsWith(QStringLiteral(" have not been sent yet.")),
             qPrintable(noticeText(*m_window)));
    click(*m_window, answer.constData());
    if (answer == "noticeAction0") {
        QTRY_VERIFY(noticeText(*m_window).startsWith(QStringLiteral("The program ends when the remaining ")));
        const QString before = noticeText(*m_window);
        m_server->resumeAccepting();
        QTcpSocket *peer = accepted();
        constexpr qsizetype piece = 64 * 1024;
        qsizetype received = 0;
        peer->setReadBufferSize(piece);
        const auto isCounted = [&] { // while the peer reads slowly
            received += peer->read(piece).size();
            const QString now = noticeText(*m_window);
            return now.startsWith(QStringLiteral("The program ends when the remaining ")) && now != before;
        };
        QTRY_VERIFY(isCounted());
        peer->setReadBufferSize(0);
        QTRY_VERIFY((received += peer->readAll().size()) > MessageEdit::maxBytes);
    }
    QTRY_VERIFY(!m_window->isVisible());
}

void TestClientWindow::unknownHost()
{
    type(*m_window, "hostEdit", QStringLiteral("no-such-host.invalid"));
    click(*m_window, "sendButton");
    QTRY_VERIFY_WITH_TIMEOUT(
        noticeText(*m_window).startsWith(QStringLiteral("Cannot find the host no-such-host.invalid")), 15'000);
}

void TestClientWindow::waitsForAReply()
{
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    QTRY_COMPARE(statusText(*m_window), QStringLiteral("Waiting for a reply…"));
    QVERIFY(!part<QLineEdit>(*m_window, "hostEdit")->isEnabled());
    peer->write("yes\0", 4);
    QTRY_COMPARE(steps(*m_window).value(1), QStringLiteral("[4] Recv: yes"));
    QTRY_COMPARE(statusText(*m_window), QStringLiteral("Connected to 127.0.0.1:%1").arg(m_server->serverPort()));
}

void TestClientWindow::closesWhenTheServerDoes()
{
    ClientOptions options = toServer();
    options.closeDelayMs = 60'000;
    open(options);
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    QTRY_COMPARE(peer->bytesAvailable(), 24);
    peer->readAll();
    peer->disconnectFromHost();
    QTRY_VERIFY(part<QPushButton>(*m_window, "closeNow")->isVisible());
    click(*m_window, "closeNow");
    QTRY_COMPARE(steps(*m_window).value(1), QStringLiteral("[4] Close Socket"));
    QTRY_VERIFY(part<QLineEdit>(*m_window, "hostEdit")->isEnabled());
}

void TestClientWindow::messagesInTurn()
{
    ClientOptions options = toServer();
    options.messages = {{.text = "one"}, {.text = "two"}};
    open(options);
    QCOMPARE(messageText(*m_window, "messageEdit"), QStringLiteral("one"));
    click(*m_window, "sendButton");
    QTcpSocket *peer = accepted();
    QTRY_COMPARE(peer->bytesAvailable(), 4);
    peer->write("ok\0", 3);
    QTRY_COMPARE(peer->bytesAvailable(), 8);
    QTRY_COMPARE(steps(*m_window).value(2), QStringLiteral("[5] Send: two"));
}

void TestClientWindow::resetsAfterTheReply()
{
    ClientOptions options = toServer();
    options.closeAfterReply = options.closeWithReset = true;
    open(options);
    click(*m_window, "sendButton");
    accepted()->write("ok\0", 3);
    QTRY_COMPARE(steps(*m_window).value(2), QStringLiteral("[5] Reset Socket"));
}

void TestClientWindow::nextMessageReplacesTheSentOne()
{
    click(*m_window, "sendButton");
    // The step is shown first, then the button changes.
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Se&nd"));
    QTRY_COMPARE(steps(*m_window).size(), 1);
    auto *edit = part<MessageEdit>(*m_window, "messageEdit");
    edit->setFocus();
    edit->moveCursor(QTextCursor::End);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(steps(*m_window).size(), 2);
    QCOMPARE(edit->textCursor().selectedText(), messageText(*m_window, "messageEdit"));
}

void TestClientWindow::emptyMessageConnectsOnly()
{
    type(*m_window, "messageEdit", QString());
    QCOMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Co&nnect"));
    click(*m_window, "sendButton");
    accepted();
    QTRY_VERIFY(part<QToolButton>(*m_window, "closeButton")->isEnabled());
    click(*m_window, "closeButton");
    QTRY_COMPARE(steps(*m_window), QStringList{QStringLiteral("[1] Close Socket")});
}

void TestClientWindow::settingsAreRemembered()
{
    open({});
    type(*m_window, "hostEdit", QStringLiteral("example.org"));
    type(*m_window, "portEdit", QStringLiteral("4321"));
    type(*m_window, "messageEdit", QStringLiteral("remember me"));
    click(*m_window, "closeAfterReply");
    click(*m_window, "moreButton");
    part<QSpinBox>(*m_window, "timeoutEdit")->setValue(0);
    reopen();
    QCOMPARE(part<QLineEdit>(*m_window, "hostEdit")->text(), QStringLiteral("example.org"));
    QCOMPARE(part<QLineEdit>(*m_window, "portEdit")->text(), QStringLiteral("4321"));
    QCOMPARE(messageText(*m_window, "messageEdit"), QStringLiteral("remember me"));
    QVERIFY(part<QAbstractButton>(*m_window, "closeAfterReply")->isChecked());
    QVERIFY(part<QSpinBox>(*m_window, "timeoutEdit")->isVisible());
    QCOMPARE(part<QSpinBox>(*m_window, "timeoutEdit")->text(), QStringLiteral("never"));
}

void TestClientWindow::optionsAreNotRemembered()
{
    ClientOptions options;
    options.host = QStringLiteral("given.example");
    options.messages = {{.text = "given"}};
    options.closeAfterReply = true;
    open(options);
    QCOMPARE(part<QLineEdit>(*m_window, "hostEdit")->text(), QStringLiteral("given.example"));
    QVERIFY(part<QAbstractButton>(*m_window, "closeAfterReply")->isChecked());
    type(*m_window, "portEdit", QStringLiteral("99"));
    reopen();
    QCOMPARE(part<QLineEdit>(*m_window, "hostEdit")->text(), QStringLiteral("127.0.0.1"));
    QCOMPARE(messageText(*m_window, "messageEdit"), QStringLiteral("Hi, server! I'm client."));
    QVERIFY(!part<QAbstractButton>(*m_window, "closeAfterReply")->isChecked());
    QCOMPARE(part<QLineEdit>(*m_window, "portEdit")->text(), QStringLiteral("99"));
}

/// They are asked for in a window of their own, remembered, and in the command.
void TestClientWindow::socketOptions()
{
    click(*m_window, "moreButton");
    part<QToolButton>(*m_window, "socketButton")->click();
    auto *dialog = part<QDialog>(*m_window, "socketDialog");
    type(*dialog, "sendBufferEdit", QStringLiteral("10 K"));
    type(*dialog, "keepAliveEdit", QStringLiteral("60,10"));
    const auto *ok = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    const auto *error = part<QLabel>(*dialog, "socketError");
    QVERIFY2(error->text().startsWith(QStringLiteral("Keep alive takes three numbers")), qPrintable(error->text()));
    QVERIFY(!ok->isEnabled());
    type(*dialog, "sendBufferEdit", QStringLiteral("10 KiB"));
    QVERIFY2(error->text().startsWith(QStringLiteral("A buffer has a size")), qPrintable(error->text()));
    type(*dialog, "sendBufferEdit", QStringLiteral("10K"));
    part<QComboBox>(*dialog, "ipVersionCombo")->setCurrentText(QStringLiteral("IPv4"));
    type(*dialog, "keepAliveEdit", QStringLiteral("60,10,5"));
    part<QAbstractButton>(*dialog, "noDelaySwitch")->setChecked(false);
    QVERIFY(ok->isEnabled());
    QCOMPARE(error->text(), QString());
    dialog->accept();
    reopen();
    m_window->findChild<QMenu *>("copyMenu")->actions().constFirst()->trigger();
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.contains(QStringLiteral(" -4 --nagle --keep-alive 60,10,5 --send-buffer 10240 ")),
             qPrintable(command));
}

/// The window says that it waits to connect again, and Cancel ends it.
void TestClientWindow::connectsAgain()
{
    m_server->close();
    click(*m_window, "moreButton");
    part<QSpinBox>(*m_window, "reconnectEdit")->setValue(60'000);
    click(*m_window, "sendButton");
    QTRY_VERIFY2(statusText(*m_window).endsWith(QStringLiteral(" again after 60000 ms…")),
                 qPrintable(statusText(*m_window)));
    QCOMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Ca&ncel"));
    click(*m_window, "sendButton");
    QTRY_COMPARE(statusText(*m_window), QStringLiteral("Not connected"));
}

void TestClientWindow::beginOption()
{
    ClientOptions options = toServer();
    options.begin = true;
    open(options);
    QTRY_COMPARE(steps(*m_window).value(0), QStringLiteral("[1] Send: Hi, server! I'm client."));
}

void TestClientWindow::mnemonicsAreUnique()
{
    click(*m_window, "moreButton");
    part<QPushButton>(*m_window, "jumpToNewest")->show();
    QVERIFY(mnemonics(*m_window).size() > 10);
    QCOMPARE(mnemonics(*m_window).value((Qt::ALT | Qt::Key_L).toCombined()),
             QStringList{QStringLiteral("C&lose Connection")});

    m_server->close();
    click(*m_window, "sendButton");
    QTRY_VERIFY(noticeText(*m_window).startsWith(QStringLiteral("Nothing listens")));
    auto *line = m_window->findChild<StatusLine *>();
    line->remove(QStringLiteral("connect"));
    ConnectionStatus status;
    status.id = 1;
    status.closeDueUs = StepTime::now().monotonicUs + 60'000'000;
    line->setPending(status);
    QVERIFY(part<QPushButton>(*m_window, "keepOpen")->isVisible());
    QCOMPARE(mnemonicClashes(*m_window).join(QLatin1Char('\n')), QString());

    status.partialBytes = 6;
    status.partialEndsWithNewline = true;
    line->show(ConversationNotices::partial(status, {}, {}));
    QCOMPARE(mnemonicClashes(*m_window).join(QLatin1Char('\n')), QString());
    status.progress.life = Life::CloseWanted;
    line->remove(ConversationNotices::partialKey(status.id));
    line->setPending(status);
    QVERIFY(part<QPushButton>(*m_window, "resetNow")->isVisible());
    QCOMPARE(mnemonicClashes(*m_window).join(QLatin1Char('\n')), QString());
}

void TestClientWindow::buttonsFollowTheState_data()
{
    QTest::addColumn<WindowState>("state");
    QTest::addColumn<QString>("main");
    QTest::addColumn<QString>("enabled"); ///< main, send, close, finish sending, reset, form
    const auto add = [](const char *name, auto change, const QString &main, const QString &enabled) {
        WindowState state;
        state.message = "hello";
        change(state);
        QTest::newRow(name) << state << main << enabled;
    };
    const auto connected = [](WindowState &state) {
        ConnectionStatus status;
        status.id = 1;
        state.selected = status;
        state.openConnection = 1;
    };
    const auto none = [](WindowState &) {};
    add("client, fresh", none, QStringLiteral("Connect and Se&nd"), QStringLiteral("ms---f"));
    add(
        "client, bad form", [](WindowState &state) { state.formError = QStringLiteral("bad"); },
        QStringLiteral("Connect and Se&nd"), QStringLiteral("-----f"));
    add(
        "client, connecting", [](WindowState &state) { state.activity.phase = Activity::Phase::Connecting; },
        QStringLiteral("Ca&ncel"), QStringLiteral("ms----"));
    add("client, connected", connected, QStringLiteral("Se&nd"), QStringLiteral("msctr-"));
    add(
        "client, closing",
        [&](WindowState &state) {
            connected(state);
            state.selected->progress.life = Life::CloseWanted;
        },
        QStringLiteral("Se&nd"), QStringLiteral("----r-"));
    add(
        "client, finished",
        [&](WindowState &state) {
            connected(state);
            state.selected->progress.sending = Sending::FinSent;
        },
        QStringLiteral("Se&nd"), QStringLiteral("--c-r-"));
    add(
        "client, full",
        [&](WindowState &state) {
            connected(state);
            state.selected->sendingIsFull = true;
        },
        QStringLiteral("Se&nd"), QStringLiteral("--ctr-"));
    add(
        "client, empty message without terminator",
        [&](WindowState &state) {
            connected(state);
            state.message = {};
            state.selected->sendFraming = Framing::None;
        },
        QStringLiteral("Se&nd"), QStringLiteral("--ctr-"));
    add(
        "client, an earlier one selected",
        [&](WindowState &state) {
            connected(state);
            state.selected->progress.life = Life::Over;
        },
        QStringLiteral("Se&nd"), QStringLiteral("------"));
    add(
        "client, quitting",
        [&](WindowState &state) {
            connected(state);
            state.quitting = true;
        },
        QStringLiteral("Se&nd"), QStringLiteral("------"));
    add(
        "server, fresh", [](WindowState &state) { state.side = Side::Server; }, QStringLiteral("S&tart Server"),
        QStringLiteral("m----f"));
    add(
        "server, listening",
        [](WindowState &state) {
            state.side = Side::Server;
            state.activity.phase = Activity::Phase::Listening;
        },
        QStringLiteral("S&top Server"), QStringLiteral("m-----"));
    add(
        "server, stopped with a connection",
        [&](WindowState &state) {
            connected(state);
            state.side = Side::Server;
        },
        QStringLiteral("S&tart Server"), QStringLiteral("msctrf"));
}

void TestClientWindow::buttonsFollowTheState()
{
    QFETCH(const WindowState, state);
    QFETCH(const QString, main);
    QFETCH(const QString, enabled);
    const Controls controls = Controls::from(state);
    QCOMPARE(controls.main.text, main);
    const auto letter = [](const Control &control, char sign) { return QLatin1Char(control.enabled ? sign : '-'); };
    QString found;
    found += letter(controls.main, 'm');
    found += letter(controls.send, 's');
    found += letter(controls.close, 'c');
    found += letter(controls.finishSending, 't');
    found += letter(controls.reset, 'r');
    found += QLatin1Char(controls.formIsOpen ? 'f' : '-');
    QCOMPARE(found, enabled);
    for (const Control *control :
         {&controls.main, &controls.send, &controls.close, &controls.finishSending, &controls.reset})
        QVERIFY(!control->toolTip.isEmpty()); // a disabled one says why
}

void TestClientWindow::pendingText_data()
{
    QTest::addColumn<ConnectionStatus>("status");
    QTest::addColumn<QString>("text");
    const auto add = [](const char *name, auto change, const QString &text) {
        ConnectionStatus status;
        change(status);
        QTest::newRow(name) << status << text;
    };
    constexpr qint64 now = 10'000'000;
    add(
        "nothing", [](ConnectionStatus &) {}, QString());
    add(
        "a reply", [](ConnectionStatus &s) { s.waitsForReply = true; }, QStringLiteral("Waiting for a reply…"));
    add(
        "closing soon",
        [](ConnectionStatus &s) {
            s.progress.receiving = Receiving::FinLogged;
            s.closeDueUs = now + 600'000;
        },
        QStringLiteral("Closing in 0.6 s"));
    add(
        "closing late",
        [](ConnectionStatus &s) {
            s.progress.receiving = Receiving::FinLogged;
            s.closeDueUs = now - 1;
        },
        QStringLiteral("Closing in 0.0 s"));
    add(
        "kept open", [](ConnectionStatus &s) { s.progress.receiving = Receiving::FinLogged; },
        QStringLiteral("The peer has finished sending. Open until you close it."));
    add(
        "a reply due",
        [](ConnectionStatus &s) {
            s.repliesDue = 1;
            s.replyDueUs = now + 1'000'000;
        },
        QStringLiteral("Reply due in 1.0 s"));
    add(
        "replies due",
        [](ConnectionStatus &s) {
            s.repliesDue = 3;
            s.replyDueUs = now + 1'000'000;
        },
        QStringLiteral("Reply due in 1.0 s (+2)"));
    add(
        "sending", [](ConnectionStatus &s) { s.unsentBytes = 1536; }, QStringLiteral("Sending: 1.5 KiB left"));
    add(
        "closing",
        [](ConnectionStatus &s) {
            s.progress.life = Life::CloseWanted;
            s.unsentBytes = 1536;
        },
        QStringLiteral("Closing when the remaining 1.5 KiB have been sent"));
    add(
        "FIN waits in the program",
        [](ConnectionStatus &s) {
            s.progress.sending = Sending::FinWanted;
            s.unsentBytes = 1536;
        },
        QStringLiteral("FIN follows when the remaining 1.5 KiB have been sent"));
    add(
        "FIN waits in the kernel",
        [](ConnectionStatus &s) {
            s.progress.sending = Sending::FinQueued;
            s.kernelUnsentBytes = 512;
        },
        QStringLiteral("FIN follows when the remaining 512 B have been sent"));
    add(
        "FIN has left", [](ConnectionStatus &s) { s.progress.sending = Sending::FinSent; }, QString());
    add(
        "closed",
        [](ConnectionStatus &s) {
            s.progress.life = Life::Over;
            s.waitsForReply = true;
        },
        QString());
}

void TestClientWindow::pendingText()
{
    QFETCH(const ConnectionStatus, status);
    QFETCH(const QString, text);
    QCOMPARE(Pending::text(status, 10'000'000), text);
}

REGISTER_TEST(TestClientWindow)
#include "tst_clientwindow.moc"
