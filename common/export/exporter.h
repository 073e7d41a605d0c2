// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "exportsource.h"

#include <QTimer>

#include <deque>

/// Exports one file after the other on a thread of its own. Owned by a SessionMenu; lives on its thread.
class Exporter : public QObject
{
    Q_OBJECT
public:
    explicit Exporter(LadderSaver saveLadder, QObject *parent = nullptr);
    ~Exporter() override; ///< cancels, and waits until the unfinished file is removed, if the disk responds

    QString path() const { return m_path; } ///< of the running or last export

    /// Starts when earlier exports are done; finished() follows.
    void start(const ExportSource &source, const QString &path);
    void cancel(); ///< the running one

signals:
    void progressed(int percent); ///< repeatedly, if it takes a while
    void finished(const ExportOutcome &outcome);

private:
    void startNext();

    const LadderSaver m_saveLadder;
    Errand m_errand;
    QTimer m_look; ///< asks for the progress
    std::shared_ptr<ExportProgress> m_progress;
    QString m_path;
    std::deque<std::pair<ExportSource, QString>> m_waiting; ///< and their paths
};
