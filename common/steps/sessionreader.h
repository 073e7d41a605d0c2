// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sessionpart.h"
#include "step.h"

#include <QObject>

#include <memory>
#include <vector>

/// Reads steps of a session file on a thread of its own, in the order of the file: the first step of every
/// connection, or all steps of one. Hands them out in small batches and waits until those are taken, so that a long
/// session neither fills the memory nor blocks the window. Owned by a window; lives on its thread, and so do its
/// signals.
class SessionReader : public QObject
{
    Q_OBJECT
public:
    struct Batch {
        std::vector<Step> steps;   ///< without their payloads and details
        std::vector<quint32> rows; ///< of these steps in the file
        bool isLast = false;       ///< everything has been read, or the rest of the file cannot be read
    };

    explicit SessionReader(QObject *parent = nullptr);
    ~SessionReader() override; ///< waits for its threads, which end at once

    /// Both end an earlier call without another signal.
    void readConnections(const SessionPart &part);
    void readSteps(const SessionPart &part, int connection); ///< connection > 0
    void cancel();

signals:
    void read(const SessionReader::Batch &batch);

private:
    struct Job;

    void start(const SessionPart &part, int connection);
    void take(const std::shared_ptr<Job> &job, const Batch &batch);

    std::shared_ptr<Job> m_job; ///< what is being read
};
