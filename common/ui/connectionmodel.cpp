// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectionmodel.h"

#include "statetext.h"

#include <algorithm>

ConnectionModel::ConnectionModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int ConnectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_connections.size());
}

QVariant ConnectionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ConnectionStatus &status = m_connections[size_t(index.row())];
    if (role == Qt::DisplayRole) {
        const QString name = QStringLiteral("#%1 %2").arg(status.id).arg(status.peer);
        return status.isOpen ? name : tr("%1, closed").arg(name);
    }
    if (role == Qt::ToolTipRole)
        return tr("This end %1, the peer %2").arg(status.local, status.peer);
    return {};
}

void ConnectionModel::update(const std::map<int, ConnectionStatus> &changed)
{
    for (const auto &[id, status] : changed) {
        const int row = rowOf(id);
        if (row >= 0) {
            m_connections[size_t(row)] = status;
            emit dataChanged(index(row), index(row));
        } else if (m_connections.empty() || m_connections.back().id < id) {
            beginInsertRows({}, rowCount(), rowCount());
            m_connections.push_back(status);
            endInsertRows();
        }
    }
    if (!m_connections.empty() && m_connections.back().isOpen)
        m_newestOpen = m_connections.back().id;
    const ConnectionStatus *newest = find(m_newestOpen);
    if (newest && newest->isOpen)
        return;
    const auto open = std::find_if(m_connections.crbegin(), m_connections.crend(),
                                   [](const ConnectionStatus &status) { return status.isOpen; });
    m_newestOpen = open == m_connections.crend() ? 0 : open->id;
}

const ConnectionStatus *ConnectionModel::find(int id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_connections[size_t(row)];
}

int ConnectionModel::rowOf(int id) const
{
    const auto found = std::lower_bound(m_connections.begin(), m_connections.end(), id,
                                        [](const ConnectionStatus &status, int wanted) { return status.id < wanted; });
    return found == m_connections.end() || found->id != id ? -1 : int(found - m_connections.begin());
}

int ConnectionModel::idAt(int row) const
{
    return row < 0 || row >= rowCount() ? 0 : m_connections[size_t(row)].id;
}

int ConnectionModel::newestOpen() const
{
    return m_newestOpen;
}
