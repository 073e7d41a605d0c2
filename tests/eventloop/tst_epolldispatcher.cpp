// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

#include "eventloop/networkdispatcher.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QAbstractEventDispatcher>
#include <QDir>
#include <QElapsedTimer>
#include <QPointer>
#include <QRegularExpression>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QTemporaryFile>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <map>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

/// What Qt expects of an event dispatcher. CTest runs it with ours, and with Qt's own as the reference.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void timersFire_data();
    void timersFire();
    void timersAreListed();
    void timersOfAnObjectEnd();
    void timerEndsInItsOwnEvent();
    void timerEndsAnotherThatIsDue();
    void timerIsNotNestedInItself();
    void zeroTimersLeaveRoom();
    void timersAreExcluded();

    void notifiers_data();
    void notifiers();
    void allNotifiersOfOneDescriptor();
    void levelTriggered();
    void switchedOffAndOn();
    void duplicates();
    void leavesTheKernelAtOnce();
    void closedWhileADuplicateLives();
    void vanishingNotifiers_data();
    void vanishingNotifiers();
    void manyAtOnce();
    void plainFile();
    void closedDescriptor();
    void notifiersAreExcluded();

    void wakesFromAnotherThread_data();
    void wakesFromAnotherThread();
    void interruptedBeforeItBlocks();
    void signalDoesNotEndTheWait();
    void postedEvents_data();
    void postedEvents();
    void postedInAnEventComesLater();
    void tellsWhenItBlocks();
    void nestedLoops();
    void threadOfItsOwn();

private:
    QAbstractEventDispatcher *m_dispatcher = nullptr;
};

namespace {

using Flag = QEventLoop::ProcessEventsFlag;

/// An object that counts its events and can act on each.
class Receiver : public QObject
{
public:
    explicit Receiver(std::function<void(int)> onTimer = {})
        : m_onTimer(std::move(onTimer))
    {
    }

    int timerEvents(int id) { return m_timerEvents[id]; }
    int customEvents() const { return m_customEvents; }
    void setOnCustom(std::function<void()> f) { m_onCustom = std::move(f); }

protected:
    void timerEvent(QTimerEvent *event) override
    {
        ++m_timerEvents[event->timerId()];
        if (m_onTimer)
            m_onTimer(event->timerId());
    }
    void customEvent(QEvent *event) override
    {
        Q_UNUSED(event)
        ++m_customEvents;
        if (m_onCustom)
            m_onCustom();
    }

private:
    std::function<void(int)> m_onTimer;
    std::function<void()> m_onCustom;
    std::map<int, int> m_timerEvents;
    int m_customEvents = 0;
};

/// Two sockets that are connected to each other.
struct Pair {
    Pair()
    {
        int sockets[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets) != 0)
            qFatal("no socket pair");
        near = sockets[0];
        far = sockets[1];
    }
    ~Pair()
    {
        close(near);
        close(far);
    }
    Q_DISABLE_COPY_MOVE(Pair)

    void arrive() const { QCOMPARE(write(far, "x", 1), 1); }
    void drain() const
    {
        char bytes[64];
        while (read(near, bytes, sizeof bytes) > 0) { }
    }

    int near = -1;
    int far = -1;
};

/// A TCP connection, for urgent data.
struct TcpPair {
    TcpPair()
    {
        const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        far = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (bind(listener, generic, size) != 0 || listen(listener, 1) != 0 ||
            getsockname(listener, generic, &size) != 0 || connect(far, generic, size) != 0)
            qFatal("no connection");
        near = accept(listener, nullptr, nullptr);
        close(listener);
    }
    ~TcpPair()
    {
        close(near);
        close(far);
    }
    Q_DISABLE_COPY_MOVE(TcpPair)

    int near = -1;
    int far = -1;
};

/// Handles everything that is ready now.
void settle()
{
    while (QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents)) { }
}

/// The descriptors that an epoll of this process watches, according to the kernel.
QList<int> watchedByEpoll()
{
    QList<int> watched;
    const QStringList names = QDir(QStringLiteral("/proc/self/fdinfo")).entryList(QDir::Files);
    for (const QString &name : names) {
        QFile info(QStringLiteral("/proc/self/fdinfo/") + name);
        if (!info.open(QIODevice::ReadOnly))
            continue;
        const QList<QByteArray> lines = info.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("tfd:"))
                watched.append(line.mid(4).trimmed().split(' ').first().toInt());
        }
    }
    return watched;
}

