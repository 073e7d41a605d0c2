// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "notifierset.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEvent>

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>

namespace {

constexpr int maxEvents = 256; ///< of one wait; the kernel begins with the others next time

constexpr std::array types = {QSocketNotifier::Read, QSocketNotifier::Write, QSocketNotifier::Exception};
constexpr std::array<quint32, types.size()> asked = {EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr quint32 always = EPOLLERR | EPOLLHUP; ///< epoll always reports these, and they are for all notifiers

quint64 token(int descriptor, quint32 generation)
{
    return quint64(generation) << 32 | quint32(descriptor);
}

/// Repeats a call that waits after a signal, with the time that is left.
template<typename F>
int uninterrupted(int timeoutMs, F wait)
{
    const QDeadlineTimer deadline(timeoutMs, Qt::PreciseTimer);
    int result = wait(timeoutMs);
    while (result < 0 && errno == EINTR)
        result = wait(timeoutMs < 0 ? -1 : int(deadline.remainingTime()));
    return result;
}

} // namespace

NotifierSet::NotifierSet(int wakeDescriptor)
    : m_wakeDescriptor(wakeDescriptor)
    , m_epoll(createEpoll())
{
}

NotifierSet::~NotifierSet()
{
    if (isValid())
        close(m_epoll);
}

int NotifierSet::createEpoll() const
{
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = token(m_wakeDescriptor, 0);
    if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, m_wakeDescriptor, &event) == 0)
        return epoll;
    close(epoll);
    return -1;
}

void NotifierSet::add(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    auto watch = m_watches.find(descriptor);
    if (watch == m_watches.end())
        watch = m_watches.insert(descriptor, {.generation = ++m_generation});
    QSocketNotifier *&place = watch->notifiers[size_t(notifier->type())];
    if (place && place != notifier)
        qWarning("A second notifier of this type for descriptor %d replaces the first", descriptor);
    place = notifier;
    noteChange(descriptor, *watch);
}

void NotifierSet::remove(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    const auto type = size_t(notifier->type());
    const auto watch = m_watches.find(descriptor);
    if (watch == m_watches.end() || watch->notifiers[type] != notifier)
        return;
    watch->notifiers[type] = nullptr;
    watch->marked &= quint8(~(1U << type));
    if (wanted(*watch) != 0) {
        noteChange(descriptor, *watch);
        return;
    }
    if (watch->isAlwaysReady)
        std::erase(m_alwaysReady, descriptor);
    else if (watch->watched != 0)
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    m_watches.remove(descriptor);
}

quint32 NotifierSet::wanted(const Watch &watch)
{
    quint32 events = 0;
    for (const auto type : types)
        events |= watch.notifiers[type] ? asked[type] : 0;
    return events;
}

void NotifierSet::noteChange(int descriptor, Watch &watch)
{
    if (!std::exchange(watch.hasChanged, true))
        m_changed.push_back(descriptor);
}

/// A notifier that is switched on and off between two waits costs no system call.
void NotifierSet::updateEpoll()
{
    for (const int descriptor : std::exchange(m_changed, {})) {
        const auto watch = m_watches.find(descriptor);
        if (watch == m_watches.end() || !std::exchange(watch->hasChanged, false) || update(descriptor, *watch))
            continue;
        qWarning("Descriptor %d cannot be watched (%s), disabling its notifiers", descriptor, std::strerror(errno));
        for (QSocketNotifier *notifier : std::array(watch->notifiers)) {
            if (notifier)
                notifier->setEnabled(false);
        }
    }
}

bool NotifierSet::update(int descriptor, Watch &watch)
{
    epoll_event event{};
    event.events = wanted(watch);
    event.data.u64 = token(descriptor, watch.generation);
    if (watch.isAlwaysReady || watch.watched == event.events)
        return true;
    int result = epoll_ctl(m_epoll, watch.watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
    if (result != 0 && errno == ENOENT) // another file has this number now
        result = epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    else if (result != 0 && errno == EEXIST) // the file has its old number again
        result = epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
    if (result != 0 && errno == EPERM) { // a plain file, which poll() calls ready
        watch.isAlwaysReady = true;
        m_alwaysReady.push_back(descriptor);
        return true;
    }
    watch.watched = event.events;
    return result == 0;
}

bool NotifierSet::wait(int timeoutMs)
{
    updateEpoll();
    std::array<epoll_event, maxEvents> events; // NOLINT(cppcoreguidelines-pro-type-member-init): the kernel fills it
    const int count = uninterrupted(m_alwaysReady.empty() ? timeoutMs : 0, [this, &events](int ms) {
        return epoll_wait(m_epoll, events.data(), maxEvents, ms);
    });
    bool isWoken = false;
    bool hasStale = false;
    for (int i = 0; i < count; ++i) {
        const quint64 data = events[size_t(i)].data.u64;
        const int descriptor = int(quint32(data));
        const auto watch = m_watches.find(descriptor);
        if (data == token(m_wakeDescriptor, 0))
            isWoken = true;
        else if (watch != m_watches.end() && watch->generation == data >> 32)
            mark(descriptor, *watch, events[size_t(i)].events);
        else
            hasStale = true;
    }
    for (const int descriptor : m_alwaysReady)
        mark(descriptor, m_watches[descriptor], EPOLLIN | EPOLLOUT);
    if (hasStale)
        recreateEpoll();
    return isWoken;
}

bool NotifierSet::waitForWake(int timeoutMs) const
{
    pollfd wake{.fd = m_wakeDescriptor, .events = POLLIN, .revents = 0};
    return uninterrupted(timeoutMs, [&wake](int ms) { return poll(&wake, 1, ms); }) > 0;
}

/// A descriptor was closed before its notifier was switched off, and a duplicate of it is still open: only a new epoll
/// descriptor stops its events.
void NotifierSet::recreateEpoll()
{
    const int epoll = createEpoll();
    if (epoll < 0)
        return; // tried again at the next event
    close(std::exchange(m_epoll, epoll));
    for (auto watch = m_watches.begin(); watch != m_watches.end(); ++watch) {
        watch->watched = 0;
        noteChange(watch.key(), *watch);
    }
}

void NotifierSet::mark(int descriptor, Watch &watch, quint32 events)
{
    for (const auto type : types) {
        const auto bit = quint8(1U << type);
        if (!watch.notifiers[type] || !(events & (asked[type] | always)) || (watch.marked & bit))
            continue;
        watch.marked |= bit;
        m_marks.push_back({descriptor, type});
    }
}

int NotifierSet::activateMarked()
{
    int activated = 0;
    QEvent event(QEvent::SockAct);
    while (!m_marks.empty()) {
        const Mark mark = m_marks.front();
        m_marks.pop_front();
        const auto bit = quint8(1U << mark.type);
        const auto watch = m_watches.find(mark.descriptor);
        if (watch == m_watches.end() || !(watch->marked & bit))
            continue;
        watch->marked &= quint8(~bit);
        QCoreApplication::sendEvent(watch->notifiers[mark.type], &event);
        ++activated;
    }
    return activated;
}
