// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

/// The selected lines of a text, as ranges: a million selected lines cost as much as one. A plain value.
class LineSelection
{
public:
    struct Range {
        qsizetype first = 0;
        qsizetype last = 0;
        bool operator==(const Range &) const = default;
    };

    void clear() { m_ranges.clear(); }
    void add(Range range);
    void remove(Range range);

    bool isEmpty() const { return m_ranges.empty(); }
    bool contains(Range range) const; ///< the whole range
    bool touches(Range range) const;  ///< a part of the range
    qsizetype count() const;
    const std::vector<Range> &ranges() const { return m_ranges; } ///< ascending, with gaps between them

private:
    std::vector<Range> m_ranges;
};
