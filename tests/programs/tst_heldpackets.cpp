// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "link/linkclient.h"
#include "server_gui/serverwindow.h"
#include "support/fakelink.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/windowtools.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace WindowTools;

/// The timeouts and delays of a window's conversation pause while the link holds packets. The link is a control socket,
/// the other end a plain socket.
class TestHeldPackets : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void serverWaits();
    void clientWaits();
    void goesOnWithoutTheLink();

private:
    void openServer();
    void hold(int packets);
    void checkNoReply();
    QString waiting() const { return labelText(*m_window, "linkWaiting"); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<FakeLink> m_link;
    std::unique_ptr<QWidget> m_window;
    RawPeer m_listener;
    RawPeer m_peer;
};

REGISTER_TEST(TestHeldPackets)

namespace {

constexpr int delayMs = 300;

/// Longer than the delay, which has begun before.
void letPass()
{
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(3 * delayMs);
    QTRY_VERIFY(!timer.isActive());
}

} // namespace

void TestHeldPackets::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_link = std::make_unique<FakeLink>();
    qputenv(LinkClient::socketVariable.data(), m_link->path().toLocal8Bit());
}

void TestHeldPackets::cleanup()
{
    qunsetenv(LinkClient::socketVariable.data());
    m_window.reset();
    m_link.reset();
    m_peer = {};
    m_listener = {};
}

/// One that has answered a peer already, and then holds a packet.
void TestHeldPackets::openServer()
{
    ServerOptions options;
    options.sessionPath = m_sandbox->sessionPath(u"server"_s);
    options.port = quint16(0);
    options.replyDelayMs = delayMs;
    m_window = std::make_unique<ServerWindow>(options);
    m_window->show();
    hold(0);
    click(*m_window, "startButton");
    QTRY_VERIFY(!listeningOn(*m_window).isEmpty());
    m_peer = RawPeer::connectTo(listeningOn(*m_window).section(u':', -1).toUShort());
    m_peer.send(QByteArray("a\0", 2));
    QTRY_COMPARE(m_peer.received().count('\0'), 1);
    hold(1);
    QTRY_COMPARE(waiting(), u"1 packet waits"_s);
}

void TestHeldPackets::hold(int packets)
{
    m_link->status(R"("rules": "", "holding": true, "held": )" + QByteArray::number(packets));
}

void TestHeldPackets::checkNoReply()
{
    m_peer.send(QByteArray("b\0", 2));
    QTRY_VERIFY(statusText(*m_window).startsWith(u"Reply due in 0.3"_s));
    letPass();
    QCOMPARE(m_peer.received().count('\0'), 1);
    QVERIFY(statusText(*m_window).startsWith(u"Reply due in 0.3"_s)); // nothing is counted down
}

void TestHeldPackets::serverWaits()
{
    openServer();
    QVERIFY(part<QLabel>(*m_window, "linkWaiting")->toolTip().contains(u"timeouts and delays"_s));
    checkNoReply();
    hold(2);
    QTRY_COMPARE(waiting(), u"2 packets wait"_s);
    QCOMPARE(m_peer.received().count('\0'), 1);
    hold(0);
    QTRY_COMPARE(m_peer.received().count('\0'), 2);
    QTRY_COMPARE(waiting(), QString());
    QVERIFY(part<QLabel>(*m_window, "linkWaiting")->toolTip().isEmpty());
}

/// The listener's queue is full: nothing answers.
void TestHeldPackets::clientWaits()
{
    m_listener = RawPeer::listener(0);
    m_peer = RawPeer::connectTo(m_listener.port());
    ClientOptions options;
    options.sessionPath = m_sandbox->sessionPath(u"client"_s);
    options.port = m_listener.port();
    options.timeoutMs = delayMs;
    m_window = std::make_unique<ClientWindow>(options);
    m_window->show();
    hold(1);
    QTRY_COMPARE(waiting(), u"1 packet waits"_s);
    click(*m_window, "sendButton");
    QTRY_VERIFY(!lines(*m_window, u"Connecting to"_s).isEmpty());
    letPass();
    QVERIFY(lines(*m_window, u"within"_s).isEmpty());
    hold(0);
    QTRY_VERIFY(!lines(*m_window, u"within"_s).isEmpty());
}

void TestHeldPackets::goesOnWithoutTheLink()
{
    openServer();
    checkNoReply();
    m_link->go();
    QTRY_COMPARE(m_peer.received().count('\0'), 2);
}

#include "tst_heldpackets.moc"
