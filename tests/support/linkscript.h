// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "bothends.h"

#include "link/linkreport.h"

/// What an emulated link reports and records while it carries a BothEnds, for tests. The number of a packet is its
/// place there, from 1.
struct LinkScript {
    explicit LinkScript(const QString &script)
        : ends(BothEnds::of(QStringLiteral("c> S, s> SA after=10, c> A after=10, ") + script))
    {
        std::vector<LinkReport> arrivals;
        for (quint64 id = 1; id <= ends.ways.size(); ++id) {
            const SegmentWay &way = ends.ways[id - 1];
            LinkReport report{.id = id, .timeUs = way.departureUs, .from = way.sender, .isLost = !way.arrivalUs};
            if (way.departureUs < 0)
                report = {.kind = LinkEvent::Kind::Copied, .id = id, .copyOf = id - 1, .timeUs = reports.back().timeUs};
            reports.push_back(report);
            if (report.isLost)
                reports.push_back({.kind = LinkEvent::Kind::Lost, .id = id, .timeUs = way.departureUs});
            else
                arrivals.push_back({.kind = LinkEvent::Kind::Arrived, .id = id, .timeUs = *way.arrivalUs});
        }
        reports.insert(reports.end(), arrivals.begin(), arrivals.end());
        std::ranges::stable_sort(reports, {}, [](const LinkReport &report) {
            return std::pair(report.timeUs, report.kind != LinkEvent::Kind::Arrived); // which is answered at once
        });
        std::array<quint32, 2> frames{};
        for (LinkReport &report : reports) {
            if (report.kind == LinkEvent::Kind::Departed)
                report.frame = ++frames[size_t(report.from)];
            else if (report.kind == LinkEvent::Kind::Arrived)
                report.frame = ++frames[1 - size_t(ends.ways[report.id - 1].sender)];
        }
        for (const Side end : bothSides)
            segments[size_t(end)] = ends.captureAt(end);
    }

    BothEnds ends;
    std::vector<LinkReport> reports;
    std::array<std::vector<Segment>, 2> segments; ///< by Side
};
