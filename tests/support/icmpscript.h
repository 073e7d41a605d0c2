// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segmentcapture.h"
#include "segmentscript.h"

#include <map>

/// An ICMP error about a segment, written as text: "!port". The names are net, host, proto, port, prohibited, unknown
/// (a code of unreachable that has no name), time, problem, quench, redirect, and mtuN. "by 254" makes the reporter a
/// router with this last byte, and "seq=N" is a position that replaces the segment's.
inline Segment errorSegment(const SegmentScript &made, const QString &line, const Segment &about)
{
    using enum IcmpError::Kind;
    static const QRegularExpression pattern(QStringLiteral("^!([a-z]+)([0-9]*)(?: by ([0-9]+))?(?: seq=(-?[0-9]+))?$"));
    static const std::map<QString, std::pair<IcmpError::Kind, quint8>> names{
        {QStringLiteral("net"), {Unreachable, 0}},          {QStringLiteral("host"), {Unreachable, 1}},
        {QStringLiteral("proto"), {Unreachable, 2}},        {QStringLiteral("port"), {Unreachable, 3}},
        {QStringLiteral("prohibited"), {Unreachable, 13}},  {QStringLiteral("time"), {TimeExceeded, 0}},
        {QStringLiteral("problem"), {ParameterProblem, 0}}, {QStringLiteral("mtu"), {TooBig, 0}},
        {QStringLiteral("unknown"), {Unreachable, 16}},     {QStringLiteral("quench"), {Other, 0}},
        {QStringLiteral("redirect"), {Other, 1}},
    };
    const auto match = pattern.match(line);
    if (!match.hasMatch() || !names.contains(match.captured(1)))
        qFatal("not an error: %s", qPrintable(line));
    IcmpError error;
    std::tie(error.kind, error.code) = names.at(match.captured(1));
    if (error.kind == Other)
        error.type = error.code == 0 ? 4 : 5;
    error.mtu = match.captured(2).toUInt();
    error.reporter = about.destination.address;
    if (match.hasCaptured(3))
        error.reporter[3] = quint8(match.captured(3).toUInt());
    error.sequence = match.hasCaptured(4) ? made.number(about.source, match.captured(4).toLongLong()) : about.sequence;
    Segment segment;
    segment.source = about.destination;
    segment.destination = about.source;
    segment.capturedBytes = 0;
    segment.oddity().icmp = error;
    return segment;
}

/// A script of segments in which errors may stand: "c> S, !port 0 by 254" has one about the first segment. The first
/// number behind an error's name names the segment, counted without errors from 0.
inline std::vector<Segment> withErrors(SegmentScript &made, const QString &script)
{
    static const QRegularExpression number(QStringLiteral("^(![a-z]+[0-9]*) ([0-9]+)"));
    std::vector<Segment> all;
    std::vector<Segment> sent;
    for (const QString &part : script.split(u',')) {
        QString line = part.trimmed();
        if (line.isEmpty())
            continue;
        if (!line.startsWith(u'!')) {
            all.push_back(made.segment(line));
            sent.push_back(all.back());
            continue;
        }
        const auto match = number.match(line);
        if (!match.hasMatch() || match.captured(2).toUInt() >= sent.size())
            qFatal("not an error: %s", qPrintable(line));
        line.replace(match.captured(0), match.captured(1));
        Segment segment = errorSegment(made, line, sent[match.captured(2).toUInt()]);
        segment.timeUs = all.empty() ? 0 : all.back().timeUs + 500;
        segment.frame = quint32(all.size() + 1);
        all.push_back(segment);
    }
    return all;
}

inline std::vector<Segment> withErrors(const QString &script)
{
    SegmentScript made;
    return withErrors(made, script);
}

/// The IPv4 packet of an error about a segment: it quotes the first eight bytes of TCP.
inline QByteArray errorPacketOf(const Segment &segment, const Segment &about)
{
    using namespace Packets;
    using enum IcmpError::Kind;
    const IcmpError &error = *segment.icmp();
    const int type = error.kind == Other              ? error.type
                     : error.kind == TimeExceeded     ? 11
                     : error.kind == ParameterProblem ? 12
                                                      : 3;
    const int code = error.kind == TooBig ? 4 : error.code;
    QByteArray quoted = packetOf(about).first(28);
    quoted.replace(24, 4, be32(error.sequence));
    QByteArray message = icmp(type, code, error.mtu, quoted);
    message.replace(2, 2, be16(internetChecksum(message)));
    QByteArray header = byte(0x45) + byte(0) + be16(quint16(20 + message.size())) + be16(1) + be16(0) + byte(64) +
                        byte(1) + be16(0) + QByteArray(reinterpret_cast<const char *>(error.reporter.data()), 4) +
                        QByteArray(reinterpret_cast<const char *>(about.source.address.data()), 4);
    header.replace(10, 2, be16(internetChecksum(header)));
    return header + message;
}