int turnsOf(QAbstractEventDispatcher *dispatcher, QEventLoop::ProcessEventsFlags flags,
            const std::function<bool()> &done)
{
    int turns = 0;
    for (; !done() && turns < 1000; ++turns)
        dispatcher->processEvents(flags);
    return turns;
}

} // namespace

void TestEpollDispatcher::initTestCase()
{
    m_dispatcher = QAbstractEventDispatcher::instance();
    const bool isQts = qgetenv("TCPSTEPS_DISPATCHER") == "qt";
    QCOMPARE(m_dispatcher->inherits("EpollDispatcher"), !isQts);
}

void TestEpollDispatcher::timersFire_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<int>("interval");
    QTest::addColumn<int>("times");
    QTest::addColumn<int>("atLeastMs"); // coarse: 5 % less, and Qt counts whole milliseconds
    QTest::newRow("precise, 0 ms") << Qt::PreciseTimer << 0 << 50 << 0;
    QTest::newRow("precise, 10 ms") << Qt::PreciseTimer << 10 << 5 << 50;
    QTest::newRow("coarse, 0 ms") << Qt::CoarseTimer << 0 << 50 << 0;
    QTest::newRow("coarse, 40 ms") << Qt::CoarseTimer << 40 << 3 << 111;
    QTest::newRow("coarse, 200 ms") << Qt::CoarseTimer << 200 << 1 << 189;
    QTest::newRow("very coarse, 1 s") << Qt::VeryCoarseTimer << 1000 << 1 << 499;
}

void TestEpollDispatcher::timersFire()
{
    QFETCH(const Qt::TimerType, type);
    QFETCH(const int, interval);
    QFETCH(const int, times);
    QFETCH(const int, atLeastMs);
    Receiver receiver;
    QElapsedTimer elapsed;
    elapsed.start();
    const int id = receiver.startTimer(interval, type);
    QVERIFY(id > 0);
    while (receiver.timerEvents(id) < times)
        m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    QVERIFY2(elapsed.elapsed() >= atLeastMs, qPrintable(QString::number(elapsed.elapsed())));
}

void TestEpollDispatcher::timersAreListed()
{
    Receiver receiver;
    Receiver other;
    QCOMPARE(m_dispatcher->registeredTimers(&receiver).size(), 0);
    const int precise = receiver.startTimer(10, Qt::PreciseTimer);
    const int coarse = receiver.startTimer(200, Qt::CoarseTimer);
    const int veryCoarse = receiver.startTimer(5000, Qt::VeryCoarseTimer);
    other.startTimer(10);
    const auto timers = m_dispatcher->registeredTimers(&receiver);
    QCOMPARE(timers.size(), 3);
    std::map<int, std::pair<int, Qt::TimerType>> byId;
    for (const auto &timer : timers)
        byId[timer.timerId] = {timer.interval, timer.timerType};
    QCOMPARE(byId[precise], std::pair(10, Qt::PreciseTimer));
    QCOMPARE(byId[coarse], std::pair(200, Qt::CoarseTimer));
    QCOMPARE(byId[veryCoarse], std::pair(5000, Qt::VeryCoarseTimer));

    QVERIFY(m_dispatcher->remainingTime(precise) <= 11); // Qt's dispatcher rounds whole milliseconds up
    QVERIFY(m_dispatcher->remainingTime(veryCoarse) > 3000);
    QVERIFY(m_dispatcher->remainingTime(veryCoarse) <= 5501);
    QTRY_COMPARE(m_dispatcher->remainingTime(coarse), 0);
    receiver.killTimer(precise);
    QCOMPARE(m_dispatcher->registeredTimers(&receiver).size(), 2);
}

