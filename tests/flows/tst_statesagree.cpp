// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capture.h"
#include "flows/flowtable.h"
#include "kernel/kernelstate.h"

#include "support/icmpscript.h"
#include "support/privatenetwork.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tunpeer.h"

#include <QSignalSpy>
#include <QTest>

#include <cerrno>
#include <optional>

/// Compares the states inferred from segments with the kernel's states, for both ends and through whole
/// conversations. Needs the right to capture on loopback. Then the test itself is the other end of a kernel's socket,
/// on a TUN device, and sends what no kernel sends: challenge ACKs and RSTs at any number.
class TestStatesAgree : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void conversation_data();
    void conversation();
    void byHand_data();
    void byHand();

private:
    TunPeer m_peer;
    QString m_noPeer; ///< why there is none
};

namespace {

/// Performs one action of one end, as the rows below write it: "client closes".
void perform(const QString &action, RawPeer &client, RawPeer &server)
{
    RawPeer &end = action.startsWith("client") ? client : server;
    const QString verb = action.section(' ', 1);
    if (verb == "sends")
        end.send("some bytes");
    else if (verb == "reads")
        end.received();
    else if (verb == "finishes sending")
        end.finishSending();
    else if (verb == "closes")
        end.closeNow();
    else if (verb == "resets")
        end.reset();
    else
        qFatal("no such verb");
}

/// A socket of the kernel whose peer is the test.
struct KernelEnd {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int accepted = -1;

    KernelEnd() = default;
    ~KernelEnd()
    {
        for (const int each : {descriptor, accepted})
            close(each);
    }
    Q_DISABLE_COPY_MOVE(KernelEnd)

    static sockaddr_in toSystem(const SocketAddress &end)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(end.port);
        std::memcpy(&address.sin_addr, end.address.data(), sizeof(address.sin_addr));
        return address;
    }
    void bindTo(const SocketAddress &end) const
    {
        const sockaddr_in address = toSystem(end);
        const int on = 1;
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
        if (bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
            qFatal("bind() failed");
    }
    void connectTo(const SocketAddress &end) const
    {
        const sockaddr_in address = toSystem(end);
        // A socket that does not block is connected later.
        if (connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0 &&
            errno != EINPROGRESS)
            qFatal("connect() failed");
    }
};

} // namespace

void TestStatesAgree::initTestCase()
{
    // Uses a private network if that is possible, so that there are no other segments.
    m_noPeer = PrivateNetwork::enter() ? m_peer.open() : QStringLiteral("no private network is permitted here");
}

void TestStatesAgree::conversation_data()
{
    // The actions, and the states of the client and the server after the connection has settled.
    QTest::addColumn<QStringList>("actions");
    QTest::addColumn<QStringList>("states");

    QTest::newRow("four-way wave") << QStringList{"client sends", "server reads", "client closes", "server closes"}
                                   << QStringList{"ESTABLISHED ESTABLISHED", "ESTABLISHED ESTABLISHED",
                                                  "FIN-WAIT-2 CLOSE-WAIT", "TIME-WAIT CLOSED"};
    QTest::newRow("the server closes first")
        << QStringList{"server closes", "client closes"} << QStringList{"CLOSE-WAIT FIN-WAIT-2", "CLOSED TIME-WAIT"};
    QTest::newRow("half-close") << QStringList{"client finishes sending", "server sends", "client reads",
                                               "server closes", "client closes"}
                                << QStringList{"FIN-WAIT-2 CLOSE-WAIT", "FIN-WAIT-2 CLOSE-WAIT",
                                               "FIN-WAIT-2 CLOSE-WAIT", "TIME-WAIT CLOSED", "TIME-WAIT CLOSED"};
    QTest::newRow("reset while open") << QStringList{"client sends", "client resets"}
                                      << QStringList{"ESTABLISHED ESTABLISHED", "CLOSED CLOSED"};
    QTest::newRow("reset in CLOSE-WAIT") << QStringList{"client finishes sending", "server resets"}
                                         << QStringList{"FIN-WAIT-2 CLOSE-WAIT", "CLOSED CLOSED"};
    QTest::newRow("reset in FIN-WAIT-2") << QStringList{"client finishes sending", "client resets"}
                                         << QStringList{"FIN-WAIT-2 CLOSE-WAIT", "CLOSED CLOSED"};
    QTest::newRow("closed with unread bytes")
        << QStringList{"client sends", "server closes"} << QStringList{"ESTABLISHED ESTABLISHED", "CLOSED CLOSED"};
    QTest::newRow("bytes for an end that has closed")
        << QStringList{"server closes", "client sends"} << QStringList{"CLOSE-WAIT FIN-WAIT-2", "CLOSED CLOSED"};
}

