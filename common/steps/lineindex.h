// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

/// Where the lines of a session file are: the offset of every 64th line, or of the first line after 256 KiB, so that
/// ten million steps need little memory. Part of a SessionFile; lives on its thread.
class LineIndex
{
public:
    static constexpr qsizetype blockLines = 64;
    static constexpr qint64 blockBytes = qint64(256) * 1024;

    /// Lines that follow each other.
    struct Block {
        qint64 offset = 0;
        qsizetype row = 0;        ///< of its first line
        int newestConnection = 0; ///< the highest number in the lines before
    };

    void clear();
    /// The next line. end: the offset after its newline; connection: the number that it names, or 0.
    void addLine(qint64 end, int connection);

    qsizetype count() const { return m_count; } ///< of lines
    qint64 end() const { return m_end; }        ///< the offset after the last line

    qsizetype blockCount() const { return qsizetype(m_blocks.size()); }
    const Block &block(qsizetype index) const { return m_blocks[size_t(index)]; }
    qint64 blockEnd(qsizetype index) const;     ///< the offset after its last line
    qsizetype blockOf(qsizetype row) const;     ///< 0 ≤ row < count()
    qint64 blockStartFrom(qint64 offset) const; ///< of the first block that starts there or later, else of the last
    /// The block in which a connection begins, if each connection begins after those with lower numbers; -1: none.
    qsizetype blockOfConnection(int connection) const;
    int newestConnection() const { return m_newestConnection; } ///< the highest number so far

private:
    std::vector<Block> m_blocks;
    qsizetype m_count = 0;
    qint64 m_end = 0;
    int m_newestConnection = 0;
};
