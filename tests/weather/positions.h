// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QBitArray>

#include <algorithm>

/// Positions of a stream: a set of small numbers, in which ranges from ≤ p < to are looked up and added.
class Positions
{
public:
    bool hasAny(qint64 from, qint64 to) const { return count(from, to) > 0; }
    bool hasAll(qint64 from, qint64 to) const { return count(from, to) == to - from; }
    void add(qint64 from, qint64 to)
    {
        if (to > m_bits.size())
            m_bits.resize(2 * to);
        if (from < to)
            m_bits.fill(true, from, to);
    }

private:
    qint64 count(qint64 from, qint64 to) const
    {
        qint64 found = 0;
        for (qint64 at = from; at < std::min<qint64>(to, m_bits.size()); ++at)
            found += m_bits.testBit(at) ? 1 : 0;
        return found;
    }

    QBitArray m_bits;
};
