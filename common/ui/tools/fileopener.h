// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "export/filelook.h"

#include <QTimer>

/// Inspects a file before it is opened, on another thread, because a network mount may be dead. Handles one file at a
/// time, the newest. Owned by whoever opens files, and lives on that thread.
class FileOpener : public QObject
{
    Q_OBJECT
public:
    explicit FileOpener(QObject *parent = nullptr);

    void open(const QString &path); ///< looked() follows, unless giveUp() is called
    /// Two captures to show together; lookedAtBoth() follows, or looked() with what is wrong.
    void openBoth(const QString &first, const QString &second);
    void giveUp();

signals:
    void looked(const FileLook &look);
    void lookedAtBoth(const QString &first, const QString &second);
    void slow(const QString &path); ///< opening takes a long time

private:
    Errand m_errand;
    QTimer m_slow;
    QString m_path;
};
