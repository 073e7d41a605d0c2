// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "kernel/kernelstate.h"
#include "support/rawpair.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QTest>

#include <sys/wait.h>

using enum TcpState;

namespace {

constexpr qint64 timeWaitMs = 60'000; ///< Linux's, which no setting changes

quint64 cookieOf(int descriptor)
{
    quint64 cookie = 0;
    socklen_t size = sizeof cookie;
    getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, &cookie, &size);
    return cookie;
}

} // namespace

/// What the kernel says of connections whose both ends are walked through their states with system calls.
class TestKernelState : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void fromText_data();
    void fromText();
    void unacknowledged_data();
    void unacknowledged();
    void unread_data();
    void unread();
    void wholeConversation_data();
    void wholeConversation();
    void halfClose();
    void lastAckAndFinWait1OfAPeerThatDoesNotRead();
    void resetLeavesNothing();
    void listeningIsNotAConnection();
    void anotherSocketOfTheSameAddresses();
    void pathAndQueues();
    void ordinaryUser();

private:
    TcpState state(const SocketPair &pair) const
    {
        const auto socket = m_kernel->ask(pair);
        return socket ? socket->state : Listen; // which is never an answer
    }

    std::unique_ptr<KernelState> m_kernel;
};

void TestKernelState::initTestCase()
{
    m_kernel = std::make_unique<KernelState>();
    if (m_kernel->availability() != KernelState::Availability::Available)
        SKIP_OR_FAIL(QString("This system does not tell the state of TCP connections through sock_diag."));
}

void TestKernelState::fromText_data()
{
    QTest::addColumn<QString>("local");
    QTest::addColumn<QString>("peer");
    QTest::addColumn<bool>("isValid");
    QTest::addRow("IPv4") << "127.0.0.1:1"
                          << "192.0.2.1:65535" << true;
    QTest::addRow("IPv6") << "[::1]:8700"
                          << "[2001:db8::5]:1" << true;
    QTest::addRow("mapped") << "[::ffff:127.0.0.1]:1"
                            << "[::ffff:127.0.0.1]:2" << true;
    QTest::addRow("of an interface") << "[fe80::1%lo]:1"
                                     << "[fe80::2%lo]:2" << true;
    QTest::addRow("both versions") << "127.0.0.1:1"
                                   << "[::1]:2" << false;
    QTest::addRow("unknown") << "127.0.0.1:1"
                             << "?" << false;
    QTest::addRow("empty") << ""
                           << "" << false;
    QTest::addRow("a name") << "localhost:1"
                            << "127.0.0.1:2" << false;
    QTest::addRow("no port") << "127.0.0.1:"
                             << "127.0.0.1:2" << false;
    QTest::addRow("a port too high") << "127.0.0.1:65536"
                                     << "127.0.0.1:2" << false;
    QTest::addRow("no brackets") << "::1:1"
                                 << "::1:2" << false;
    QTest::addRow("half a bracket") << "[:1"
                                    << "[::1]:2" << false;
}

void TestKernelState::fromText()
{
    QFETCH(QString, local);
    QFETCH(QString, peer);
    const auto pair = SocketPair::fromText(local, peer);
    QTEST(pair.has_value(), "isValid");
    if (!pair)
        return;
    QCOMPARE(pair->local.text(), QString(local).remove("%lo"));
    QCOMPARE(pair->peer.text(), QString(peer).remove("%lo"));
    QCOMPARE(pair->interface != 0, local.contains('%'));
    QCOMPARE(pair->swapped().local, pair->peer);
    QCOMPARE(pair->swapped().swapped(), *pair);
}

void TestKernelState::unacknowledged_data()
{
    QTest::addColumn<TcpState>("state");
    QTest::addColumn<int>("sendQueue");
    QTest::addColumn<int>("bytes");
    QTest::addRow("nothing while open") << Established << 0 << 0;
    QTest::addRow("data while open") << Established << 12 << 12;
    QTest::addRow("data after the peer's FIN") << CloseWait << 12 << 12;
    QTest::addRow("SYN alone") << SynSent << 1 << 0;
    QTest::addRow("FIN alone") << FinWait1 << 1 << 0;
    QTest::addRow("data and FIN") << FinWait1 << 13 << 12;
    QTest::addRow("data and the second FIN") << LastAck << 13 << 12;
    QTest::addRow("data and FIN at once") << Closing << 13 << 12;
    QTest::addRow("all acknowledged") << FinWait2 << 0 << 0;
}

