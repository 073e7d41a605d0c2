// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/side.h"
#include "segmentname.h"

#include <array>
#include <chrono>
#include <optional>

enum class LinkVerb : quint8 {
    Delay,
    Loss,
    Duplicate,
    Reorder,
    Corrupt,
    Seed,
    Rate,
    Mtu,
    Drop,
    Hold,
};

/// One rule of the emulated link. A plain value; LinkRules reads and writes it as text.
struct LinkRule {
    using Duration = std::chrono::microseconds;

    static constexpr std::array<QLatin1StringView, 10> verbs{
        QLatin1StringView("delay"),   QLatin1StringView("loss"),    QLatin1StringView("duplicate"),
        QLatin1StringView("reorder"), QLatin1StringView("corrupt"), QLatin1StringView("seed"),
        QLatin1StringView("rate"),    QLatin1StringView("mtu"),     QLatin1StringView("drop"),
        QLatin1StringView("hold")};

    static constexpr Duration maxDelay = std::chrono::minutes(1);
    static constexpr Duration defaultLateness = std::chrono::milliseconds(10);
    static constexpr quint32 always = 1'000'000; ///< of chance
    static constexpr qint64 minRate = 1'000;
    static constexpr qint64 maxRate = 100'000'000'000;
    static constexpr int defaultQueue = 100;
    static constexpr int maxQueue = 100'000;
    static constexpr int minMtu = 68; ///< RFC 791, section 3.2
    static constexpr int maxMtu = 65'535;

    LinkVerb verb = LinkVerb::Delay;
    std::optional<Side> end; ///< only packets that this end sends; nothing: both
    /// Of Drop, Duplicate and Delay: only this segment. Of Hold: from the next of its kind on.
    std::optional<SegmentName> segment;
    Duration delay{};         ///< of Delay; of Reorder: how much later such a packet arrives
    Duration jitter{};        ///< of Delay: added or taken away, at most delay
    quint32 chance = 0;       ///< in millionths, of Loss, Reorder, Corrupt, and Duplicate without a segment
    quint64 seed = 0;         ///< of Seed
    qint64 bitsPerSecond = 0; ///< of Rate: of IP packets with their headers
    int queue = defaultQueue; ///< of Rate: how many packets can wait
    int mtu = 0;              ///< of Mtu, in bytes

    friend bool operator==(const LinkRule &, const LinkRule &) = default;
};
