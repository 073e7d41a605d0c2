// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/connectionstatus.h"

#include <QAbstractListModel>

#include <map>
#include <vector>

/// The connections of one end, and its attempts to connect that have not succeeded, in the order in which they began,
/// with their current status. Contains all open connections and the newest of the others; the log has the rest. Owned
/// by a window.
class ConnectionModel : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int maxClosed = 4096; ///< connections that are kept

    explicit ConnectionModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// Updates by id; the ids of new connections are farther from 0. An attempt that led to a connection is omitted.
    /// The connection keptId is never removed, even if it is closed.
    void update(const std::map<int, ConnectionStatus> &changed, int keptId = 0);

    /// Sets what is known of the program at the other end, for the tool tip of a connection.
    void setProgram(int id, const QString &program);
    QString programOf(int id) const; ///< empty: it is not known

    const ConnectionStatus *find(int id) const; ///< valid until update()
    int rowOf(int id) const;                    ///< -1: there is none
    int idAt(int row) const;                    ///< 0: there is none
    int newestOpen() const;                     ///< its id, or 0
    qint64 unsentBytes() const;                 ///< of all open connections

private:
    static QString attemptName(const ConnectionStatus &status);
    QString toolTip(const ConnectionStatus &status) const;
    void change(const ConnectionStatus &status);
    bool isNew(const ConnectionStatus &status) const;
    void append(std::vector<ConnectionStatus> added);
    void forgetOldest(int keptId);
    void findNewestOpen();

    std::vector<ConnectionStatus> m_connections; ///< in order; the ids of connections ascend
    std::map<int, QString> m_programs;           ///< of the peers of the newest connections, by id
    int m_newest = 0;                            ///< the id of the newest connection so far
    int m_newestAttempt = 0;                     ///< the id of the newest attempt so far
    int m_closed = 0;                            ///< the number of connections that are not open
    int m_newestOpen = 0;
};
