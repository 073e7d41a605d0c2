// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

/// Which lines of a text are selected, as ranges: all of a million cost as much as one. A plain value.
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
    bool contains(Range range) const; ///< all of it
    bool touches(Range range) const;  ///< some of it
    qsizetype count() const;
    const std::vector<Range> &ranges() const { return m_ranges; } ///< ascending, with gaps between them

private:
    std::vector<Range> m_ranges;
};
