// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segmentscript.h"

#include <QtEndian>

/// A SegmentScript whose segments may end with TCP options in brackets, for tests.
namespace OptionScript {

/// A handshake with SACK and timestamps.
inline const QString opening = QStringLiteral("c> S [sack-ok ts=1/0], s> SA [sack-ok ts=1/1], c> A [ts=1/1], ");

/// Adds an option from a script: "sack-ok", "ts=VALUE/ECHO", "sack=FROM-TO" (positions in the other end's stream).
inline void addOption(Segment &segment, const QString &option, quint32 otherIsn)
{
    const auto byte = [&segment](int value) { segment.options[segment.optionBytes++] = quint8(value); };
    const auto number = [&](quint32 value) {
        qToBigEndian(value, segment.options.data() + segment.optionBytes);
        segment.optionBytes += 4;
    };
    const auto numbers = [&](const QString &text, QChar separator, quint32 base) {
        number(base + text.section(separator, 0, 0).toUInt());
        number(base + text.section(separator, 1, 1).toUInt());
    };
    if (option == QLatin1StringView("sack-ok")) {
        byte(4);
        byte(2);
    } else if (option.startsWith(QLatin1StringView("ts="))) {
        byte(8);
        byte(10);
        numbers(option.sliced(3), u'/', 0);
    } else if (option.startsWith(QLatin1StringView("sack="))) {
        byte(5);
        byte(10);
        numbers(option.sliced(5), u'-', otherIsn + 1);
    } else {
        qFatal("not an option: %s", qPrintable(option));
    }
}

/// "c> A 10 [ts=5/7 sack=10-20], …"
inline std::vector<Segment> segments(const QString &script)
{
    constexpr quint32 isn = 3000;
    SegmentScript plain(isn, isn);
    std::vector<Segment> all;
    for (const QString &line : script.split(u',')) {
        Segment segment = plain.segment(line.section(u'[', 0, 0).trimmed());
        const QString options = line.section(u'[', 1).chopped(line.contains(u'[') ? 1 : 0);
        for (const QString &option : options.split(u' ', Qt::SkipEmptyParts))
            addOption(segment, option, isn);
        all.push_back(segment);
    }
    return all;
}

} // namespace OptionScript
