// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "export.h"

#include <QTimer>

#include <deque>

/// Exports beside the window, one file after the other, on a thread of its own. Owned by a SessionMenu; lives on its thread.
class Exporter : public QObject
{
    Q_OBJECT
public:
    explicit Exporter(LadderSaver saveLadder, QObject *parent = nullptr);
    ~Exporter() override; ///< cancels, and waits until what was written is removed, if the disk answers

    QString path() const { return m_path; } ///< of the export that runs, or ran last

    /// finished() follows, after those of the exports before.
    void start(const ExportSource &source, const QString &path);
    void cancel(); ///< the one that runs

signals:
    void progressed(int percent); ///< again and again, of one that takes a while
    void finished(const ExportOutcome &outcome);

private:
    void startNext();

    const LadderSaver m_saveLadder;
    Errand m_errand;
    QTimer m_look; ///< how far it is
    std::shared_ptr<ExportProgress> m_progress;
    QString m_path;
    std::deque<std::pair<ExportSource, QString>> m_waiting; ///< and their paths
};
