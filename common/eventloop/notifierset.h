// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <deque>
#include <vector>

/// The socket notifiers of an event dispatcher, watched by epoll: the cost of a turn depends on how many are ready,
/// not on how many are watched. Owned by the dispatcher, on its thread. Owns the epoll descriptor, but no notifier.
class NotifierSet
{
public:
    /// Watches wakeDescriptor for reading, too, without a notifier.
    explicit NotifierSet(int wakeDescriptor);
    ~NotifierSet();
    Q_DISABLE_COPY_MOVE(NotifierSet)

    bool isValid() const { return m_epoll >= 0; } ///< false if no descriptor was left

    void add(QSocketNotifier *notifier);
    /// Removes a descriptor from epoll at once with its last notifier. If the descriptor were closed first, and a
    /// duplicate of it were open, the kernel would continue to report it.
    void remove(QSocketNotifier *notifier);

    /// Waits until a descriptor is ready, and marks its notifiers. -1: without a time-out. True if the wake
    /// descriptor is ready.
    bool wait(int timeoutMs);
    /// Like wait(), but only for the wake descriptor.
    bool waitForWake(int timeoutMs) const;
    /// Activates each marked notifier once. Returns their number.
    int activateMarked();

private:
    static constexpr int typeCount = 3;

    /// A descriptor and its notifiers.
    struct Watch {
        std::array<QSocketNotifier *, typeCount> notifiers{}; ///< by QSocketNotifier::Type
        quint32 generation = 0;  ///< distinguishes its events from those of an earlier descriptor with this number
        quint32 watched = 0;     ///< the events that epoll watches; 0: none
        bool hasChanged = false; ///< epoll must be updated before the next wait
        bool isAlwaysReady = false;
        quint8 marked = 0; ///< one bit for each type
    };
    struct Mark {
        int descriptor;
        QSocketNotifier::Type type;
    };

    int createEpoll() const;
    void recreateEpoll();
    void noteChange(int descriptor, Watch &watch);
    void updateEpoll();
    bool update(int descriptor, Watch &watch);
    void mark(int descriptor, Watch &watch, quint32 events);
    static quint32 wanted(const Watch &watch);

    int m_wakeDescriptor;
    int m_epoll = -1;
    quint32 m_generation = 0;
    QHash<int, Watch> m_watches;
    std::vector<int> m_changed;
    std::vector<int> m_alwaysReady; ///< descriptors of plain files, which epoll refuses
    std::deque<Mark> m_marks;       ///< some may have lost their bit
};