void TestStatesAgree::conversation()
{
    QFETCH(const QStringList, actions);
    QFETCH(const QStringList, states);
    QCOMPARE(actions.size(), states.size());

    const RawPeer listener = RawPeer::listener();
    const quint16 port = listener.port();
    Capture capture;
    QSignalSpy started(&capture, &Capture::started);
    QSignalSpy failed(&capture, &Capture::failed);
    capture.start({.interface = "lo", .port = port, .ways = CaptureRequest::Libpcap});
    QTRY_VERIFY(started.count() + failed.count() > 0);
    if (started.isEmpty())
        SKIP_OR_FAIL(QString("segments may not be captured here: run the tests as root"));
    QCOMPARE(failed.count(), 0);

    RawPeer client = RawPeer::connectTo(port);
    RawPeer server = listener.accept();
    const auto pair =
        SocketPair::fromText(QString("127.0.0.1:%1").arg(client.port()), QString("127.0.0.1:%1").arg(port));
    QVERIFY(pair);
    const KernelState kernel;
    const auto kernels = [&] {
        const auto of = [&kernel](const SocketPair &ends) {
            const auto socket = kernel.ask(ends);
            return socket ? tcpStateName(socket->state) : QLatin1StringView("not told");
        };
        return QString("%1 %2").arg(of(*pair), of(pair->swapped()));
    };
    FlowTable flows(port);
    const auto inferred = [&] {
        for (const Segment &segment : capture.take())
            flows.append(segment);
        return flows.count() == 1 ? QString("%1 %2").arg(tcpStateName(flows.at(0).state(Side::Client)),
                                                         tcpStateName(flows.at(0).state(Side::Server)))
                                  : QString();
    };
    QTRY_COMPARE(inferred(), QString("ESTABLISHED ESTABLISHED"));
    QCOMPARE(kernels(), inferred());
    for (qsizetype i = 0; i < actions.size(); ++i) {
        perform(actions.at(i), client, server);
        QTRY_COMPARE(kernels(), states.at(i));
        QTRY_COMPARE(inferred(), states.at(i));
    }
}

