// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QAbstractListModel>

#include <map>
#include <vector>

/// The connections of one end, and its attempts to open one that have not succeeded, in the order they were begun, with what is known of
/// each now: all that are open, and the newest of the others; the log has the rest. Owned by a window.
class ConnectionModel : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int mostClosed = 4096; ///< are kept

    explicit ConnectionModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// By their ids; new ones have ids farther from 0. An attempt of which a connection has come is left out. keptId is not forgotten,
    /// closed or not.
    void update(const std::map<int, ConnectionStatus> &changed, int keptId = 0);

    const ConnectionStatus *find(int id) const; ///< valid until update()
    int rowOf(int id) const;                    ///< -1: there is none
    int idAt(int row) const;                    ///< 0: there is none
    int newestOpen() const;                     ///< its id, or 0
    qint64 unsentBytes() const;                 ///< of all that are open

private:
    static QString attemptName(const ConnectionStatus &status);
    void change(const ConnectionStatus &status);
    bool isNew(const ConnectionStatus &status) const;
    void append(std::vector<ConnectionStatus> added);
    void forgetOldest(int keptId);
    void findNewestOpen();

    std::vector<ConnectionStatus> m_connections; ///< in their order; the ids of connections ascend
    int m_newest = 0;                            ///< the id of the newest connection that there was
    int m_newestAttempt = 0;                     ///< and attempt
    int m_closed = 0;                            ///< how many are not open
    int m_newestOpen = 0;
};
