// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "growinglist.h"

GrowingList::GrowingList(Text text, QObject *parent)
    : QAbstractListModel(parent)
    , m_text(std::move(text))
{
}

int GrowingList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant GrowingList::data(const QModelIndex &index, int role) const
{
    return index.isValid() && role == Qt::DisplayRole ? QVariant(m_text(index.row())) : QVariant();
}

void GrowingList::setCount(int count)
{
    if (count <= m_count)
        return;
    beginInsertRows({}, m_count, count - 1);
    m_count = count;
    endInsertRows();
}

#include "moc_growinglist.cpp"