void TestEpollDispatcher::timersOfAnObjectEnd()
{
    Receiver receiver;
    Receiver other;
    const int first = receiver.startTimer(0);
    const int second = receiver.startTimer(0);
    const int third = other.startTimer(0);
    QVERIFY(m_dispatcher->unregisterTimers(&receiver));
    while (other.timerEvents(third) < 2)
        m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    QCOMPARE(receiver.timerEvents(first) + receiver.timerEvents(second), 0);
    QVERIFY(m_dispatcher->unregisterTimer(third));
    QVERIFY(!m_dispatcher->unregisterTimer(third));
}

void TestEpollDispatcher::timerEndsInItsOwnEvent()
{
    Receiver ender([&ender](int id) { ender.killTimer(id); });
    auto *deleter = new Receiver;
    const int ended = ender.startTimer(0);
    QTimer timer;
    timer.setInterval(0);
    connect(&timer, &QTimer::timeout, this, [&timer, deleter] {
        timer.stop();
        delete deleter;
    });
    deleter->startTimer(0);
    timer.start();
    QTRY_COMPARE(ender.timerEvents(ended), 1);
    QTRY_VERIFY(!timer.isActive());
    settle();
    QCOMPARE(ender.timerEvents(ended), 1);
}

void TestEpollDispatcher::timerEndsAnotherThatIsDue()
{
    int first = 0;
    int second = 0;
    Receiver receiver([&](int id) { receiver.killTimer(id == first ? second : first); });
    first = receiver.startTimer(1, Qt::PreciseTimer);
    second = receiver.startTimer(1, Qt::PreciseTimer);
    while (m_dispatcher->remainingTime(second) > 0)
        QThread::yieldCurrentThread();
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(receiver.timerEvents(first) + receiver.timerEvents(second), 1);
}

void TestEpollDispatcher::timerIsNotNestedInItself()
{
    int outer = 0;
    int inner = 0;
    Receiver receiver([&](int id) {
        if (id != outer || receiver.timerEvents(outer) > 1)
            return;
        const int innerBefore = receiver.timerEvents(inner);
        while (receiver.timerEvents(inner) < innerBefore + 3)
            m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
        QCOMPARE(receiver.timerEvents(outer), 1);
    });
    outer = receiver.startTimer(0);
    inner = receiver.startTimer(1, Qt::PreciseTimer);
    QTRY_VERIFY(receiver.timerEvents(outer) > 3);
    QVERIFY(receiver.timerEvents(inner) >= 3);
}

void TestEpollDispatcher::zeroTimersLeaveRoom()
{
    const Pair pair;
    Receiver receiver([&receiver](int) { QCoreApplication::postEvent(&receiver, new QEvent(QEvent::User)); });
    receiver.startTimer(0);
    receiver.startTimer(0);
    QSocketNotifier notifier(pair.near, QSocketNotifier::Read);
    int activated = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&activated] { ++activated; });
    pair.arrive();
    QVERIFY(turnsOf(m_dispatcher, QEventLoop::AllEvents, [&] { return activated >= 10; }) <= 20);
    QVERIFY(receiver.customEvents() > 0);
}

void TestEpollDispatcher::timersAreExcluded()
{
    Receiver receiver;
    const int id = receiver.startTimer(0);
    m_dispatcher->processEvents(QEventLoop::X11ExcludeTimers);
    QCOMPARE(receiver.timerEvents(id), 0);
    // It waits only for what is not excluded:
    const Pair pair;
    QSocketNotifier notifier(pair.near, QSocketNotifier::Read);
    QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    connect(m_dispatcher, &QAbstractEventDispatcher::aboutToBlock, &notifier, [&pair] { pair.arrive(); });
    const int turns =
        turnsOf(m_dispatcher, Flag::X11ExcludeTimers | Flag::WaitForMoreEvents, [&] { return !activated.isEmpty(); });
    QVERIFY(turns <= 3);
    QCOMPARE(receiver.timerEvents(id), 0);
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(receiver.timerEvents(id), 1);
}

