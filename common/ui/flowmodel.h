// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractListModel>

class Recording;

/// The connections of a Recording's capture, in the order of their first segment: "#1 127.0.0.1:51964 → 127.0.0.1:8700", the client
/// first. Owned by a window, which owns the recording too.
class FlowModel : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit FlowModel(const Recording &recording, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override; ///< a row is a flow
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    void update();

    const Recording &m_recording;
    int m_count = 0;
};
