// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "laddercolumns.h"

#include "ladderscene.h"

#include <algorithm>

LadderColumns::LadderColumns(const TextMetrics &metrics, double allWidth, Content content)
    : width(std::max(allWidth, minWidth(metrics)))
    , line(metrics.lineHeight)
{
    const double minLane = content.hasSegments ? 15 : 11;
    const double goodLane = content.hasSegments ? 17 : 12;
    constexpr double maxLane = 48; // a longer arrow looks horizontal, and no label needs it
    constexpr double minText = 9.5;
    constexpr double maxText = 24;
    const double maxShare = content.hasSegments ? 0.29 : 0.36; // of the width, for the texts of one end
    const double margin = 0.5 * line;
    const double gap = 0.7 * line; // from the lifeline to its texts
    const double minTextWidth = content.hasSteps ? minText * line : stateWidth(metrics);
    const double inner = width - 2 * (margin + gap);
    isNarrow = inner < minLane * line + 2 * minTextWidth;
    if (isNarrow) {
        clientX = margin + 0.25 * line;
        serverX = width - clientX;
        textWidth = laneWidth() - 2 * gap;
        return;
    }
    textWidth = minTextWidth;
    if (content.hasSteps)
        textWidth =
            std::clamp(std::min(0.5 * (inner - goodLane * line), maxShare * inner), minTextWidth, maxText * line);
    textWidth = std::max(textWidth, 0.5 * (inner - maxLane * line));
    clientX = margin + textWidth + gap;
    serverX = width - clientX;
}

double LadderColumns::stateWidth(const TextMetrics &metrics)
{
    double widest = 0;
    for (int state = 0; state <= int(TcpState::TimeWait); ++state)
        widest = std::max(widest, metrics.width(QString(tcpStateName(TcpState(state))), true));
    return widest + LadderLabel::stateMark * metrics.lineHeight;
}

double LadderColumns::textLeft(Side side, double ownWidth) const
{
    const double gap = 0.7 * line;
    const bool isLeftOf = (side == Side::Client) != isNarrow;
    return isLeftOf ? x(side) - gap - ownWidth : x(side) + gap;
}
