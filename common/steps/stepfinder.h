// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "stepsearch.h"

#include <QTimer>

class SessionFile;

/// Looks in a session file for the next or the previous row that a filter accepts, and goes on at the other end. Takes
/// some thousands of rows at a time: those on disk are searched on another thread, those in memory a slice at a time.
/// Owned by a view of the file; lives on its thread, and so do its signals.
class StepFinder : public QObject
{
    Q_OBJECT
public:
    enum class Direction : quint8 { Forward, Backward };
    /// Rows of the file.
    struct Range {
        qsizetype first = 0;
        qsizetype end = 0; ///< after the last
    };

    explicit StepFinder(const SessionFile &file, QObject *parent = nullptr);

    /// Searches the range, beginning beside `from`, which comes last; a row outside of the range stands for its
    /// beginning or end. An earlier search ends without another signal.
    void find(const StepFilter &filter, const Range &range, qsizetype from, Direction direction);
    void cancel();
    bool isRunning() const { return m_isRunning; }

signals:
    void found(qsizetype row, bool isWrapped); ///< isWrapped: the search went on at the other end
    void notFound();
    void progressed(int percent); ///< of the rows to search

private:
    void takeChunk();
    void searchRest();
    void endChunk();
    bool isIn(qsizetype row) const;

    const SessionFile &m_file;
    StepFilter m_filter;
    StepSearch m_search;
    QTimer m_timer; ///< of the slices of what is not on disk
    Direction m_direction = Direction::Forward;
    std::vector<Range> m_parts; ///< to search, the next one last
    size_t m_partCount = 0;
    Range m_chunk;               ///< of the next part
    qsizetype m_next = 0;        ///< the rows of the chunk before were searched
    std::vector<quint32> m_hits; ///< in the chunk
    qsizetype m_rows = 0;        ///< to search in all
    qsizetype m_done = 0;
    bool m_isRunning = false;
};
