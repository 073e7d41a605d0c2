// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "kernel/kernelstate.h"
#include "kernel/socketowner.h"
#include "support/rawpair.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

/// Which program holds the other end of a connection.
class TestSocketOwner : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void ownProcess_data();
    void ownProcess();
    void anotherProgram();
    void nobody();
};

namespace {

const auto connectsAndWaits = QStringLiteral("import socket, sys\n"
                                             "s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
                                             "print('%s:%d' % s.getsockname(), flush=True)\n"
                                             "sys.stdin.read()\n");

} // namespace

void TestSocketOwner::initTestCase()
{
    if (KernelState().availability() != KernelState::Availability::Available)
        SKIP_OR_FAIL(QString("This system does not tell the state of TCP connections through sock_diag."));
}

void TestSocketOwner::ownProcess_data()
{
    QTest::addColumn<RawPair::Kind>("kind");
    QTest::newRow("IPv4") << RawPair::Kind::Ipv4;
    QTest::newRow("IPv6") << RawPair::Kind::Ipv6;
    QTest::newRow("dual stack") << RawPair::Kind::DualStack;
}

void TestSocketOwner::ownProcess()
{
    QFETCH(const RawPair::Kind, kind);
    const RawPair pair(kind);
    QVERIFY(pair.isOpen());
    for (const SocketPair &ends : {pair.ends(), pair.ends().swapped()}) {
        const auto owner = SocketOwner::find(ends);
        QVERIFY(owner);
        QCOMPARE(owner->process, QCoreApplication::applicationPid());
        QCOMPARE(owner->program, QCoreApplication::applicationFilePath().section(u'/', -1).toUtf8().first(12));
    }
}

void TestSocketOwner::anotherProgram()
{
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (python.isEmpty())
        SKIP(QString("python3 is missing"));
    RawPair pair; // its listening socket
    QProcess peer;
    peer.start(python, {QStringLiteral("-c"), connectsAndWaits, pair.serverText().section(u':', -1)});
    QTRY_VERIFY(peer.canReadLine() || peer.state() == QProcess::NotRunning);
    const QString client = QString::fromLatin1(peer.readLine().trimmed());
    const auto ends = SocketPair::fromText(client, pair.serverText());
    QVERIFY(ends);
    const auto owner = SocketOwner::find(*ends);
    QVERIFY(owner);
    QCOMPARE(owner->process, peer.processId());
    QVERIFY(owner->program.startsWith("python3"));
    // Its other end waits for accept(): the kernel has it, but no program does.
    QCOMPARE(SocketOwner::find(ends->swapped()), std::nullopt);
    peer.closeWriteChannel();
    QTRY_COMPARE(peer.state(), QProcess::NotRunning);
    QCOMPARE(SocketOwner::find(*ends), std::nullopt);
}

void TestSocketOwner::nobody()
{
    QCOMPARE(SocketOwner::find({}), std::nullopt);
    QCOMPARE(SocketOwner::find(*SocketPair::fromText(u"192.0.2.1:1", u"192.0.2.2:2")), std::nullopt);
}

REGISTER_TEST(TestSocketOwner)
#include "tst_socketowner.moc"
