// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "connectionmodel.h"

#include "statetext.h"

#include <algorithm>
#include <iterator>

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
        return status.isOpen ? name : tr("%1, socket closed").arg(name);
    }
    if (role == Qt::ToolTipRole)
        return tr("This end %1, the peer %2").arg(status.local, status.peer);
    return {};
}

void ConnectionModel::update(const std::map<int, ConnectionStatus> &changed, int keptId)
{
    const auto firstNew = changed.upper_bound(idAt(rowCount() - 1));
    for (auto next = changed.begin(); next != firstNew; ++next) {
        const int row = rowOf(next->first);
        if (row < 0)
            continue;
        ConnectionStatus &status = m_connections[size_t(row)];
        m_closed += int(!next->second.isOpen) - int(!status.isOpen);
        status = next->second;
        emit dataChanged(index(row), index(row));
    }
    if (const auto count = int(std::distance(firstNew, changed.end())); count > 0) {
        beginInsertRows({}, rowCount(), rowCount() + count - 1);
        for (auto next = firstNew; next != changed.end(); ++next) {
            m_closed += int(!next->second.isOpen);
            m_connections.push_back(next->second);
        }
        endInsertRows();
    }
    forgetOldest(keptId);
    findNewestOpen();
}

/// In runs of rows, of which one turn removes a few: where many are open between them, the next turns have the rest.
void ConnectionModel::forgetOldest(int keptId)
{
    const auto isKept = [keptId](const ConnectionStatus &status) { return status.isOpen || status.id == keptId; };
    auto first = m_connections.begin();
    for (int runs = 16; runs > 0 && m_closed > mostClosed; --runs) {
        first = std::find_if_not(first, m_connections.end(), isKept);
        const auto farthest = first + std::min<std::ptrdiff_t>(m_closed - mostClosed, m_connections.end() - first);
        const auto last = std::find_if(first, farthest, isKept);
        if (first == last)
            return;
        const auto row = int(first - m_connections.begin());
        const auto count = int(last - first);
        beginRemoveRows({}, row, row + count - 1);
        first = m_connections.erase(first, last);
        m_closed -= count;
        endRemoveRows();
    }
}

void ConnectionModel::findNewestOpen()
{
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

qint64 ConnectionModel::unsentBytes() const
{
    qint64 bytes = 0;
    for (const ConnectionStatus &status : m_connections)
        bytes += status.isOpen ? status.unsentBytes : 0;
    return bytes;
}