void TestEpollDispatcher::notifiers_data()
{
    QTest::addColumn<QSocketNotifier::Type>("type");
    QTest::addColumn<char>("what"); // nothing, data, urgent data, the end, a reset
    QTest::addColumn<bool>("activated");
    const auto row = [](const char *name, QSocketNotifier::Type type, char what, bool activated) {
        QTest::newRow(name) << type << what << activated;
    };
    row("read, nothing came", QSocketNotifier::Read, 'n', false);
    row("read, data", QSocketNotifier::Read, 'd', true);
    row("read, end of file", QSocketNotifier::Read, 'e', true);
    row("read, reset", QSocketNotifier::Read, 'r', true);
    row("write, there is room", QSocketNotifier::Write, 'n', true);
    row("write, reset", QSocketNotifier::Write, 'r', true);
    row("exception, nothing came", QSocketNotifier::Exception, 'n', false);
    row("exception, data", QSocketNotifier::Exception, 'd', false);
    row("exception, urgent data", QSocketNotifier::Exception, 'u', true);
    row("exception, end of file", QSocketNotifier::Exception, 'e', false);
    row("exception, reset", QSocketNotifier::Exception, 'r', true);
}

void TestEpollDispatcher::notifiers()
{
    QFETCH(const QSocketNotifier::Type, type);
    QFETCH(const char, what);
    QFETCH(const bool, activated);
    const TcpPair pair;
    QSocketNotifier notifier(pair.near, type);
    QSignalSpy spy(&notifier, &QSocketNotifier::activated);
    connect(&notifier, &QSocketNotifier::activated, this, [&notifier] { notifier.setEnabled(false); });
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    switch (what) {
    case 'd':
        QCOMPARE(send(pair.far, "x", 1, 0), 1);
        break;
    case 'u':
        QCOMPARE(send(pair.far, "x", 1, MSG_OOB), 1);
        break;
    case 'e':
        QCOMPARE(shutdown(pair.far, SHUT_WR), 0);
        break;
    case 'r':
        setsockopt(pair.far, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        QCOMPARE(dup2(pair.near, pair.far), pair.far); // closes it
        break;
    default:
        break;
    }
    settle();
    QCOMPARE(spy.size(), activated ? 1 : 0);
}

void TestEpollDispatcher::allNotifiersOfOneDescriptor()
{
    const TcpPair pair;
    QSocketNotifier read(pair.near, QSocketNotifier::Read);
    QSocketNotifier write(pair.near, QSocketNotifier::Write);
    QSocketNotifier exception(pair.near, QSocketNotifier::Exception);
    QStringList order;
    connect(&read, &QSocketNotifier::activated, this, [&] { order.append(QStringLiteral("read")); });
    connect(&write, &QSocketNotifier::activated, this, [&] { order.append(QStringLiteral("write")); });
    connect(&exception, &QSocketNotifier::activated, this, [&] { order.append(QStringLiteral("exception")); });
    const auto turn = [&] {
        order.clear();
        m_dispatcher->processEvents(QEventLoop::AllEvents);
        order.sort();
        return order.join(QLatin1Char(' '));
    };
    QCOMPARE(turn(), QStringLiteral("write"));
    QCOMPARE(send(pair.far, "x", 1, 0), 1);
    QCOMPARE(turn(), QStringLiteral("read write"));
    QCOMPARE(send(pair.far, "y", 1, MSG_OOB), 1);
    QCOMPARE(turn(), QStringLiteral("exception read write"));
    write.setEnabled(false);
    QCOMPARE(turn(), QStringLiteral("exception read"));
    read.setEnabled(false);
    QCOMPARE(turn(), QStringLiteral("exception"));
    exception.setEnabled(false);
    QCOMPARE(turn(), QString());
    read.setEnabled(true);
    QCOMPARE(turn(), QStringLiteral("read"));
}

void TestEpollDispatcher::levelTriggered()
{
    const Pair pair;
    QSocketNotifier notifier(pair.near, QSocketNotifier::Read);
    QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    pair.arrive();
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(m_dispatcher->processEvents(QEventLoop::AllEvents));
        QCOMPARE(activated.size(), i);
    }
    pair.drain();
    settle();
    QCOMPARE(activated.size(), 3);
}

void TestEpollDispatcher::switchedOffAndOn()
{
    const Pair pair;
    QSocketNotifier notifier(pair.near, QSocketNotifier::Read);
    QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    settle();
    pair.arrive();
    notifier.setEnabled(false);
    settle();
    QCOMPARE(activated.size(), 0);
    notifier.setEnabled(true);
    notifier.setEnabled(false);
    notifier.setEnabled(true);
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(activated.size(), 1);
}

