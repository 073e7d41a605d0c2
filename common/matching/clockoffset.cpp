// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "clockoffset.h"

#include <algorithm>

namespace {

constexpr size_t usualSegments = 16; ///< for each stray: a segment that was matched with another copy

/// Skips a few smallest delays as long as the sum of both is negative.
bool skipStrays(const std::array<std::vector<qint64>, 2> &delays, std::array<size_t, 2> &smallest)
{
    const auto sum = [&] { return delays[0][smallest[0]] + delays[1][smallest[1]]; };
    const auto gap = [&](size_t i) { return delays[i][delays[i].size() / 2] - delays[i][smallest[i]]; };
    for (size_t skipped = 0; sum() < 0 && skipped < (delays[0].size() + delays[1].size()) / usualSegments; ++skipped) {
        const size_t worse = gap(0) >= gap(1) ? 0 : 1;
        if (smallest[worse] + 1 >= (delays[worse].size() + 1) / 2)
            return false;
        ++smallest[worse];
    }
    return sum() >= 0;
}

} // namespace

ClockOffset ClockOffset::of(std::array<std::vector<qint64>, 2> &delaysUs)
{
    for (std::vector<qint64> &delays : delaysUs)
        std::ranges::sort(delays);
    const auto &[there, back] = delaysUs;
    if (there.empty() && back.empty())
        return {};
    if (back.empty())
        return {.source = Source::OneDirection, .us = there.front()};
    if (there.empty())
        return {.source = Source::OneDirection, .us = -back.front()};
    std::array<size_t, 2> smallest{};
    const bool fits = skipStrays(delaysUs, smallest);
    if (!fits)
        smallest = {};
    const qint64 thereUs = there[smallest[0]];
    const qint64 backUs = back[smallest[1]];
    return {.source = Source::BothDirections,
            .fits = fits,
            .us = (thereUs - backUs) / 2,
            .smallestDelay = std::max<qint64>(0, (thereUs + backUs) / 2)};
}
