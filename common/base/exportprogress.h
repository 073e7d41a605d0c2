// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <algorithm>
#include <atomic>

/// Between an export and whoever waits for it, on two threads: how far it is, and that it should end.
class ExportProgress
{
public:
    // For whoever waits.
    void cancel() { m_isCancelled = true; }
    int percent() const { return m_percent; }

    // For the export.
    bool isCancelled() const { return m_isCancelled; } ///< then it ends, and leaves no file
    /// What comes next takes the export from one percentage to another.
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

/// How an export went. Both sentences empty: all was written.
struct ExportOutcome {
    QString error = {};       ///< nothing was written, or less than there is
    QString note = {};        ///< all was written, and that is what it is
    bool isCancelled = false; ///< nothing was written, as was wanted
};
