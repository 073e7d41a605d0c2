// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "server_gui/serverwindow.h"
#include "steps/sessionfile.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/status/controls.h"
#include "ui/status/pendingtext.h"
#include "ui/status/statetext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace WindowTools;

/// Stop Reading and Read Again in both windows; the other end is a plain socket.
class TestFlowControl : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void stopsAndReadsAgain_data();
    void stopsAndReadsAgain();
    void theWindowGoesToZero_data();
    void theWindowGoesToZero();
    void keys();
    void aCloseMayWait();
    void readAfterOption_data();
    void readAfterOption();
    void theSessionHasIt();
    void control_data();
    void control();
    void stateSaysIt_data();
    void stateSaysIt();
    void pendingText();

private:
    void open(const QByteArray &side, std::optional<int> readAfterMs = {});
    QAction *action() const { return part<QAction>(*m_window, "readingAction"); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<QWidget> m_window;
    RawPeer m_listener;
    RawPeer m_peer;
};

REGISTER_TEST(TestFlowControl)

namespace {

const QByteArray hi("Hi\0", 3);

void addSides()
{
    QTest::addColumn<QByteArray>("side");
    QTest::newRow("server") << QByteArray("server");
    QTest::newRow("client") << QByteArray("client");
}

WindowState stateOf(const std::optional<ConnectionStatus> &selected)
{
    WindowState state;
    state.selected = selected;
    state.openConnection = selected && selected->isOpen() ? selected->id : 0;
    return state;
}

ConnectionStatus connection(bool isReadingStopped)
{
    ConnectionStatus status;
    status.id = 3;
    status.isReadingStopped = isReadingStopped;
    return status;
}

} // namespace

void TestFlowControl::init()
{
    m_sandbox = std::make_unique<Sandbox>();
}

void TestFlowControl::cleanup()
{
    m_window.reset();
    m_peer = {};
    m_listener = {};
    m_sandbox.reset();
}

/// The window of this side, connected to m_peer.
void TestFlowControl::open(const QByteArray &side, std::optional<int> readAfterMs)
{
    const auto set = [&](CommonOptions &options) {
        options.sessionPath = m_sandbox->sessionPath(u"session"_s);
        options.begin = true;
        options.readAfterMs = readAfterMs;
    };
    if (side == "server") {
        ServerOptions options;
        set(options);
        options.port = quint16(0);
        options.replyDelayMs = 0;
        m_window = std::make_unique<ServerWindow>(options);
        m_window->show();
        QTRY_VERIFY(!listeningOn(*m_window).isEmpty());
        m_peer = RawPeer::connectTo(listeningOn(*m_window).section(u':', -1).toUShort());
        QTRY_VERIFY(!lines(*m_window, u"Accepted"_s).isEmpty());
    } else {
        m_listener = RawPeer::listener();
        ClientOptions options;
        set(options);
        options.port = m_listener.port();
        options.messages = {TypedMessage()};
        m_window = std::make_unique<ClientWindow>(options);
        m_window->show();
        QTRY_VERIFY(!lines(*m_window, u"Connected"_s).isEmpty());
        m_peer = m_listener.accept();
    }
    QTRY_VERIFY(action()->isEnabled());
}

void TestFlowControl::stopsAndReadsAgain_data()
{
    addSides();
}

void TestFlowControl::stopsAndReadsAgain()
{
    QFETCH(const QByteArray, side);
    open(side);
    QCOMPARE(action()->text(), u"&Stop Reading: the window closes"_s);
    QVERIFY2(action()->toolTip().contains(u"window of zero"_s), qPrintable(action()->toolTip()));
    QVERIFY(part<QToolButton>(*m_window, "closeButton")->menu()->actions().contains(action()));
    const auto *button = part<QPushButton>(*m_window, "readAgain");
    QVERIFY(!button->isVisible());
    action()->trigger();
    QTRY_COMPARE(action()->text(), u"Read &Again: the window opens"_s);
    QTRY_VERIFY(button->isVisible());
    QCOMPARE(statusText(*m_window), u"Not reading: what the peer sends stays in the kernel"_s);
    QCOMPARE(mnemonicClashes(*m_window).join(u'\n'), QString());
    m_peer.send(hi);
    m_window->resize(1200, 600);
    QTRY_COMPARE(labelText(*m_window, "stateLabel"), u"ESTABLISHED, not reading: 3 B wait"_s);
    const QWidget *chip = part<QLabel>(*m_window, "stateLabel")->parentWidget();
    QVERIFY2(chip->accessibleName().contains(u"not reading: 3 B wait"_s), qPrintable(chip->accessibleName()));
    QVERIFY2(chip->toolTip().contains(u"stopped reading: 3 B wait in the kernel"_s), qPrintable(chip->toolTip()));
    QCOMPARE(steps(*m_window), QStringList());
    click(*m_window, "readAgain");
    QTRY_VERIFY(steps(*m_window).contains(u"[2] Recv: Hi"_s));
    QTRY_COMPARE(labelText(*m_window, "stateLabel"), u"ESTABLISHED"_s);
    QTRY_VERIFY(!button->isVisible());
    QCOMPARE(lines(*m_window, u"eading"_s), (QStringList{u"Stopped reading: what the peer sends stays in the kernel"_s,
                                                         u"Reading again: 3 bytes waited in the kernel"_s}));
    m_peer.finishSending();
    QTRY_COMPARE(action()->isEnabled(), false);
}

