// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flowpairs.h"

#include "beginnings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace {

constexpr int maxLookedAtFlows = 64; ///< between the same addresses

/// The numbers of one sender's stream.
struct Numbers {
    bool isKnown = false; ///< it has sent something, or something was acknowledged
    bool hasOrigin = false;
    quint32 zero = 0; ///< the sequence number of position 0
    qint64 from = 0;  ///< the positions that were seen
    qint64 to = 0;
};

using BothNumbers = std::array<Numbers, 2>; ///< by Side

void see(Numbers &numbers, quint32 zero, qint64 from, qint64 to)
{
    numbers.from = numbers.isKnown ? std::min(numbers.from, from) : from;
    numbers.to = numbers.isKnown ? std::max(numbers.to, to) : to;
    numbers.zero = zero;
    numbers.isKnown = true;
}

BothNumbers numbersOf(const Flow &flow)
{
    BothNumbers numbers;
    for (const Side side : {Side::Client, Side::Server})
        numbers[size_t(side)].hasOrigin = flow.isOriginKnown(side);
    for (qsizetype row = 0; row < flow.count(); ++row) {
        const FlowSegment &segment = flow.at(row);
        if (segment.has(FlowSegment::Stray) || segment.has(Segment::Rst) || segment.flags == 0)
            continue;
        const quint32 firstByte = segment.sequence + (segment.has(Segment::Syn) ? 1 : 0);
        see(numbers[size_t(segment.sender)], firstByte - quint32(segment.offset), segment.start(), segment.end());
        if (segment.has(Segment::Ack))
            see(numbers[1 - size_t(segment.sender)], segment.acknowledgement - quint32(segment.acknowledged),
                segment.acknowledged, segment.acknowledged);
    }
    return numbers;
}

/// What a pair has to add to positions of the second stream; nothing: these are different streams.
std::optional<qint64> positionsBetween(const Numbers &first, const Numbers &second)
{
    if (!first.isKnown || !second.isKnown)
        return 0;
    const qint64 difference = qint32(second.zero - first.zero);
    if (first.hasOrigin && second.hasOrigin)
        return difference == 0 ? std::optional<qint64>(0) : std::nullopt;
    const bool overlaps = second.from + difference <= first.to && first.from <= second.to + difference;
    return overlaps ? std::optional(difference) : std::nullopt;
}

class FlowMatcher
{
public:
    FlowMatcher(const EndCapture &first, const EndCapture &second)
        : m_captures{&first, &second}
    {
        for (const size_t capture : {0, 1}) {
            const FlowTable &flows = m_captures[capture]->flows();
            m_numbers[capture].reserve(size_t(flows.count()));
            for (int flow = 0; flow < flows.count(); ++flow)
                m_numbers[capture].push_back(numbersOf(flows.at(flow)));
            m_isTaken[capture].resize(size_t(flows.count()));
        }
    }

    std::vector<FlowPair> pairs()
    {
        byAddresses();
        byInitialNumbers();
        byFirstBytes();
        std::ranges::sort(m_pairs, {}, [](const FlowPair &pair) { return pair.flows[0]; });
        return m_pairs;
    }

private:
    const Flow &at(size_t capture, int flow) const { return m_captures[capture]->flows().at(flow); }

    void byAddresses()
    {
        QHash<AddressPair, std::vector<int>> flows; // of the second capture, whichever tunnel carries them
        const auto addressesOf = [](const Flow &flow) {
            return AddressPair::of(flow.address(Side::Client), flow.address(Side::Server));
        };
        for (int flow = 0; flow < int(m_isTaken[1].size()); ++flow)
            flows[addressesOf(at(1, flow))].push_back(flow);
        for (int first = 0; first < int(m_isTaken[0].size()); ++first) {
            const auto found = flows.find(addressesOf(at(0, first)));
            if (found == flows.end())
                continue;
            std::vector<int> &candidates = *found;
            const auto limit = candidates.begin() + std::min<qsizetype>(qsizetype(candidates.size()), maxLookedAtFlows);
            const auto second =
                std::find_if(candidates.begin(), limit, [&](int flow) { return takeIfNumbersFit(first, flow); });
            if (second != limit)
                candidates.erase(second);
        }
    }