void TestEpollDispatcher::duplicates()
{
    const Pair pair;
    const int duplicate = dup(pair.near);
    QSocketNotifier notifier(pair.near, QSocketNotifier::Read);
    QSocketNotifier ofDuplicate(duplicate, QSocketNotifier::Read);
    QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    QSignalSpy duplicateActivated(&ofDuplicate, &QSocketNotifier::activated);
    pair.arrive();
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(duplicateActivated.size(), 1);
    ofDuplicate.setEnabled(false);
    close(duplicate);
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(activated.size(), 2);
    QCOMPARE(duplicateActivated.size(), 1);
}

/// A notifier that is switched off is no longer watched, even before the next turn: the descriptor may be closed then.
void TestEpollDispatcher::leavesTheKernelAtOnce()
{
    if (!m_dispatcher->inherits("EpollDispatcher"))
        SKIP("this run has the dispatcher of Qt, which does not use epoll");
    const Pair pair;
    QSocketNotifier read(pair.near, QSocketNotifier::Read);
    QSocketNotifier write(pair.near, QSocketNotifier::Write);
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QVERIFY(watchedByEpoll().contains(pair.near));
    read.setEnabled(false);
    QVERIFY(watchedByEpoll().contains(pair.near));
    write.setEnabled(false);
    QVERIFY(!watchedByEpoll().contains(pair.near));
}

/// A descriptor is closed, then its notifier is switched off: the kernel, were it epoll, would go on reporting it,
/// and under a number that is somebody else's now.
void TestEpollDispatcher::closedWhileADuplicateLives()
{
    const Pair pair;
    const Pair other;
    const int watched = fcntl(pair.near, F_DUPFD_CLOEXEC, 0);
    auto notifier = std::make_unique<QSocketNotifier>(watched, QSocketNotifier::Read);
    settle();
    close(watched);
    notifier.reset();
    const int successor = fcntl(other.near, F_DUPFD_CLOEXEC, watched);
    QCOMPARE(successor, watched);
    QSocketNotifier ofSuccessor(successor, QSocketNotifier::Read);
    QSignalSpy activated(&ofSuccessor, &QSocketNotifier::activated);
    pair.arrive();

    Receiver receiver;
    const int id = receiver.startTimer(20, Qt::PreciseTimer);
    const int turns =
        turnsOf(m_dispatcher, QEventLoop::WaitForMoreEvents, [&] { return receiver.timerEvents(id) > 0; });
    QVERIFY2(turns <= 5, qPrintable(QString::number(turns)));
    QCOMPARE(activated.size(), 0);
    other.arrive();
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(activated.size(), 1);
    ofSuccessor.setEnabled(false);
    close(successor);
}

void TestEpollDispatcher::vanishingNotifiers_data()
{
    QTest::addColumn<char>("how");
    QTest::newRow("deleted") << 'd';
    QTest::newRow("switched off") << 'o';
    QTest::newRow("switched off and on") << 's';
    QTest::newRow("switched off, while one of another type stays") << 't';
    QTest::newRow("descriptor closed and its number taken") << 'c';
}

/// Both are ready; the one that is activated first removes the other.
void TestEpollDispatcher::vanishingNotifiers()
{
    QFETCH(const char, how);
    const Pair pairs[2];
    const Pair quiet;
    int descriptors[2];
    std::unique_ptr<QSocketNotifier> notifiers[2];
    std::unique_ptr<QSocketNotifier> otherTypes[2];
    std::unique_ptr<QSocketNotifier> successor;
    int activated = 0;
    for (int i = 0; i < 2; ++i) {
        descriptors[i] = dup(pairs[i].near);
        notifiers[i] = std::make_unique<QSocketNotifier>(descriptors[i], QSocketNotifier::Read);
        if (how == 't')
            otherTypes[i] = std::make_unique<QSocketNotifier>(descriptors[i], QSocketNotifier::Exception);
        connect(notifiers[i].get(), &QSocketNotifier::activated, this, [&, i] {
            ++activated;
            auto &other = notifiers[1 - i];
            if (how == 'd') {
                other.reset();
                return;
            }
            other->setEnabled(false);
            other->setEnabled(how == 's');
            if (how != 'c' || successor)
                return;
            QCOMPARE(dup2(quiet.near, descriptors[1 - i]), descriptors[1 - i]);
            successor = std::make_unique<QSocketNotifier>(descriptors[1 - i], QSocketNotifier::Read);
            connect(successor.get(), &QSocketNotifier::activated, this, [&activated] { ++activated; });
        });
        pairs[i].arrive();
    }
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(activated, 1);
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(activated, 2);
    successor.reset();
    for (int i = 0; i < 2; ++i) {
        notifiers[i].reset();
        otherTypes[i].reset();
        close(descriptors[i]);
    }
}

