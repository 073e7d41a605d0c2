// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segmentscript.h"

#include "matching/jointcapture.h"

#include <algorithm>
#include <optional>

/// A segment with its way from one end to the other. Times are true, in microseconds.
struct SegmentWay {
    Segment segment;
    Side sender = Side::Client;
    qint64 departureUs = 0;
    std::optional<qint64> arrivalUs; ///< nothing: it was lost
};

/// A conversation as the captures at both ends have it, for tests. A capture is a list of segments.
struct BothEnds {
    std::vector<SegmentWay> ways;
    qint64 offsetUs = 0; ///< how far the server's clock is ahead

    /// A SegmentScript whose segments may end with "lost", "delay=N" (in ms; otherwise 10) or "twice". After each one,
    /// time is 1 ms.
    static BothEnds of(const QString &lines, SegmentScript script = SegmentScript())
    {
        BothEnds ends;
        for (QString line : lines.split(u',')) {
            static const QRegularExpression delay(QStringLiteral(" delay=(\\d+)"));
            const auto match = delay.match(line);
            const qint64 delayUs = match.hasMatch() ? match.captured(1).toLongLong() * 1000 : 10'000;
            const bool isLost = line.contains(QLatin1StringView(" lost"));
            const bool isDoubled = line.contains(QLatin1StringView(" twice"));
            line.remove(delay).remove(QLatin1StringView(" lost")).remove(QLatin1StringView(" twice"));
            line = line.trimmed();
            if (line.isEmpty())
                continue;
            SegmentWay way{.segment = script.segment(line)};
            way.sender = line.startsWith(u'c') ? Side::Client : Side::Server;
            way.segment.timeToLive = 64;
            way.departureUs = way.segment.timeUs;
            if (!isLost)
                way.arrivalUs = way.departureUs + delayUs;
            ends.ways.push_back(way);
            if (isDoubled) {
                way.departureUs = -1;
                *way.arrivalUs += 500;
                ends.ways.push_back(way);
            }
        }
        return ends;
    }

    std::vector<Segment> captureAt(Side end) const
    {
        std::vector<Segment> segments;
        for (const SegmentWay &way : ways) {
            const bool isSent = way.sender == end;
            if (isSent ? way.departureUs < 0 : !way.arrivalUs)
                continue;
            segments.push_back(way.segment);
            segments.back().timeUs = (isSent ? way.departureUs : *way.arrivalUs) + (end == Side::Server ? offsetUs : 0);
        }
        std::ranges::stable_sort(segments, {}, &Segment::timeUs);
        for (quint32 frame = 0; frame < segments.size(); ++frame)
            segments[frame].frame = frame + 1;
        return segments;
    }
};

inline std::unique_ptr<EndCapture> endCaptureOf(const std::vector<Segment> &segments)
{
    auto capture = std::make_unique<EndCapture>();
    for (const Segment &segment : segments)
        capture->add(segment);
    return capture;
}

inline JointCapture jointOf(const std::vector<Segment> &first, const std::vector<Segment> &second)
{
    JointCapture::Ends ends;
    ends[0] = endCaptureOf(first);
    ends[1] = endCaptureOf(second);
    return JointCapture(std::move(ends));
}