void TestKernelState::unread_data()
{
    using enum TcpState;
    QTest::addColumn<TcpState>("state");
    QTest::addColumn<int>("receiveQueue");
    QTest::addColumn<int>("bytes");
    QTest::addRow("nothing") << Established << 0 << 0;
    QTest::addRow("data") << Established << 12 << 12;
    QTest::addRow("data, and this end has finished") << FinWait2 << 12 << 12;
    QTest::addRow("data and FIN") << CloseWait << 13 << 12;
    QTest::addRow("FIN alone") << CloseWait << 1 << 0;
    QTest::addRow("all read, FIN too") << CloseWait << 0 << 0;
    QTest::addRow("data and FIN, and this end has finished") << LastAck << 13 << 12;
    QTest::addRow("data and FIN at once") << Closing << 13 << 12;
}

void TestKernelState::unread()
{
    QFETCH(TcpState, state);
    QFETCH(int, receiveQueue);
    QTEST(int(KernelSocket{.state = state, .receiveQueue = quint32(receiveQueue)}.unreadBytes()), "bytes");
}

void TestKernelState::unacknowledged()
{
    QFETCH(TcpState, state);
    QFETCH(int, sendQueue);
    QTEST(int(KernelSocket{.state = state, .sendQueue = quint32(sendQueue)}.unacknowledgedBytes()), "bytes");
}

void TestKernelState::wholeConversation_data()
{
    QTest::addColumn<RawPair::Kind>("kind");
    QTest::addRow("IPv4") << RawPair::Kind::Ipv4;
    QTest::addRow("IPv6") << RawPair::Kind::Ipv6;
    QTest::addRow("IPv4 at a dual-stack server") << RawPair::Kind::DualStack;
}

void TestKernelState::wholeConversation()
{
    QFETCH(RawPair::Kind, kind);
    RawPair pair(kind);
    QVERIFY(pair.isOpen());
    const SocketPair client = pair.ends();
    const SocketPair server = client.swapped();
    QCOMPARE(state(client), Established);
    QCOMPARE(state(server), Established);

    pair.closeClient();
    QTRY_COMPARE(state(client), FinWait2); // once the FIN is acknowledged
    QCOMPARE(state(server), CloseWait);
    // The kernel keeps a closed end in FIN-WAIT-2 as one in TIME-WAIT, with the same timer: the state tells them apart.
    QTRY_COMPARE(m_kernel->ask(client)->timer, KernelSocket::Timer::TimeWait);
    QCOMPARE(m_kernel->ask(client)->state, FinWait2);

    pair.closeServer();
    QTRY_COMPARE(state(client), TimeWait);
    QTRY_COMPARE(state(server), Closed); // though a socket listens on its port
    const KernelSocket first = *m_kernel->ask(client);
    QCOMPARE(first.timer, KernelSocket::Timer::TimeWait);
    QVERIFY2(first.timerMs > 0 && first.timerMs <= timeWaitMs, qPrintable(QString::number(first.timerMs)));
    QVERIFY(!first.path);
    QTRY_VERIFY(m_kernel->ask(client)->timerMs < first.timerMs);
    QCOMPARE(state(client), TimeWait);
}

void TestKernelState::halfClose()
{
    const RawPair pair;
    QVERIFY(pair.isOpen());
    shutdown(pair.server, SHUT_WR);
    QTRY_COMPARE(state(pair.ends().swapped()), FinWait2);
    QCOMPARE(state(pair.ends()), CloseWait);
    send(pair.client, "late", 4, 0);
    QTRY_COMPARE(m_kernel->ask(pair.ends().swapped())->receiveQueue, 4U);
    QCOMPARE(state(pair.ends().swapped()), FinWait2);
    QCOMPARE(m_kernel->ask(pair.ends().swapped())->timerMs, -1); // it is not closed: it may stay so for ever
}