void TestEpollDispatcher::manyAtOnce()
{
    constexpr int count = 300; // more than one wait reports
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    int activated = 0;
    for (int i = 0; i < count; ++i) {
        const Pair &pair = *pairs.emplace_back(std::make_unique<Pair>());
        auto &notifier = notifiers.emplace_back(std::make_unique<QSocketNotifier>(pair.near, QSocketNotifier::Read));
        connect(notifier.get(), &QSocketNotifier::activated, this, [&activated, one = notifier.get()] {
            ++activated;
            one->setEnabled(false);
        });
        pair.arrive();
    }
    QVERIFY(turnsOf(m_dispatcher, QEventLoop::AllEvents, [&] { return activated == count; }) <= 3);
    for (const auto &notifier : notifiers)
        notifier->setEnabled(true);
    // All stay ready, and each gets its turn.
    for (const auto &notifier : notifiers)
        disconnect(notifier.get(), nullptr, this, nullptr);
    std::vector<std::unique_ptr<QSignalSpy>> spies;
    spies.reserve(notifiers.size());
    for (const auto &notifier : notifiers)
        spies.push_back(std::make_unique<QSignalSpy>(notifier.get(), &QSocketNotifier::activated));
    for (int turn = 0; turn < 6; ++turn)
        m_dispatcher->processEvents(QEventLoop::AllEvents);
    for (const auto &spy : spies)
        QVERIFY(spy->size() >= 3);
}

/// As with poll(): always ready for reading and writing.
void TestEpollDispatcher::plainFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QSocketNotifier read(file.handle(), QSocketNotifier::Read);
    QSocketNotifier write(file.handle(), QSocketNotifier::Write);
    QSocketNotifier exception(file.handle(), QSocketNotifier::Exception);
    QSignalSpy readSpy(&read, &QSocketNotifier::activated);
    QSignalSpy writeSpy(&write, &QSocketNotifier::activated);
    QSignalSpy exceptionSpy(&exception, &QSocketNotifier::activated);
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents));
        QCOMPARE(readSpy.size(), i);
        QCOMPARE(writeSpy.size(), i);
    }
    read.setEnabled(false);
    m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    QCOMPARE(readSpy.size(), 3);
    QCOMPARE(writeSpy.size(), 4);
    write.setEnabled(false);
    exception.setEnabled(false);
    settle();
    QCOMPARE(writeSpy.size(), 4);
    QCOMPARE(exceptionSpy.size(), 0);
}

void TestEpollDispatcher::closedDescriptor()
{
    const int descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
    close(descriptor);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("disabling")));
    QSocketNotifier notifier(descriptor, QSocketNotifier::Read);
    QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    settle();
    QVERIFY(!notifier.isEnabled());
    QCOMPARE(activated.size(), 0);
}

void TestEpollDispatcher::notifiersAreExcluded()
{
    const Pair pair;
    QSocketNotifier notifier(pair.near, QSocketNotifier::Read);
    QSignalSpy activated(&notifier, &QSocketNotifier::activated);
    pair.arrive();
    m_dispatcher->processEvents(Flag::ExcludeSocketNotifiers | Flag::ExcludeUserInputEvents);
    QCOMPARE(activated.size(), 0);
    Receiver receiver;
    const int id = receiver.startTimer(20, Qt::PreciseTimer);
    // It does not wait for what is excluded.
    const int turns = turnsOf(m_dispatcher, Flag::ExcludeSocketNotifiers | Flag::WaitForMoreEvents,
                              [&] { return receiver.timerEvents(id) > 0; });
    QVERIFY2(turns <= 3, qPrintable(QString::number(turns)));
    QCOMPARE(activated.size(), 0);
    m_dispatcher->processEvents(QEventLoop::ExcludeUserInputEvents);
    QCOMPARE(activated.size(), 1);
}