void TestStatesAgree::byHand_data()
{
    // What the test sends as the other end ("s> …"), or what the kernel's end does, and the kernel's state after it.
    // In a conversation that begins with "listen", the test is the client ("c> …").
    using Steps = QList<std::pair<QString, QString>>;
    QTest::addColumn<Steps>("steps");
    const auto row = [](const char *name, const Steps &steps) { QTest::newRow(name) << steps; };
    const auto open = [&](const char *name, const Steps &rest) {
        QTest::newRow(name) << Steps{{"connect", "SYN-SENT"}, {"s> SA ack=0", "ESTABLISHED"}} + rest;
    };
    const Steps finished{{"shutdown", "FIN-WAIT-1"}, {"s> A seq=0 ack=1", "FIN-WAIT-2"}};

    row("SYN-SENT, a challenge ACK, and the SYN again",
        {{"connect", "SYN-SENT"}, {"s> A seq=0 ack=7777", "SYN-SENT"}, {"s> SA seq=-1 ack=0", "ESTABLISHED"}});
    row("SYN-SENT, a RST without ACK", {{"connect", "SYN-SENT"}, {"s> R seq=0", "SYN-SENT"}});
    row("SYN-SENT, a RST that does not acknowledge SYN",
        {{"connect", "SYN-SENT"}, {"s> RA seq=0 ack=-1", "SYN-SENT"}, {"s> RA seq=0 ack=1", "SYN-SENT"}});
    row("SYN-SENT, a RST that acknowledges SYN", {{"connect", "SYN-SENT"}, {"s> RA seq=0 ack=0", "CLOSED"}});
    // ICMP errors about the newest segment of the kernel.
    for (const char *error : {"!port", "!proto", "!host", "!net", "!prohibited", "!time", "!problem"})
        row((QByteArray("SYN-SENT, ICMP: ") + error).constData(), {{"connect", "SYN-SENT"}, {error, "CLOSED"}});
    row("SYN-SENT, an ICMP error of a router", {{"connect", "SYN-SENT"}, {"!host by 254", "CLOSED"}});
    for (const char *error : {"!quench", "!redirect by 254", "!unknown"})
        row((QByteArray("SYN-SENT, ICMP: ") + error).constData(), {{"connect", "SYN-SENT"}, {error, "SYN-SENT"}});
    row("SYN-SENT, ICMP: too big", {{"connect", "SYN-SENT"}, {"!mtu1300", "SYN-SENT"}});
    row("SYN-SENT, ICMP errors about other numbers",
        {{"connect", "SYN-SENT"}, {"!port seq=7", "SYN-SENT"}, {"!port seq=-2", "SYN-SENT"}, {"!port", "CLOSED"}});
    open("ESTABLISHED, ICMP errors", {{"!port", "ESTABLISHED"}, {"!proto", "ESTABLISHED"}, {"!mtu600", "ESTABLISHED"}});
    open("FIN-WAIT-1, ICMP errors", {{"shutdown", "FIN-WAIT-1"}, {"!port", "FIN-WAIT-1"}, {"!host", "FIN-WAIT-1"}});
    row("SYN-RECEIVED, an ICMP error", {{"listen", "LISTEN"}, {"c> S", "SYN-RECEIVED"}, {"!port", "SYN-RECEIVED"}});
    row("SYN-RECEIVED, a RST in the window",
        {{"listen", "LISTEN"}, {"c> S", "SYN-RECEIVED"}, {"c> R seq=9", "SYN-RECEIVED"}});
    row("SYN-RECEIVED, a RST at RCV.NXT", {{"listen", "LISTEN"}, {"c> S", "SYN-RECEIVED"}, {"c> R seq=0", "LISTEN"}});
    open("ESTABLISHED, a RST in the window, then at RCV.NXT",
         {{"s> R seq=50", "ESTABLISHED"}, {"s> R seq=0", "CLOSED"}});
    open("ESTABLISHED, a RST outside of the window",
         {{"s> R seq=-9", "ESTABLISHED"}, {"s> R seq=99999", "ESTABLISHED"}});
    open("ESTABLISHED, a RST with an ACK of nothing sent", {{"s> RA seq=0 ack=7777", "CLOSED"}});
    open("ESTABLISHED, a RST at the right edge of the highest SACK block",
         {{"s> PA 10 seq=20 ack=0", "ESTABLISHED"}, {"s> R seq=25", "ESTABLISHED"}, {"s> R seq=30", "CLOSED"}});
    open("CLOSE-WAIT, a RST at RCV.NXT + 1, then at RCV.NXT - 1",
         {{"s> FA seq=0 ack=0", "CLOSE-WAIT"}, {"s> R seq=2", "CLOSE-WAIT"}, {"s> R seq=0", "CLOSED"}});
    open("CLOSE-WAIT, a RST at RCV.NXT", {{"s> FA seq=0 ack=0", "CLOSE-WAIT"}, {"s> R seq=1", "CLOSED"}});
    open("LAST-ACK, a RST at RCV.NXT - 1",
         {{"s> FA seq=0 ack=0", "CLOSE-WAIT"}, {"shutdown", "LAST-ACK"}, {"s> R seq=0", "CLOSED"}});
    open("FIN-WAIT-1, a RST in the window, then at RCV.NXT",
         {{"shutdown", "FIN-WAIT-1"}, {"s> R seq=30", "FIN-WAIT-1"}, {"s> R seq=0", "CLOSED"}});
    open("CLOSING, a RST at RCV.NXT - 1",
         {{"shutdown", "FIN-WAIT-1"}, {"s> FA seq=0 ack=0", "CLOSING"}, {"s> R seq=0", "CLOSED"}});
    open("FIN-WAIT-2, a RST in the window, then at RCV.NXT",
         finished + Steps{{"s> R seq=40", "FIN-WAIT-2"}, {"s> R seq=0", "CLOSED"}});
    open("TIME-WAIT, a RST in the window, then at RCV.NXT",
         finished + Steps{{"s> FA seq=0 ack=1", "TIME-WAIT"}, {"s> R seq=40", "TIME-WAIT"}, {"s> R seq=1", "CLOSED"}});
}

