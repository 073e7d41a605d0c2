// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

#include <deque>

/// The replies of one connection that are due later, in the order of their messages. Owned by a Connection, on its thread.
class ReplyQueue : public QObject
{
    Q_OBJECT
public:
    explicit ReplyQueue(QObject *parent = nullptr);

    bool isEmpty() const { return m_replies.empty(); }
    int count() const { return int(m_replies.size()); }
    qint64 bytes() const { return m_bytes; }
    qint64 nextDueUs() const { return isEmpty() ? 0 : m_replies.front().dueUs; } ///< monotonic; 0: there is none

    void add(const QByteArray &message, qint64 dueUs); ///< never due before those that were added before
    void hurry();                                      ///< the next one is due now
    void clear();

signals:
    void due(const QByteArray &message);

private:
    struct Reply {
        qint64 dueUs = 0;
        QByteArray message;
    };

    void release();

    std::deque<Reply> m_replies;
    qint64 m_bytes = 0;
    QTimer m_timer;
};
