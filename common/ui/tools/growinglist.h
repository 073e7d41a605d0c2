// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractListModel>

#include <functional>

/// A model of rows that are only ever added, and whose texts are created on demand. Owned by the view that shows
/// them.
class GrowingList : public QAbstractListModel
{
    Q_OBJECT
public:
    using Text = std::function<QString(int row)>;

    explicit GrowingList(Text text, QObject *parent = nullptr)
        : QAbstractListModel(parent)
        , m_text(std::move(text))
    {
    }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_count; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        return index.isValid() && role == Qt::DisplayRole ? QVariant(m_text(index.row())) : QVariant();
    }

    void setCount(int count) ///< never decreases
    {
        if (count <= m_count)
            return;
        beginInsertRows({}, m_count, count - 1);
        m_count = count;
        endInsertRows();
    }

    void change(int row) { emit dataChanged(index(row), index(row)); } ///< its text is another one now

private:
    Text m_text;
    int m_count = 0;
};
