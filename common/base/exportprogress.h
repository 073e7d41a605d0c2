// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <algorithm>
#include <atomic>

/// Connects an export with whoever waits for it on another thread: reports the progress, and can cancel the export.
class ExportProgress
{
public:
    // Called by the waiting side.
    void cancel() { m_isCancelled = true; }
    int percent() const { return m_percent; }

    // Called by the export.
    bool isCancelled() const { return m_isCancelled; } ///< the export then ends and leaves no file
    /// Starts a part of the export that moves the progress between two percentages.
    void beginPart(int from, int to)
    {
        m_from = from;
        m_to = to;
        set(0, 1);
    }
    void set(qint64 done, qint64 all)
    {
        const double share = all > 0 ? double(done) / double(all) : 0;
        m_percent = m_from + int((m_to - m_from) * std::clamp(share, 0.0, 1.0));
    }

private:
    std::atomic<bool> m_isCancelled = false;
    std::atomic<int> m_percent = 0;
    int m_from = 0;
    int m_to = 100;
};

/// The result of an export. If both sentences are empty, everything was written.
struct ExportOutcome {
    QString error = {};       ///< nothing was written, or only a part
    QString note = {};        ///< everything was written; this describes the files
    bool isCancelled = false; ///< nothing was written, because the user cancelled
};
