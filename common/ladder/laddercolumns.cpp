// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "laddercolumns.h"

#include <algorithm>

LadderColumns::LadderColumns(const TextMetrics &metrics, double allWidth)
    : width(std::max(allWidth, leastWidth(metrics)))
    , line(metrics.lineHeight)
{
    constexpr double leastLane = 15;
    constexpr double goodLane = 17;
    constexpr double leastText = 8;
    constexpr double mostText = 24;
    constexpr double mostShare = 0.31; // of the width, for the texts of one end
    const double margin = 0.5 * line;
    const double gap = 0.7 * line; // from the lifeline to its texts
    isNarrow = width < (leastLane + 2 * leastText) * line + 2 * (margin + gap);
    if (isNarrow) {
        clientX = margin + 0.25 * line;
        serverX = width - clientX;
        textWidth = laneWidth() - 2 * gap;
        return;
    }
    const double inner = width - 2 * (margin + gap);
    textWidth =
        std::clamp(std::min(0.5 * (inner - goodLane * line), mostShare * inner), leastText * line, mostText * line);
    clientX = margin + textWidth + gap;
    serverX = width - clientX;
}

double LadderColumns::textLeft(Side side, double ownWidth) const
{
    const double gap = 0.7 * line;
    const bool isLeftOf = (side == Side::Client) != isNarrow;
    return isLeftOf ? x(side) - gap - ownWidth : x(side) + gap;
}
