// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"

#include <QObject>

#include <optional>
#include <set>

/// Finds the programs at the other ends of connections, if they run on this machine: once for a connection, in the
/// background, one after the other. Owned by a window; lives on its thread.
class PeerPrograms : public QObject
{
    Q_OBJECT
public:
    explicit PeerPrograms(QObject *parent = nullptr);

    /// Looks for the program that holds the socket of the peer, unless that was done before. While it looks for
    /// another one, only the last call counts.
    void look(int connection, const QString &local, const QString &peer);

    /// "nc, process 4711"; control characters in the name are escaped.
    static QString text(const QByteArray &program, qint64 process);

signals:
    void found(int connection, const QString &program); ///< text(); not emitted if the system does not tell

private:
    struct Wanted {
        int connection = 0;
        QString local;
        QString peer;
    };

    void send(const Wanted &wanted);

    Errand m_errand;
    std::set<int> m_known; ///< connections
    std::optional<Wanted> m_next;
};
