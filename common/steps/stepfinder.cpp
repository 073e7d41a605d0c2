// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepfinder.h"

#include "sessionfile.h"

#include <QElapsedTimer>

#include <algorithm>

namespace {

constexpr qsizetype chunkRows = 4096;
constexpr qint64 finderSliceMs = 4;

} // namespace

StepFinder::StepFinder(const SessionFile &file, QObject *parent)
    : QObject(parent)
    , m_file(file)
    , m_search(this)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &StepFinder::searchRest);
    connect(&m_search, &StepSearch::found, this, [this](const std::vector<quint32> &rows, qsizetype next) {
        m_hits.insert(m_hits.end(), rows.begin(), rows.end());
        m_next = std::max(m_next, next);
    });
    connect(&m_search, &StepSearch::finished, this, &StepFinder::searchRest);
}

void StepFinder::find(const StepFilter &filter, const Range &range, qsizetype from, Direction direction)
{
    cancel();
    m_filter = filter;
    m_direction = direction;
    const bool isForward = direction == Direction::Forward;
    // The row `from` belongs to the second part, where it is the last one that is searched.
    const qsizetype middle = from < range.first || from >= range.end ? (isForward ? range.first : range.end)
                             : isForward                             ? from + 1
                                                                     : from;
    const Range before{range.first, middle};
    const Range after{middle, range.end};
    m_parts = isForward ? std::vector{before, after} : std::vector{after, before};
    m_partCount = m_parts.size();
    m_rows = std::max<qsizetype>(1, range.end - range.first);
    m_done = 0;
    m_isRunning = true;
    takeChunk();
}

void StepFinder::cancel()
{
    m_search.cancel();
    m_timer.stop();
    m_isRunning = false;
}

/// Begins with the next rows.
void StepFinder::takeChunk()
{
    while (!m_parts.empty() && m_parts.back().first >= m_parts.back().end)
        m_parts.pop_back();
    m_hits.clear();
    if (m_parts.empty()) {
        m_timer.start(0); // endChunk() follows: not from within find()
        m_chunk = {};
        m_next = 0;
        return;
    }
    const Range &part = m_parts.back();
    m_chunk = m_direction == Direction::Forward ? Range{part.first, std::min(part.end, part.first + chunkRows)}
                                                : Range{std::max(part.first, part.end - chunkRows), part.end};
    m_next = m_chunk.first;
    const SessionPart saved = m_file.savedPart(m_chunk.first, m_chunk.end);
    if (saved.to > saved.from)
        m_search.start(saved, m_filter);
    else
        m_timer.start(0);
}

/// Searches what the other thread did not, for a few milliseconds.
void StepFinder::searchRest()
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (m_next < m_chunk.end && elapsed.elapsed() < finderSliceMs) {
        const qsizetype row = m_next++;
        if (row < m_file.count() && m_filter.accepts(m_file.at(row)))
            m_hits.push_back(quint32(row));
    }
    if (m_next < m_chunk.end)
        m_timer.start(0);
    else
        endChunk();
}

bool StepFinder::isIn(qsizetype row) const
{
    return row >= m_chunk.first && row < m_chunk.end;
}

void StepFinder::endChunk()
{
    if (m_parts.empty()) {
        m_isRunning = false;
        emit notFound();
        return;
    }
    const auto isHit = [this](quint32 row) { return isIn(row); };
    qsizetype hit = -1;
    if (m_direction == Direction::Forward) {
        const auto first = std::find_if(m_hits.begin(), m_hits.end(), isHit);
        hit = first == m_hits.end() ? -1 : qsizetype(*first);
    } else {
        const auto last = std::find_if(m_hits.rbegin(), m_hits.rend(), isHit);
        hit = last == m_hits.rend() ? -1 : qsizetype(*last);
    }
    if (hit >= 0) {
        m_isRunning = false;
        emit found(hit, m_parts.size() < m_partCount);
        return;
    }
    m_done += m_chunk.end - m_chunk.first;
    Range &part = m_parts.back();
    (m_direction == Direction::Forward ? part.first : part.end) =
        m_direction == Direction::Forward ? m_chunk.end : m_chunk.first;
    emit progressed(int(qint64(m_done) * 100 / m_rows));
    takeChunk();
}

#include "moc_stepfinder.cpp"
