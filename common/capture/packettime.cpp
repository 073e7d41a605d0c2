// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "packettime.h"

#include <algorithm>

bool PacketTime::setResolution(quint8 option)
{
    constexpr quint8 powerOfTwo = 0x80;
    const int exponent = option & 0x7f;
    if (exponent > ((option & powerOfTwo) != 0 ? 63 : 19))
        return false;
    unitsInSecond = 1;
    for (int i = 0; i < exponent; ++i)
        unitsInSecond *= (option & powerOfTwo) != 0 ? 2 : 10;
    return true;
}

void PacketTime::apply(quint64 units, CapturedPacket &to) const
{
    constexpr quint64 nanoseconds = 1'000'000'000;
    constexpr qint64 maxSeconds = CapturedPacket::maxSeconds;
    quint64 rest = units % unitsInSecond;
    quint64 inSecond = unitsInSecond;
    while (inSecond > nanoseconds) { // so that the product fits
        rest /= inSecond % 10 == 0 ? 10 : 2;
        inSecond /= inSecond % 10 == 0 ? 10 : 2;
    }
    const quint64 ns = rest * nanoseconds / inSecond;
    const auto seconds = qint64(std::min(units / unitsInSecond, quint64(maxSeconds)));
    const qint64 shift = std::clamp(offset, -maxSeconds, maxSeconds);
    to.timeUs = std::clamp(seconds + shift, -maxSeconds, maxSeconds) * 1'000'000 + qint64(ns / 1000);
    to.timeNs = quint16(ns % 1000);
}
