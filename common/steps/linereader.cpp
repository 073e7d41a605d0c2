// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linereader.h"

#include "lineindex.h"
#include "linesplitter.h"
#include "sessionbytes.h"
#include "stepline.h"

#include <algorithm>

namespace {

constexpr qsizetype cachedBytes = 8 * 1024 * 1024;

} // namespace

LineReader::LineReader(const SessionBytes &bytes, const LineIndex &lines)
    : m_bytes(bytes)
    , m_lines(lines)
    , m_blockCache(cachedBytes)
    , m_stepCache(cachedBytes)
{
}

void LineReader::clear()
{
    m_blockCache.clear();
    m_stepCache.clear();
}

void LineReader::forgetLastBlock()
{
    if (m_lines.blockCount() > 0)
        m_blockCache.remove(m_lines.blockCount() - 1);
}

Step LineReader::at(qsizetype row) const
{
    if (const Step *step = m_stepCache.object(row))
        return *step;
    const QByteArray text = line(row);
    if (text.isNull())
        return StepLine::event(StepLine::tr("This step was not kept"));
    const Step step = StepLine::toStep(text, row);
    m_stepCache.insert(row, new Step(step), qsizetype(sizeof(Step)) + text.size());
    return step;
}

bool LineReader::isEvent(qsizetype row) const
{
    const QByteArray text = line(row);
    return StepLine::isSurelyEvent(text) || (!StepLine::isSurelyNumbered(text) && at(row).isEvent());
}

qsizetype LineReader::firstRowOf(int connection) const
{
    const qsizetype index = m_lines.blockOfConnection(connection);
    if (index < 0)
        return -1;
    LineSplitter splitter;
    splitter.feed(block(index));
    QByteArrayView line;
    for (qsizetype row = m_lines.block(index).row; splitter.next(line); ++row) {
        if (StepLine::connectionOf(line) == connection)
            return row;
    }
    return -1;
}

/// A block's lines. A damaged file can have a very long one: then enough to see the first lines, and that the last is
/// long.
QByteArray LineReader::block(qsizetype index) const
{
    if (const QByteArray *cached = m_blockCache.object(index))
        return *cached;
    const qint64 from = m_lines.block(index).offset;
    const QByteArray bytes =
        m_bytes.read(from, std::min(m_lines.blockEnd(index), from + LineIndex::blockBytes + StepLine::maxBytes + 1));
    m_blockCache.insert(index, new QByteArray(bytes), bytes.size());
    return bytes;
}

/// A line without its newline; null if it is not there.
QByteArray LineReader::line(qsizetype row) const
{
    if (row < 0 || row >= m_lines.count())
        return {};
    const qsizetype index = m_lines.blockOf(row);
    LineSplitter splitter;
    splitter.feed(block(index));
    QByteArrayView line;
    for (qsizetype skip = row - m_lines.block(index).row; skip > 0; --skip) {
        if (!splitter.next(line))
            return {};
    }
    if (splitter.next(line))
        return line.toByteArray();
    return splitter.rest().size() > StepLine::maxBytes ? splitter.rest().toByteArray() : QByteArray();
}
