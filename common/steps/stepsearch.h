// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sessionfile.h"
#include "stepfilter.h"

#include <QObject>

#include <memory>
#include <vector>

/// Looks for the rows of a session file that a filter accepts, on a thread of its own, which reads the file for itself. Owned by a
/// StepModel; lives on its thread, and so do its signals.
class StepSearch : public QObject
{
    Q_OBJECT
public:
    explicit StepSearch(QObject *parent = nullptr);
    ~StepSearch() override; ///< waits for its threads, which end at once

    /// Begins to look at the rows of a part; a search before ends without another signal.
    void start(const SessionFile::Part &part, const StepFilter &filter);
    void cancel();
    bool isRunning() const { return m_job != nullptr; }

signals:
    /// These rows were found, rows before `next` have been looked at; some 50 times a second.
    void found(const std::vector<quint32> &rows, qsizetype next);
    void finished(); ///< after the last found(); also where the file cannot be read any further

private:
    struct Job;

    void take(const std::shared_ptr<Job> &job);

    std::shared_ptr<Job> m_job; ///< the search that runs
};
