// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "lineindex.h"

#include <algorithm>

void LineIndex::clear()
{
    *this = {};
}

void LineIndex::addLine(qint64 end, int connection)
{
    if (m_blocks.empty() || m_count - m_blocks.back().row >= blockLines || m_end - m_blocks.back().offset >= blockBytes)
        m_blocks.push_back({m_end, m_count, m_newestConnection});
    m_newestConnection = std::max(m_newestConnection, connection);
    m_end = end;
    ++m_count;
}

qint64 LineIndex::blockEnd(qsizetype index) const
{
    return index + 1 < blockCount() ? block(index + 1).offset : m_end;
}

qsizetype LineIndex::blockOf(qsizetype row) const
{
    const auto behind = std::upper_bound(m_blocks.begin(), m_blocks.end(), row,
                                         [](qsizetype wanted, const Block &block) { return wanted < block.row; });
    return behind - m_blocks.begin() - 1;
}

qint64 LineIndex::blockStartFrom(qint64 offset) const
{
    const auto next = std::lower_bound(m_blocks.begin(), m_blocks.end(), offset,
                                       [](const Block &block, qint64 wanted) { return block.offset < wanted; });
    return next == m_blocks.end() ? m_blocks.back().offset : next->offset;
}

qsizetype LineIndex::blockOfConnection(int connection) const
{
    if (connection <= 0 || connection > m_newestConnection)
        return -1;
    const auto after = std::lower_bound(m_blocks.begin(), m_blocks.end(), connection,
                                        [](const Block &block, int wanted) { return block.newestConnection < wanted; });
    return after - m_blocks.begin() - 1;
}
