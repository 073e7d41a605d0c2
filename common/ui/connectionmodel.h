// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QAbstractListModel>

#include <map>
#include <vector>

/// The connections of one end, in the order they were opened, with what is known of each now. Owned by a window.
class ConnectionModel : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit ConnectionModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void update(const std::map<int, ConnectionStatus> &changed); ///< by their ids; new ones have higher ids

    const ConnectionStatus *find(int id) const; ///< valid until update()
    int rowOf(int id) const;                    ///< -1: there is none
    int idAt(int row) const;                    ///< 0: there is none
    int newestOpen() const;                     ///< its id, or 0

private:
    std::vector<ConnectionStatus> m_connections; ///< sorted by id
    int m_newestOpen = 0;
};
