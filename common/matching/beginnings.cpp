// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "beginnings.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace {

bool isPrefix(const QByteArray &one, const QByteArray &other)
{
    return one.startsWith(other) || other.startsWith(one);
}

bool mayBeSame(const std::optional<qint64> &fin, const std::optional<qint64> &other)
{
    return !fin || !other || *fin == *other;
}

} // namespace

bool Beginning::hasSameBytes(const Beginning &other) const
{
    return isPrefix(bytes[0], other.bytes[0]) && isPrefix(bytes[1], other.bytes[1]);
}

bool Beginning::fits(const Beginning &other) const
{
    const auto isInBoth = [&](size_t side) { return !bytes[side].isEmpty() && !other.bytes[side].isEmpty(); };
    return mayBeSame(fins[0], other.fins[0]) && mayBeSame(fins[1], other.fins[1]) && (isInBoth(0) || isInBoth(1)) &&
           hasSameBytes(other);
}

Beginnings::Beginnings(std::vector<Beginning> all)
    : m_all(std::move(all))
{
    std::ranges::sort(m_all, {}, [](const Beginning &one) { return std::tie(one.bytes, one.fins); });
    for (size_t i = 0; i < m_all.size(); ++i) {
        if (i == 0 || m_all[i].bytes != m_all[i - 1].bytes)
            m_groups.push_back({.from = i});
        m_groups.back().to = i + 1;
    }
    for (const size_t side : {0, 1}) {
        Groups &groups = m_byBytes[side];
        std::vector<qsizetype> &sizes = m_sizes[side];
        for (size_t group = 0; group < m_groups.size(); ++group) {
            groups.push_back(group);
            sizes.push_back(bytesOf(group, side).size());
        }
        std::ranges::stable_sort(groups, {}, [&](size_t group) -> const QByteArray & { return bytesOf(group, side); });
        std::ranges::sort(sizes);
        sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    }
}

/// The groups with these bytes, with fewer of them, and with more after them.
Beginnings::Alike Beginnings::alike(const QByteArray &bytes, size_t side) const
{
    const auto bytesAt = [&](size_t group) -> const QByteArray & { return bytesOf(group, side); };
    const Groups &groups = m_byBytes[side];
    Alike found;
    const auto add = [&found](auto from, auto to) {
        found.count += size_t(to - from);
        found.parts.emplace_back(from, to);
    };
    for (const qsizetype size : m_sizes[side]) {
        if (size >= bytes.size())
            break;
        const QByteArray same = bytes.first(size);
        add(std::ranges::lower_bound(groups, same, {}, bytesAt), std::ranges::upper_bound(groups, same, {}, bytesAt));
    }
    const auto from = std::ranges::lower_bound(groups, bytes, {}, bytesAt);
    add(from, std::partition_point(from, groups.end(), [&](size_t group) { return bytesAt(group).startsWith(bytes); }));
    return found;
}

/// Looks for those of a group that fit. Returns false when there are two.
bool Beginnings::addMatches(const Beginning &one, const Group &group, const Beginning *&match) const
{
    const auto from = m_all.begin() + qsizetype(group.from);
    const auto to = m_all.begin() + qsizetype(group.to);
    const auto add = [&](auto begin, auto end) {
        for (; begin != end; ++begin) {
            if (one.fits(*begin) && std::exchange(match, &*begin))
                return false;
        }
        return true;
    };
    if (!one.fins[0] || !one.fins[1])
        return add(from, to);
    for (const auto &first : {one.fins[0], std::optional<qint64>()}) {
        for (const auto &second : {one.fins[1], std::optional<qint64>()}) {
            const std::array fins{first, second};
            if (!add(std::ranges::lower_bound(from, to, fins, {}, &Beginning::fins),
                     std::ranges::upper_bound(from, to, fins, {}, &Beginning::fins)))
                return false;
        }
    }
    return true;
}

const Beginning *Beginnings::onlyMatch(const Beginning &one) const
{
    const std::array found{alike(one.bytes[0], 0), alike(one.bytes[1], 1)};
    const Beginning *match = nullptr;
    for (const std::span<const size_t> part : found[found[0].count <= found[1].count ? 0 : 1].parts) {
        for (const size_t group : part) {
            if (!addMatches(one, m_groups[group], match))
                return nullptr;
        }
    }
    return match;
}