void TestEpollDispatcher::wakesFromAnotherThread_data()
{
    QTest::addColumn<char>("how");
    QTest::addColumn<int>("flags");
    for (const auto &[name, flags] :
         {std::pair("all", int(Flag::AllEvents)), std::pair("no notifiers", int(Flag::ExcludeSocketNotifiers)),
          std::pair("no timers", int(Flag::X11ExcludeTimers))}) {
        QTest::addRow("wakeUp(), %s", name) << 'w' << flags;
        QTest::addRow("interrupt(), %s", name) << 'i' << flags;
        QTest::addRow("a posted event, %s", name) << 'p' << flags;
    }
}

void TestEpollDispatcher::wakesFromAnotherThread()
{
    QFETCH(const char, how);
    QFETCH(const int, flags);
    settle();
    Receiver receiver;
    for (int i = 1; i <= 20; ++i) {
        QSemaphore blocks;
        const std::unique_ptr<QThread> thread(QThread::create([&] {
            blocks.acquire();
            if (how == 'w')
                m_dispatcher->wakeUp();
            else if (how == 'i')
                m_dispatcher->interrupt();
            else
                QCoreApplication::postEvent(&receiver, new QEvent(QEvent::User));
        }));
        QObject context;
        connect(m_dispatcher, &QAbstractEventDispatcher::aboutToBlock, &context, [&blocks] { blocks.release(); });
        thread->start();
        m_dispatcher->processEvents(QEventLoop::ProcessEventsFlags(flags) | Flag::WaitForMoreEvents);
        QVERIFY(thread->wait());
        m_dispatcher->processEvents(QEventLoop::AllEvents);
        if (how == 'p')
            QCOMPARE(receiver.customEvents(), i);
    }
}

void TestEpollDispatcher::interruptedBeforeItBlocks()
{
    settle();
    QObject context;
    int blocked = 0;
    connect(m_dispatcher, &QAbstractEventDispatcher::aboutToBlock, &context, [this, &blocked] {
        ++blocked;
        m_dispatcher->interrupt();
    });
    QVERIFY(!m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents));
    QCOMPARE(blocked, 1);
}

void TestEpollDispatcher::signalDoesNotEndTheWait()
{
    settle();
    struct sigaction quiet {
    };
    struct sigaction before {
    };
    quiet.sa_handler = [](int) {};
    sigaction(SIGUSR1, &quiet, &before);
    QSemaphore blocks;
    std::atomic<bool> stop = false;
    const pthread_t waiting = pthread_self();
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        blocks.acquire();
        while (!stop) {
            pthread_kill(waiting, SIGUSR1);
            QThread::yieldCurrentThread();
        }
    }));
    QObject context;
    connect(m_dispatcher, &QAbstractEventDispatcher::aboutToBlock, &context, [&blocks] { blocks.release(); });
    thread->start();
    Receiver receiver;
    QElapsedTimer elapsed;
    elapsed.start();
    const int id = receiver.startTimer(30, Qt::PreciseTimer);
    QVERIFY(m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents));
    stop = true;
    QVERIFY(thread->wait());
    QCOMPARE(receiver.timerEvents(id), 1);
    QVERIFY(elapsed.elapsed() >= 30);
    sigaction(SIGUSR1, &before, nullptr);
}

void TestEpollDispatcher::postedEvents_data()
{
    QTest::addColumn<int>("flags");
    QTest::newRow("all") << int(Flag::AllEvents);
    QTest::newRow("wait") << int(Flag::WaitForMoreEvents);
    QTest::newRow("no notifiers, wait") << int(Flag::ExcludeSocketNotifiers | Flag::WaitForMoreEvents);
    QTest::newRow("no timers, wait") << int(Flag::X11ExcludeTimers | Flag::WaitForMoreEvents);
    QTest::newRow("no user input, wait") << int(Flag::ExcludeUserInputEvents | Flag::WaitForMoreEvents);
}

