// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "step.h"

#include <QCache>

class LineIndex;
struct SessionBytes;

/// Reads single lines of a session by their rows, in any order, and caches what was read last. Part of a SessionFile;
/// lives on its thread.
class LineReader
{
public:
    /// Both outlive this object.
    LineReader(const SessionBytes &bytes, const LineIndex &lines);

    void clear();
    void forgetLastBlock(); ///< before a line is added to it

    /// As the functions of SessionFile.
    Step at(qsizetype row) const;
    bool isEvent(qsizetype row) const;
    qsizetype firstRowOf(int connection) const;

private:
    QByteArray block(qsizetype index) const;
    QByteArray line(qsizetype row) const;

    const SessionBytes &m_bytes;
    const LineIndex &m_lines;
    mutable QCache<qsizetype, QByteArray> m_blockCache;
    mutable QCache<qsizetype, Step> m_stepCache;
};
