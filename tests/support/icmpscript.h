// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segmentscript.h"

#include <map>

/// Scripts of segments in which ICMP errors may stand: "c> S, !port 0" has one about the first segment. A number behind
/// an error names the segment, counted without errors from 0. "by 254" makes the reporter a router, 127.0.0.254, and
/// "seq=N" is a position that replaces the segment's. The names: net, host, proto, port, prohibited, time, problem, and
/// mtuN.
inline std::vector<Segment> withErrors(SegmentScript &made, const QString &script)
{
    static const QRegularExpression pattern(
        QStringLiteral("^!([a-z]+)([0-9]*) ([0-9]+)(?: by ([0-9]+))?(?: seq=(-?[0-9]+))?$"));
    std::vector<Segment> all;
    std::vector<Segment> sent;
    for (const QString &part : script.split(u',')) {
        const QString line = part.trimmed();
        if (line.isEmpty())
            continue;
        if (!line.startsWith(u'!')) {
            all.push_back(made.segment(line));
            sent.push_back(all.back());
            continue;
        }
        const auto match = pattern.match(line);
        if (!match.hasMatch() || match.captured(3).toUInt() >= sent.size())
            qFatal("not an error: %s", qPrintable(line));
        const Segment &about = sent[match.captured(3).toUInt()];
        static const std::map<QString, std::pair<IcmpError::Kind, int>> names{
            {QStringLiteral("net"), {IcmpError::Kind::Unreachable, 0}},
            {QStringLiteral("host"), {IcmpError::Kind::Unreachable, 1}},
            {QStringLiteral("proto"), {IcmpError::Kind::Unreachable, 2}},
            {QStringLiteral("port"), {IcmpError::Kind::Unreachable, 3}},
            {QStringLiteral("prohibited"), {IcmpError::Kind::Unreachable, 13}},
            {QStringLiteral("time"), {IcmpError::Kind::TimeExceeded, 0}},
            {QStringLiteral("problem"), {IcmpError::Kind::ParameterProblem, 0}},
            {QStringLiteral("mtu"), {IcmpError::Kind::TooBig, 0}},
        };
        IcmpError error;
        error.kind = names.at(match.captured(1)).first;
        error.code = quint8(names.at(match.captured(1)).second);
        error.mtu = match.captured(2).toUInt();
        error.sequence = about.sequence;
        error.reporter = about.destination.address;
        if (match.hasCaptured(4))
            error.reporter[3] = quint8(match.captured(4).toUInt());
        if (match.hasCaptured(5))
            error.sequence = made.number(about.source, match.captured(5).toLongLong());
        Segment segment;
        segment.timeUs = all.empty() ? 0 : all.back().timeUs + 500;
        segment.frame = quint32(all.size() + 1);
        segment.source = about.destination;
        segment.destination = about.source;
        segment.capturedBytes = 0;
        segment.oddity().icmp = error;
        all.push_back(segment);
    }
    return all;
}

inline std::vector<Segment> withErrors(const QString &script)
{
    SegmentScript made;
    return withErrors(made, script);
}
