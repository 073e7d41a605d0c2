// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flowmodel.h"

#include "ladder/recording.h"

FlowModel::FlowModel(const Recording &recording, QObject *parent)
    : QAbstractListModel(parent)
    , m_recording(recording)
    , m_count(recording.flows().count())
{
    connect(&recording, &Recording::changed, this, &FlowModel::update);
}

int FlowModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant FlowModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_count || role != Qt::DisplayRole)
        return {};
    const Flow &flow = m_recording.flows().at(index.row());
    return tr("#%1 %2 → %3")
        .arg(index.row() + 1)
        .arg(flow.address(Side::Client).text(), flow.address(Side::Server).text());
}

void FlowModel::update()
{
    const int count = m_recording.flows().count();
    if (count == m_count)
        return;
    beginInsertRows({}, m_count, count - 1);
    m_count = count;
    endInsertRows();
}
