// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamrows.h"

#include <algorithm>

namespace {

/// The size of the row of text at the beginning of bytes.
qsizetype textRowSize(QByteArrayView bytes)
{
    const QByteArrayView longest = bytes.first(std::min(bytes.size(), StreamRows::maxRowBytes));
    if (const qsizetype newline = longest.indexOf('\n'); newline >= 0)
        return newline + 1;
    if (longest.size() == bytes.size())
        return longest.size();
    // Does not divide a character: at most the last three bytes belong to the next row.
    qsizetype end = longest.size();
    while (end > longest.size() - 4 && (uchar(bytes[end]) & 0xc0) == 0x80)
        --end;
    return (uchar(bytes[end]) & 0xc0) == 0x80 ? longest.size() : end;
}

} // namespace

std::vector<qint64> StreamRows::sizes(const StreamPart &part, StreamForm form)
{
    if (part.missing > 0)
        return {part.missing};
    std::vector<qint64> sizes;
    for (qsizetype from = 0; from < part.bytes.size(); from += sizes.back()) {
        const QByteArrayView rest = QByteArrayView(part.bytes).sliced(from);
        sizes.push_back(form == StreamForm::Hex ? std::min(rest.size(), hexRowBytes) : textRowSize(rest));
    }
    return sizes;
}

size_t StreamIndex::blockOf(StreamRow row) const
{
    const auto after = std::partition_point(m_blocks.begin(), m_blocks.end(),
                                            [row](const Block &block) { return block.firstRow <= row; });
    return size_t(after - m_blocks.begin()) - 1;
}

size_t StreamIndex::blockAt(qint64 place) const
{
    const auto after = std::partition_point(m_blocks.begin(), m_blocks.end(),
                                            [place](const Block &block) { return block.place <= place; });
    return size_t(after - m_blocks.begin()) - 1;
}

qint64 StreamIndex::nextBlockEnd(const FollowedStream &stream, qint64 place)
{
    const StreamRun &run = stream.runs()[stream.runAt(place)];
    const qint64 runEnd = run.place + run.size();
    if (run.isMissing)
        return runEnd;
    const qint64 blocksBefore = (place - run.place) / StreamRows::blockBytes;
    return std::min(runEnd, run.place + (blocksBefore + 1) * StreamRows::blockBytes);
}

void StreamIndex::add(qint64 blockEnd, qsizetype rows)
{
    m_blocks.push_back({.place = m_end, .firstRow = StreamRow(m_rows)});
    m_rows += rows;
    m_end = blockEnd;
}

void StreamIndex::removeLast()
{
    if (m_blocks.empty())
        return;
    m_rows = m_blocks.back().firstRow.value();
    m_end = m_blocks.back().place;
    m_blocks.pop_back();
}

void StreamIndex::addHex(const FollowedStream &stream)
{
    removeLast();
    while (m_end < stream.size()) {
        const qint64 end = nextBlockEnd(stream, m_end);
        const bool isMissing = stream.runs()[stream.runAt(m_end)].isMissing;
        const qint64 size = end - m_end;
        add(end, isMissing ? 1 : qsizetype((size + StreamRows::hexRowBytes - 1) / StreamRows::hexRowBytes));
    }
}
