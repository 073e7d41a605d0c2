// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capture.h"
#include "flows/flowtable.h"
#include "kernel/kernelstate.h"

#include "support/privatenetwork.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QSignalSpy>
#include <QTest>

/// Compares the states inferred from segments with the kernel's states, for both ends and through whole
/// conversations. Needs the right to capture on loopback.
class TestStatesAgree : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void conversation_data();
    void conversation();
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

} // namespace

void TestStatesAgree::initTestCase()
{
    // Uses a private network if that is possible, so that there are no other segments.
    PrivateNetwork::enter();
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

REGISTER_TEST(TestStatesAgree)
#include "tst_statesagree.moc"