void TestEpollDispatcher::postedEvents()
{
    QFETCH(const int, flags);
    Receiver receiver;
    for (int i = 1; i <= 100; ++i) {
        QCoreApplication::postEvent(&receiver, new QEvent(QEvent::User));
        QCOMPARE(receiver.customEvents(), i - 1);
        QVERIFY(m_dispatcher->processEvents(QEventLoop::ProcessEventsFlags(flags)));
        QCOMPARE(receiver.customEvents(), i);
    }
}

void TestEpollDispatcher::postedInAnEventComesLater()
{
    Receiver receiver;
    receiver.setOnCustom([&receiver] { QCoreApplication::postEvent(&receiver, new QEvent(QEvent::User)); });
    QCoreApplication::postEvent(&receiver, new QEvent(QEvent::User));
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents));
        QCOMPARE(receiver.customEvents(), i);
    }
}

void TestEpollDispatcher::tellsWhenItBlocks()
{
    settle();
    QSignalSpy awake(m_dispatcher, &QAbstractEventDispatcher::awake);
    QSignalSpy aboutToBlock(m_dispatcher, &QAbstractEventDispatcher::aboutToBlock);
    m_dispatcher->processEvents(QEventLoop::AllEvents);
    QCOMPARE(awake.size(), 1);
    QCOMPARE(aboutToBlock.size(), 0);
    Receiver receiver;
    receiver.startTimer(1);
    m_dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
    QCOMPARE(awake.size(), 2);
    QCOMPARE(aboutToBlock.size(), 1);
}

/// A slot of one notifier runs a loop that activates the other notifier, and the same one again.
void TestEpollDispatcher::nestedLoops()
{
    const Pair first;
    const Pair second;
    QSocketNotifier ofFirst(first.near, QSocketNotifier::Read);
    QSocketNotifier ofSecond(second.near, QSocketNotifier::Read);
    QStringList order;
    int depth = 0;
    connect(&ofFirst, &QSocketNotifier::activated, this, [&] {
        first.drain();
        order.append(QStringLiteral("first %1").arg(depth));
        if (depth == 1)
            return second.arrive();
        QEventLoop loop;
        connect(&ofSecond, &QSocketNotifier::activated, &loop, [&] {
            second.drain();
            order.append(QStringLiteral("second %1").arg(depth));
            loop.quit();
        });
        ++depth;
        first.arrive();
        loop.exec();
        --depth;
        order.append(QStringLiteral("done %1").arg(depth));
    });
    first.arrive();
    QTRY_COMPARE(order.size(), 4);
    QCOMPARE(order, (QStringList{"first 0", "first 1", "second 1", "done 0"}));
    settle();
    QCOMPARE(order.size(), 4);
}

void TestEpollDispatcher::threadOfItsOwn()
{
    const Pair pair;
    QThread thread;
    auto dispatcher = makeNetworkDispatcher();
    const QPointer<QAbstractEventDispatcher> ours(dispatcher.get());
    if (dispatcher)
        thread.setEventDispatcher(dispatcher.release());
    auto *notifier = new QSocketNotifier(pair.near, QSocketNotifier::Read);
    auto *timer = new QTimer(notifier);
    std::atomic<int> read = 0;
    std::atomic<int> timeouts = 0;
    connect(notifier, &QSocketNotifier::activated, notifier, [&] {
        pair.drain();
        ++read;
    });
    connect(timer, &QTimer::timeout, notifier, [&timeouts] { ++timeouts; });
    timer->start(1);
    notifier->moveToThread(&thread);
    connect(&thread, &QThread::finished, notifier, &QObject::deleteLater);
    const QPointer<QObject> guard(notifier);
    thread.start();
    for (int i = 1; i <= 10; ++i) {
        pair.arrive();
        QTRY_COMPARE(read, i);
    }
    QTRY_VERIFY(timeouts > 3);
    thread.quit();
    QVERIFY(thread.wait());
    QVERIFY(!guard);
    QVERIFY(!ours);
}

REGISTER_TEST(TestEpollDispatcher)
#include "tst_epolldispatcher.moc"
