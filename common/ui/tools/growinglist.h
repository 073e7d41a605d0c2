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

    explicit GrowingList(Text text, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void setCount(int count); ///< never decreases

    void change(int row) { emit dataChanged(index(row), index(row)); } ///< its text is another one now

private:
    Text m_text;
    int m_count = 0;
};
