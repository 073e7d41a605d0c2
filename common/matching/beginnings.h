// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <array>
#include <optional>
#include <span>
#include <vector>

/// How the streams of a connection begin, as far as that was captured, and where they end. A plain value.
struct Beginning {
    int flow = 0;
    std::array<QByteArray, 2> bytes;           ///< by Side
    std::array<std::optional<qint64>, 2> fins; ///< by Side: positions

    bool operator==(const Beginning &) const = default;

    /// Whether the bytes are the same, as far as both have them.
    bool hasSameBytes(const Beginning &other) const;
    /// Whether both may be the same connection: the bytes are the same, at least one byte of a stream is in both, and
    /// so are the positions of the FINs.
    bool fits(const Beginning &other) const;
};

/// The connections of a capture, found by their Beginning. Of thousands of connections that are alike, it looks only at
/// those that share the bytes of one stream, of whichever has fewer such connections, and the positions of the FINs.
/// Immutable; any thread.
class Beginnings
{
public:
    explicit Beginnings(std::vector<Beginning> all);

    const std::vector<Beginning> &all() const { return m_all; }
    /// The only one that fits; null: none or several.
    const Beginning *onlyMatch(const Beginning &one) const;

private:
    /// Those with the same bytes are a group: from ≤ i < to, by the positions of their FINs.
    struct Group {
        size_t from = 0;
        size_t to = 0;
    };
    using Groups = std::vector<size_t>; ///< indexes of m_groups
    /// Parts of m_byBytes.
    struct Alike {
        std::vector<std::span<const size_t>> parts;
        size_t count = 0; ///< of groups in them
    };

    const QByteArray &bytesOf(size_t group, size_t side) const { return m_all[m_groups[group].from].bytes[side]; }
    Alike alike(const QByteArray &bytes, size_t side) const;
    bool addMatches(const Beginning &one, const Group &group, const Beginning *&match) const;

    std::vector<Beginning> m_all; ///< by bytes, then by FINs
    std::vector<Group> m_groups;
    std::array<Groups, 2> m_byBytes;               ///< by Side: the groups in the order of its bytes
    std::array<std::vector<qsizetype>, 2> m_sizes; ///< by Side: the sizes of its bytes, ascending
};