    bool takeIfNumbersFit(int first, int second)
    {
        FlowPair pair{.flows = {first, second}};
        pair.isSwapped = at(0, first).address(Side::Client) != at(1, second).address(Side::Client);
        bool isAnyKnown = false;
        for (const size_t side : {0, 1}) {
            const Numbers &one = m_numbers[0][size_t(first)][side];
            const Numbers &other = m_numbers[1][size_t(second)][pair.isSwapped ? 1 - side : side];
            const auto positions = positionsBetween(one, other);
            if (!positions)
                return false;
            pair.positions[side] = *positions;
            isAnyKnown |= one.isKnown && other.isKnown;
        }
        if (isAnyKnown)
            take(pair);
        return isAnyKnown;
    }

    bool hasOrigins(size_t capture, int flow) const
    {
        const BothNumbers &numbers = m_numbers[capture][size_t(flow)];
        return numbers[0].hasOrigin && numbers[1].hasOrigin;
    }

    QByteArray initialNumbers(size_t capture, int flow) const
    {
        const BothNumbers &numbers = m_numbers[capture][size_t(flow)];
        return QByteArray::number(numbers[0].zero) + ' ' + QByteArray::number(numbers[1].zero);
    }

    /// Pairs what has the same numbers, if no other flow without a partner has them.
    void byInitialNumbers()
    {
        std::map<QByteArray, std::array<std::vector<int>, 2>> flows;
        for (const size_t capture : {0, 1}) {
            for (int flow = 0; flow < int(m_isTaken[capture].size()); ++flow) {
                if (!m_isTaken[capture][size_t(flow)] && hasOrigins(capture, flow))
                    flows[initialNumbers(capture, flow)][capture].push_back(flow);
            }
        }
        for (const auto &[key, same] : flows) {
            if (same[0].size() == 1 && same[1].size() == 1 &&
                beginning(0, same[0].front()).hasSameBytes(beginning(1, same[1].front())))
                take({.flows = {same[0].front(), same[1].front()}});
        }
    }

    void byFirstBytes()
    {
        const std::array all{beginnings(0), beginnings(1)};
        for (const Beginning &first : all[0].all()) {
            const Beginning *second = all[1].onlyMatch(first);
            if (second && all[0].onlyMatch(*second) == &first)
                take({.flows = {first.flow, second->flow}});
        }
    }

    /// Of the flows that have no partner.
    Beginnings beginnings(size_t capture) const
    {
        std::vector<Beginning> all;
        for (int flow = 0; flow < int(m_isTaken[capture].size()); ++flow) {
            if (!m_isTaken[capture][size_t(flow)] && hasOrigins(capture, flow))
                all.push_back(beginning(capture, flow));
        }
        return Beginnings(std::move(all));
    }

    Beginning beginning(size_t capture, int flow) const
    {
        const EndCapture &end = *m_captures[capture];
        return {.flow = flow,
                .bytes = {end.firstBytes(flow, Side::Client), end.firstBytes(flow, Side::Server)},
                .fins = {at(capture, flow).finPosition(Side::Client), at(capture, flow).finPosition(Side::Server)}};
    }

    void take(FlowPair pair)
    {
        for (const size_t side : {0, 1}) {
            const Numbers &one = m_numbers[0][size_t(pair.flows[0])][side];
            const Numbers &other = m_numbers[1][size_t(pair.flows[1])][pair.isSwapped ? 1 - side : side];
            if (one.isKnown && other.isKnown)
                pair.numbers[side] = one.zero + quint32(pair.positions[side]) - other.zero;
        }
        for (const size_t capture : {0, 1})
            m_isTaken[capture][size_t(pair.flows[capture])] = true;
        m_pairs.push_back(pair);
    }

    std::array<const EndCapture *, 2> m_captures;
    std::array<std::vector<BothNumbers>, 2> m_numbers; ///< by capture and flow
    std::array<std::vector<bool>, 2> m_isTaken;
    std::vector<FlowPair> m_pairs;
};

} // namespace

std::vector<FlowPair> findFlowPairs(const EndCapture &first, const EndCapture &second)
{
    return FlowMatcher(first, second).pairs();
}
