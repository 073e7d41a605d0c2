// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <deque>
#include <vector>

/// The socket notifiers of an event dispatcher, watched by epoll: a turn costs what is ready, not what is watched. Linux only.
/// Owned by the dispatcher; its thread. Owns the epoll descriptor, and no notifier.
class NotifierSet
{
public:
    /// wakeDescriptor is watched for reading, too; without a notifier.
    explicit NotifierSet(int wakeDescriptor);
    ~NotifierSet();
    Q_DISABLE_COPY_MOVE(NotifierSet)

    bool isValid() const { return m_epoll >= 0; } ///< false if there was no descriptor left

    void add(QSocketNotifier *notifier);
    /// The last one of a descriptor leaves epoll at once: were the descriptor closed first, while a duplicate of it lives, the
    /// kernel would go on reporting it.
    void remove(QSocketNotifier *notifier);

    /// Waits until something is ready, and marks it; -1: as long as it takes. True if the wake descriptor is ready.
    bool wait(int timeoutMs);
    /// As wait(), but looks at the wake descriptor only.
    bool waitForWake(int timeoutMs) const;
    /// Calls those that are marked, each once. How many.
    int activateMarked();

private:
    static constexpr int typeCount = 3;

    /// What is watched of a descriptor.
    struct Watch {
        std::array<QSocketNotifier *, typeCount> notifiers{}; ///< by QSocketNotifier::Type
        quint32 generation = 0; ///< tells its events from those of an earlier descriptor of this number
        quint32 watched = 0;    ///< what epoll has been told; 0: nothing
        bool changed = false;   ///< epoll is to be told before the next wait
        bool isAlwaysReady = false;
        quint8 marked = 0; ///< a bit a type
    };
    struct Mark {
        int descriptor;
        QSocketNotifier::Type type;
    };

    int createEpoll() const;
    void startAnew();
    void noteChange(int descriptor, Watch &watch);
    void tellChanges();
    bool tell(int descriptor, Watch &watch);
    void mark(int descriptor, Watch &watch, quint32 events);
    static quint32 wanted(const Watch &watch);

    int m_wakeDescriptor;
    int m_epoll = -1;
    quint32 m_generation = 0;
    QHash<int, Watch> m_watches;
    std::vector<int> m_changed;
    std::vector<int> m_alwaysReady; ///< descriptors that epoll refuses, of plain files
    std::deque<Mark> m_marks;       ///< may hold some whose bit has been taken back
};
