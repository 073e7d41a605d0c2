// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "export/filelook.h"

#include <QTimer>

/// Looks at a file that is to be opened, away from the window: a network mount may be dead. One at a time, the newest. Lives with
/// its owner.
class FileOpener : public QObject
{
    Q_OBJECT
public:
    explicit FileOpener(QObject *parent = nullptr);

    void open(const QString &path); ///< looked() follows
    void giveUp();                  ///< unless this is called

signals:
    void looked(const FileLook &look);
    void slow(const QString &path); ///< it takes long

private:
    Errand m_errand;
    QTimer m_slow;
    QString m_path;
};
