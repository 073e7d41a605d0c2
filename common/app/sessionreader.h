// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "steps/sessionfile.h"

#include <QObject>

#include <memory>
#include <vector>

/// Reads steps of a session file on a thread of its own: the first one of every connection, or all of one connection, in the
/// order of the file. Hands them out in small batches and waits until those are taken, so that a long session neither
/// fills the memory nor holds up the window. Owned by a window; lives on its thread, and so do its signals.
class SessionReader : public QObject
{
    Q_OBJECT
public:
    struct Batch {
        std::vector<Step> steps;   ///< without their payloads and details
        std::vector<quint32> rows; ///< theirs in the file
        bool isLast = false;       ///< all is read, or the file cannot be read any further
    };

    explicit SessionReader(QObject *parent = nullptr);
    ~SessionReader() override; ///< waits for its threads, which end at once

    /// Either ends what is being read, without another signal.
    void readConnections(const SessionFile::Part &part);
    void readSteps(const SessionFile::Part &part, int connection); ///< connection > 0
    void cancel();

signals:
    void read(const SessionReader::Batch &batch);

private:
    struct Job;

    void start(const SessionFile::Part &part, int connection);
    void take(const std::shared_ptr<Job> &job, const Batch &batch);

    std::shared_ptr<Job> m_job; ///< what is being read
};
