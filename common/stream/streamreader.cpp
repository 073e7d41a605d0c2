// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamreader.h"

#include "streamsearch.h"

#include <algorithm>

namespace {

constexpr qint64 chunkBytes = qint64(4) * 1024 * 1024; ///< that a thread reads at once
constexpr int cachedBlocks = 16;

/// A block to be divided into rows.
struct UnreadBlock {
    qint64 end = 0;
    std::vector<StreamPiece> pieces;
};

std::vector<StreamPart> rowsOfParts(const std::vector<StreamPart> &parts, StreamForm form)
{
    std::vector<StreamPart> rows;
    for (const StreamPart &part : parts) {
        qint64 from = 0;
        for (const qint64 size : StreamRows::sizes(part, form)) {
            StreamPart &row = rows.emplace_back(part);
            row.place += from;
            if (part.missing == 0)
                row.bytes = part.bytes.mid(from, size);
            from += size;
        }
    }
    return rows;
}

} // namespace

StreamReader::StreamReader(QObject *parent)
    : QObject(parent)
    , m_indexing(this)
    , m_searching(this)
    , m_cache(cachedBlocks)
{
}

void StreamReader::show(const Flow *flow, const QStringList &paths)
{
    m_flow = flow;
    m_paths = paths;
    begin();
}

void StreamReader::setOnly(std::optional<Side> only)
{
    m_only = only;
    begin();
}

void StreamReader::setForm(StreamForm form)
{
    m_index = StreamIndex(form);
    begin();
}

void StreamReader::begin()
{
    m_indexing.giveUp();
    cancelSearch();
    m_stream = FollowedStream(m_only);
    m_index = StreamIndex(form());
    m_cache.clear();
    m_error.clear();
    if (m_flow)
        m_stream.update(*m_flow);
    emit reset();
    indexOn();
}

void StreamReader::update()
{
    if (!m_flow)
        return;
    if (m_stream.update(*m_flow))
        begin();
    else
        indexOn();
}

int StreamReader::percent() const
{
    const qint64 size = m_stream.size();
    return size == 0 ? 100 : int(100 * m_index.end() / size);
}

/// Adds the blocks that are new. The last block is added again, because its run may have grown.
void StreamReader::indexOn()
{
    if (m_indexing.isOut() || isComplete())
        return;
    if (form() == StreamForm::Hex) {
        m_cache.remove(m_index.lastPlace());
        m_index.addHex(m_stream);
        emit changed();
        return;
    }
    const qint64 from = m_index.lastPlace();
    std::vector<UnreadBlock> blocks;
    for (qint64 place = from; place < m_stream.size() && place < from + chunkBytes;) {
        const qint64 end = StreamIndex::nextBlockEnd(m_stream, place);
        blocks.push_back({.end = end, .pieces = streamPieces(*m_flow, m_stream, place, end)});
        place = end;
    }
    m_indexing.send([this, from, blocks = std::move(blocks), paths = m_paths]() -> Errand::Answer {
        StreamFiles files(paths);
        std::vector<std::pair<qint64, qsizetype>> counts;
        for (const UnreadBlock &block : blocks) {
            qsizetype rows = 0;
            for (const StreamPart &part : files.read(block.pieces))
                rows += qsizetype(StreamRows::sizes(part, StreamForm::Text).size());
            counts.emplace_back(block.end, rows);
        }
        return [this, from, counts = std::move(counts), error = files.error()] {
            m_cache.remove(from);
            m_index.removeLast();
            for (const auto &[end, rows] : counts)
                m_index.add(end, rows);
            if (!error.isEmpty())
                m_error = error;
            emit changed();
            indexOn();
        };
    });
}

StreamReader::Rows StreamReader::rowsOf(size_t block)
{
    const qint64 place = m_index.block(block).place;
    if (const Rows *rows = m_cache.object(place))
        return *rows;
    StreamFiles files(m_paths);
    const auto parts = files.read(streamPieces(*m_flow, m_stream, place, m_index.blockEnd(block)));
    if (!files.error().isEmpty())
        m_error = files.error();
    auto rows = std::make_shared<const std::vector<StreamPart>>(rowsOfParts(parts, form()));
    m_cache.insert(place, new Rows(rows));
    return rows;
}

StreamPart StreamReader::row(StreamRow row)
{
    const size_t block = m_index.blockOf(row);
    const Rows rows = rowsOf(block);
    const auto index = size_t(row - m_index.block(block).firstRow);
    return index < rows->size() ? (*rows)[index] : StreamPart(); // fewer: the file has changed
}

StreamRow StreamReader::rowAt(qint64 place)
{
    if (place < 0 || place >= m_index.end())
        return {};
    const size_t block = m_index.blockAt(place);
    const Rows rows = rowsOf(block);
    const auto after =
        std::partition_point(rows->begin(), rows->end(), [place](const StreamPart &row) { return row.place <= place; });
    return m_index.block(block).firstRow + std::max<qsizetype>(0, after - rows->begin() - 1);
}

qint64 StreamReader::offsetAt(qint64 place) const
{
    const StreamRun &run = runAt(place);
    return run.from + place - run.place - m_flow->sentBegin(run.sender);
}

void StreamReader::find(const QByteArray &bytes, qint64 place, bool isBackward)
{
    m_searching.giveUp();
    const qint64 size = m_stream.size();
    m_search = {.bytes = bytes, .isBackward = isBackward, .left = size, .all = size};
    if (isBackward)
        m_search.at = place <= 0 ? size : place;
    else
        m_search.at = place + 1 >= size ? 0 : place + 1;
    searchOn();
}

void StreamReader::cancelSearch()
{
    m_searching.giveUp();
    m_search = {};
}

/// Looks at the next chunk. Neighbouring chunks overlap, so that a match may begin in one and end in the next.
void StreamReader::searchOn()
{
    if (m_search.left == 0) {
        emit notFound();
        return;
    }
    const qint64 size = m_stream.size();
    const qint64 room = m_search.isBackward ? m_search.at : size - m_search.at;
    const qint64 step = std::min({chunkBytes, m_search.left, room});
    const qint64 from = m_search.isBackward ? m_search.at - step : m_search.at;
    const qint64 to = std::min(size, from + step + m_search.bytes.size() - 1);
    m_searching.send([this, step, search = m_search, paths = m_paths,
                      pieces = streamPieces(*m_flow, m_stream, from, to)]() -> Errand::Answer {
        const auto place = StreamSearch::find(StreamFiles(paths).read(pieces), search.bytes, search.isBackward);
        return [this, step, place] {
            if (place) {
                m_search = {};
                emit found(*place);
                return;
            }
            m_search.left -= step;
            m_search.at += m_search.isBackward ? -step : step;
            if (m_search.isBackward && m_search.at == 0)
                m_search.at = m_stream.size();
            else if (!m_search.isBackward && m_search.at >= m_stream.size())
                m_search.at = 0;
            emit searched(int(100 * (m_search.all - m_search.left) / m_search.all));
            searchOn();
        };
    });
}

#include "moc_streamreader.cpp"