void TestFlowControl::theWindowGoesToZero_data()
{
    addSides();
}

/// The peer's kernel says what it waits for.
void TestFlowControl::theWindowGoesToZero()
{
    QFETCH(const QByteArray, side);
    open(side);
    action()->trigger();
    QTRY_VERIFY(part<QPushButton>(*m_window, "readAgain")->isVisible());
    const auto theirs = [this] {
        const KernelState kernel;
        const auto ends = [this](auto call) {
            sockaddr_in address{};
            socklen_t size = sizeof address;
            call(m_peer.descriptor(), reinterpret_cast<sockaddr *>(&address), &size);
            return u"127.0.0.1:%1"_s.arg(ntohs(address.sin_port));
        };
        return kernel.ask(SocketPair::fromText(ends(getsockname), ends(getpeername)).value_or(SocketPair()));
    };
    const QByteArray flood(64 * 1024, 'x');
    qint64 sent = 0;
    const auto isStuck = [&] {
        const qint64 more = m_peer.trySend(flood, 0);
        sent += qMax<qint64>(0, more);
        return more <= 0 && theirs()->timer == KernelSocket::Timer::ZeroWindowProbe;
    };
    QTRY_VERIFY(isStuck());
    QVERIFY(sent > theirs()->unacknowledgedBytes());
    click(*m_window, "readAgain");
    QTRY_COMPARE(theirs()->unacknowledgedBytes(), 0);
    QCOMPARE(theirs()->timer, KernelSocket::Timer::None);
}

