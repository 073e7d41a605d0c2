// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sessionpart.h"
#include "stepfilter.h"

#include <QObject>

#include <memory>
#include <vector>

/// Searches a session file for the rows that a filter accepts, on a thread of its own that opens the file itself.
/// Owned by a StepModel; lives on its thread, and so do its signals.
class StepSearch : public QObject
{
    Q_OBJECT
public:
    explicit StepSearch(QObject *parent = nullptr);
    ~StepSearch() override; ///< waits for its threads, which end at once

    /// Begins to search a part; an earlier search ends without another signal.
    void start(const SessionPart &part, const StepFilter &filter);
    void cancel();
    bool isRunning() const { return m_job != nullptr; }

signals:
    /// These rows were found, and the rows before `next` have been searched; about 50 times a second.
    void found(const std::vector<quint32> &rows, qsizetype next);
    void finished(); ///< after the last found(), even if the rest of the file cannot be read

private:
    struct Job;

    void take(const std::shared_ptr<Job> &job);

    std::shared_ptr<Job> m_job; ///< the search that runs
};