/// A FIN behind bytes that nobody reads does not leave, so these states last.
void TestKernelState::lastAckAndFinWait1OfAPeerThatDoesNotRead()
{
    RawPair pair;
    QVERIFY(pair.isOpen());
    RawPair other;
    QVERIFY(other.isOpen());
    RawPair::fill(pair.client);
    RawPair::fill(other.client);

    shutdown(pair.client, SHUT_WR);
    QCOMPARE(state(pair.ends()), FinWait1);
    const auto socket = m_kernel->ask(pair.ends());
    QCOMPARE(socket->unacknowledgedBytes() + 1, qint64(socket->sendQueue));
    QVERIFY(socket->path->notSentBytes > 0);
    QCOMPARE(state(pair.ends().swapped()), Established); // the FIN has not come

    shutdown(other.server, SHUT_WR);
    QTRY_COMPARE(state(other.ends()), CloseWait);
    other.closeClient();
    QCOMPARE(state(other.ends()), LastAck);
    QTRY_VERIFY(!RawPair::drain(other.server)); // now the FIN gets through
    QTRY_COMPARE(state(other.ends()), Closed);
}

void TestKernelState::resetLeavesNothing()
{
    RawPair pair;
    QVERIFY(pair.isOpen());
    RawPair::reset(pair.client);
    QTRY_COMPARE(state(pair.ends()), Closed);
    QTRY_COMPARE(state(pair.ends().swapped()), Closed);
}

void TestKernelState::listeningIsNotAConnection()
{
    const RawPair pair;
    SocketPair stranger = pair.ends().swapped(); // its local end listens
    stranger.peer.port = 1;
    QCOMPARE(m_kernel->ask(stranger), std::optional(KernelSocket()));
}

void TestKernelState::anotherSocketOfTheSameAddresses()
{
    const RawPair pair;
    const quint64 cookie = cookieOf(pair.client);
    QCOMPARE(m_kernel->ask(pair.ends())->cookie, cookie);
    QCOMPARE(m_kernel->ask(pair.ends(), cookie)->state, Established);
    QCOMPARE(m_kernel->ask(pair.ends(), cookie + 1), std::optional(KernelSocket()));
}

void TestKernelState::pathAndQueues()
{
    RawPair pair;
    QVERIFY(pair.isOpen());
    const quint64 cookie = cookieOf(pair.client);
    send(pair.client, "24 bytes, no less no more", 24, 0);
    QTRY_COMPARE(m_kernel->ask(pair.ends().swapped())->receiveQueue, 24U);
    QTRY_COMPARE(m_kernel->ask(pair.ends())->unacknowledgedBytes(), 0);
    const KernelSocket client = *m_kernel->ask(pair.ends());
    QVERIFY(client.path->rttUs > 0);
    QCOMPARE(client.path->retransmissions, 0U);
    QCOMPARE(client.path->bytesAcked, 25U); // and the SYN
    QVERIFY(client.path->congestionWindow > 0);
    QCOMPARE(m_kernel->ask(pair.ends().swapped())->path->bytesReceived, 24U);
    pair.closeClient();
    pair.closeServer();
    QTRY_VERIFY(state(pair.ends()) == Closed); // unread bytes: that close was a reset
    QCOMPARE(m_kernel->ask(pair.ends(), cookie), std::optional(KernelSocket()));
}

/// The same questions from a process without any rights.
void TestKernelState::ordinaryUser()
{
    if (geteuid() != 0)
        SKIP_OR_FAIL(QString("The other tests have run as an ordinary user."));
    const RawPair pair;
    const pid_t child = fork();
    if (child == 0) {
        constexpr unsigned nobody = 65534;
        const bool isOrdinary = setgid(nobody) == 0 && setuid(nobody) == 0 && geteuid() == nobody;
        const auto socket = KernelState().ask(pair.ends());
        _exit(isOrdinary && socket && socket->state == Established ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

REGISTER_TEST(TestKernelState)
#include "tst_kernelstate.moc"
