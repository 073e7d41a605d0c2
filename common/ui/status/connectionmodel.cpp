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
    if (role == Qt::DisplayRole && status.isAttempt())
        return attemptName(status);
    if (role == Qt::DisplayRole) {
        const QString name = QStringLiteral("#%1 %2").arg(status.id).arg(status.peer);
        return status.isOpen() ? name : tr("%1, socket closed").arg(name);
    }
    if (role == Qt::ToolTipRole)
        return toolTip(status);
    return {};
}

/// A program chooses its name itself: what looks like HTML must not become HTML.
QString ConnectionModel::toolTip(const ConnectionStatus &status) const
{
    const QString ends = tr("This end %1, the peer %2").arg(status.local, status.peer);
    const QString program = programOf(status.id);
    return program.isEmpty() ? ends
                             : QStringLiteral("<p>%1 · %2</p>").arg(ends.toHtmlEscaped(), program.toHtmlEscaped());
}

void ConnectionModel::setProgram(int id, const QString &program)
{
    m_programs[id] = program;
    if (m_programs.size() > size_t(maxClosed))
        m_programs.erase(m_programs.begin());
    if (const int row = rowOf(id); row >= 0)
        emit dataChanged(index(row), index(row), {Qt::ToolTipRole});
}

QString ConnectionModel::programOf(int id) const
{
    const auto found = m_programs.find(id);
    return found == m_programs.end() ? QString() : found->second;
}

QString ConnectionModel::attemptName(const ConnectionStatus &status)
{
    switch (status.outcome) {
    case StepKind::Connecting:
        return tr("%1, connecting", "an address").arg(status.peer);
    case StepKind::Refused:
        return tr("%1, refused", "an address").arg(status.peer);
    case StepKind::ResetByPeer:
        return tr("%1, reset at once", "an address").arg(status.peer);
    case StepKind::TimedOut:
        return tr("%1, timed out", "an address").arg(status.peer);
    case StepKind::Cancelled:
        return tr("%1, cancelled", "an address").arg(status.peer);
    default:
        return tr("%1, unreachable", "an address").arg(status.peer);
    }
}

bool ConnectionModel::isNew(const ConnectionStatus &status) const
{
    return status.isAttempt() ? status.id < m_newestAttempt : status.id > m_newest;
}

void ConnectionModel::update(const std::map<int, ConnectionStatus> &changed, int keptId)
{
    std::vector<ConnectionStatus> added;
    for (const auto &[id, status] : changed) {
        if (!isNew(status))
            change(status);
        else if (!status.isAttempt() || status.outcome != StepKind::Connected)
            added.push_back(status);
    }
    append(std::move(added));
    forgetOldest(keptId);
    findNewestOpen();
}

void ConnectionModel::change(const ConnectionStatus &status)
{
    const int row = rowOf(status.id);
    if (row < 0)
        return;
    ConnectionStatus &known = m_connections[size_t(row)];
    m_closed += int(!status.isOpen()) - int(!known.isOpen());
    if (status.isAttempt() && status.outcome == StepKind::Connected) {
        beginRemoveRows({}, row, row);
        m_connections.erase(m_connections.begin() + row);
        --m_closed;
        endRemoveRows();
        return;
    }
    known = status;
    emit dataChanged(index(row), index(row));
}

void ConnectionModel::append(std::vector<ConnectionStatus> added)
{
    if (added.empty())
        return;
    const auto place = [](const ConnectionStatus &status) {
        return status.isAttempt() ? std::pair(status.after, -status.id) : std::pair(status.id, 0);
    };
    std::ranges::sort(added, {}, place);
    beginInsertRows({}, rowCount(), rowCount() + int(added.size()) - 1);
    for (const ConnectionStatus &status : added) {
        m_newest = std::max(m_newest, status.id);
        m_newestAttempt = std::min(m_newestAttempt, status.id);
        m_closed += int(!status.isOpen());
        m_connections.push_back(status);
    }
    endInsertRows();
}

/// Removes runs of consecutive rows, only a few per turn. If many open connections lie between them, later turns
/// remove the rest.
void ConnectionModel::forgetOldest(int keptId)
{
    const auto isKept = [keptId](const ConnectionStatus &status) { return status.isOpen() || status.id == keptId; };
    auto first = m_connections.begin();
    for (int runs = 16; runs > 0 && m_closed > maxClosed; --runs) {
        first = std::find_if_not(first, m_connections.end(), isKept);
        const auto farthest = first + std::min<std::ptrdiff_t>(m_closed - maxClosed, m_connections.end() - first);
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
    if (!m_connections.empty() && m_connections.back().isOpen())
        m_newestOpen = m_connections.back().id;
    const ConnectionStatus *newest = find(m_newestOpen);
    if (newest && newest->isOpen())
        return;
    const auto open = std::find_if(m_connections.crbegin(), m_connections.crend(),
                                   [](const ConnectionStatus &status) { return status.isOpen(); });
    m_newestOpen = open == m_connections.crend() ? 0 : open->id;
}

const ConnectionStatus *ConnectionModel::find(int id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_connections[size_t(row)];
}

int ConnectionModel::rowOf(int id) const
{
    if (id < 0) { // attempts are few, and usually the newest are requested
        const auto found = std::find_if(m_connections.crbegin(), m_connections.crend(),
                                        [id](const ConnectionStatus &status) { return status.id == id; });
        return found == m_connections.crend() ? -1 : int(m_connections.crend() - found) - 1;
    }
    const auto isBefore = [](const ConnectionStatus &status, int wanted) {
        return status.isAttempt() ? status.after < wanted : status.id < wanted;
    };
    const auto found = std::lower_bound(m_connections.begin(), m_connections.end(), id, isBefore);
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
        bytes += status.isOpen() ? status.unsentBytes : 0;
    return bytes;
}

#include "moc_connectionmodel.cpp"
