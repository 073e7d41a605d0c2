// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/loopback.h"
#include "support/registertest.h"
#include "support/servertest.h"

#include <QAbstractEventDispatcher>
#include <QFile>
#include <QSignalSpy>

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/resource.h>

/// How much memory and how many descriptors peers can make a server use. The limits of what is kept and shown of
/// messages are tested with the session file and the step model.
class TestLimits : public ServerTest
{
    Q_OBJECT

private slots:
    void init();

    void listensOnLoopbackUnlessToldOtherwise();
    void aLongMessageComesInParts();
    void unframedBytesStayWithThePeer();
    void anUnfinishedMessageIsNotUnframed();
    void descriptorsRunOut_data();
    void descriptorsRunOut();
    void softLimitIsRaised();
};

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

/// Sets the soft limit of open descriptors, and restores it.
class SoftLimit
{
public:
    explicit SoftLimit(rlim_t descriptors)
    {
        getrlimit(RLIMIT_NOFILE, &m_before);
        const rlimit lower{.rlim_cur = descriptors, .rlim_max = m_before.rlim_max};
        setrlimit(RLIMIT_NOFILE, &lower);
    }
    ~SoftLimit() { setrlimit(RLIMIT_NOFILE, &m_before); }
    Q_DISABLE_COPY_MOVE(SoftLimit)

    rlim_t hard() const { return m_before.rlim_max; }

private:
    rlimit m_before{};
};

} // namespace

void TestLimits::init()
{
    makeServer();
}

void TestLimits::listensOnLoopbackUnlessToldOtherwise()
{
    QCOMPARE(ServerSettings().address, QHostAddress(QHostAddress::LocalHost));
    m_server->start(m_settings);
    QVERIFY(m_log->activity().address.startsWith("127.0.0.1:"));
}

void TestLimits::aLongMessageComesInParts()
{
    RawPeer peer = startAndConnect();
    QByteArray rest(2 * Framer::messageLimit + mebibyte, 'x');
    rest += '\0';
    const qsizetype bytes = rest.size();
    const auto sendMore = [&] {
        while (const qint64 sent = peer.trySend(rest.first(qMin<qsizetype>(rest.size(), mebibyte)), 0))
            rest.remove(0, sent);
        return rest.isEmpty();
    };
    QTRY_VERIFY(sendMore());
    QTRY_COMPARE(peer.received(), QByteArray("Hi, client!", 12)); // one answer, to the last part

    QCOMPARE(m_log->events().filter("limit").size(), 1);
    QList<Step> parts;
    for (const Step &step : m_log->steps()) {
        if (step.kind == StepKind::Recv)
            parts.append(step);
    }
    QCOMPARE(parts.size(), 3);
    QCOMPARE(parts.at(0).number, 2);
    QCOMPARE(parts.at(1).number, 4);
    QCOMPARE(parts.at(2).number, 6);
    for (const Step &part : parts)
        QVERIFY(part.part);
    QCOMPARE(parts.at(0).bytes, Framer::messageLimit);
    QCOMPARE(parts.at(1).bytes, Framer::messageLimit);
    QCOMPARE(parts.at(1).offset, Framer::messageLimit);
    QCOMPARE(parts.at(0).bytes + parts.at(1).bytes + parts.at(2).bytes, bytes);
}

void TestLimits::unframedBytesStayWithThePeer()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    const int ours = Loopback::descriptorOf(m_log->port(), peer.port());
    const int theirs = Loopback::descriptorOf(peer.port(), m_log->port());
    QVERIFY(ours >= 0 && theirs >= 0);
    constexpr int messages = 5000; // more than the journal takes
    peer.send(QByteArray(messages, '\0'));
    qint64 sent = messages;
    const QByteArray flood(64 * 1024, 'x');
    const auto isStuck = [&] {
        qint64 more = 0;
        for (qint64 now = peer.trySend(flood, 0); now > 0; now = peer.trySend(flood, 0))
            more += now;
        sent += more;
        return more == 0;
    };
    QTRY_VERIFY(isStuck());
    QVERIFY(m_journal->isFull());
    int unread = 0;
    int unsent = 0;
    QCOMPARE(ioctl(ours, FIONREAD, &unread), 0);
    QCOMPARE(ioctl(theirs, SIOCOUTQ, &unsent), 0);
    const qint64 held = sent - unread - unsent;
    constexpr int taken = 4097; // messages: one more than fills the journal
    QVERIFY2(held >= mebibyte - 64 * 1024 && held - taken <= mebibyte, qPrintable(QString::number(held)));

    QTRY_COMPARE(m_log->connection().partialBytes, sent - messages); // and none of it is lost
    QCOMPARE(m_log->numbered().size(), messages);
}

/// Back-pressure must not keep the rest of a long message away for ever.
void TestLimits::anUnfinishedMessageIsNotUnframed()
{
    m_settings.reply = {};
    RawPeer peer = startAndConnect();
    QByteArray rest(4 * mebibyte, 'x');
    const auto sendMore = [&] {
        while (const qint64 sent = peer.trySend(rest.first(qMin<qsizetype>(rest.size(), mebibyte)), 0))
            rest.remove(0, sent);
        return rest.isEmpty();
    };
    QTRY_VERIFY(sendMore());
    QTRY_COMPARE(m_log->connection().partialBytes, 4 * mebibyte);
    QVERIFY(m_log->numbered().isEmpty());
}

void TestLimits::descriptorsRunOut_data()
{
    QTest::addColumn<rlim_t>("descriptors"); ///< a connection has two

    QTest::newRow("an even number") << rlim_t(8);
    QTest::newRow("an odd number") << rlim_t(9);
}

void TestLimits::descriptorsRunOut()
{
    QFETCH(const rlim_t, descriptors);
    QTimer again;
    again.setSingleShot(true);
    QSignalSpy triedAgain(&again, &QTimer::timeout);
    QSignalSpy awake(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake);
    again.start(0);
    QVERIFY(triedAgain.wait(patienceMs)); // a sanitizer that looks at a type for the first time needs descriptors
    m_server->start(m_settings);
    const quint16 port = m_log->port();
    std::vector<RawPeer> peers(20);
    for (RawPeer &peer : peers)
        peer = RawPeer::connectTo(port);
    {
        const int firstFree = dup(0);
        close(firstFree);
        const SoftLimit limit(rlim_t(firstFree) + descriptors);
        QTRY_VERIFY(m_log->has("accept-paused"));
        QTRY_VERIFY(m_log->events().count("connected") >= 4);

        // Nothing spins: the loop wakes for little else than the timer that tries again.
        awake.clear();
        again.start(1500);
        QVERIFY(triedAgain.wait(patienceMs));
        QVERIFY2(awake.count() < 50, qPrintable(QString::number(awake.count())));
    }
    QTRY_VERIFY(m_log->has("accept-resumed"));
    QTRY_COMPARE(m_log->events().count("connected"), qsizetype(peers.size()));
    for (RawPeer &peer : peers) { // none got half of what it needs
        peer.send(QByteArray("?\0", 2));
        QTRY_COMPARE(peer.received(), QByteArray("Hi, client!", 12));
        peer.closeNow();
    }
}

void TestLimits::softLimitIsRaised()
{
    const SoftLimit limit(256);
    QCOMPARE(Descriptor::raiseDescriptorLimit(), qint64(limit.hard()));
    rlimit now{};
    getrlimit(RLIMIT_NOFILE, &now);
    QCOMPARE(now.rlim_cur, limit.hard());
}

REGISTER_TEST(TestLimits)
#include "tst_limits.moc"
