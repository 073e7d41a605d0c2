// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/rownumber.h"
#include "streamfiles.h"

#include <vector>

/// A row of StreamRows.
using StreamRow = RowNumber<struct StreamRowTag>;

enum class StreamForm { Text, Hex };

/// Divides the bytes of a FollowedStream into rows, none of which holds more than maxRowBytes. Pure.
///
/// The stream is divided into blocks: each run into blocks of blockBytes, the last of which is shorter, and missing
/// bytes into one block. A block begins a new row. Rows of Hex have 16 bytes, rows of Text end after a newline or
/// before they would be too long. Missing bytes are one row.
namespace StreamRows {

constexpr qsizetype blockBytes = 64 * 1024;
constexpr qsizetype hexRowBytes = 16;
constexpr qsizetype maxRowBytes = 96;

/// The sizes of the rows of a part that begins a block; a part of missing bytes is one row.
std::vector<qint64> sizes(const StreamPart &part, StreamForm form);

} // namespace StreamRows

/// Which rows a FollowedStream has, and where they are. Rows of Hex follow from the sizes of the runs. For rows of
/// Text someone has to read all bytes: add() takes them block by block. Needs 16 bytes for each block. Owned by the
/// class that shows the stream; any one thread.
class StreamIndex
{
public:
    explicit StreamIndex(StreamForm form = StreamForm::Text)
        : m_form(form)
    {
    }

    /// A block of the stream.
    struct Block {
        qint64 place = 0;
        StreamRow firstRow{0};
    };

    StreamForm form() const { return m_form; }
    qint64 end() const { return m_end; } ///< the place up to which the rows are known
    qsizetype count() const { return m_rows; }
    /// The block with this row, 0 ≤ row < count(), or with this place, 0 ≤ place < end().
    size_t blockOf(StreamRow row) const;
    size_t blockAt(qint64 place) const;
    const Block &block(size_t index) const { return m_blocks[index]; }
    qint64 lastPlace() const { return m_blocks.empty() ? 0 : m_blocks.back().place; } ///< of the last block
    qint64 blockEnd(size_t index) const { return index + 1 < m_blocks.size() ? m_blocks[index + 1].place : m_end; }

    /// The next block ends here; it begins at end(). Whoever adds blocks one after the other looks for their ends in
    /// this way.
    static qint64 nextBlockEnd(const FollowedStream &stream, qint64 place);
    void add(qint64 blockEnd, qsizetype rows); ///< the block that begins at end()
    /// The run of the last block may have grown, so it has to be added again. Call this before adding new blocks.
    void removeLast();

    /// Hex: adds all blocks that are not known yet.
    void addHex(const FollowedStream &stream);

private:
    StreamForm m_form;
    std::vector<Block> m_blocks;
    qsizetype m_rows = 0;
    qint64 m_end = 0;
};