void TestFlowControl::keys()
{
    open("server");
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(lines(*m_window, u"Stopped reading"_s).size(), 1);
    QTRY_VERIFY(part<QPushButton>(*m_window, "readAgain")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(lines(*m_window, u"Reading again"_s).size(), 1);
}

/// Both ends may wait for each other: then this end has to read again, although its close button is disabled.
void TestFlowControl::aCloseMayWait()
{
    open("server");
    action()->trigger();
    QTRY_VERIFY(part<QPushButton>(*m_window, "readAgain")->isVisible());
    part<MessageEdit>(*m_window, "messageEdit")->setBytes(QByteArray(15 * 1024 * 1024, 'x'));
    click(*m_window, "sendButton");
    click(*m_window, "closeButton");
    QTRY_VERIFY(statusText(*m_window).startsWith(u"Closing when the remaining"_s));
    QVERIFY(!part<QToolButton>(*m_window, "closeButton")->isEnabled());
    QTRY_VERIFY(part<QPushButton>(*m_window, "resetNow")->isVisible());
    QCOMPARE(mnemonicClashes(*m_window).join(u'\n'), QString());
    m_peer.send(hi);
    click(*m_window, "readAgain");
    QTRY_VERIFY(steps(*m_window).contains(u"[2] Recv: Hi"_s));
    QTRY_VERIFY(m_peer.sawEnd());
    QCOMPARE(m_peer.received().size(), 15 * 1024 * 1024 + 1);
}

void TestFlowControl::readAfterOption_data()
{
    addSides();
}

void TestFlowControl::readAfterOption()
{
    QFETCH(const QByteArray, side);
    open(side, 100);
    QTRY_COMPARE(lines(*m_window, u"eading"_s),
                 (QStringList{u"Not reading for the first 0.1 s: what the peer sends stays in the kernel"_s,
                              u"Reading again: 0 bytes waited in the kernel"_s}));
    if (const auto *copies = m_window->findChild<QMenu *>(u"copyMenu"_s)) { // of the client
        copies->actions().constFirst()->trigger();
        const QString command = QGuiApplication::clipboard()->text();
        QVERIFY2(command.contains(u" --read-after 100 "_s), qPrintable(command));
    }
    m_peer.send(hi);
    QTRY_VERIFY(steps(*m_window).contains(u"[2] Recv: Hi"_s));
}

/// What the session file has is read again.
void TestFlowControl::theSessionHasIt()
{
    open("server");
    action()->trigger();
    QTRY_COMPARE(lines(*m_window, u"Stopped reading"_s).size(), 1);
    m_peer.send(hi);
    QTRY_VERIFY(part<QLabel>(*m_window, "stateLabel")->accessibleName().contains(u"3 B"_s));
    click(*m_window, "readAgain");
    QTRY_VERIFY(steps(*m_window).contains(u"[2] Recv: Hi"_s));
    m_window->close();
    QTRY_VERIFY(!m_window->isVisible());
    QFile file(m_sandbox->sessionPath(u"session"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray json = file.readAll();
    QVERIFY2(json.contains("\"event\":\"reading-stopped\""), json.constData());
    QVERIFY2(json.contains("\"event\":\"reading-again\",\"bytes\":3}"), json.constData());
}

void TestFlowControl::control_data()
{
    QTest::addColumn<WindowState>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isEnabled");
    QTest::addColumn<QString>("toolTip");
    const QString stop = u"&Stop Reading: the window closes"_s;
    QTest::newRow("no connection") << stateOf({}) << stop << false << u"There is no connection yet."_s;
    ConnectionStatus closed = connection(false);
    closed.progress.life = Life::Over;
    QTest::newRow("closed") << stateOf(closed) << stop << false << u"The connection is closed."_s;
    QTest::newRow("reading") << stateOf(connection(false)) << stop << true << u"window of zero"_s;
    ConnectionStatus finished = connection(false);
    finished.progress.receiving = Receiving::FinLogged;
    QTest::newRow("the peer has finished") << stateOf(finished) << stop << false << u"nothing more to read"_s;
    ConnectionStatus stopped = connection(true);
    const QString again = u"Read &Again: the window opens"_s;
    QTest::newRow("not reading") << stateOf(stopped) << again << true << u"larger window"_s;
    stopped.progress.life = Life::CloseWanted;
    QTest::newRow("a close waits") << stateOf(stopped) << again << true << u"larger window"_s;
    WindowState quitting = stateOf(stopped);
    quitting.quitting = true;
    QTest::newRow("quitting") << quitting << again << false << u"before it exits"_s;
}

void TestFlowControl::control()
{
    QFETCH(const WindowState, state);
    QFETCH(const QString, toolTip);
    const Controls controls = Controls::from(state);
    QTEST(controls.reading.text, "text");
    QTEST(controls.reading.enabled, "isEnabled");
    QVERIFY2(controls.reading.toolTip.contains(toolTip), qPrintable(controls.reading.toolTip));
    if (controls.close.enabled)
        QCOMPARE(controls.close.toolTip.contains(u"RST instead of FIN"_s), state.selected->isReadingStopped);
    QCOMPARE(controls.readsAgain, controls.reading.text.startsWith(u"Read &A"_s));
}

void TestFlowControl::stateSaysIt_data()
{
    QTest::addColumn<std::optional<KernelSocket>>("socket");
    QTest::addColumn<QStringList>("texts");
    const auto socket = [](TcpState state, quint32 receiveQueue) {
        return std::optional(KernelSocket{.state = state, .receiveQueue = receiveQueue});
    };
    QTest::newRow("bytes wait") << socket(TcpState::Established, 65536)
                                << QStringList{u"ESTABLISHED, not reading: 64 KiB wait"_s,
                                               u"ESTABLISHED, 64 KiB unread"_s, u"ESTABLISHED, not reading"_s,
                                               u"ESTABLISHED"_s};
    QTest::newRow("FIN waits, too") << socket(TcpState::CloseWait, 4)
                                    << QStringList{u"CLOSE-WAIT, not reading: 3 B wait"_s, u"CLOSE-WAIT, 3 B unread"_s,
                                                   u"CLOSE-WAIT, not reading"_s, u"CLOSE-WAIT"_s};
    QTest::newRow("the kernel says nothing")
        << std::optional<KernelSocket>() << QStringList{u"ESTABLISHED, not reading"_s, u"ESTABLISHED"_s};
}

void TestFlowControl::stateSaysIt()
{
    QFETCH(const std::optional<KernelSocket>, socket);
    const KernelView view{.availability = KernelState::Availability::Available, .local = socket};
    const ShownState shown = StateText::ofThisEnd(connection(true), view);
    QTEST(shown.texts, "texts");
    QVERIFY(shown.explanation.contains(u"This program has stopped reading"_s));
    QCOMPARE(StateText::ofThisEnd(connection(false), view).texts.size(), 1);
}

/// What is due is more important, but then there is a button, too.
void TestFlowControl::pendingText()
{
    ConnectionStatus status = connection(true);
    status.waitsForReply = true;
    QCOMPARE(Pending::text(status, 0), u"Not reading: what the peer sends stays in the kernel"_s);
    status.unsentBytes = 12;
    QCOMPARE(Pending::text(status, 0), u"Sending: 12 B left"_s);
    QVERIFY(Pending::of(status).canReadAgain);
    QVERIFY(!Pending::of(connection(false)).canReadAgain);
}

#include "tst_flowcontrol.moc"
