// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "socketoptions.h"

#include <QStringList>

namespace {

std::optional<int> numberUpTo(int max, const QString &text)
{
    bool isNumber = false;
    const int number = text.trimmed().toInt(&isNumber);
    return isNumber && number >= 1 && number <= max ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<SocketOptions::KeepAlive> SocketOptions::parseKeepAlive(const QString &text)
{
    const QStringList words = text.split(u',');
    if (words.size() != 3)
        return {};
    const auto idle = numberUpTo(KeepAlive::maxSeconds, words.at(0));
    const auto interval = numberUpTo(KeepAlive::maxSeconds, words.at(1));
    const auto probes = numberUpTo(KeepAlive::maxProbes, words.at(2));
    if (!idle || !interval || !probes)
        return {};
    return KeepAlive{.idleSeconds = *idle, .intervalSeconds = *interval, .probes = *probes};
}

QString SocketOptions::text(const KeepAlive &keepAlive)
{
    return QStringLiteral("%1,%2,%3").arg(keepAlive.idleSeconds).arg(keepAlive.intervalSeconds).arg(keepAlive.probes);
}

std::optional<int> SocketOptions::parseBufferBytes(const QString &text)
{
    QString digits = text.trimmed();
    int unit = 1;
    if (digits.endsWith(u'K', Qt::CaseInsensitive))
        unit = 1024;
    else if (digits.endsWith(u'M', Qt::CaseInsensitive))
        unit = 1024 * 1024;
    if (unit > 1)
        digits.chop(1);
    const auto number = numberUpTo(maxBufferBytes / unit, digits);
    return number ? std::optional(*number * unit) : std::nullopt;
}