void TestStatesAgree::byHand()
{
    using Steps = QList<std::pair<QString, QString>>;
    QFETCH(const Steps, steps);
    if (!m_noPeer.isEmpty())
        SKIP_OR_FAIL(m_noPeer);
    static quint16 ports = 20000; // a new pair for each row: TIME-WAIT lasts
    const bool listens = steps.first().first == QLatin1StringView("listen");
    const Side kernelSide = listens ? Side::Server : Side::Client;
    const SocketAddress near = TunPeer::near(++ports);
    const SocketAddress far = TunPeer::far(quint16(ports + 1000));
    const SocketPair pair{near, far};
    KernelEnd end;
    end.bindTo(near);
    std::array<quint32, 2> numbers{1000, 700'000}; // the kernel's own is known with its SYN
    SegmentScript script(numbers[0], numbers[1]);
    script.address(kernelSide) = near;
    script.address(otherEnd(kernelSide)) = far;
    FlowTable flows;
    Segment newest; ///< of the kernel
    const auto takeFromKernel = [&] {
        for (const Segment &segment : m_peer.take()) {
            if (segment.source != near || segment.destination != far)
                continue;
            if (segment.has(Segment::Syn) &&
                std::exchange(numbers[size_t(kernelSide)], segment.sequence) != segment.sequence)
                script.restart(numbers[0], numbers[1]);
            flows.append(newest = segment);
        }
    };
    const KernelState kernel;
    const auto states = [&] {
        takeFromKernel();
        const auto known = kernel.ask(pair);
        TcpState real = known ? known->state : TcpState::Closed;
        if (listens && real == TcpState::Closed)
            real = TcpState::Listen;
        const TcpState inferred = flows.count() == 1 ? flows.at(0).state(kernelSide)
                                  : listens          ? TcpState::Listen
                                                     : TcpState::Closed;
        return QString("%1 %2").arg(tcpStateName(real), tcpStateName(inferred));
    };
    for (const auto &[action, state] : steps) {
        std::optional<quint32> finEnd;
        if (action == QLatin1StringView("connect")) {
            end.connectTo(far);
        } else if (action == QLatin1StringView("listen")) {
            ::listen(end.descriptor, 1);
        } else if (action == QLatin1StringView("shutdown")) {
            shutdown(end.descriptor, SHUT_WR);
        } else if (action.startsWith('!')) {
            const Segment error = errorSegment(script, action, newest);
            flows.append(error);
            m_peer.send(errorPacketOf(error, newest));
        } else {
            Segment segment = script.segment(action);
            if (segment.has(Segment::Syn)) { // permits SACK
                segment.options = {1, 1, 4, 2};
                segment.optionBytes = 4;
                segment.headerBytes = segment.capturedBytes = 24;
            }
            flows.append(segment);
            m_peer.send(segment);
            if (segment.has(Segment::Fin))
                finEnd = segment.sequence + quint32(segment.length) + 1;
        }
        QTRY_COMPARE(states(), state + u' ' + state);
        // The kernel may delay this acknowledgement. If it crossed the next RST, the RST would seem to be ignored.
        if (finEnd)
            QTRY_VERIFY((takeFromKernel(), newest.acknowledgement == *finEnd));
        // Nothing changes once the kernel has answered.
        takeFromKernel();
        QCOMPARE(states(), state + u' ' + state);
    }
    QCOMPARE(flows.count(), 1);
}

REGISTER_TEST(TestStatesAgree)
#include "tst_statesagree.moc"
