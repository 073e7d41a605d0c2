// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QAbstractListModel>

#include <map>
#include <vector>

/// The connections of one end, in the order they were opened, with what is known of each now: all that are open, and the newest
/// of those that have closed; the log has the others. Owned by a window.
class ConnectionModel : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int mostClosed = 4096; ///< are kept

    explicit ConnectionModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// By their ids; new ones have higher ids. keptId is not forgotten, closed or not.
    void update(const std::map<int, ConnectionStatus> &changed, int keptId = 0);

    const ConnectionStatus *find(int id) const; ///< valid until update()
    int rowOf(int id) const;                    ///< -1: there is none
    int idAt(int row) const;                    ///< 0: there is none
    int newestOpen() const;                     ///< its id, or 0
    qint64 unsentBytes() const;                 ///< of all that are open

private:
    void forgetOldest(int keptId);
    void findNewestOpen();

    std::vector<ConnectionStatus> m_connections; ///< sorted by id
    int m_closed = 0;                            ///< how many of them
    int m_newestOpen = 0;
};
